import Diagnostics

/// Puts parameters in place of constants in the text of a query.
public struct ConstantReplacement {
  public private(set) var text: String

  public init(_ text: String) { self.text = text }

  /// Puts `$name` wherever a constant stands, which is given as it is written, with or without its quotes. Returns how it
  /// is written in the text, or `nil` where it does not occur.
  public mutating func replace(_ constant: String, by name: String) -> String? {
    var lexer = Lexer(SourceFile(.query, text: text), textSpansLines: true)
    var result: [UInt8] = []
    var copied = 0
    var written: String?
    var token = lexer.next()
    while token.kind != .end {
      let next = lexer.next()
      let text = lexer.text(token.start, token.end)
      if Self.isConstant(token, before: next), text == constant || Self.unquoted(text) == constant {
        result += lexer.bytes[copied..<token.start] + Array("$\(name)".utf8)
        copied = token.end
        written = text
      }
      token = next
    }
    result += lexer.bytes[copied...]
    text = String(decoding: result, as: UTF8.self)
    return written
  }

  /// A name before a parenthesis is a relation's, and one before a colon a column's or a key's.
  private static func isConstant(_ token: Token, before next: Token) -> Bool {
    switch token.kind {
    case .name, .quotedName: next.kind != .leftParenthesis && next.kind != .colon
    case .string, .integer, .decimal, .date: true
    default: false
    }
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count > 1, let first = text.first, first == text.last, first == "\"" || first == "'" else { return text }
    return String(text.dropFirst().dropLast())
  }
}
