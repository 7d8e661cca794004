import Terms
import Testing

/// What a message quotes is cut where it would fill the screen.
@Suite("Abridging messages") struct TextAbridgingTests {
  private static let long = String(repeating: "x", count: 201)
  private static let cut = String(repeating: "x", count: 80) + "…"

  @Test("a quoted name of 200 characters is shown whole")
  func whole() {
    let message = "nothing is named `\(Self.long.dropLast(3))`, \(Self.long.dropLast()) \"\(Self.long.dropLast(3))\""
    #expect(Text.abridged(message) == message)
  }

  @Test("of a longer one the first characters are shown, with the marks around it")
  func long() {
    let beginning = Self.cut.dropFirst()
    #expect(Text.abridged("nothing is named `\(Self.long)` here") == "nothing is named `\(beginning)` here")
    #expect(Text.abridged("the string \"\(Self.long)\"") == "the string \"\(beginning)\"")
    #expect(Text.abridged("the name \(Self.long), and") == "the name \(Self.cut) and")
  }

  @Test("spaces in quotes part nothing, nor do escaped quotes")
  func marks() {
    let spaced = String(repeating: "a b ", count: 100)
    #expect(Text.abridged("`\(spaced)` is") == "`\(spaced.prefix(79))…` is")
    let escaped = String(repeating: "\\\"", count: 200)
    #expect(Text.abridged("\"\(escaped)\" is") == "\"\(escaped.prefix(79))…\" is")
    #expect(Text.abridged("a `\(spaced)") == "a `\(spaced.prefix(79))…")
  }

  @Test("a message of many short words stays as it is")
  func manyWords() {
    let message = String(repeating: "these are `words` and \"texts\", ", count: 1_000)
    #expect(Text.abridged(message) == message)
  }

  @Test("letters are not parted from their marks, but of a letter with thousands of marks not all are shown")
  func graphemes() {
    let accented = String(repeating: "e\u{301}", count: 201)
    #expect(Text.abridged(accented) == String(repeating: "e\u{301}", count: 80) + "…")
    let heap = "e" + String(repeating: "\u{301}", count: 100_000)
    #expect(Text.abridged(heap).unicodeScalars.count == 201)
    let flags = String(repeating: "🇱🇹", count: 200)
    #expect(Text.abridged(flags) == String(repeating: "🇱🇹", count: 80) + "…")
  }
}
