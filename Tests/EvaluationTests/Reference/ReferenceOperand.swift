import Terms

/// What stands for a value.
indirect enum Operand: Hashable, Sendable {
  case variable(Int)
  case wildcard
  case constant(Value)
  case binary(ReferenceOperator, Operand, Operand)
  case call(ReferenceFunction, [Operand])

  var variables: Set<Int> {
    switch self {
    case .variable(let variable): [variable]
    case .wildcard, .constant: []
    case .binary(_, let left, let right): left.variables.union(right.variables)
    case .call(_, let arguments): Set(arguments.flatMap(\.variables))
    }
  }

  var name: String? {
    if case .constant(.name(let name)) = self { name } else { nil }
  }

  var isVariable: Bool {
    if case .variable = self { true } else { false }
  }

  /// Whether it is computed.
  var isExpression: Bool {
    switch self {
    case .variable, .wildcard, .constant: false
    case .binary, .call: true
    }
  }
}

enum ReferenceOperator: String, Hashable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case modulo = "mod"
  case concatenate = "++"
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
