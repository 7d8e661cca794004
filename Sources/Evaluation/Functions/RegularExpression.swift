import CICU
import Terms
import Threads

/// A pattern of ICU's regular expressions, compiled once; safe to use from any thread, one at a time.
final class RegularExpression: Sendable {
  private let pattern: String
  private let matcher: Lock<Matcher>

  private init(_ pattern: String) throws(FunctionFailure) {
    self.pattern = pattern
    matcher = Lock(try Matcher(pattern))
  }

  /// Whether it matches anywhere in the text.
  func matches(_ text: String) throws(FunctionFailure) -> Bool {
    let units = Array(text.utf16)
    guard units.count <= Self.textLimit else {
      throw FunctionFailure(
        .patternTooCostly, "matches takes a text of at most \(Self.textLimit) characters, not of \(text.count)")
    }
    let status = matcher.withLock { $0.find(in: units) }
    switch status {
    case .found: return true
    case .absent: return false
    case .tooLong:
      throw FunctionFailure(
        .patternTooCostly, "\(subject) takes too long on a text of \(text.count) characters", help: Self.advice)
    case .tooDeep:
      throw FunctionFailure(
        .patternTooCostly, "\(subject) takes too much memory on a text of \(text.count) characters", help: Self.advice)
    }
  }

  private var subject: String { "the regular expression \(Value.string(pattern).shortened)" }

  private static let advice = "repetitions within repetitions, as in `(a+)+`, try the same text over and over"

  /// It bounds how long one step of a search can take.
  private static let textLimit = 1 << 20

  private static let cache = Lock<[String: RegularExpression]>([:])

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
  /// When a search ends, where ICU's callbacks look.
  private let deadline: UnsafeMutablePointer<Deadline>

  init(_ pattern: String) throws(FunctionFailure) {
    // ICU refuses an empty pattern; in the language it matches every text.
    let units = Array((pattern.isEmpty ? "(?:)" : pattern).utf16)
    var status = U_ZERO_ERROR
    var place = UParseError()
    guard units.count <= Self.patternLimit else {
      throw FunctionFailure(.patternTooCostly, "a regular expression of \(units.count) characters is too long")
    }
    guard let pointer = tiltas_uregex_open(units, Int32(units.count), &place, &status), status == U_ZERO_ERROR else {
      throw RegularExpression.failure(of: pattern, status, place)
    }
    self.pointer = pointer
    deadline = .allocate(capacity: 1)
    deadline.initialize(to: Deadline(ofText: 0))
    tiltas_uregex_setTimeLimit(pointer, Self.timeLimit, &status)
    tiltas_uregex_setStackLimit(pointer, Self.stackLimit, &status)
    tiltas_uregex_setMatchCallback(pointer, { context, _ in Matcher.goesOn(context) }, deadline, &status)
    tiltas_uregex_setFindProgressCallback(pointer, { context, _ in Matcher.goesOn(context) }, deadline, &status)
  }

  deinit {
    tiltas_uregex_close(pointer)
    deadline.deallocate()
  }

  private static let patternLimit = 10_000
  /// ICU counts a step for each 10,000 places to which a search may have to come back: the same on each machine.
  private static let timeLimit: Int32 = 1000
  private static let stackLimit: Int32 = 1 << 26

  private static func goesOn(_ deadline: UnsafeRawPointer?) -> UBool {
    guard let deadline else { return 1 }
    return UnsafeMutableRawPointer(mutating: deadline).assumingMemoryBound(to: Deadline.self).pointee.goesOn() ? 1 : 0
  }

  func find(in units: [UInt16]) -> Outcome {
    let length = Int32(units.count)
    deadline.pointee = Deadline(ofText: units.count)
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

/// When a search has taken too long. ICU's steps may be long, as those of a back reference are, so there is a limit by time too: by
/// that of the processor, for on a busy machine a search that is short must not be given up.
///
/// To ask for the processor's time takes long beside most searches: it is asked for from a tenth of a second on, and before that for
/// long texts, on which one step may take as long.
private struct Deadline {
  private let patience = MonotonicTime.nanoseconds + 100_000_000
  private var end: Int?

  private static let longest = 2_000_000_000
  private static let longText = 1024

  init(ofText length: Int) {
    if length >= Self.longText { end = ProcessorTime.nanoseconds + Self.longest }
  }

  mutating func goesOn() -> Bool {
    if MonotonicTime.nanoseconds <= patience { return true }
    let now = ProcessorTime.nanoseconds
    if end == nil { end = now + Self.longest }
    return end.map { now <= $0 } ?? true
  }
}

extension RegularExpression {
  fileprivate static func failure(
    of pattern: String, _ status: UErrorCode, _ place: UParseError
  ) -> FunctionFailure {
    var message = "\(Value.string(pattern).shortened) is no regular expression: \(reason(status))"
    if place.offset > 0 { message += " at character \(place.offset)" }
    if place.line > 1 { message += " of line \(place.line)" }
    return FunctionFailure(.badPattern, message)
  }

  private static func reason(_ status: UErrorCode) -> String {
    switch status {
    case U_REGEX_INTERNAL_ERROR: "it is nested too deeply"
    case U_REGEX_RULE_SYNTAX: "this cannot stand here"
    case U_REGEX_MISMATCHED_PAREN: "a parenthesis has no counterpart"
    case U_REGEX_MISSING_CLOSE_BRACKET: "a bracket is not closed"
    case U_REGEX_BAD_ESCAPE_SEQUENCE: "this means nothing after a backslash"
    case U_REGEX_PROPERTY_SYNTAX: "there is no such property of characters"
    case U_REGEX_BAD_INTERVAL: "a number of repetitions is written as {2} or {2,5}"
    case U_REGEX_MAX_LT_MIN: "the most repetitions are fewer than the least"
    case U_REGEX_NUMBER_TOO_BIG: "the number is too great"
    case U_REGEX_INVALID_RANGE: "the range ends before it begins"
    case U_REGEX_INVALID_BACK_REF: "it refers to a group that it does not have"
    case U_REGEX_INVALID_CAPTURE_GROUP_NAME: "the name of a group is unknown, or given twice"
    case U_REGEX_INVALID_FLAG: "there is no such flag"
    case U_REGEX_LOOK_BEHIND_LIMIT: "what is looked for behind has no greatest length"
    case U_REGEX_PATTERN_TOO_BIG, U_REGEX_STACK_OVERFLOW, U_MEMORY_ALLOCATION_ERROR: "it is too large"
    default: "it is not understood"
    }
  }
}
