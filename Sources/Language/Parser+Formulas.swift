import Diagnostics
import Terms

/// A part of a body that may turn out to be either, as what stands in parentheses does.
enum Item {
  case formula(Formula)
  case expression(Expression)
}

extension Parser {
  /// A body, up to where no `,` or `;` goes on.
  mutating func formula() throws(Diagnostic) -> Formula {
    let item = try disjunction()
    return try formula(of: item)
  }

  /// Literals joined by `,` and `;`, or one part alone.
  mutating func disjunction() throws(Diagnostic) -> Item {
    let first = try literal()
    guard token.kind == .comma || token.kind == .semicolon else { return first }
    var highest = height
    var alternatives: [Formula] = []
    var literals = Self.parts(try formula(of: first))
    while token.kind == .comma || token.kind == .semicolon {
      if token.kind == .semicolon {
        alternatives.append(Self.conjunction(literals))
        literals = []
      }
      advance()
      let next = try literal()
      literals += Self.parts(try formula(of: next))
      highest = Swift.max(highest, height)
    }
    try grow(above: highest)
    let last = Self.conjunction(literals)
    return .formula(alternatives.isEmpty ? last : .or(alternatives + [last]))
  }

  /// The literals of a conjunction, so that groups of `,` within `,` lie flat.
  private static func parts(_ formula: Formula) -> [Formula] {
    if case .and(let parts) = formula { return parts }
    return [formula]
  }

  private static func conjunction(_ literals: [Formula]) -> Formula {
    literals.count == 1 ? literals[0] : .and(literals)
  }

  /// Takes a part as a formula: `p(X)`, read as a call, asks for a relation's facts.
  private func formula(of item: Item) throws(Diagnostic) -> Formula {
    switch item {
    case .formula(let formula): return formula
    case .expression(.call(let name, let arguments, let span)):
      return .atom(Atom(relation: name, arguments: arguments, span: span))
    case .expression(let expression): throw noLiteral(expression)
    }
  }

  /// Why an expression alone is no literal.
  private func noLiteral(_ expression: Expression) -> Diagnostic {
    let comparison = "a comparison (`=`, `!=`, `<`, `<=`, `>`, `>=` or `~`) after the value"
    guard previous.end == expression.span.end, token.kind != .invalid else {
      return unexpected(.expectedComparison, comparison)
    }
    if let foreign = foreignStatement(previous), token.kind != .foreign { return foreign }
    switch expression {
    case .constant(.name(let name), let span) where token.kind != .leftParenthesis:
      let help = previous.kind == .name ? Hints.forWord(name) : nil
      if help == nil, hint != nil { break }
      return Diagnostic(
        .noLiteral, "a literal cannot be the name `\(name)` alone", at: span,
        help: help ?? "a relation is asked with its arguments: `\(name)(X)`")
    case .constant(.boolean(let value), let span) where endsLiteral:
      return Diagnostic(
        .noLiteral, "a literal cannot be `\(value)` alone", at: span,
        help: value
          ? "leave it out: a fact is written without a body, `p(a).`"
          : "leave out the rule or the alternative in which it stands: it gives nothing")
    case .variable(let variable) where endsLiteral:
      return Diagnostic(
        .noLiteral, "a literal cannot be the variable `\(variable.name)` alone", at: variable.span,
        help: hintForRemainder
          ?? "compare it, `\(variable.name) = a`, or ask a relation for it, `p(\(variable.name))`")
    case .negative(.call(let name, _, _), let span) where endsLiteral:
      return Diagnostic(
        .noLiteral, "`-` stands before a number and negates no literal", at: lexer.span(span.start, span.start + 1),
        help: "write `not \(name.name)(…)`")
    default: break
    }
    return unexpected(.expectedComparison, comparison)
  }

  private var endsLiteral: Bool {
    switch token.kind {
    case .comma, .semicolon, .fullStop, .bar, .rightParenthesis, .rightBrace, .end: true
    default: false
    }
  }

  private mutating func literal() throws(Diagnostic) -> Item {
    if isWord("not") { return .formula(try negation()) }
    if beginsPath() { return .formula(try pathLiteral()) }
    guard beginsValue else { throw unexpected(.expectedLiteral, "a literal", help: hintInsteadOfLiteral) }
    let left = try sum(formulasAllowed: true)
    guard case .expression(let value) = left else { return left }
    if case .call(let name, let arguments, let span) = value, token.kind == .at || !columns.isEmpty {
      let columns = takeColumns()
      let annotations = token.kind == .at ? try annotations() : nil
      return .formula(
        .atom(
          Atom(
            relation: name, arguments: arguments, columns: columns, annotations: annotations,
            span: self.span(from: span.start))))
    }
    try refuseColumns()
    if token.kind == .tilde { return .formula(try similarity(value)) }
    guard let comparison = Self.comparison(token.kind) else { return left }
    let leftHeight = height
    advance()
    let right = try expression()
    try grow(above: Swift.max(leftHeight, height))
    if Self.comparison(token.kind) != nil {
      throw Diagnostic(
        .comparisonChain, "comparisons do not follow one another", at: span, help: "write two of them: `1 < X, X < 5`")
    }
    return .formula(.comparison(comparison, value, right, value.span.joined(to: right.span)))
  }

  private var beginsValue: Bool {
    switch token.kind {
    case .name, .quotedName, .variable, .parameter, .string, .integer, .decimal, .date, .leftParenthesis, .minus: true
    default: false
    }
  }

  private mutating func negation() throws(Diagnostic) -> Formula {
    let start = token.start
    advance()
    try enter()
    let item = try literal()
    let inner = try formula(of: item)
    leave()
    try grow(above: height)
    return .not(inner, span(from: start))
  }

  /// `X ~ "jarosuk"`.
  private mutating func similarity(_ left: Expression) throws(Diagnostic) -> Formula {
    let leftHeight = height
    advance()
    let right = try expression()
    try grow(above: Swift.max(leftHeight, height))
    return .similar(left, right, left.span.joined(to: right.span))
  }

  private static func comparison(_ kind: Token.Kind) -> Comparison? {
    switch kind {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    default: nil
    }
  }

  /// A relation with its arguments and what `@ {…}` says of it.
  mutating func atom() throws(Diagnostic) -> Atom {
    let relation = try relationName()
    let arguments = try arguments(of: relation)
    let columns = takeColumns()
    let annotations = token.kind == .at ? try annotations() : nil
    return Atom(
      relation: relation, arguments: arguments, columns: columns, annotations: annotations,
      span: span(from: relation.span.start))
  }

  /// The name of a relation, whose `(` is then at hand.
  mutating func relationName() throws(Diagnostic) -> Identifier {
    guard [.name, .quotedName, .variable].contains(token.kind) else {
      throw unexpected(
        nothingTaken ? .expectedStatement : .expectedLiteral, nothingTaken ? "a statement" : "a relation")
    }
    try checkRelationName()
    guard !isFollowedByParenthesis else { return takeIdentifier() }
    if nothingTaken, let foreign = foreignStatement(token) { throw foreign }
    let word = shortened
    advance()
    switch token.kind {
    case .plus, .star:
      throw unexpected(.expectedArguments, "`(` and arguments after `\(word)`", help: "a path can stand in a body only")
    case .equal:
      throw unexpected(
        .expectedArguments, "`(` and arguments after `\(word)`",
        help: "a fact is written `\(word)(1).`, a parameter `param \(word.lowercased()) = 1.`")
    default:
      let shape = "a relation is written with its arguments at once: `\(word)(a, b)`"
      throw unexpected(.expectedArguments, "`(` and arguments after `\(word)`", help: hint ?? shape)
    }
  }

  /// Refuses words that no relation can have as its name.
  func checkRelationName() throws(Diagnostic) {
    guard isWord("not") || lexer.bytes[token.start] == 0x5F else { return }
    throw Diagnostic(
      .noRelationName, "`\(shortened)` is no name of a relation", at: span,
      help: "a relation's name starts with a letter")
  }

  var nothingTaken: Bool { previous.kind == .end }

  /// `@ {key: value, …}`.
  mutating func annotations() throws(Diagnostic) -> [Annotation] {
    advance()
    guard token.kind == .leftBrace else {
      throw unexpected(.unexpectedInAnnotation, "`{` after `@`", help: "write `@ {source: report, line: 3}`")
    }
    return try braced("a key such as `source`")
  }

  /// `{key: value, …}`.
  mutating func braced(_ expected: String) throws(Diagnostic) -> [Annotation] {
    let start = token.start
    advance()
    var annotations: [Annotation] = []
    if token.kind != .rightBrace {
      repeat {
        if token.kind == .string {
          throw unexpected(.unexpectedInAnnotation, expected, help: "a key is a name without quotes")
        }
        let key = try name(.unexpectedInAnnotation, expected)
        if token.kind == .equal {
          throw unexpected(
            .unexpectedInAnnotation, "`:` and the value of `\(key.name)`", help: "write `\(key.name): …`")
        }
        try expectColon(.unexpectedInAnnotation, "`:` and the value of `\(key.name)`")
        annotations.append(Annotation(key: key, value: try expression()))
      } while take(.comma)
    }
    try close(.rightBrace, openedAt: start, "`,` or `}`")
    return annotations
  }
}
