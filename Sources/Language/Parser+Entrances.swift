import Diagnostics
import Terms

/// Texts that hold one thing alone.
extension Parser {
  /// The one query of a text such as a command's argument; `?-` and the full stop may be left out.
  public static func query(in file: SourceFile) throws(Diagnostic) -> Query { try query(in: file, given: [:]).query }

  /// The same, with values for some parameters in place of their names; also which of these occur.
  public static func query(
    in file: SourceFile, given values: [String: Value]
  ) throws(Diagnostic) -> (query: Query, used: Set<String>) {
    var parser = Parser(file, mode: .prompt)
    parser.given = values
    parser.begin()
    let start = parser.token.start
    if !parser.take(.queryMark), parser.token.kind == .end {
      throw Diagnostic(
        .emptyQuery, "the query is empty", at: parser.span, help: "write what to ask, such as `partner(O, P)`")
    }
    let first = parser.token
    do throws(Diagnostic) {
      let query = try parser.query(from: start)
      try parser.expectNothing("query")
      return (query, parser.used)
    } catch {
      throw parser.foreignStatement(first) ?? error
    }
  }

  /// The one fact of a text, such as what `tiltas why` explains; the full stop may be left out.
  public static func fact(in file: SourceFile) throws(Diagnostic) -> Atom { try fact(in: file, given: [:]).fact }

  /// The same, with values for some parameters in place of their names; also which of these occur.
  public static func fact(
    in file: SourceFile, given values: [String: Value]
  ) throws(Diagnostic) -> (fact: Atom, used: Set<String>) {
    var parser = Parser(file, mode: .prompt)
    parser.given = values
    parser.begin()
    let atom = try parser.atom()
    try parser.endOfStatement(.expectedEnd, "`@` or the end of the fact")
    try parser.expectNothing("fact")
    return (atom, parser.used)
  }

  /// The fact that begins at an offset of a file: for the places of its parts, where it was read as a plain one.
  public static func fact(in file: SourceFile, at offset: Int) throws(Diagnostic) -> Atom {
    var parser = Parser(file, mode: .file)
    parser.lexer.position = offset
    parser.begin()
    return try parser.atom()
  }

  /// The constant that a text alone writes.
  public static func constant(_ text: String) throws(Diagnostic) -> Value {
    let file = SourceFile(.constant, text: text)
    var parser = Parser(file, mode: .prompt)
    parser.begin()
    guard case .constant(let value, _) = try parser.expression(), parser.token.kind == .end else {
      throw Diagnostic(.notAConstant, "`\(text)` is not a constant", at: SourceSpan(file, 0, file.bytes.count))
    }
    return value
  }

  /// Whether the value of the `param` statement in which a name stands is written with a fraction.
  public static func isDecimal(valueOfParameter name: SourceSpan) -> Bool {
    var lexer = Lexer(name.file, textSpansLines: true)
    lexer.position = name.end
    guard lexer.next().kind == .equal else { return false }
    let token = lexer.next()
    return (token.kind == .minus ? lexer.next() : token).kind == .decimal
  }

  /// Requires that nothing follows the full stop.
  private mutating func expectNothing(_ what: String) throws(Diagnostic) {
    if let problem = diagnostics.first { throw problem }
    guard token.kind == .fullStop else { return }
    advance()
    if token.kind != .end { throw unexpected(.expectedEnd, "the end of the \(what)") }
  }

  /// Whether what was typed at the prompt so far asks for another line: for brackets, quotes or comments that are
  /// open, or for what must follow a comma or an operator.
  public static func isIncomplete(_ text: String) -> Bool {
    var lexer = Lexer(SourceFile(.prompt, text: text), textSpansLines: true)
    var open = 0
    var last = Token(.end, 0, 0)
    while true {
      let token = lexer.next()
      switch token.kind {
      case .end:
        if last.kind == .fullStop { return false }
        return open > 0 || last.asksOn || isOpenWord(lexer.text(last.start, last.end), last.kind)
      case .invalid where token.end == lexer.bytes.count && isUnclosed(lexer, token): return true
      default: break
      }
      if token.opensBracket { open += 1 } else if token.closesBracket { open -= 1 }
      last = token
    }
  }

  private static func isOpenWord(_ word: String, _ kind: Token.Kind) -> Bool {
    kind == .name && ["not", "mod", "select", "by", "limit", "offset"].contains(word)
  }

  /// Whether the text ended within a comment, a string or a quoted name.
  private static func isUnclosed(_ lexer: Lexer, _ token: Token) -> Bool {
    switch lexer.problem?.code {
    case .unclosedString, .unclosedName, .unclosedComment: true
    default: false
    }
  }
}
