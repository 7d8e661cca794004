import Terms
import Testing

@testable import Evaluation

/// The value of a function, by the name that users write or the operator's sign.
func value(_ name: String, _ arguments: Value...) throws -> Value {
  try #require(Function(rawValue: name)).apply(arguments)
}

/// What a function says where it has no value.
func failure(_ name: String, _ arguments: Value...) throws -> FunctionFailure {
  let function = try #require(Function(rawValue: name))
  return try #require(throws: FunctionFailure.self) { try function.apply(arguments) }
}

func message(_ name: String, _ arguments: Value...) throws -> String {
  let function = try #require(Function(rawValue: name))
  return try #require(throws: FunctionFailure.self) { try function.apply(arguments) }.message
}

/// Literals in place of values keep what is expected readable.
extension Value: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByBooleanLiteral
{
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) ?? .decimal(value) }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
}

func day(_ text: String) throws -> Value { .date(try #require(DateSpan(text))) }
