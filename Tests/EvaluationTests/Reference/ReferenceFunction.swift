import Terms

/// The functions of the language, computed in the most obvious way.
enum ReferenceFunction: String, Hashable, Sendable {
  case abs, min, max, round
  case length, lower, upper, fold, substring, split, replace, contains, matches
  case toString = "to_string"
  case toNumber = "to_number"
  case startsWith = "starts_with"
  case endsWith = "ends_with"
  case year, month, day, start, end, earliest, latest, before, after, during, overlaps
  case isUncertain = "is_uncertain"
  case isApproximate = "is_approximate"
  case daysBetween = "days_between"

  /// The value for arguments that it takes; `nil` for others.
  func value(_ arguments: [Value]) -> Value? {
    switch self {
    case .abs, .min, .max, .round: numeric(arguments)
    case .year, .month, .day, .start, .end, .earliest, .latest, .before, .after, .during, .overlaps, .daysBetween,
      .isUncertain, .isApproximate:
      temporal(arguments)
    default: textual(arguments)
    }
  }

  /// Whether there is no such value, though nothing is wrong: a month has no day.
  func hasNoValue(_ arguments: [Value]) -> Bool {
    let dates = arguments.compactMap { ReferenceDate($0) }
    guard dates.count == arguments.count, let date = dates.first else { return false }
    return switch self {
    case .year: date.parts.count < 1
    case .month: date.parts.count < 2
    case .day: date.parts.count < 3
    case .start, .earliest: date.first == nil
    case .end, .latest: date.last == nil
    case .daysBetween: dates.contains { $0.first == nil }
    default: false
    }
  }

  private func numeric(_ arguments: [Value]) -> Value? {
    switch self {
    case .min: return Value.order(arguments[0], arguments[1]) <= 0 ? arguments[0] : arguments[1]
    case .max: return Value.order(arguments[0], arguments[1]) >= 0 ? arguments[0] : arguments[1]
    case .abs:
      guard case .integer(let number) = arguments[0] else { return nil }
      return .integer(Swift.abs(number))
    default:
      switch arguments[0] {
      case .integer: return arguments[0]
      case .decimal(let number): return .integer(Int64(number.rounded(.toNearestOrAwayFromZero)))
      default: return nil
      }
    }
  }

  private func textual(_ arguments: [Value]) -> Value? {
    if self == .toString { return .string(arguments[0].plainText) }
    let texts = arguments.map(\.plainText)
    let text = texts[0]
    let numbers = arguments.map { if case .integer(let number) = $0 { Int(number) } else { 0 } }
    switch self {
    case .toNumber: return Int64(text).map { .integer($0) }
    case .length: return .integer(Int64(text.count))
    case .lower: return .string(text.lowercased())
    case .upper: return .string(text.uppercased())
    case .fold: return .string(ReferenceText.folded(text))
    case .substring:
      return .string(String(text.dropFirst(numbers[1] - 1).prefix(arguments.count > 2 ? numbers[2] : .max)))
    case .split:
      let parts = ReferenceText.parts(of: text, between: texts[1])
      let place = numbers[2] > 0 ? numbers[2] - 1 : parts.count + numbers[2]
      return .string(parts.indices.contains(place) ? parts[place] : "")
    case .replace: return .string(ReferenceText.parts(of: text, between: texts[1]).joined(separator: texts[2]))
    case .contains:
      return .boolean(texts[1].isEmpty || ReferenceText.parts(of: text, between: texts[1]).count > 1)
    case .startsWith: return .boolean(text.hasPrefix(texts[1]))
    case .endsWith: return .boolean(text.hasSuffix(texts[1]))
    case .matches: return ReferenceText.patterns[texts[1]].map { .boolean($0(text)) }
    default: return nil
    }
  }

  private func temporal(_ arguments: [Value]) -> Value? {
    let dates = arguments.compactMap { ReferenceDate($0) }
    guard dates.count == arguments.count else { return nil }
    let date = dates[0]
    switch self {
    case .year: return date.parts.first.map { .integer(Int64($0)) }
    case .month: return date.parts.dropFirst().first.map { .integer(Int64($0)) }
    case .day: return date.parts.dropFirst(2).first.map { .integer(Int64($0)) }
    case .start, .earliest: return date.first?.value
    case .end, .latest: return date.last?.value
    case .before: return .boolean(date.isBefore(dates[1]))
    case .after: return .boolean(dates[1].isBefore(date))
    case .during: return .boolean(dates[1].covers(date))
    case .overlaps: return .boolean(date.mayMeet(dates[1]))
    case .isUncertain: return .boolean(!date.marks.isDisjoint(with: ["?", "%"]))
    case .isApproximate: return .boolean(!date.marks.isDisjoint(with: ["~", "%"]))
    default:
      guard let first = date.first, let other = dates[1].first else { return nil }
      return .integer(Int64(other.number - first.number))
    }
  }
}
