import Terms

extension Parser {
  mutating func statement() throws(Diagnostic) -> Statement {
    switch keyword() {
    case "type": return try typeDeclaration()
    case "relation": return try relationDeclaration()
    case "param": return try parameterDeclaration()
    case "include": return try inclusion()
    case "import": return try importation()
    case "constraint": return try constraint()
    default: break
    }
    switch token.kind {
    case .queryMark:
      let start = token.start
      advance()
      return .query(try query(from: start))
    case .why: return try explanation()
    case .at: return try defaults()
    case .plus where mode == .prompt:
      advance()
      return .rule(try clause())
    case .minus where mode == .prompt && [.name, .quotedName, .variable].contains(following().kind):
      advance()
      return try retraction()
    default:
      return mode == .prompt ? try promptStatement() : .rule(try clause())
    }
  }

  /// `type municipality : organisation, place.`
  private mutating func typeDeclaration() throws(Diagnostic) -> Statement {
    advance()
    let name = try name("the name of a type")
    var supertypes: [Identifier] = []
    if take(.colon) {
      repeat { supertypes.append(try self.name("the name of a supertype")) } while take(.comma)
    }
    try endOfStatement(supertypes.isEmpty ? "`:` and a supertype, or `.`" : "`,` or `.`")
    return .type(name: name, supertypes: supertypes)
  }

  /// `relation attended(person or organisation, event).`
  private mutating func relationDeclaration() throws(Diagnostic) -> Statement {
    advance()
    let name = try relationName()
    advance()
    var positions: [[Identifier]] = []
    if token.kind != .rightParenthesis {
      repeat {
        var types = [try self.name("the name of a type")]
        while isWord("or") {
          advance()
          types.append(try self.name("the name of a type"))
        }
        positions.append(types)
      } while take(.comma)
    }
    try expect(.rightParenthesis, "`,`, `or` or `)`")
    try endOfStatement("`.`")
    return .relation(name: name, positions: positions)
  }

  /// `param min = 2 "at least this many projects".`
  private mutating func parameterDeclaration() throws(Diagnostic) -> Statement {
    advance()
    let name = try name("the name of a parameter")
    try expect(.equal, "`=` and the parameter's value")
    let start = token.start
    guard case .constant(let value, _) = try expression() else {
      throw Diagnostic("the value of a parameter is a constant", at: span(from: start))
    }
    let description = token.kind == .string ? takeIdentifier().name : nil
    try endOfStatement(description == nil ? "a description in quotes, or `.`" : "`.`")
    return .parameter(name: name, value: value, description: description)
  }

  private mutating func inclusion() throws(Diagnostic) -> Statement {
    advance()
    let path = try string("the path of a file in quotes")
    try endOfStatement("`.`")
    return .include(path: path.name, path.span)
  }

  /// `import edge "edge.tsv".`
  private mutating func importation() throws(Diagnostic) -> Statement {
    advance()
    let relation = token.kind == .variable ? takeIdentifier() : try name("the name of a relation")
    let path = try string("the path of a file in quotes")
    try endOfStatement("`.`")
    return .importFile(relation: relation, path: path.name, path.span)
  }

  private mutating func constraint() throws(Diagnostic) -> Statement {
    let start = token.start
    advance()
    let description = try string("a description in quotes")
    try expect(.implies, "`:-` and what must not be")
    let body = try formula()
    try endOfStatement("`,`, `;` or `.`")
    return .constraint(description: description.name, body: body, span(from: start))
  }

  private mutating func defaults() throws(Diagnostic) -> Statement {
    let start = token.start
    let annotations = try annotations()
    try endOfStatement("`.`")
    return .defaults(annotations, span(from: start))
  }

  /// `?why fact.` and `?why not fact.`
  private mutating func explanation() throws(Diagnostic) -> Statement {
    let start = token.start
    advance()
    let negated = isWord("not")
    if negated { advance() }
    let atom = try atom()
    try endOfStatement("`.`")
    return .why(atom, negated: negated, span(from: start))
  }

  private mutating func retraction() throws(Diagnostic) -> Statement {
    let atom = try atom()
    try endOfStatement("`.`")
    try checkFact(atom)
    return .retraction(atom)
  }

  /// A fact or a rule.
  private mutating func clause() throws(Diagnostic) -> Rule {
    let head = try atom()
    if token.kind == .less, lexer.byte(token.end) == UInt8(ascii: "-") {
      var diagnostic = unexpected("`:-` or `.`")
      diagnostic.help = "a rule is written `head :- body`"
      throw diagnostic
    }
    guard take(.implies) else {
      try endOfStatement(head.annotations.isEmpty ? "`:-`, `@` or `.`" : "`:-` or `.`")
      try checkFact(head)
      return Rule(head: head, body: nil, span: head.span)
    }
    return try rule(head)
  }

  private mutating func rule(_ head: Atom) throws(Diagnostic) -> Rule {
    let body = try formula()
    try endOfStatement("`,`, `;` or `.`")
    return Rule(head: head, body: body, span: span(from: head.span.start))
  }

  /// A rule of the session or a query without its `?-`.
  private mutating func promptStatement() throws(Diagnostic) -> Statement {
    let start = token.start
    let body = try formula()
    if case .atom(let head) = body, take(.implies) { return .rule(try rule(head)) }
    return .query(try query(body, from: start))
  }

  /// Refuses a fact that holds a variable.
  private func checkFact(_ atom: Atom) throws(Diagnostic) {
    for argument in atom.arguments + atom.annotations.map(\.value) {
      guard case .variable(let variable) = argument else { continue }
      let isBlank = variable.name.hasPrefix("_")
      let lower = variable.name.lowercased()
      throw Diagnostic(
        "nothing binds the variable `\(variable.name)` of this fact", at: variable.span,
        help: isBlank
          ? "a fact has a value in each place"
          : "a name starts with a lower-case letter: write `\(lower)`, or `'\(variable.name)'` in quotes")
    }
  }
}
