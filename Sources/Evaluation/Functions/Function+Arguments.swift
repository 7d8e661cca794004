import Diagnostics
import Terms

/// What a function does with arguments that are not of its kinds.
extension Function {
  func wrongCount(_ count: Int) -> FunctionFailure {
    let counts = argumentCounts
    let expected = counts.count == 1 ? "\(counts.lowerBound)" : "\(counts.lowerBound) or \(counts.upperBound)"
    return FunctionFailure(
      .wrongArgumentCount, "\(symbol) takes \(expected) argument\(counts.upperBound == 1 ? "" : "s"), not \(count)",
      help: "it is written `\(form.signature)`")
  }

  func text(_ arguments: [Value], _ position: Int) throws(FunctionFailure) -> String {
    switch arguments[position] {
    case .string(let text), .name(let text): return text
    default: throw wrongKind(arguments[position], position)
    }
  }

  func integer(_ arguments: [Value], _ position: Int) throws(FunctionFailure) -> Int64 {
    guard case .integer(let integer) = arguments[position] else { throw wrongKind(arguments[position], position) }
    return integer
  }

  func date(_ arguments: [Value], _ position: Int) throws(FunctionFailure) -> DateSpan {
    guard case .date(let date) = arguments[position] else { throw wrongKind(arguments[position], position) }
    return date
  }

  /// `+ takes numbers, not the string "a"`, or `split takes an integer as its third argument, not …`.
  func wrongKind(_ value: Value, _ position: Int) -> FunctionFailure {
    let kinds = form.arguments
    let kind = kinds[position]
    let expected =
      kinds.allSatisfy { $0 == kind }
      ? (kinds.count == 1 ? kind.noun : kind.plural) : "\(kind.noun) as its \(Self.ordinals[position]) argument"
    return FunctionFailure(
      .wrongArgument, "\(symbol) takes \(expected), not \(value.inMessage)", help: help(for: kind, insteadOf: value))
  }

  /// What tells users which function it is: the name that they wrote.
  var symbol: String { self == .negate ? "-" : rawValue }

  private func help(for kind: Form.Kind, insteadOf value: Value) -> String? {
    switch (kind, value) {
    case (.number, .string) where self == .add: "`++` joins texts"
    case (.number, .string), (.integer, .string): "`to_number` reads a number from text"
    case (.number, .date) where self == .subtract: "`days_between` counts the days from one date to another"
    case (.date, .string), (.date, .integer): "`date` makes a date from text"
    case (.text, .integer), (.text, .decimal), (.text, .boolean), (.text, .date): "`to_string` makes text of a value"
    default: nil
    }
  }

  private static let ordinals = ["first", "second", "third"]
}

extension Function.Form.Kind {
  fileprivate var noun: String {
    switch self {
    case .any: "a value"
    case .number: "a number"
    case .integer: "an integer"
    case .text: "text"
    case .date: "a date"
    case .boolean: "a boolean"
    }
  }

  fileprivate var plural: String {
    switch self {
    case .any: "values"
    case .number: "numbers"
    case .integer: "integers"
    case .text: "texts"
    case .date: "dates"
    case .boolean: "booleans"
    }
  }
}

extension Value {
  /// The value with the word for what it is: `the number 5`, `the string "a"`.
  var inMessage: String {
    switch self {
    case .name: "the name \(shortened)"
    case .string: "the string \(shortened)"
    case .integer, .decimal: "the number \(shortened)"
    case .boolean: shortened
    case .date: "the date \(shortened)"
    }
  }

  /// The value as a program writes it, cut where it would fill a screen.
  var shortened: String {
    let limit = 60
    switch self {
    case .string(let text): return Value.string(Self.cut(text, to: limit)).description
    case .name(let text): return Value.name(Self.cut(text, to: limit)).description
    default: return description
    }
  }

  private static func cut(_ text: String, to limit: Int) -> String {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
      end != scalars.endIndex
    else { return text }
    return String(scalars[..<end]) + "…"
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
