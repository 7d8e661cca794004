import Terms

/// A program in the form that the reference evaluates: a fragment of the language, small enough to evaluate by brute force.
///
/// Variables are numbers. Those from ``firstLocal`` on live inside one negation, aggregate or alternative only, and stand
/// in no two of them.
struct ReferenceProgram: Sendable {
  static let firstLocal = 20
  static let variableCount = 44

  /// Each relation with its arity.
  var arities: [String: Int] = [:]
  var facts: [Fact] = []
  var rules: [ReferenceRule] = []
  /// The number of facts of another relation to print among the others, such that terms are numbered far apart.
  var padding = 0

  struct Fact: Hashable, Sendable {
    var relation: String
    var values: [Value]
  }
}

struct ReferenceRule: Hashable, Sendable {
  var head: ReferenceAtom
  var body: [ReferenceLiteral]

  /// The names of entities in it.
  var names: [String] { head.names + body.flatMap(\.names) }
}

struct ReferenceAtom: Hashable, Sendable {
  var relation: String
  var arguments: [Operand]

  var names: [String] { arguments.compactMap(\.name) }
}

/// What stands for a value.
indirect enum Operand: Hashable, Sendable {
  case variable(Int)
  case wildcard
  case constant(Value)
  case binary(ReferenceOperator, Operand, Operand)

  var variables: Set<Int> {
    switch self {
    case .variable(let variable): [variable]
    case .wildcard, .constant: []
    case .binary(_, let left, let right): left.variables.union(right.variables)
    }
  }

  var name: String? {
    if case .constant(.name(let name)) = self { name } else { nil }
  }
}

enum ReferenceOperator: String, Hashable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case modulo = "mod"
}

enum ReferenceComparison: String, Hashable, Sendable, CaseIterable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

enum ReferenceAggregate: String, Hashable, Sendable { case count, sum, min, max, avg, list }

/// Any of several relations of two columns, forwards or backwards, once or repeatedly.
struct ReferencePath: Hashable, Sendable {
  enum Repetition: String, Hashable, Sendable {
    case once = ""
    case oneOrMore = "+"
    case zeroOrMore = "*"
  }

  var steps: [(relation: String, isBackward: Bool)]
  var repetition: Repetition

  static func == (left: ReferencePath, right: ReferencePath) -> Bool { left.text == right.text }

  func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// As source.
  var text: String {
    let steps = steps.map { ($0.isBackward ? "^" : "") + $0.relation }
    if repetition == .once && steps.count == 1 { return steps[0] }
    return "(\(steps.joined(separator: " | ")))\(repetition.rawValue)"
  }
}

indirect enum ReferenceLiteral: Hashable, Sendable {
  case atom(ReferenceAtom)
  case not([ReferenceLiteral])
  case comparison(ReferenceComparison, Operand, Operand)
  case either([[ReferenceLiteral]])
  case aggregate(result: Int, ReferenceAggregate, columns: [Int], [ReferenceLiteral])
  case path(ReferencePath, from: Operand, to: Operand)

  var variables: Set<Int> {
    switch self {
    case .atom(let atom): Set(atom.arguments.flatMap(\.variables))
    case .not(let body): Set(body.flatMap(\.variables))
    case .comparison(_, let left, let right): left.variables.union(right.variables)
    case .either(let branches): Set(branches.flatMap { $0.flatMap(\.variables) })
    case .aggregate(let result, _, let columns, let body): Set(body.flatMap(\.variables) + columns + [result])
    case .path(_, let from, let to): from.variables.union(to.variables)
    }
  }

  var names: [String] {
    switch self {
    case .atom(let atom): atom.names
    case .comparison(_, let left, let right), .path(_, let left, let right): [left, right].compactMap(\.name)
    case .either(let branches): branches.flatMap { $0.flatMap(\.names) }
    case .not(let body), .aggregate(_, _, _, let body): body.flatMap(\.names)
    }
  }

  /// The relations that it speaks of, and whether their whole must be known first.
  var relations: [(name: String, mustBeComplete: Bool)] {
    switch self {
    case .atom(let atom): [(atom.relation, false)]
    case .comparison: []
    case .path(let path, _, _): path.steps.map { ($0.relation, false) }
    case .either(let branches): branches.flatMap { $0.flatMap(\.relations) }
    case .not(let body), .aggregate(_, _, _, let body): body.flatMap(\.relations).map { ($0.name, true) }
    }
  }
}
