import Language
import Terms

/// A month, a year and an interval are spans of days; a day is a span of one.
extension Function {
  func temporal(_ arguments: [Value]) throws(FunctionFailure) -> Value {
    if self == .date { return try made(arguments[0]) }
    let date = try date(arguments, 0)
    switch self {
    case .year: return .integer(Int64(try part(date.year, of: date)))
    case .month: return .integer(Int64(try part(date.month, of: date)))
    case .day:
      return .integer(
        Int64(try part(date.dayOfMonth, of: date, help: "`start` gives the first day of a month or a year")))
    case .start, .earliest: return .date(try part(date.start, "first day", of: date))
    case .end, .latest: return .date(try part(date.end, "last day", of: date))
    case .isUncertain: return .boolean(date.marks.contains(.uncertain))
    case .isApproximate: return .boolean(date.marks.contains(.approximate))
    case .daysBetween: return try daysBetween(date, self.date(arguments, 1))
    default: return compared(date, try self.date(arguments, 1))
    }
  }

  private func part<Part>(
    _ part: Part?, _ name: String? = nil, of date: DateSpan, help: String? = nil
  ) throws(FunctionFailure) -> Part {
    guard let part else { throw .absence("\(date) has no \(name ?? rawValue)", help: help) }
    return part
  }

  private func daysBetween(_ date: DateSpan, _ other: DateSpan) throws(FunctionFailure) -> Value {
    for date in [date, other] { _ = try part(date.start, "first day", of: date) }
    return .integer(Int64(other.startDay - date.startDay))
  }

  private func compared(_ date: DateSpan, _ other: DateSpan) -> Value {
    switch self {
    case .before: .boolean(date.isBefore(other))
    case .after: .boolean(other.isBefore(date))
    case .during: .boolean(other.contains(date))
    default: .boolean(date.overlaps(other))
    }
  }

  /// The date that a text writes, or the year of an integer.
  private func made(_ value: Value) throws(FunctionFailure) -> Value {
    switch value {
    case .date: return value
    case .string(let text), .name(let text):
      if let date = DateSpan(text) { return .date(date) }
      let reason = DateSpan.whyInvalid(text) ?? "a date is written as 2013-02-14"
      let help = WrittenDate.help(text)
      throw FunctionFailure(
        .unreadableText, "\(value.shortened) is no date: \(reason)", help: help == reason ? nil : help)
    case .integer(let year):
      guard let year = Int(exactly: year), let date = DateSpan(year: year) else {
        throw FunctionFailure(
          .unreadableText, "\(year) is no year: years go from \(-DateSpan.greatestYear) to \(DateSpan.greatestYear)")
      }
      return .date(date)
    case .decimal, .boolean:
      throw FunctionFailure(.wrongArgument, "date takes text or the integer of a year, not \(value.inMessage)")
    }
  }
}
