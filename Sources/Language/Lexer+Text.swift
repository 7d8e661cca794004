import Diagnostics
import Terms

extension Lexer {
  /// A string or a quoted name, whose escapes are checked here and replaced by ``content(_:)``.
  mutating func quoted(_ kind: Token.Kind, _ start: Int) -> Token {
    let quote = bytes[start]
    var end = start + 1
    var wrong: Diagnostic?
    while end < bytes.count {
      let next = bytes[end]
      if next == quote {
        if kind == .quotedName, end == start + 1 {
          wrong = Diagnostic(.emptyName, "a name has at least one character", at: span(start, end + 1))
        }
        if let wrong { return invalid(start, end + 1, wrong) }
        if end - start > Self.longestText { return tooLong(start, end + 1) }
        return token(kind, start, end + 1)
      }
      if next == 0x0A, !textSpansLines { break }
      if next == UInt8(ascii: "\\") {
        let length = lengthOfEscape(end)
        if length == nil, wrong == nil { wrong = badEscape(end) }
        end += length ?? (byte(end + 1) == 0x0A ? 1 : 2)
      } else {
        end += 1
      }
    }
    end = Swift.min(end, bytes.count)
    let sign = Character(Unicode.Scalar(quote))
    let what = kind == .string ? "the string" : "the name in quotes"
    return invalid(
      start, end,
      Diagnostic(
        kind == .string ? .unclosedString : .unclosedName, "\(what) is not closed", at: span(start, start + 1),
        help: helpForUnclosed(start, end)
          ?? "close it with `\(sign)` on the same line; a line break within it is written `\\n`"))
  }

  /// What was taken for the closing quote.
  private func helpForUnclosed(_ start: Int, _ end: Int) -> String? {
    let sign = Character(Unicode.Scalar(bytes[start]))
    if sign == "'", start > 0, Characters.isDigit(bytes[start - 1]) { return Hints.groupedDigits }
    let inner = text(start + 1, end)
    for other: Character in ["“", "”", "„", "»", "’", "‘", "'", "\"", "`"] where inner.contains(other) {
      return "it begins with `\(sign)`, and `\(other)` does not close it: write `\(sign)` at both ends"
    }
    return nil
  }

  /// The text of a string or a quoted name.
  func content(_ token: Token) -> String {
    let inner = bytes[token.start + 1..<token.end - 1]
    guard inner.contains(UInt8(ascii: "\\")) else { return String(decoding: inner, as: UTF8.self) }
    var result: [UInt8] = []
    var index = inner.startIndex
    while index < inner.endIndex {
      if inner[index] == UInt8(ascii: "\\"), let length = lengthOfEscape(index) {
        appendEscape(index, length, to: &result)
        index += length
      } else {
        result.append(inner[index])
        index += 1
      }
    }
    return String(decoding: Text.nfc(result), as: UTF8.self)
  }

  private func appendEscape(_ start: Int, _ length: Int, to result: inout [UInt8]) {
    switch bytes[start + 1] {
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "u"):
      if let scalar = scalarOfEscape(start, length) { result.append(contentsOf: String(Character(scalar)).utf8) }
    case let plain: result.append(plain)
    }
  }

  /// The length of the escape whose `\` stands at an offset, or `nil` where it is none.
  private func lengthOfEscape(_ start: Int) -> Int? {
    switch byte(start + 1) {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "n"), UInt8(ascii: "t"),
      UInt8(ascii: "r"):
      return 2
    case UInt8(ascii: "u"):
      guard byte(start + 2) == UInt8(ascii: "{") else { return nil }
      var end = start + 3
      while end < start + 12, Character(Unicode.Scalar(byte(end))).isHexDigit { end += 1 }
      guard end > start + 3, byte(end) == UInt8(ascii: "}") else { return nil }
      return scalarOfEscape(start, end + 1 - start) == nil ? nil : end + 1 - start
    default: return nil
    }
  }

  private func scalarOfEscape(_ start: Int, _ length: Int) -> Unicode.Scalar? {
    UInt32(text(start + 3, start + length - 1), radix: 16).flatMap { Unicode.Scalar($0) }
  }

  private func badEscape(_ start: Int) -> Diagnostic {
    if byte(start + 1) == UInt8(ascii: "u") {
      // Other languages have the number without braces, in as many digits as there are up to four.
      let digits = text(start + 2, Swift.min(start + 6, bytes.count)).prefix(while: \.isHexDigit)
      return Diagnostic(
        .badEscape, "`\\u` needs the number of a character in braces", at: span(start, start + 2),
        help: digits.isEmpty ? "write `\\u{17E}` for `ž`" : "write `\\u{\(digits)}`")
    }
    let length = Characters.scalar(in: bytes, at: start + 1)?.length ?? 1
    let end = Swift.min(start + 1 + length, bytes.count)
    return Diagnostic(
      .badEscape, "`\(text(start, end))` is not an escape", at: span(start, end),
      help: "the escapes are `\\\"`, `\\'`, `\\\\`, `\\n`, `\\t`, `\\r` and `\\u{…}`; a `\\` itself is written `\\\\`")
  }
}
