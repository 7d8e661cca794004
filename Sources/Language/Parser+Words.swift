import Diagnostics
import Terms

/// Looking at the word at hand, and saying what was expected in its place.
extension Parser {
  var span: SourceSpan { lexer.span(token.start, token.end) }

  /// The stretch from an offset to the end of the last word taken.
  func span(from start: Int) -> SourceSpan { lexer.span(start, previous.end) }

  /// Whether `(` follows the word at hand, with or without white space between.
  var isFollowedByParenthesis: Bool { isFollowed(by: UInt8(ascii: "("), .leftParenthesis) }

  /// Whether the word at hand is this plain name.
  func isWord(_ text: StaticString) -> Bool { token.kind == .name && holds(text) }

  /// Whether the word at hand is `not`, `mod` or the like, which are no names.
  private func holds(_ text: StaticString) -> Bool {
    guard token.end - token.start == text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount where lexer.bytes[token.start + index] != text.utf8Start[index] {
      return false
    }
    return true
  }

  /// The word that makes a statement a declaration: where it names no relation and what follows fits.
  func keyword() -> String? {
    guard token.kind == .name, !isFollowedByParenthesis else { return nil }
    let text = lexer.text(token.start, token.end)
    guard let fits = Self.keywords[text] else { return nil }
    return mode == .file || fits.contains(following().kind) ? text : nil
  }

  private static let keywords: [String: [Token.Kind]] = [
    "type": [.name, .quotedName, .variable], "relation": [.name, .quotedName, .variable],
    "param": [.name, .quotedName],
    "include": [.string], "import": [.name, .quotedName, .variable], "constraint": [.string],
    "add": [.name, .quotedName, .variable], "remove": [.name, .quotedName, .variable],
  ]

  func following() -> Token {
    var copy = lexer
    return copy.next()
  }

  /// Whether `{` follows the word at hand.
  var isFollowedByBrace: Bool { isFollowed(by: UInt8(ascii: "{"), .leftBrace) }

  /// Whether `:` follows the word at hand, and no `:-`.
  var isFollowedByColon: Bool { isFollowed(by: UInt8(ascii: ":"), .colon) && following().kind == .colon }

  private func isFollowed(by bracket: UInt8, _ kind: Token.Kind) -> Bool {
    var index = token.end
    while Characters.isSpace(lexer.byte(index)) { index += 1 }
    switch lexer.byte(index) {
    case bracket: return true
    case UInt8(ascii: "/"), UInt8(ascii: "%"): return following().kind == kind
    default: return false
    }
  }

  mutating func take(_ kind: Token.Kind) -> Bool {
    guard token.kind == kind else { return false }
    advance()
    return true
  }

  mutating func expect(_ code: Code, _ kind: Token.Kind, _ expected: String) throws(Diagnostic) {
    guard take(kind) else { throw unexpected(code, expected) }
  }

  /// The bracket that closes one opened at an offset; where it is missed on another line, a note shows the open one.
  mutating func close(_ kind: Token.Kind, openedAt start: Int, _ expected: String) throws(Diagnostic) {
    if take(kind) { return }
    var diagnostic = unexpected(.expectedBracket, expected)
    if token.kind != .invalid, lexer.bytes[start..<token.start].contains(0x0A) {
      diagnostic.notes.append(Diagnostic.Note("the bracket is opened here", at: lexer.span(start, start + 1)))
    }
    throw diagnostic
  }

  /// `:`, also where `:-5` was read as one word.
  mutating func expectColon(_ code: Code, _ expected: String) throws(Diagnostic) {
    guard token.kind == .implies else { return try expect(code, .colon, expected) }
    previous = Token(.colon, token.start, token.start + 1)
    token = Token(.minus, token.start + 1, token.end)
  }

  /// The name at hand as an identifier, plain or in quotes.
  mutating func name(_ code: Code, _ expected: String) throws(Diagnostic) -> Identifier {
    switch token.kind {
    case .name, .quotedName: return takeIdentifier()
    case .variable:
      let text = lexer.text(token.start, token.end)
      throw Diagnostic(
        code, "expected \(expected), found the variable `\(shortened)`", at: span,
        help: Hints.forWord(text)
          ?? "a name starts with a lower-case letter: write `\(text.lowercased())`, or `'\(text)'` in quotes")
    default: throw unexpected(code, expected)
    }
  }

  /// The word at hand, whatever it is, as an identifier.
  mutating func takeIdentifier() -> Identifier {
    let text: String
    switch token.kind {
    case .quotedName, .string: text = lexer.content(token)
    case .parameter: text = lexer.text(token.start + 1, token.end)
    default: text = lexer.text(token.start, token.end)
    }
    let identifier = Identifier(text, span)
    advance()
    return identifier
  }

  var shortened: String { lexer.shortened(token.start, token.end) }

  /// The message that something else was expected than the word at hand.
  func unexpected(_ code: Code, _ expected: String) -> Diagnostic {
    if token.kind == .invalid, let problem = lexer.problem { return problem }
    return Diagnostic(code, "expected \(expected), found \(foundWord)", at: placeOfUnexpected, help: hint)
  }

  /// The word at hand; of the end the place behind the last word, which a reader sees.
  private var placeOfUnexpected: SourceSpan {
    token.kind == .end && previous.end > 0 ? lexer.span(previous.end, previous.end) : span
  }

  /// The same message with another suggestion, where there is one.
  func unexpected(_ code: Code, _ expected: String, help: String?) -> Diagnostic {
    var diagnostic = unexpected(code, expected)
    if token.kind != .invalid, let help { diagnostic.help = help }
    return diagnostic
  }

  private var foundWord: String {
    switch token.kind {
    case .end: file.path == nil ? "the end" : "the end of the file"
    case .variable: "the variable `\(shortened)`"
    case .string: "the string \(shortened)"
    case .quotedName: "the name \(shortened)"
    default: "`\(shortened)`"
    }
  }
}
