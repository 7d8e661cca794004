import Terms

/// Arithmetic gives an exact result, the nearest decimal, or a failure: nothing wraps around.
extension Function {
  func arithmetic(_ arguments: [Value]) throws(FunctionFailure) -> Value {
    switch self {
    case .negate: return try negated(arguments)
    case .abs: return try absolute(arguments)
    case .round: return try rounded(arguments)
    case .min, .max: return try extreme(arguments)
    default: return try computed(arguments)
    }
  }

  private func computed(_ arguments: [Value]) throws(FunctionFailure) -> Value {
    if case .integer(let left) = arguments[0], case .integer(let right) = arguments[1] {
      return try computed(left, right)
    }
    let left = try decimal(arguments, 0)
    let right = try decimal(arguments, 1)
    if right == 0, self == .divide || self == .modulo { throw divisionByZero(arguments) }
    let result =
      switch self {
      case .add: left + right
      case .subtract: left - right
      case .multiply: left * right
      case .divide: left / right
      default: Self.modulo(left, right)
      }
    guard let value = Value.number(result) else { throw noDecimal(written(arguments), negative: result < 0) }
    return value
  }

  private func computed(_ left: Int64, _ right: Int64) throws(FunctionFailure) -> Value {
    switch self {
    case .add: return try exact(left.addingReportingOverflow(right), [left, right], negative: right < 0)
    case .subtract: return try exact(left.subtractingReportingOverflow(right), [left, right], negative: right > 0)
    case .multiply:
      return try exact(left.multipliedReportingOverflow(by: right), [left, right], negative: (left < 0) != (right < 0))
    case .divide: return try quotient(left, right)
    default:
      guard right != 0 else { throw divisionByZero([.integer(left), .integer(right)]) }
      return .integer(Self.modulo(left, right))
    }
  }

  /// Whether it makes an integer of two integers.
  var isIntegral: Bool { self == .add || self == .subtract || self == .multiply || self == .modulo }

  /// The integer that it makes of two integers; `nil` where it fails.
  func integer(_ left: Int64, _ right: Int64) -> Int64? {
    let (result, overflow) =
      switch self {
      case .add: left.addingReportingOverflow(right)
      case .subtract: left.subtractingReportingOverflow(right)
      case .multiply: left.multipliedReportingOverflow(by: right)
      default: right == 0 ? (0, true) : (Self.modulo(left, right), false)
      }
    return overflow ? nil : result
  }

  /// An integer where the division comes out even, else the nearest decimal.
  private func quotient(_ left: Int64, _ right: Int64) throws(FunctionFailure) -> Value {
    guard right != 0 else { throw divisionByZero([.integer(left), .integer(right)]) }
    if right == -1 { return try exact(left.multipliedReportingOverflow(by: -1), [left, right], negative: false) }
    guard left % right != 0 else { return .integer(left / right) }
    return Value.number(Double(left) / Double(right)) ?? .integer(left / right)
  }

  /// What remains of a division that rounds down, as Prolog has it: the sign is the divisor's, so `-7 mod 3` is 2.
  private static func modulo(_ left: Int64, _ right: Int64) -> Int64 {
    // The processor's division traps on Int64.min by -1.
    guard right != -1 else { return 0 }
    let remainder = left % right
    return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder
  }

  private static func modulo(_ left: Double, _ right: Double) -> Double {
    let remainder = left.truncatingRemainder(dividingBy: right)
    return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder
  }

  private func negated(_ arguments: [Value]) throws(FunctionFailure) -> Value {
    if case .integer(let integer) = arguments[0] {
      return try exact(Int64(0).subtractingReportingOverflow(integer), [integer], negative: false)
    }
    return Value.number(-(try decimal(arguments, 0))) ?? arguments[0]
  }

  private func absolute(_ arguments: [Value]) throws(FunctionFailure) -> Value {
    if case .integer(let integer) = arguments[0] {
      guard integer < 0 else { return arguments[0] }
      return try exact(Int64(0).subtractingReportingOverflow(integer), [integer], negative: false)
    }
    return Value.number((try decimal(arguments, 0)).magnitude) ?? arguments[0]
  }

  /// The lesser or greater of two values that can be compared: two numbers, two dates, two strings and so on.
  private func extreme(_ arguments: [Value]) throws(FunctionFailure) -> Value {
    guard arguments[0].isComparable(to: arguments[1]) else {
      throw FunctionFailure(
        .severalKinds,
        "\(rawValue) takes two values of one kind, not \(arguments[0].inMessage) and \(arguments[1].inMessage)")
    }
    let order = Value.order(arguments[0], arguments[1])
    return (self == .min) == (order <= 0) ? arguments[0] : arguments[1]
  }
}

extension Function {
  func decimal(_ arguments: [Value], _ position: Int) throws(FunctionFailure) -> Double {
    switch arguments[position] {
    case .integer(let integer): return Double(integer)
    case .decimal(let decimal): return decimal
    default: throw wrongKind(arguments[position], position)
    }
  }

  private func exact(
    _ result: (partialValue: Int64, overflow: Bool), _ operands: [Int64], negative: Bool
  ) throws(FunctionFailure) -> Value {
    guard !result.overflow else { throw noInteger(written(operands.map { .integer($0) }), negative: negative) }
    return .integer(result.partialValue)
  }

  func noInteger(_ subject: String, negative: Bool) -> FunctionFailure {
    FunctionFailure(.overflow, "\(subject) is \(negative ? "less" : "greater") than an integer of 64 bits can be")
  }

  func noDecimal(_ subject: String, negative: Bool) -> FunctionFailure {
    FunctionFailure(.overflow, "\(subject) is \(negative ? "less" : "greater") than a decimal can be")
  }

  private func divisionByZero(_ operands: [Value]) -> FunctionFailure {
    FunctionFailure(.divisionByZero, "\(written(operands)): division by zero")
  }

  /// The call as users write it: `7 / 0`, `abs(-3)`.
  func written(_ arguments: [Value]) -> String {
    let arguments = arguments.map(\.shortened)
    if self == .negate { return "-(\(arguments.joined()))" }
    if isOperator { return arguments.joined(separator: " \(rawValue) ") }
    return "\(rawValue)(\(arguments.joined(separator: ", ")))"
  }
}

extension Value {
  /// Whether the two are of one kind, within which one may be less than the other.
  func isComparable(to other: Value) -> Bool {
    switch (self, other) {
    case (.integer, .integer), (.integer, .decimal), (.decimal, .integer), (.decimal, .decimal), (.date, .date),
      (.string, .string), (.name, .name), (.boolean, .boolean):
      true
    default: false
    }
  }
}
