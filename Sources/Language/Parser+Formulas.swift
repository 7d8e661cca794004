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
      return .atom(Atom(relation: name, arguments: arguments, annotations: [], span: span))
    case .expression(let expression):
      if case .constant(.name(let name), let span) = expression, previous.end == span.end,
        token.kind != .leftParenthesis, hintsNothing
      {
        throw Diagnostic(
          "a literal cannot be the name `\(name)` alone", at: span,
          help: Hints.forWord(name) ?? "a relation is asked with its arguments: `\(name)(X)`")
      }
      throw unexpected("a comparison (`=`, `!=`, `<`, `<=`, `>`, `>=` or `~`) after the value")
    }
  }

  private var hintsNothing: Bool { unexpected("").help == nil }

  private mutating func literal() throws(Diagnostic) -> Item {
    if isWord("not") { return .formula(try negation()) }
    if beginsPath() { return .formula(try pathLiteral()) }
    guard beginsValue else { throw unexpected("a literal") }
    let left = try sum(formulasAllowed: true)
    guard case .expression(let value) = left else { return left }
    if case .call(let name, let arguments, let span) = value, token.kind == .at {
      let annotations = try annotations()
      return .formula(
        .atom(
          Atom(
            relation: name, arguments: arguments, annotations: annotations, span: self.span(from: span.start))))
    }
    if token.kind == .tilde { return .formula(try similarity(value)) }
    guard let comparison = Self.comparison(token.kind) else { return left }
    let leftHeight = height
    advance()
    let right = try expression()
    try grow(above: Swift.max(leftHeight, height))
    if Self.comparison(token.kind) != nil {
      throw Diagnostic(
        "comparisons do not follow one another", at: span, help: "write two of them: `1 < X, X < 5`")
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
    let arguments = try arguments()
    let annotations = token.kind == .at ? try annotations() : []
    return Atom(
      relation: relation, arguments: arguments, annotations: annotations, span: span(from: relation.span.start))
  }

  /// The name of a relation, whose `(` is then at hand.
  mutating func relationName() throws(Diagnostic) -> Identifier {
    guard [.name, .quotedName, .variable].contains(token.kind) else {
      throw unexpected(nothingTaken ? "a statement" : "a relation")
    }
    if isWord("not") || lexer.bytes[token.start] == 0x5F {
      throw Diagnostic(
        "`\(shortened)` is no name of a relation", at: span, help: "a relation's name starts with a letter")
    }
    guard !isFollowedByParenthesis else { return takeIdentifier() }
    let help = token.kind == .quotedName ? nil : Hints.forWord(lexer.text(token.start, token.end))
    let word = shortened
    let isKnownWord = help != nil
    advance()
    var diagnostic = unexpected("`(` and arguments after `\(word)`")
    if token.kind == .plus || token.kind == .star {
      diagnostic.help = "a path can stand in a body only"
    } else if isKnownWord {
      diagnostic.help = help
    } else if diagnostic.help == nil {
      diagnostic.help = "a relation is written with its arguments at once: `\(word)(a, b)`"
    }
    throw diagnostic
  }

  var nothingTaken: Bool { previous.kind == .end }

  /// `@ {key: value, …}`.
  mutating func annotations() throws(Diagnostic) -> [Annotation] {
    advance()
    let start = token.start
    try expect(.leftBrace, "`{` after `@`")
    var annotations: [Annotation] = []
    if token.kind != .rightBrace {
      repeat {
        let key = try name("a key such as `source`")
        try expectColon("`:` and the value of `\(key.name)`")
        annotations.append(Annotation(key: key, value: try expression()))
      } while take(.comma)
    }
    try close(.rightBrace, openedAt: start, "`,` or `}`")
    return annotations
  }
}
