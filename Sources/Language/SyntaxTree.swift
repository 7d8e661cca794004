import Diagnostics
import Terms

/// A word of the source with its place: the name of a relation, a type, a variable, a key or a function.
public struct Identifier: Hashable, Sendable {
  public var name: String
  public var span: SourceSpan
  public init(_ name: String, _ span: SourceSpan) {
    self.name = name
    self.span = span
  }
}

/// One statement of a file or of the prompt.
public enum Statement: Sendable {
  /// `type municipality : organisation.`
  case type(name: Identifier, supertypes: [Identifier])
  /// `relation attended(person or organisation, event).`, `relation letter(id: string, sender: person).`
  case relation(name: Identifier, columns: [ColumnDeclaration])
  /// A fact or a rule; a fact has no body.
  case rule(Rule)
  /// `@ {source: report}.`: annotations for the facts that follow in this file.
  case defaults([Annotation], SourceSpan)
  case query(Query)
  /// `param min = 2 "at least this many projects".`
  case parameter(name: Identifier, value: Value, description: String?)
  case include(path: String, SourceSpan)
  /// `import edge "edge.tsv".`, with options in braces perhaps: `{header: true}`. The place is that of the path.
  case importFile(relation: Identifier, path: String, options: [Annotation], SourceSpan)
  case constraint(description: String, body: Formula, SourceSpan)
  /// `add head :- body.` and `remove head :- body.`, carried out once.
  case update(Update)
  /// `-fact.` at the prompt: takes the fact back.
  case retraction(Atom)
  /// `?why fact.`, or `?why not fact.` where `negated`.
  case why(Atom, negated: Bool, SourceSpan)
  /// `?why.` or `?why 3.`: the answer of the query before, counted from 1.
  case whyAnswer(Int, SourceSpan)

  /// Whether it has another file read.
  public var readsFile: Bool {
    switch self {
    case .include, .importFile: true
    default: false
    }
  }
}

/// `add sent(P, L) :- letters(P, L).`: facts that are stated or taken back for each row of a body, or once if there is none.
public struct Update: Sendable {
  public enum Kind: String, Sendable { case add, remove }
  public var kind: Kind
  public var heads: [Atom]
  public var body: Formula?
  public var span: SourceSpan
  public init(_ kind: Kind, heads: [Atom], body: Formula?, span: SourceSpan) {
    self.kind = kind
    self.heads = heads
    self.body = body
    self.span = span
  }
}

/// One column of a declared relation: the types of which it takes any, and its name if it has one.
public struct ColumnDeclaration: Sendable {
  public var name: Identifier?
  public var types: [Identifier]
  public init(name: Identifier? = nil, types: [Identifier]) {
    self.name = name
    self.types = types
  }
}

/// `head :- body.`, or a fact where `body` is nil.
public struct Rule: Sendable {
  public var head: Atom
  public var body: Formula?
  public var span: SourceSpan
  public init(head: Atom, body: Formula?, span: SourceSpan) {
    self.head = head
    self.body = body
    self.span = span
  }
}

/// A relation with its arguments, and the annotations that a fact carries or a body's literal asks for.
public struct Atom: Sendable {
  public var relation: Identifier
  public var arguments: [Expression]
  /// The columns for which the last arguments stand, as in `letter(I, sender: S)`. The others stand for the first columns, in order.
  public var columns: [Identifier]
  /// Empty where none are written.
  public var annotations: [Annotation]
  /// Whether `@ {…}` follows, be it empty: then stated rows alone are meant.
  public var isStated: Bool
  public var span: SourceSpan

  /// - Parameter annotations: `nil` where there is no `@`.
  public init(
    relation: Identifier, arguments: [Expression], columns: [Identifier] = [], annotations: [Annotation]? = nil,
    span: SourceSpan
  ) {
    self.relation = relation
    self.arguments = arguments
    self.columns = columns
    self.annotations = annotations ?? []
    isStated = annotations != nil
    self.span = span
  }
}

/// `key: value` of `@ {…}`.
public struct Annotation: Sendable {
  public var key: Identifier
  public var value: Expression
  public init(key: Identifier, value: Expression) {
    self.key = key
    self.value = value
  }
}

/// What a body says.
public indirect enum Formula: Sendable {
  case atom(Atom)
  /// A path between two terms; `part_of+(A, B)`, `^partner(P, O)`, `(a | ^b)*(A, B)`.
  case path(PathExpression, from: Expression, to: Expression, annotations: [Annotation], SourceSpan)
  case comparison(Comparison, Expression, Expression, SourceSpan)
  /// `X ~ "jarosuk"`.
  case similar(Expression, Expression, SourceSpan)
  case not(Formula, SourceSpan)
  case and([Formula])
  case or([Formula])
}

public enum Comparison: String, Sendable, CaseIterable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

/// How a path walks: along relations, against them, repeatedly, or along any of several.
public indirect enum PathExpression: Sendable {
  case relation(Identifier)
  case inverse(PathExpression)
  case oneOrMore(PathExpression)
  case zeroOrMore(PathExpression)
  case alternatives([PathExpression])
}

/// What stands for a value.
public indirect enum Expression: Sendable {
  case constant(Value, SourceSpan)
  /// A variable; `_` is a fresh one at each place.
  case variable(Identifier)
  /// `$min`, named without the dollar.
  case parameter(Identifier)
  case negative(Expression, SourceSpan)
  case binary(BinaryOperator, Expression, Expression, SourceSpan)
  /// `length(S)`: any function of the language; which there are and how many arguments they take is checked later.
  case call(Identifier, [Expression], SourceSpan)
  case aggregate(Aggregate)
  /// `distance{ path : A -> B }`.
  case distance(PathExpression, from: Expression, to: Expression, SourceSpan)
}

public enum BinaryOperator: String, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case modulo = "mod"
  case concatenate = "++"
}

/// `count{ columns : body }` and its siblings.
public struct Aggregate: Sendable {
  public enum Kind: String, Sendable, CaseIterable { case count, sum, min, max, avg, list }
  public var kind: Kind
  public var columns: [Expression]
  public var body: Formula
  public var span: SourceSpan
  public init(kind: Kind, columns: [Expression], body: Formula, span: SourceSpan) {
    self.kind = kind
    self.columns = columns
    self.body = body
    self.span = span
  }
}

/// `?- body | select … | order by … | limit … | offset ….`
public struct Query: Sendable {
  public struct Order: Sendable {
    public var variable: Identifier
    public var descending: Bool
    public init(variable: Identifier, descending: Bool) {
      self.variable = variable
      self.descending = descending
    }
  }
  public var body: Formula
  /// `nil` where there is no `select`.
  public var selection: [Identifier]?
  public var order: [Order]
  /// A constant or a parameter.
  public var limit: Expression?
  public var offset: Expression?
  public var span: SourceSpan
  public init(
    body: Formula, selection: [Identifier]?, order: [Order], limit: Expression?, offset: Expression?, span: SourceSpan
  ) {
    self.body = body
    self.selection = selection
    self.order = order
    self.limit = limit
    self.offset = offset
    self.span = span
  }
}

extension Statement {
  /// The place that stands for the statement: the whole of it, or of a declaration the name.
  public var span: SourceSpan {
    switch self {
    case .type(let name, _), .relation(let name, _), .parameter(let name, _, _), .importFile(let name, _, _, _):
      name.span
    case .rule(let rule): rule.span
    case .query(let query): query.span
    case .update(let update): update.span
    case .retraction(let atom): atom.span
    case .defaults(_, let span), .include(_, let span), .constraint(_, _, let span), .why(_, _, let span),
      .whyAnswer(_, let span):
      span
    }
  }
}

extension Expression {
  /// The place of the whole expression.
  public var span: SourceSpan {
    switch self {
    case .constant(_, let span), .negative(_, let span), .binary(_, _, _, let span), .call(_, _, let span),
      .distance(_, _, _, let span):
      span
    case .variable(let identifier), .parameter(let identifier): identifier.span
    case .aggregate(let aggregate): aggregate.span
    }
  }
}

extension Formula {
  /// The place of the whole formula; of an empty conjunction or disjunction, which the parser never makes, `nil`.
  public var span: SourceSpan? {
    switch self {
    case .atom(let atom): atom.span
    case .path(_, _, _, _, let span), .comparison(_, _, _, let span), .similar(_, _, let span), .not(_, let span): span
    case .and(let parts), .or(let parts):
      if let first = parts.first?.span, let last = parts.last?.span { first.joined(to: last) } else { nil }
    }
  }
}

extension Expression {
  public var isParameter: Bool { if case .parameter = self { true } else { false } }

  /// The expressions that it is made of, outside of braces.
  public var parts: [Expression] {
    switch self {
    case .negative(let inner, _): [inner]
    case .binary(_, let left, let right, _): [left, right]
    case .call(_, let arguments, _): arguments
    case .constant, .variable, .parameter, .aggregate, .distance: []
    }
  }
}

extension Formula {
  /// The expressions in it, but for those of the formulas that it is made of.
  public var expressions: [Expression] {
    switch self {
    case .atom(let atom): atom.arguments + atom.annotations.map(\.value)
    case .path(_, let from, let to, let annotations, _): [from, to] + annotations.map(\.value)
    case .comparison(_, let left, let right, _), .similar(let left, let right, _): [left, right]
    case .not, .and, .or: []
    }
  }
}

extension Atom {
  /// Whether no variable stands in it.
  var isGround: Bool { (arguments + annotations.map(\.value)).allSatisfy(\.isGround) }
}

extension Expression {
  /// Whether it is made of constants and parameters alone.
  fileprivate var isGround: Bool {
    switch self {
    case .variable, .aggregate, .distance: false
    case .constant, .parameter, .negative, .binary, .call: parts.allSatisfy(\.isGround)
    }
  }
}
