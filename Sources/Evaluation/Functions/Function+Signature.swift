extension Function {
  /// What an argument or a result is, as far as a check before running can tell.
  enum Kind: Sendable {
    case any, number, integer, text, date, boolean
  }

  /// How many arguments it takes; those that may be left out are the last ones.
  var argumentCounts: ClosedRange<Int> {
    switch self {
    case .round: 1...2
    case .substring: 2...3
    default: argumentKinds.count...argumentKinds.count
    }
  }

  /// The kinds of its arguments, as many as it takes at most.
  ///
  /// `any` is no promise that each kind has a value: `date` takes text, an integer or a date, and `min` two of one kind.
  var argumentKinds: [Kind] {
    switch self {
    case .add, .subtract, .multiply, .divide, .modulo: [.number, .number]
    case .negate, .abs: [.number]
    case .round: [.number, .integer]
    case .concatenate, .min, .max: [.any, .any]
    case .length, .lower, .upper, .fold: [.text]
    case .contains, .startsWith, .endsWith, .matches: [.text, .text]
    case .split: [.text, .text, .integer]
    case .replace: [.text, .text, .text]
    case .substring: [.text, .integer, .integer]
    case .toString, .toNumber, .date: [.any]
    case .year, .month, .day, .start, .end, .earliest, .latest, .isUncertain, .isApproximate: [.date]
    case .daysBetween, .before, .after, .during, .overlaps: [.date, .date]
    }
  }

  /// The kind of its value; a result of kind `text` is always a string.
  var resultKind: Kind {
    switch self {
    case .add, .subtract, .multiply, .divide, .modulo, .negate, .abs, .round, .toNumber: .number
    case .min, .max: .any
    case .concatenate, .lower, .upper, .fold, .split, .replace, .substring, .toString: .text
    case .length, .year, .month, .day, .daysBetween: .integer
    case .date, .start, .end, .earliest, .latest: .date
    case .contains, .startsWith, .endsWith, .matches, .before, .after, .during, .overlaps, .isUncertain,
      .isApproximate:
      .boolean
    }
  }

  /// How it is written, with its arguments' names and brackets around those that may be left out.
  var signature: String {
    switch self {
    case .negate: "-number"
    case .concatenate: "value ++ value"
    case .add, .subtract, .multiply, .divide, .modulo: "number \(rawValue) number"
    case .abs: "abs(number)"
    case .round: "round(number[, digits])"
    case .min, .max: "\(rawValue)(value, value)"
    case .length, .lower, .upper, .fold: "\(rawValue)(text)"
    case .contains: "contains(text, part)"
    case .startsWith, .endsWith: "\(rawValue)(text, part)"
    case .matches: "matches(text, pattern)"
    case .split: "split(text, separator, n)"
    case .replace: "replace(text, part, replacement)"
    case .substring: "substring(text, start[, length])"
    case .toString: "to_string(value)"
    case .toNumber: "to_number(text)"
    case .date: "date(text)"
    case .year, .month, .day, .start, .end, .earliest, .latest, .isUncertain, .isApproximate: "\(rawValue)(date)"
    case .daysBetween, .before, .after, .during, .overlaps: "\(rawValue)(date, date)"
    }
  }
}
