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
  case id

  case date, year, month, day, start, end, earliest, latest, before, after, during, overlaps
  case isUncertain = "is_uncertain"
  case isApproximate = "is_approximate"
  case daysBetween = "days_between"

  /// What is to be known of a function to parse, check, compute and explain a call. What it computes stands with its family.
  struct Form {
    /// Where it is computed: ``arithmetic(_:)``, ``textual(_:)`` or ``temporal(_:)``.
    enum Family { case arithmetic, text, dates }

    /// What an argument or a result is, as far as a check before running can tell.
    enum Kind: Sendable { case any, number, integer, text, date, boolean }

    var family: Family
    /// The kinds of its arguments, as many as it takes at most.
    ///
    /// `any` is no promise that each kind has a value: `date` takes text, an integer or a date, and `min` two of one kind.
    var arguments: [Kind]
    /// How many of the last arguments may be left out.
    var optional: Int
    /// The kind of its value; a result of kind `text` is always a string.
    var result: Kind
    /// How it is written, with its arguments' names and brackets around those that may be left out.
    var signature: String
    /// Whether it reads its value from a text, which often writes none.
    var reads: Bool

    init(
      _ family: Family, _ arguments: [Kind], _ result: Kind, _ signature: String, optional: Int = 0, reads: Bool = false
    ) {
      self.family = family
      self.arguments = arguments
      self.optional = optional
      self.result = result
      self.signature = signature
      self.reads = reads
    }
  }

  var form: Form {
    switch self {
    case .add: Form(.arithmetic, [.number, .number], .number, "number + number")
    case .subtract: Form(.arithmetic, [.number, .number], .number, "number - number")
    case .multiply: Form(.arithmetic, [.number, .number], .number, "number * number")
    case .divide: Form(.arithmetic, [.number, .number], .number, "number / number")
    case .modulo: Form(.arithmetic, [.number, .number], .number, "number mod number")
    case .negate: Form(.arithmetic, [.number], .number, "-number")
    case .concatenate: Form(.text, [.any, .any], .text, "value ++ value")

    case .abs: Form(.arithmetic, [.number], .number, "abs(number)")
    case .min: Form(.arithmetic, [.any, .any], .any, "min(value, value)")
    case .max: Form(.arithmetic, [.any, .any], .any, "max(value, value)")
    case .round: Form(.arithmetic, [.number, .integer], .number, "round(number[, digits])", optional: 1)

    case .length: Form(.text, [.text], .integer, "length(text)")
    case .lower: Form(.text, [.text], .text, "lower(text)")
    case .upper: Form(.text, [.text], .text, "upper(text)")
    case .fold: Form(.text, [.text], .text, "fold(text)")
    case .contains: Form(.text, [.text, .text], .boolean, "contains(text, part)")
    case .matches: Form(.text, [.text, .text], .boolean, "matches(text, pattern)")
    case .split: Form(.text, [.text, .text, .integer], .text, "split(text, separator, n)")
    case .replace: Form(.text, [.text, .text, .text], .text, "replace(text, part, replacement)")
    case .substring: Form(.text, [.text, .integer, .integer], .text, "substring(text, start[, length])", optional: 1)
    case .startsWith: Form(.text, [.text, .text], .boolean, "starts_with(text, part)")
    case .endsWith: Form(.text, [.text, .text], .boolean, "ends_with(text, part)")
    case .toString: Form(.text, [.any], .text, "to_string(value)")
    case .toNumber: Form(.text, [.any], .number, "to_number(text)", reads: true)
    case .id: Form(.text, [.text, .any], .any, "id(prefix, value)")

    case .date: Form(.dates, [.any], .date, "date(text)", reads: true)
    case .year: Form(.dates, [.date], .integer, "year(date)")
    case .month: Form(.dates, [.date], .integer, "month(date)")
    case .day: Form(.dates, [.date], .integer, "day(date)")
    case .start: Form(.dates, [.date], .date, "start(date)")
    case .end: Form(.dates, [.date], .date, "end(date)")
    case .earliest: Form(.dates, [.date], .date, "earliest(date)")
    case .latest: Form(.dates, [.date], .date, "latest(date)")
    case .isUncertain: Form(.dates, [.date], .boolean, "is_uncertain(date)")
    case .isApproximate: Form(.dates, [.date], .boolean, "is_approximate(date)")
    case .before: Form(.dates, [.date, .date], .boolean, "before(date, date)")
    case .after: Form(.dates, [.date, .date], .boolean, "after(date, date)")
    case .during: Form(.dates, [.date, .date], .boolean, "during(date, date)")
    case .overlaps: Form(.dates, [.date, .date], .boolean, "overlaps(date, date)")
    case .daysBetween: Form(.dates, [.date, .date], .integer, "days_between(date, date)")
    }
  }

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

  /// How many arguments it takes; those that may be left out are the last ones.
  var argumentCounts: ClosedRange<Int> {
    let form = form
    return form.arguments.count - form.optional...form.arguments.count
  }

  /// Whether it stands in a body on its own, as a condition on its arguments.
  var isCondition: Bool { form.result == .boolean }

  /// The value of the function; of a condition, whether it holds.
  func apply(_ arguments: [Value]) throws(FunctionFailure) -> Value {
    guard argumentCounts.contains(arguments.count) else { throw wrongCount(arguments.count) }
    switch form.family {
    case .arithmetic: return try arithmetic(arguments)
    case .text: return try textual(arguments)
    case .dates: return try temporal(arguments)
    }
  }
}
