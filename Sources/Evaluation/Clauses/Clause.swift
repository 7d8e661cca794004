import Diagnostics
import Language
import Terms

/// What stands in a column of a literal.
enum Argument: Hashable {
  /// A variable by its number in the clause.
  case variable(Int)
  case constant(Term)

  var variable: Int? { if case .variable(let number) = self { number } else { nil } }
}

/// A relation with its arguments.
struct ClauseAtom {
  var relation: RelationKey
  var arguments: [Argument]
  var span: SourceSpan

  var variables: Set<Int> { Set(arguments.compactMap(\.variable)) }
}

/// An expression over the variables of a clause.
indirect enum Operand {
  case variable(Int)
  case constant(Term)
  case call(Function, [Operand], SourceSpan)

  var variables: Set<Int> {
    switch self {
    case .variable(let number): [number]
    case .constant: []
    case .call(_, let operands, _): operands.reduce(into: []) { $0.formUnion($1.variables) }
    }
  }

  /// Whether there is a function in it.
  var isComputed: Bool { if case .call = self { true } else { false } }

  /// Calls `body` with the constants in it.
  func forEachConstant(_ body: (Term) -> Void) {
    switch self {
    case .variable: break
    case .constant(let term): body(term)
    case .call(_, let operands, _): for operand in operands { operand.forEachConstant(body) }
    }
  }
}

/// One condition of a clause's body.
indirect enum Literal {
  case atom(ClauseAtom)
  /// No solution of the group for the variables that it shares with what is around it.
  case negation(Group, SourceSpan)
  /// Where one side is a variable that nothing else binds, `=` binds it.
  case comparison(Comparison, Operand, Operand, SourceSpan)
  case aggregate(AggregateLiteral)
  /// A function that answers true or false.
  case condition(Function, [Operand], SourceSpan)
  /// The term has a name that the words find; both are bound.
  case similar(Operand, Operand, SourceSpan)

  var span: SourceSpan {
    switch self {
    case .atom(let atom): atom.span
    case .negation(_, let span), .comparison(_, _, _, let span), .condition(_, _, let span), .similar(_, _, let span):
      span
    case .aggregate(let aggregate): aggregate.span
    }
  }
}

/// A part of a body with a scope of its own: alternatives, each a conjunction.
struct Group {
  var alternatives: [[Literal]]
  /// The variables that also occur around it.
  var shared: Set<Int>
}

/// `result = kind{ columns : group }`.
struct AggregateLiteral {
  var result: Int
  var kind: Aggregate.Kind
  var columns: [Int]
  var group: Group
  var span: SourceSpan
}

/// `head :- body.` with its variables numbered; a disjunction has become several clauses.
struct Clause {
  /// What the clause stands for.
  enum Origin { case rule, subtype, path, query }

  var origin = Origin.rule
  var head: ClauseAtom
  var body: [Literal]
  /// The variables' names by number; those that the lowering made have none.
  var variableNames: [String?]
  /// Where each variable stands first in the source.
  var variableSpans: [SourceSpan?] = []
  /// The places of the head's arguments.
  var headSpans: [SourceSpan] = []
  var span: SourceSpan
}

extension Literal {
  /// Whether it is an atom that says the same as another one, wherever the two stand.
  func isSame(as atom: ClauseAtom) -> Bool {
    guard case .atom(let own) = self else { return false }
    return own.relation == atom.relation && own.arguments == atom.arguments
  }

  /// What it negates, or is the aggregate of.
  var group: Group? {
    switch self {
    case .negation(let group, _): group
    case .aggregate(let aggregate): aggregate.group
    case .atom, .comparison, .condition, .similar: nil
    }
  }

  /// The variables that it shares with the conjunction in which it stands.
  var variables: Set<Int> {
    switch self {
    case .atom(let atom): atom.variables
    case .negation(let group, _): group.shared
    case .comparison(_, let left, let right, _), .similar(let left, let right, _): left.variables.union(right.variables)
    case .aggregate(let aggregate): aggregate.group.shared.union([aggregate.result])
    case .condition(_, let operands, _): operands.reduce(into: []) { $0.formUnion($1.variables) }
    }
  }

  /// Calls `body` with the constants of the expressions in it.
  func forEachConstant(_ body: (Term) -> Void) {
    switch self {
    case .atom: break
    case .comparison(_, let left, let right, _), .similar(let left, let right, _):
      left.forEachConstant(body)
      right.forEachConstant(body)
    case .condition(_, let operands, _): for operand in operands { operand.forEachConstant(body) }
    case .negation, .aggregate:
      for literal in (group?.alternatives ?? []).joined() { literal.forEachConstant(body) }
    }
  }

  /// The atoms in it, and for each whether it lies beneath a negation or an aggregate.
  func forEachAtom(_ nested: Bool = false, _ body: (ClauseAtom, Bool) -> Void) {
    switch self {
    case .atom(let atom): body(atom, nested)
    case .negation(let group, _): group.forEachAtom(body)
    case .aggregate(let aggregate): aggregate.group.forEachAtom(body)
    case .comparison, .condition, .similar: break
    }
  }
}

extension Group {
  func forEachAtom(_ body: (ClauseAtom, Bool) -> Void) {
    for alternative in alternatives {
      for literal in alternative { literal.forEachAtom(true, body) }
    }
  }
}
