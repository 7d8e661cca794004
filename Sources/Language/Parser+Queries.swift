import Diagnostics
import Terms

extension Parser {
  /// A query whose first word, after `?-`, is at hand.
  mutating func query(from start: Int) throws(Diagnostic) -> Query { try query(formula(), from: start) }

  /// What follows a query's body: its pipes, in any order and each at most once.
  mutating func query(_ body: Formula, from start: Int) throws(Diagnostic) -> Query {
    var query = Query(body: body, selection: nil, order: [], limit: nil, offset: nil, span: span(from: start))
    var seen: [String: SourceSpan] = [:]
    while take(.bar) {
      let word = try pipeWord()
      if let earlier = seen.updateValue(word.span, forKey: word.name) {
        throw Diagnostic(
          .unexpectedBehindBar, "`\(word.name)` stands twice", at: word.span,
          notes: [Diagnostic.Note("it stands here already", at: earlier)])
      }
      switch word.name {
      case "select": query.selection = try selection()
      case "order": query.order = try order()
      case "limit": query.limit = try bound("a whole number or a parameter after `limit`")
      default: query.offset = try bound("a whole number or a parameter after `offset`")
      }
    }
    query.span = span(from: start)
    try endOfStatement(
      seen.isEmpty ? .unexpectedInBody : .unexpectedBehindBar, seen.isEmpty ? "`,`, `;`, `|` or `.`" : "`|` or `.`",
      help: seen.isEmpty ? nil : hintAfterPipe)
    return query
  }

  private var hintAfterPipe: String? {
    switch lexer.text(token.start, token.end).lowercased() {
    case "select", "order", "limit", "offset": "each of these begins with a `|` of its own: `| order by X | limit 10`"
    case "descending": "write `desc`"
    case "ascending": "leave it out: the least comes first"
    default: token.kind == .variable || token.kind == .name ? hint ?? "`,` separates two variables" : nil
    }
  }

  private mutating func pipeWord() throws(Diagnostic) -> Identifier {
    let words = ["select", "order", "limit", "offset"]
    let expected = "`select`, `order by`, `limit` or `offset` after `|`"
    guard token.kind == .name || token.kind == .variable else { throw unexpected(.unexpectedBehindBar, expected) }
    let text = lexer.text(token.start, token.end)
    guard words.contains(text) else {
      let nearest = Suggestion.nearest(to: text, among: words).map { "did you mean `\($0)`?" }
      throw unexpected(
        .unexpectedBehindBar, expected,
        help: Hints.forPipe(text) ?? nearest ?? (isFollowedByParenthesis ? "`;` means or" : nil))
    }
    return takeIdentifier()
  }

  private mutating func selection() throws(Diagnostic) -> [Identifier] {
    var variables: [Identifier] = []
    repeat { variables.append(try variable("a variable to select")) } while take(.comma)
    return variables
  }

  private mutating func order() throws(Diagnostic) -> [Query.Order] {
    guard isWord("by") else { throw unexpected(.unexpectedBehindBar, "`by` after `order`", help: "write `order by X`") }
    advance()
    var order: [Query.Order] = []
    repeat {
      let variable = try variable("a variable to order by")
      let descending = isWord("desc")
      if descending || isWord("asc") { advance() }
      order.append(Query.Order(variable: variable, descending: descending))
    } while take(.comma)
    return order
  }

  private mutating func variable(_ expected: String) throws(Diagnostic) -> Identifier {
    if token.kind == .variable { return takeIdentifier() }
    switch token.kind {
    case .name: throw unexpected(.unexpectedBehindBar, expected, help: "a variable starts with an upper-case letter")
    case .star:
      throw unexpected(
        .unexpectedBehindBar, expected, help: "leave `| select` out: all variables of the body are shown")
    case .minus:
      throw unexpected(.unexpectedBehindBar, expected, help: "the greatest first is written `order by X desc`")
    default: throw unexpected(.unexpectedBehindBar, expected)
    }
  }

  private mutating func bound(_ expected: String) throws(Diagnostic) -> Expression {
    guard token.kind == .integer || token.kind == .parameter else {
      throw unexpected(.unexpectedBehindBar, expected, help: "write it as `10`, or as `$n` with `param n = 10.`")
    }
    return try primary()
  }
}
