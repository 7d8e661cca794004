import Diagnostics
import Terms

/// A function of the language: what stands for a value computed from values, or for a condition on them.
///
/// The raw value is the name that users write; operators are functions whose name stands between their arguments.
enum Function: String, CaseIterable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case modulo = "mod"
  case negate
  case concatenate = "++"

  case abs, min, max, round

  case length, lower, upper, fold, contains, matches, split, replace, substring
  case startsWith = "starts_with"
  case endsWith = "ends_with"
  case toString = "to_string"
  case toNumber = "to_number"

  case date, year, month, day, start, end, earliest, latest, before, after, during, overlaps
  case isUncertain = "is_uncertain"
  case isApproximate = "is_approximate"
  case daysBetween = "days_between"

  /// The function that a call names; operators are not called.
  static func named(_ name: String) -> Function? {
    guard let function = Function(rawValue: name), !function.isOperator else { return nil }
    return function
  }

  var isOperator: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .modulo, .negate, .concatenate: true
    default: false
    }
  }

  /// Whether it stands in a body on its own, as a condition on its arguments.
  var isCondition: Bool { resultKind == .boolean }

  /// The value of the function; of a condition, whether it holds.
  func apply(_ arguments: [Value]) throws(FunctionFailure) -> Value {
    guard argumentCounts.contains(arguments.count) else { throw wrongCount(arguments.count) }
    switch self {
    case .add, .subtract, .multiply, .divide, .modulo, .negate, .abs, .min, .max, .round:
      return try arithmetic(arguments)
    case .concatenate, .length, .lower, .upper, .fold, .contains, .startsWith, .endsWith, .matches, .split, .replace,
      .substring, .toString, .toNumber:
      return try textual(arguments)
    case .date, .year, .month, .day, .start, .end, .earliest, .latest, .isUncertain, .isApproximate, .daysBetween,
      .before, .after, .during, .overlaps:
      return try temporal(arguments)
    }
  }
}

/// Why a function has no value for its arguments.
struct FunctionFailure: Error, Equatable {
  var code: Code
  /// One sentence without a full stop, in lower case.
  var message: String
  /// What to write instead, as a phrase.
  var help: String?
  /// Whether there is no such value, as a year has no month: then a literal that needs it does not hold, and nothing is
  /// wrong.
  var isAbsence = false

  init(_ code: Code, _ message: String, help: String? = nil) {
    self.code = code
    self.message = message
    self.help = help
  }

  static func absence(_ message: String, help: String? = nil) -> FunctionFailure {
    var failure = FunctionFailure(.absentPart, message, help: help)
    failure.isAbsence = true
    return failure
  }
}
