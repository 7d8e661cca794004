import Terms

extension ReferenceEvaluator {
  static func match(_ operands: [Operand], _ row: Row, _ bindings: Bindings) throws -> Bindings? {
    var bindings = bindings
    for (operand, value) in zip(operands, row) {
      switch operand {
      case .wildcard: continue
      case .constant(let constant): if constant != value { return nil }
      case .variable(let variable):
        if let bound = bindings[variable], bound != value { return nil }
        bindings[variable] = value
      case .binary, .call: if try Self.value(of: operand, bindings) != value { return nil }
      }
    }
    return bindings
  }

  static func value(of operand: Operand, _ bindings: Bindings) throws -> Value {
    switch operand {
    case .constant(let value): return value
    case .variable(let variable):
      guard let value = bindings[variable] else { throw Failure.unsafe }
      return value
    case .wildcard: throw Failure.unsafe
    case .call(let function, let arguments):
      guard let value = function.value(try arguments.map { try value(of: $0, bindings) }) else { throw Failure.unsafe }
      return value
    case .binary(.concatenate, let left, let right):
      return .string(try value(of: left, bindings).plainText + value(of: right, bindings).plainText)
    case .binary(let operation, let left, let right):
      return try computed(operation, integer(value(of: left, bindings)), integer(value(of: right, bindings)))
    }
  }

  private static func computed(_ operation: ReferenceOperator, _ left: Int64, _ right: Int64) throws -> Value {
    switch operation {
    case .add: return .integer(left + right)
    case .subtract: return .integer(left - right)
    case .multiply: return .integer(left * right)
    case .modulo:
      guard right > 0 else { throw Failure.unsafe }
      return .integer((left % right + right) % right)
    case .divide:
      guard right != 0, let quotient = Value.number(Double(left) / Double(right)) else { throw Failure.unsafe }
      return quotient
    case .concatenate: throw Failure.unsafe
    }
  }

  private static func integer(_ value: Value) throws -> Int64 {
    guard case .integer(let integer) = value else { throw Failure.unsafe }
    guard (-1 << 30...1 << 30).contains(integer) else { throw Failure.tooLarge }
    return integer
  }

  /// The bindings with which the comparison holds, `nil` where it does not.
  static func compare(
    _ comparison: ReferenceComparison, _ left: Operand, _ right: Operand, _ bindings: Bindings
  ) throws -> Bindings? {
    if comparison == .equal, case .variable(let variable) = left, bindings[variable] == nil {
      return try match([left], [value(of: right, bindings)], bindings)
    }
    if comparison == .equal, case .variable(let variable) = right, bindings[variable] == nil {
      return try match([right], [value(of: left, bindings)], bindings)
    }
    return holds(comparison, try value(of: left, bindings), try value(of: right, bindings)) ? bindings : nil
  }

  /// Values of different kinds are not equal and in no order.
  private static func holds(_ comparison: ReferenceComparison, _ left: Value, _ right: Value) -> Bool {
    if comparison == .equal || comparison == .notEqual { return (left == right) == (comparison == .equal) }
    guard kind(left) == kind(right) else { return false }
    let order = Value.order(left, right)
    switch comparison {
    case .less: return order < 0
    case .lessOrEqual: return order <= 0
    case .greater: return order > 0
    default: return order >= 0
    }
  }

  private static func kind(_ value: Value) -> String {
    switch value {
    case .name: "name"
    case .string: "string"
    case .integer, .decimal: "number"
    case .boolean: "boolean"
    case .date: "date"
    }
  }

  static func aggregate(_ kind: ReferenceAggregate, _ tuples: Set<Row>) throws -> Value? {
    if kind == .count { return .integer(Int64(tuples.count)) }
    let values = tuples.map { $0[0] }.sorted { Value.order($0, $1) < 0 }
    switch kind {
    case .count: return nil
    case .list: return values.isEmpty ? nil : .string(values.map(\.plainText).joined(separator: ", "))
    case .min: return values.first
    case .max: return values.last
    case .sum: return .integer(try values.map { try integer($0) }.reduce(0, +))
    case .avg:
      let sum = try values.map { try integer($0) }.reduce(0, +)
      return values.isEmpty ? nil : Value.number(Double(sum) / Double(values.count))
    }
  }
}
