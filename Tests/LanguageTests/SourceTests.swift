import Diagnostics
import Language
import Terms
import Testing

@Suite("Sources and how messages show them")
struct SourceTests {
  @Test("a place has a line and a column in characters")
  func positions() {
    let file = SourceFile(name: "test.dl", text: "a\nžą👩‍👩‍👧b\n\nc")
    let places = [0, 1, 2, 4, 6, 24, 25, 26, 27, 99].map { file.position(of: $0) }
    #expect(places.map(\.line) == [1, 1, 2, 2, 2, 2, 2, 3, 4, 4])
    #expect(places.map(\.column) == [1, 2, 1, 2, 3, 4, 5, 1, 1, 2])
    #expect(file.line(of: 26) == 3)
  }

  @Test("text that is no UTF-8 is refused with the place")
  func invalidUTF8() {
    #expect(
      refusal(Array("p(a).\nq(\"".utf8) + [0xC3, 0x28] + Array("\").".utf8)) == """
        error[T114]: the text is not UTF-8: byte 0xC3 cannot stand here
         --> test.dl:2:4
          |
        2 | q("\u{FFFD}(").
          |    ^
          = help: save the file as UTF-8
        """)
    #expect(
      refusal([0xFF, 0xFE, 0x70, 0x00]).hasSuffix(
        "help: this looks like UTF-16: `iconv -f UTF-16 -t UTF-8 test.dl > NEW`"))
  }

  @Test("of a text in the code page of a language only what can be known is told: how a word would read")
  func codePages() {
    #expect(
      refusal(Array("% ".utf8) + [0xC8] + Array("epas".utf8)).hasSuffix(
        """
        help: a word of it reads `Čepas` in WINDOWS-1257, `Èepas` in WINDOWS-1252, `Иepas` in WINDOWS-1251; the one that is right tells how to convert it: `iconv -f WINDOWS-1257 -t UTF-8 test.dl > NEW`
        """))
    #expect(refusal([0xC8, 0xE2, 0xE0, 0xED]).contains("a word of it reads `Иван` in WINDOWS-1251"))
    #expect(refusal([0x80, 0x20, 0x81]).hasSuffix("help: save the file as UTF-8"))
    #expect(refusal([0x50, 0x4B, 0x03, 0x04, 0xFF]).contains("this looks like a ZIP archive"))
    #expect(refusal([0x7F, 0x45, 0x4C, 0x46, 0x00, 0xFF]).contains("this looks like no text at all"))
  }

  @Test("text is brought to NFC")
  func normalised() throws {
    let file = try SourceFile.reading(name: "test.dl", bytes: Array("e\u{301}".utf8))
    #expect(file.bytes == Array("\u{E9}".utf8))
  }

  @Test("carets stand beneath the place in spite of tabs, wide characters and marks")
  func alignment() {
    #expect(
      errors("\tp('日本', 'a\u{302}', b c).") == [
        """
        error[T206]: expected `,` or `)`, found `c`
         --> test.dl:1:17
          |
        1 |     p('日本', 'â', b c).
          |                      ^
        """
      ])
  }

  @Test("control characters of a text and of its name are escaped")
  func escaped() {
    var parser = Parser(SourceFile(name: "a\u{1B}[2J.dl", text: "p(\"\u{1B}[31m\" x)."))
    while parser.next() != nil {}
    #expect(
      parser.diagnostics.map { $0.rendered(color: false) } == [
        """
        error[T206]: expected `,` or `)`, found `x`
         --> a\\u{1B}[2J.dl:1:11
          |
        1 | p("\\u{1B}[31m" x).
          |                ^
        """
      ])
  }

  @Test("a span of several lines is marked to the end of its first")
  func severalLines() {
    let file = SourceFile(name: "test.dl", text: "p(a,\r\n b).")
    #expect(
      Diagnostic(.wrongKind, "unlike", at: SourceSpan(file, 0, 10), severity: .warning).rendered(color: false) == """
        warning[T303]: unlike
         --> test.dl:1:1
          |
        1 | p(a,
          | ^^^^
        """)
  }

  @Test("a diagnostic without a place is its message, help and notes")
  func placeless() {
    #expect(
      Diagnostic(.cannotRead, "cannot read `x`", help: "is it there?", notes: [Diagnostic.Note("no such file")])
        .rendered(
          color: false)
        == "error[T804]: cannot read `x`\n = help: is it there?\n = note: no such file")
  }

  @Test("color paints the kind, the message and the carets")
  func color() {
    #expect(
      Diagnostic(.wrongKind, "odd", at: SourceSpan(SourceFile(name: "t", text: "p"), 0, 1)).rendered(color: true) == """
        \u{1B}[1;31merror[T303]:\u{1B}[0m \u{1B}[1modd\u{1B}[0m
         \u{1B}[1;34m-->\u{1B}[0m t:1:1
          \u{1B}[1;34m|\u{1B}[0m
        \u{1B}[1;34m1\u{1B}[0m \u{1B}[1;34m|\u{1B}[0m p
          \u{1B}[1;34m|\u{1B}[0m \u{1B}[1;31m^\u{1B}[0m
        """)
  }

  private func refusal(_ bytes: [UInt8]) -> String {
    do {
      return "read: \(try SourceFile.reading(name: "test.dl", bytes: bytes).name)"
    } catch {
      return error.rendered(color: false)
    }
  }
}

@Suite("Suggestions")
struct SuggestionTests {
  @Test("the nearest word is suggested, without regard to case and diacritics")
  func nearest() {
    let words = ["partner", "part_of", "holds", "held_on", "held_in", "žemė"]
    #expect(Suggestion.nearest(to: "partnr", among: words) == "partner")
    #expect(Suggestion.nearest(to: "Partner", among: words) == "partner")
    #expect(Suggestion.nearest(to: "zeme", among: words) == "žemė")
    #expect(Suggestion.nearest(to: "hlods", among: words) == "holds")
    #expect(Suggestion.nearest(to: "held_at", among: words) == "held_on")
  }

  @Test(
    "of very many words one is found that is one edit away: swapped, one letter too many, wrong or missing",
    arguments: [("hlods", "holds"), ("partnner", "partner"), ("žmeė", "žemė"), ("person_4", "person_42"), ("a", "ab")])
  func oneEdit(_ word: String, _ meant: String) {
    let words: Set<String> = ["partner", "holds", "žemė", "person_42", "ab"]
    #expect(Suggestion.oneEdit(from: word) { words.contains($0) } == meant)
  }

  @Test("of very many words none is found that is two edits away, nor the word itself")
  func noEdit() {
    for word in ["prtnr", "partner", "", "xy", "pärtnerė"] {
      #expect(Suggestion.oneEdit(from: word) { $0 == "partner" } == nil)
    }
  }

  @Test("nothing is suggested where no word is near, nor the word itself")
  func none() {
    #expect(Suggestion.nearest(to: "xyz", among: ["partner", "abc"]) == nil)
    #expect(Suggestion.nearest(to: "ab", among: ["cd", "b"]) == nil)
    #expect(Suggestion.nearest(to: "partner", among: ["partner"]) == nil)
    #expect(Suggestion.nearest(to: "", among: ["a"]) == nil)
  }
}
