import CICU
import Synchronization
import Terms

/// A pattern of ICU's regular expressions, compiled once; safe to use from any thread, one at a time.
final class RegularExpression: Sendable {
  private let pattern: String
  private let matcher: Mutex<Matcher>

  private init(_ pattern: String) throws(FunctionFailure) {
    self.pattern = pattern
    matcher = Mutex(try Matcher(pattern))
  }

  /// Whether it matches anywhere in the text.
  func matches(_ text: String) throws(FunctionFailure) -> Bool {
    let units = Array(text.utf16)
    let status = matcher.withLock { $0.find(in: units) }
    switch status {
    case .found: return true
    case .absent: return false
    case .tooLong:
      throw FunctionFailure("\(subject) takes too long on a text of \(text.count) characters", help: Self.advice)
    case .tooDeep:
      throw FunctionFailure(
        "\(subject) takes too much memory on a text of \(text.count) characters", help: Self.advice)
    }
  }

  private var subject: String { "the regular expression \(Value.string(pattern).shortened)" }

  private static let advice = "repetitions within repetitions, as in `(a+)+`, try the same text over and over"

  private static let cache = Mutex<[String: RegularExpression]>([:])

  /// Patterns may come from data, so the cache begins again where it is full.
  private static let cacheLimit = 256

  static func cached(_ pattern: String) throws(FunctionFailure) -> RegularExpression {
    if let known = cache.withLock({ $0[pattern] }) { return known }
    let new = try RegularExpression(pattern)
    cache.withLock { known in
      if known.count >= cacheLimit { known.removeAll() }
      known[pattern] = new
    }
    return new
  }
}

/// The C object, which has one owner and holds the place where a search stands.
private struct Matcher: ~Copyable {
  enum Outcome { case found, absent, tooLong, tooDeep }

  private let pointer: OpaquePointer

  init(_ pattern: String) throws(FunctionFailure) {
    let units = Array(pattern.utf16)
    var status = U_ZERO_ERROR
    var place = UParseError()
    guard units.count <= Self.patternLimit else {
      throw FunctionFailure("a regular expression of \(units.count) characters is too long")
    }
    guard let pointer = tiltas_uregex_open(units, Int32(units.count), &place, &status), status == U_ZERO_ERROR else {
      throw RegularExpression.failure(of: pattern, status, offset: Int(place.offset))
    }
    self.pointer = pointer
    tiltas_uregex_setTimeLimit(pointer, Self.timeLimit, &status)
    tiltas_uregex_setStackLimit(pointer, Self.stackLimit, &status)
  }

  deinit { tiltas_uregex_close(pointer) }

  private static let patternLimit = 10_000
  /// ICU counts a step for each 10,000 places to which a search may have to come back: the same on each machine.
  private static let timeLimit: Int32 = 1000
  private static let stackLimit: Int32 = 1 << 26

  func find(in units: [UInt16]) -> Outcome {
    guard let length = Int32(exactly: units.count) else { return .tooLong }
    var status = U_ZERO_ERROR
    let isFound = units.withUnsafeBufferPointer { units in
      // ICU takes no null pointer, which is what an empty array may have.
      var none: UInt16 = 0
      return withUnsafePointer(to: &none) { none in
        tiltas_uregex_setText(pointer, units.baseAddress ?? none, length, &status)
        return tiltas_uregex_find(pointer, 0, &status)
      }
    }
    switch status {
    case U_ZERO_ERROR: return isFound ? .found : .absent
    case U_REGEX_STACK_OVERFLOW, U_MEMORY_ALLOCATION_ERROR: return .tooDeep
    default: return .tooLong
    }
  }
}

extension RegularExpression {
  fileprivate static func failure(of pattern: String, _ status: UErrorCode, offset: Int) -> FunctionFailure {
    let reason = reason(status)
    let place = offset > 0 ? " at character \(offset)" : ""
    return FunctionFailure("\(Value.string(pattern).shortened) is no regular expression: \(reason)\(place)")
  }

  private static func reason(_ status: UErrorCode) -> String {
    switch status {
    case U_REGEX_MISMATCHED_PAREN: "a parenthesis has no counterpart"
    case U_REGEX_MISSING_CLOSE_BRACKET: "a bracket is not closed"
    case U_REGEX_BAD_ESCAPE_SEQUENCE: "nothing is meant by this after a backslash"
    case U_REGEX_PROPERTY_SYNTAX: "there is no such property of characters"
    case U_REGEX_BAD_INTERVAL: "a number of repetitions is written as {2} or {2,5}"
    case U_REGEX_MAX_LT_MIN: "the most repetitions are fewer than the least"
    case U_REGEX_NUMBER_TOO_BIG: "the number is too great"
    case U_REGEX_INVALID_RANGE: "the range ends before it begins"
    case U_REGEX_INVALID_BACK_REF: "it refers to a group that it does not have"
    case U_REGEX_INVALID_CAPTURE_GROUP_NAME: "the name of a group is not valid"
    case U_REGEX_INVALID_FLAG: "there is no such flag"
    case U_REGEX_LOOK_BEHIND_LIMIT: "what is looked for behind has no greatest length"
    case U_REGEX_PATTERN_TOO_BIG, U_REGEX_STACK_OVERFLOW, U_MEMORY_ALLOCATION_ERROR: "it is too large"
    default: "it is not understood"
    }
  }
}
