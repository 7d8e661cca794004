import Terms

/// A month, a year and an interval are spans of days; a day is a span of one.
extension Function {
  func temporal(_ arguments: [Value]) throws(FunctionFailure) -> Value {
    if self == .date { return try made(arguments[0]) }
    let date = try date(arguments, 0)
    switch self {
    case .year: return .integer(Int64(date.startYear))
    case .month:
      guard date.startPrecision != .year else { throw .absence("\(date) has no month") }
      return .integer(Int64(date.startMonth))
    case .day:
      guard date.startPrecision == .day else {
        throw .absence("\(date) has no day", help: "`start` gives the first day of a month or a year")
      }
      return .integer(Int64(date.startDayOfMonth))
    case .start: return .date(date.start)
    case .end: return .date(date.end)
    default: return compared(date, try self.date(arguments, 1))
    }
  }

  private func compared(_ date: DateSpan, _ other: DateSpan) -> Value {
    switch self {
    case .daysBetween: .integer(Int64(other.startDay - date.startDay))
    case .before: .boolean(date.endDay < other.startDay)
    case .after: .boolean(other.endDay < date.startDay)
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
      throw FunctionFailure(.unreadableText, "\(value.shortened) is no date: \(reason)")
    case .integer(let year):
      guard let year = Int(exactly: year), let date = DateSpan(year: year) else {
        throw FunctionFailure(.unreadableText, "\(year) is no year: years go from 0 to 9999")
      }
      return .date(date)
    case .decimal, .boolean:
      throw FunctionFailure(.wrongArgument, "date takes text or the integer of a year, not \(value.inMessage)")
    }
  }
}
