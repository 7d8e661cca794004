import Diagnostics
import Terms

extension Parser {
  mutating func statement() throws(Diagnostic) -> Statement {
    let sign = takeSign()
    if let declaration = try declaration() {
      self.sign = sign
      return declaration
    }
    switch token.kind {
    case .queryMark:
      let start = token.start
      advance()
      return .query(try query(from: start))
    case .why: return try explanation()
    case .at: return try defaults()
    case .fullStop where lexer.endOfWord(token.end) > token.end: throw dottedDirective()
    case .plus where mode == .prompt:
      self.sign = .plus
      advance()
      return .rule(try clause())
    case .minus where mode == .prompt && [.name, .quotedName, .variable].contains(following().kind):
      self.sign = .minus
      advance()
      return try retraction()
    default:
      return mode == .prompt ? try promptStatement(behind: sign) : .rule(try clause())
    }
  }

  /// A statement that begins with a word of its own; `nil` where another one stands.
  private mutating func declaration() throws(Diagnostic) -> Statement? {
    switch keyword() {
    case "type": try typeDeclaration()
    case "relation": try relationDeclaration()
    case "param": try parameterDeclaration()
    case "include": try inclusion()
    case "import": try importation()
    case "constraint": try constraint()
    case "add": try update(.add)
    case "remove": try update(.remove)
    default: nil
    }
  }

  /// `.decl` and the like, of which the full stop ends nothing.
  private mutating func dottedDirective() -> Diagnostic {
    let start = token.start
    advance()
    let word = lexer.text(token.start, token.end)
    return Diagnostic(
      .foreignStatement, "no statement begins with `.\(word)`", at: lexer.span(start, token.end),
      help: Hints.forDirective(word) ?? "a full stop ends a statement and begins none")
  }

  /// `type municipality : organisation, place.`
  private mutating func typeDeclaration() throws(Diagnostic) -> Statement {
    advance()
    let name = try name(.unexpectedInDeclaration, "the name of a type")
    if token.kind == .leftParenthesis {
      throw unexpected(
        .unexpectedInDeclaration, "`:` and a supertype, or `.`",
        help: "a type is declared without arguments: `type \(name.name).`")
    }
    var supertypes: [Identifier] = []
    if take(.colon) {
      repeat {
        supertypes.append(try self.name(.unexpectedInDeclaration, "the name of a supertype"))
      } while take(.comma)
    }
    try endOfStatement(.unexpectedInDeclaration, supertypes.isEmpty ? "`:` and a supertype, or `.`" : "`,` or `.`")
    return .type(name: name, supertypes: supertypes)
  }

  /// `relation attended(person or organisation, event).`
  private mutating func relationDeclaration() throws(Diagnostic) -> Statement {
    advance()
    let name = try relationName()
    advance()
    var columns: [ColumnDeclaration] = []
    if token.kind != .rightParenthesis {
      repeat { columns.append(try columnDeclaration(behind: columns)) } while take(.comma)
    }
    guard take(.rightParenthesis) else {
      throw unexpected(.unexpectedInDeclaration, "`,`, `or` or `)`", help: hintInPositions)
    }
    try endOfStatement(.unexpectedInDeclaration, "`.`")
    return .relation(name: name, columns: columns)
  }

  /// `person or organisation`, or with the column's name `sender: person`.
  private mutating func columnDeclaration(behind others: [ColumnDeclaration]) throws(Diagnostic) -> ColumnDeclaration {
    let name = try takeColumn()
    if let name, let first = others.lazy.compactMap(\.name).first(where: { $0.name == name.name }) {
      throw Diagnostic(
        .columnTwice, "two columns have the name `\(name.name)`", at: name.span, help: "give one of them another name",
        notes: [Diagnostic.Note("the first one stands here", at: first.span)])
    }
    var types = [try self.name(.unexpectedInDeclaration, "the name of a type")]
    while isWord("or") {
      advance()
      types.append(try self.name(.unexpectedInDeclaration, "the name of a type"))
    }
    return ColumnDeclaration(name: name, types: types)
  }

  private var hintInPositions: String? {
    switch token.kind {
    case .name: "a column's name is followed by a colon: `relation born(who: person, on: date).`"
    case .bar, .slash: "one of several types is written `person or organisation`"
    default: nil
    }
  }

  /// `param min = 2 "at least this many projects".`
  private mutating func parameterDeclaration() throws(Diagnostic) -> Statement {
    advance()
    let name = try name(.unexpectedInDeclaration, "the name of a parameter")
    guard take(.equal) else {
      throw unexpected(
        .unexpectedInDeclaration, "`=` and the parameter's value", help: "write `param \(name.name) = 2.`")
    }
    let start = token.start
    guard case .constant(let value, _) = try expression() else {
      throw Diagnostic(
        .parameterNotConstant, "the value of a parameter is a constant", at: span(from: start),
        help: "write the value itself; what follows from it is computed where `$\(name.name)` is used")
    }
    let description = token.kind == .string ? takeIdentifier().name : nil
    try endOfStatement(.unexpectedInDeclaration, description == nil ? "a description in quotes, or `.`" : "`.`")
    return .parameter(name: name, value: value, description: description)
  }

  private mutating func inclusion() throws(Diagnostic) -> Statement {
    advance()
    let path = try filePath("include \"rules/people.dl\".")
    try endOfStatement(.unexpectedInDeclaration, "`.`")
    return .include(path: path.name, path.span)
  }

  /// - Parameter example: how the statement is written.
  private mutating func filePath(_ example: String) throws(Diagnostic) -> Identifier {
    guard token.kind == .string else {
      throw unexpected(.unexpectedInDeclaration, "the path of a file in quotes", help: "write `\(example)`")
    }
    return takeIdentifier()
  }

  /// `import edge "edge.tsv".`, `import edge "edge.csv" {header: true}.`
  private mutating func importation() throws(Diagnostic) -> Statement {
    advance()
    if token.kind == .string {
      throw unexpected(
        .unexpectedInDeclaration, "the name of a relation",
        help: "the relation that takes the rows stands first: `import edge \"edge.tsv\".`")
    }
    let relation =
      token.kind == .variable ? takeIdentifier() : try name(.unexpectedInDeclaration, "the name of a relation")
    let path = try filePath("import \(relation.name) \"edge.tsv\".")
    let options = token.kind == .leftBrace ? try braced("an option such as `header`") : []
    try endOfStatement(.unexpectedInDeclaration, options.isEmpty ? "`{` and options, or `.`" : "`.`")
    return .importFile(relation: relation, path: path.name, options: options, path.span)
  }

  private mutating func constraint() throws(Diagnostic) -> Statement {
    let start = token.start
    advance()
    let example = "write `constraint \"an event has a date\" :- event(E), not held_on(E, _).`"
    guard token.kind == .string else {
      throw unexpected(.unexpectedInDeclaration, "a description in quotes", help: example)
    }
    let description = takeIdentifier()
    guard take(.implies) else { throw unexpected(.unexpectedInDeclaration, "`:-` and what must not be", help: example) }
    let body = try formula()
    try endOfStatement(.unexpectedInBody, "`,`, `;` or `.`")
    return .constraint(description: description.name, body: body, span(from: start))
  }

  /// `add sent(P, L) @ {line: N} :- letters(P, L, N).`, with several heads perhaps, and without a body.
  private mutating func update(_ kind: Update.Kind) throws(Diagnostic) -> Statement {
    let start = token.start
    advance()
    var heads: [Atom] = []
    repeat { heads.append(try atom()) } while take(.comma)
    let body = take(.implies) ? try formula() : nil
    try endOfStatement(
      body == nil ? .unexpectedAfterHead : .unexpectedInBody, body == nil ? "`,`, `:-` or `.`" : "`,`, `;` or `.`")
    return .update(Update(kind, heads: heads, body: body, span: span(from: start)))
  }

  private mutating func defaults() throws(Diagnostic) -> Statement {
    let start = token.start
    let annotations = try annotations()
    try endOfStatement(.unexpectedInDeclaration, "`.`")
    return .defaults(annotations, span(from: start))
  }

  /// `?why fact.`, `?why not fact.`, and `?why.` and `?why 3.` of the answers before.
  private mutating func explanation() throws(Diagnostic) -> Statement {
    let start = token.start
    advance()
    if let row = try answerNumber() {
      let span = span(from: start)
      try endOfStatement(.unexpectedInDeclaration, "`.`")
      return .whyAnswer(row, span)
    }
    let negated = isWord("not")
    if negated { advance() }
    let atom = try atom()
    try endOfStatement(.unexpectedInDeclaration, "`.`")
    return .why(atom, negated: negated, span(from: start))
  }

  /// Which answer `?why` is about, counted from 1; `nil` where a fact follows.
  private mutating func answerNumber() throws(Diagnostic) -> Int? {
    switch token.kind {
    case .fullStop, .end, .queryMark, .why: return 1
    case .integer:
      let place = span
      guard case .constant(.integer(let row), _) = try primary(), row > 0 else {
        throw Diagnostic(.answersFromOne, "answers are counted from 1", at: place, help: "write `?why.` for the first")
      }
      return Int(row)
    default: return nil
    }
  }

  private mutating func retraction() throws(Diagnostic) -> Statement {
    let atom = try atom()
    try endOfStatement(.unexpectedInDeclaration, "`.`")
    try checkFact(atom)
    return .retraction(atom)
  }

  /// A fact or a rule.
  private mutating func clause() throws(Diagnostic) -> Rule {
    let first = token
    let head: Atom
    do throws(Diagnostic) {
      head = try atom()
      if token.kind != .implies {
        try endOfStatement(
          .unexpectedAfterHead, head.annotations.isEmpty ? "`:-`, `@` or `.`" : "`:-` or `.`", help: hintAfterHead)
      }
    } catch {
      throw foreignStatement(first) ?? error
    }
    if take(.implies) { return try rule(head) }
    try checkFact(head)
    return Rule(head: head, body: nil, span: head.span)
  }

  private mutating func rule(_ head: Atom) throws(Diagnostic) -> Rule {
    let body = try formula()
    try endOfStatement(.unexpectedInBody, "`,`, `;` or `.`")
    return Rule(head: head, body: body, span: span(from: head.span.start))
  }

  /// The sign before the facts of the line that this statement goes on with.
  private mutating func takeSign() -> Token.Kind? {
    defer { sign = nil }
    let between = Swift.min(statementRange.upperBound, token.start)..<token.start
    return lexer.bytes[between].contains(0x0A) ? nil : sign
  }

  /// A rule of the session or a query without its `?-`.
  ///
  /// Behind `+fact.` or `-fact.` on the same line an atom without variables is a fact as well; with one it is asked.
  private mutating func promptStatement(behind sign: Token.Kind?) throws(Diagnostic) -> Statement {
    let first = token
    let start = token.start
    let body: Formula
    do throws(Diagnostic) {
      body = try formula()
    } catch {
      throw foreignStatement(first) ?? error
    }
    if case .atom(let head) = body, take(.implies) { return .rule(try rule(head)) }
    if let sign, case .atom(let fact) = body, token.kind == .fullStop || token.kind == .end, fact.isGround {
      self.sign = sign
      return sign == .plus ? .rule(Rule(head: fact, body: nil, span: fact.span)) : .retraction(fact)
    }
    return .query(try query(body, from: start))
  }

  /// Refuses a fact that holds a variable.
  private func checkFact(_ atom: Atom) throws(Diagnostic) {
    for argument in atom.arguments + atom.annotations.map(\.value) {
      guard case .variable(let variable) = argument else { continue }
      throw Diagnostic(
        .variableInFact, "nothing binds the variable `\(variable.name)` of this fact", at: variable.span,
        help: hint(forVariable: variable.name, of: atom))
    }
  }

  private func hint(forVariable name: String, of fact: Atom) -> String {
    if name.hasPrefix("_") { return "a fact has a value in each place" }
    if ["NULL", "Null", "None", "Nil", "NIL", "NaN", "NA"].contains(name) {
      return "there is no null: what is not known is not stated"
    }
    let isOpen = fact.arguments.allSatisfy { if case .variable(let other) = $0 { other.name.count < 3 } else { false } }
    if isOpen { return "a query begins with `?-`, and a name with a lower-case letter: `\(name.lowercased())`" }
    return "a name starts with a lower-case letter: write `\(name.lowercased())`, or `'\(name)'` in quotes"
  }
}
