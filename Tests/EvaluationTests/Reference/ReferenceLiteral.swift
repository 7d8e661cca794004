import Terms

struct ReferenceAtom: Hashable, Sendable {
  var relation: String
  var arguments: [Operand]
  var annotations: [Annotation] = []
  /// Whether `@ {…}` follows, be it empty: then facts alone match.
  var asksForFacts = false

  struct Annotation: Hashable, Sendable {
    var key: String
    var value: Operand
  }

  /// Its arguments and then what its annotations must be.
  var operands: [Operand] { arguments + annotations.map(\.value) }
  var names: [String] { operands.compactMap(\.name) }
}

/// Any of several relations of two columns, forwards or backwards, once or repeatedly, each step with annotations.
struct ReferencePath: Hashable, Sendable {
  enum Repetition: String, Hashable, Sendable {
    case once = ""
    case oneOrMore = "+"
    case zeroOrMore = "*"
  }

  struct Step: Hashable, Sendable {
    var relation: String
    var isBackward: Bool
  }

  var steps: [Step]
  var repetition: Repetition
  /// What each step's statement must say; constants.
  var annotations: [ReferenceAtom.Annotation] = []

  /// As source, without its annotations.
  var text: String { steps.count == 1 && repetition == .once ? stepText : "(\(stepText))\(repetition.rawValue)" }

  /// A single step as source.
  var stepText: String { steps.map { ($0.isBackward ? "^" : "") + $0.relation }.joined(separator: " | ") }
}

indirect enum ReferenceLiteral: Hashable, Sendable {
  case atom(ReferenceAtom)
  case not([ReferenceLiteral])
  case comparison(ReferenceComparison, Operand, Operand)
  case either([[ReferenceLiteral]])
  case aggregate(result: Int, ReferenceAggregate, columns: [Operand], [ReferenceLiteral])
  case path(ReferencePath, from: Operand, to: Operand)
  case distance(result: Int, ReferencePath, from: Operand, to: Operand)
  /// A function whose value is true or false.
  case condition(ReferenceFunction, [Operand])
  /// `X ~ words`.
  case similar(Operand, Operand)

  var variables: Set<Int> {
    switch self {
    case .atom(let atom): Set(atom.operands.flatMap(\.variables))
    case .not(let body): Set(body.flatMap(\.variables))
    case .comparison(_, let left, let right), .similar(let left, let right): left.variables.union(right.variables)
    case .either(let branches): Set(branches.flatMap { $0.flatMap(\.variables) })
    case .aggregate(let result, _, let columns, let body):
      Set(body.flatMap(\.variables) + columns.flatMap(\.variables) + [result])
    case .path(_, let from, let to): from.variables.union(to.variables)
    case .distance(let result, _, let from, let to): from.variables.union(to.variables).union([result])
    case .condition(_, let arguments): Set(arguments.flatMap(\.variables))
    }
  }

  /// The variables that are seen from outside of braces and negations.
  var visible: Set<Int> {
    switch self {
    case .not: []
    case .aggregate(let result, _, _, _): [result]
    case .either(let branches): Set(branches.flatMap { $0.flatMap(\.visible) })
    default: variables
    }
  }

  /// The variables that it binds by itself.
  var bound: Set<Int> {
    switch self {
    case .atom(let atom): Self.bound(by: atom.operands)
    case .either(let branches): Set(branches.flatMap { $0.flatMap(\.bound) })
    case .path(let path, let from, let to): Self.bound(by: path.repetition == .zeroOrMore ? [to] : [from, to])
    case .similar(let subject, let words): words.variables.isEmpty ? Self.bound(by: [subject]) : []
    case .comparison, .not, .aggregate, .distance, .condition: []
    }
  }

  private static func bound(by operands: [Operand]) -> Set<Int> {
    Set(operands.filter(\.isVariable).flatMap(\.variables))
  }

  var names: [String] {
    switch self {
    case .atom(let atom): atom.names
    case .comparison(_, let left, let right), .similar(let left, let right): [left, right].compactMap(\.name)
    case .path(let path, let left, let right):
      ([left, right] + path.annotations.map(\.value)).compactMap(\.name)
    case .distance(_, _, let left, let right): [left, right].compactMap(\.name)
    case .condition(_, let arguments): arguments.compactMap(\.name)
    case .either(let branches): branches.flatMap { $0.flatMap(\.names) }
    case .not(let body), .aggregate(_, _, _, let body): body.flatMap(\.names)
    }
  }

  /// The relations that it speaks of, and whether their whole must be known first. Names, annotations and `triple` are of
  /// facts, which are known from the beginning.
  var relations: [(name: String, mustBeComplete: Bool)] {
    switch self {
    case .atom(let atom): [(atom.relation, false)]
    case .comparison, .condition, .similar: []
    case .path(let path, _, _): path.steps.map { ($0.relation, false) }
    case .distance(_, let path, _, _): path.steps.map { ($0.relation, true) }
    case .either(let branches): branches.flatMap { $0.flatMap(\.relations) }
    case .not(let body), .aggregate(_, _, _, let body): body.flatMap(\.relations).map { ($0.name, true) }
    }
  }
}
