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
          "`\(word.name)` stands twice", at: word.span, notes: [Diagnostic.Note("it stands here already", at: earlier)])
      }
      switch word.name {
      case "select": query.selection = try selection()
      case "order": query.order = try order()
      case "limit": query.limit = try bound("a whole number or a parameter after `limit`")
      default: query.offset = try bound("a whole number or a parameter after `offset`")
      }
    }
    query.span = span(from: start)
    try endOfStatement(seen.isEmpty ? "`,`, `;`, `|` or `.`" : "`|` or `.`")
    return query
  }

  private mutating func pipeWord() throws(Diagnostic) -> Identifier {
    let words = ["select", "order", "limit", "offset"]
    guard token.kind == .name || token.kind == .variable else {
      throw unexpected("`select`, `order by`, `limit` or `offset` after `|`")
    }
    let text = lexer.text(token.start, token.end)
    guard words.contains(text) else {
      var diagnostic = unexpected("`select`, `order by`, `limit` or `offset` after `|`")
      if let nearest = Suggestion.nearest(to: text, among: words) { diagnostic.help = "did you mean `\(nearest)`?" }
      throw diagnostic
    }
    return takeIdentifier()
  }

  private mutating func selection() throws(Diagnostic) -> [Identifier] {
    var variables: [Identifier] = []
    repeat { variables.append(try variable("a variable to select")) } while take(.comma)
    return variables
  }

  private mutating func order() throws(Diagnostic) -> [Query.Order] {
    guard isWord("by") else { throw unexpected("`by` after `order`") }
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
    var diagnostic = unexpected(expected)
    if token.kind == .name { diagnostic.help = "a variable starts with an upper-case letter" }
    throw diagnostic
  }

  private mutating func bound(_ expected: String) throws(Diagnostic) -> Expression {
    guard token.kind == .integer || token.kind == .parameter else { throw unexpected(expected) }
    return try primary()
  }
}
