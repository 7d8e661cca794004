import Diagnostics
import Terms

/// Reads a source's words one after the other, straight from its bytes.
struct Lexer {
  let file: SourceFile
  let bytes: [UInt8]
  /// At the prompt an open quote asks for another line, so a text may hold a line break there.
  let textSpansLines: Bool
  /// Where it is told to end, the source ends there.
  let pace: Pace?
  var position = 0
  /// What is wrong with the last token of kind `invalid`.
  var problem: Diagnostic?

  init(_ file: SourceFile, textSpansLines: Bool, pace: Pace? = nil) {
    self.file = file
    self.pace = pace
    bytes = file.bytes
    self.textSpansLines = textSpansLines
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    if byte(position) == 0x23, byte(position + 1) == 0x21 { skipLine() }
  }

  /// The byte at an offset, 0 behind the end.
  func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  func text(_ start: Int, _ end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }

  func span(_ start: Int, _ end: Int) -> SourceSpan { SourceSpan(file, start, end) }

  mutating func next() -> Token {
    if let pace, !pace.goesOn() { return token(.end, bytes.count, bytes.count) }
    if let comment = skipTrivia() {
      return invalid(
        comment, bytes.count,
        Diagnostic(
          .unclosedComment, "the comment is not closed", at: span(comment, comment + 2),
          help: "close it with `*/`, or start each line with `%`"))
    }
    let start = position
    guard start < bytes.count else { return Token(.end, start, start) }
    let first = bytes[start]
    if Characters.isLower(first) { return word(.name, start, start + 1) }
    if Characters.isUpper(first) || first == 0x5F { return word(.variable, start, start + 1) }
    if Characters.isDigit(first) { return number(start) }
    switch first {
    case UInt8(ascii: "\""): return quoted(.string, start)
    case UInt8(ascii: "'"): return quoted(.quotedName, start)
    case UInt8(ascii: "$"): return parameter(start)
    case UInt8(ascii: "?"): return questionMark(start)
    case 0x80...: return unicode(start)
    default: return sign(start)
    }
  }

  /// Passes white space and comments; gives the start of a comment that is not closed, and is then at the end.
  mutating func skipTrivia() -> Int? {
    while position < bytes.count {
      let next = bytes[position]
      if Characters.isSpace(next) {
        position += 1
      } else if next == UInt8(ascii: "%") {
        skipLine()
      } else if next == UInt8(ascii: "/"), byte(position + 1) == UInt8(ascii: "*") {
        let start = position
        position += 2
        while position < bytes.count, !(bytes[position] == UInt8(ascii: "*") && byte(position + 1) == UInt8(ascii: "/"))
        {
          position += 1
        }
        if position >= bytes.count { return start }
        position += 2
      } else {
        return nil
      }
    }
    return nil
  }

  private mutating func skipLine() {
    while position < bytes.count, bytes[position] != 0x0A { position += 1 }
  }

  mutating func token(_ kind: Token.Kind, _ start: Int, _ end: Int) -> Token {
    position = end
    return Token(kind, start, end)
  }

  mutating func invalid(_ start: Int, _ end: Int, _ diagnostic: Diagnostic) -> Token {
    problem = diagnostic
    return token(.invalid, start, end)
  }

  private mutating func word(_ kind: Token.Kind, _ start: Int, _ rest: Int) -> Token {
    let end = endOfWord(rest)
    return end - start <= Self.longestText ? token(kind, start, end) : tooLong(start, end)
  }

  /// Where the letters, digits and `_` that begin at an offset end.
  func endOfWord(_ offset: Int) -> Int {
    var end = offset
    while true {
      while end < bytes.count, Characters.isWord(bytes[end]) { end += 1 }
      guard end < bytes.count, bytes[end] >= 0x80, let (scalar, length) = Characters.scalar(in: bytes, at: end),
        Characters.continuesWord(scalar)
      else { return end }
      end += length
    }
  }

  /// How many bytes a text or a name may have; terms hold a few times as much.
  static let longestText = 1 << 26

  mutating func tooLong(_ start: Int, _ end: Int) -> Token {
    invalid(
      start, end,
      Diagnostic(
        .textTooLong, "this has \(end - start) bytes, more than the \(Self.longestText) of a text",
        at: span(start, start + 1)))
  }

  private mutating func unicode(_ start: Int) -> Token {
    guard let (scalar, length) = Characters.scalar(in: bytes, at: start) else {
      return invalid(start, start + 1, Diagnostic(.notUTF8, "the text is not UTF-8", at: span(start, start + 1)))
    }
    if Text.isLetter(scalar) { return word(Text.isUpper(scalar) ? .variable : .name, start, start + length) }
    return invalid(start, start + length, Hints.strangeCharacter(scalar, at: span(start, start + length)))
  }

  private mutating func parameter(_ start: Int) -> Token {
    let end = endOfWord(start + 1)
    if end > start + 1 { return token(.parameter, start, end) }
    return invalid(
      start, start + 1,
      Diagnostic(
        .namelessParameter, "expected the name of a parameter after `$`", at: span(start, start + 1),
        help: "write `$min` for `param min`"))
  }

  private mutating func questionMark(_ start: Int) -> Token {
    if byte(start + 1) == UInt8(ascii: "-") { return token(.queryMark, start, start + 2) }
    let end = endOfWord(start + 1)
    return token(end == start + 4 && text(start, end) == "?why" ? .why : .foreign, start, end)
  }
}
