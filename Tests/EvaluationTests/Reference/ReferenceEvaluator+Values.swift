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
      let values = try values(of: arguments, bindings)
      if function.hasNoValue(values) { throw Failing.hasNoValue }
      guard let value = function.value(values) else { throw Failing.fails }
      return value
    case .binary(.concatenate, let left, let right):
      return .string(try values(of: [left, right], bindings).map(\.plainText).joined())
    case .binary(let operation, let left, let right):
      let values = try values(of: [left, right], bindings)
      return try computed(operation, integer(values[0]), integer(values[1]))
    }
  }

  /// The values of all operands: that one has none comes before that one fails.
  private static func values(of operands: [Operand], _ bindings: Bindings) throws -> [Value] {
    let results = operands.map { operand in Result { try value(of: operand, bindings) } }
    for result in results {
      if case .failure(let failure) = result, failure as? Failing != .fails { throw failure }
    }
    return try results.map { try $0.get() }
  }

  private static func computed(_ operation: ReferenceOperator, _ left: Int64, _ right: Int64) throws -> Value {
    switch operation {
    case .add: return try fitting(left.addingReportingOverflow(right))
    case .subtract: return try fitting(left.subtractingReportingOverflow(right))
    case .multiply: return try fitting(left.multipliedReportingOverflow(by: right))
    case .modulo:
      guard right != 0 else { throw Failing.fails }
      let rest = left % right
      return .integer(rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest)
    case .divide:
      guard right != 0, let quotient = Value.number(Double(left) / Double(right)) else { throw Failing.fails }
      return left % right == 0 ? .integer(left / right) : quotient
    case .concatenate: throw Failing.fails
    }
  }

  private static func fitting(_ result: (partialValue: Int64, overflow: Bool)) throws -> Value {
    if result.overflow { throw Failing.fails }
    return .integer(result.partialValue)
  }

  /// A number with which programs go beyond what fits 64 bits; others stay small.
  static let huge = Int64.max / 2

  private static func integer(_ value: Value) throws -> Int64 {
    guard case .integer(let integer) = value else { throw Failing.fails }
    guard (-1 << 30...1 << 30).contains(integer) || integer == huge else { throw Failure.tooLarge }
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
    let values = try values(of: [left, right], bindings)
    return holds(comparison, values[0], values[1]) ? bindings : nil
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
    case .sum: return try fitting(sum(values))
    case .avg:
      let sum = try sum(values)
      if sum.overflow { throw Failure.tooLarge }
      return values.isEmpty ? nil : Value.number(Double(sum.partialValue) / Double(values.count))
    }
  }

  private static func sum(_ values: [Value]) throws -> (partialValue: Int64, overflow: Bool) {
    let sum = try values.reduce(Int128(0)) { try $0 + Int128(integer($1)) }
    return (Int64(truncatingIfNeeded: sum), Int64(exactly: sum) == nil)
  }
}
