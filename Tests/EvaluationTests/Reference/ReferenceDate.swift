import Terms

/// A date as the days from the first to the last that it covers, read from how it is written.
struct ReferenceDate {
  struct Day: Comparable {
    var year: Int
    var month: Int
    var day: Int

    static func < (left: Day, right: Day) -> Bool {
      (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    var value: Value? { DateSpan(year: year, month: month, day: day).map { .date($0) } }

    /// The number of days since the beginning of year 1.
    var number: Int {
      let years = (1..<year).reduce(0) { $0 + (ReferenceDate.isLeap($1) ? 366 : 365) }
      return (1..<month).reduce(years + day) { $0 + ReferenceDate.length(ofMonth: $1, year: year) }
    }
  }

  let first: Day
  let last: Day
  /// How many of year, month and day its beginning has.
  let parts: Int

  init?(_ value: Value) {
    guard let date = Self.span(value) else { return nil }
    let ends = date.description.split(separator: "/").map { $0.split(separator: "-").compactMap { Int($0) } }
    let (start, end) = (ends[0], ends[ends.count - 1])
    parts = start.count
    let month = end.count > 1 ? end[1] : 12
    first = Day(year: start[0], month: start.count > 1 ? start[1] : 1, day: start.count > 2 ? start[2] : 1)
    last = Day(year: end[0], month: month, day: end.count > 2 ? end[2] : Self.length(ofMonth: month, year: end[0]))
  }

  /// A string that stands where a function takes a date is read as one.
  private static func span(_ value: Value) -> DateSpan? {
    switch value {
    case .date(let date): date
    case .string(let text): DateSpan(text)
    default: nil
    }
  }

  private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }
}
