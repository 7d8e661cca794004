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
      let years = year > 1 ? 1..<year : year..<1
      let days = years.reduce(0) { $0 + (ReferenceDate.isLeap($1) ? 366 : 365) }
      return (1..<month).reduce((year > 1 ? days : -days) + day) {
        $0 + ReferenceDate.length(ofMonth: $1, year: year)
      }
    }
  }

  /// `nil` where the interval begins, or ends, at no day that is known.
  let first: Day?
  let last: Day?
  /// Whether an end without a day is somewhere, and not beyond all days.
  let isUnknown: Bool
  /// Year, month and day as its beginning writes them; fewer where it does not.
  let parts: [Int]
  let marks: Set<Character>

  init?(_ value: Value) {
    guard let date = Self.span(value) else { return nil }
    let text = date.description
    let ends = text.split(separator: "/", omittingEmptySubsequences: false).map { end in
      String(end.filter { !"?~%".contains($0) })
    }
    marks = Set(text.filter { "?~%".contains($0) })
    isUnknown = ends.contains("")
    first = Self.range(ends[0])?.0
    last = Self.range(ends[ends.count - 1])?.1
    parts = Self.parts(ends[0])
  }

  private static func numbers(_ text: String) -> [Int?] {
    let isNegative = text.hasPrefix("-")
    var numbers = text.dropFirst(isNegative ? 1 : 0).split(separator: "-").map { Int($0) }
    if isNegative, let year = numbers[0] { numbers[0] = -year }
    return numbers
  }

  private static func parts(_ text: String) -> [Int] {
    let known = numbers(text).prefix { $0 != nil }.compactMap(\.self)
    return known.count > 1 && known[1] > 12 ? [known[0]] : known
  }

  /// The days of a date that is no interval.
  private static func range(_ text: String) -> (Day, Day)? {
    if text.isEmpty || text == ".." { return nil }
    let years = [0, 9].compactMap { digit in Self.parts(text.replacing("X", with: "\(digit)")).first }
    let numbers = numbers(text)
    if numbers[0] == nil {
      return (Day(year: years.min()!, month: 1, day: 1), Day(year: years.max()!, month: 12, day: 31))
    }
    let year = years[0]
    guard numbers.count > 1, let month = numbers[1] else {
      return (Day(year: year, month: 1, day: 1), Day(year: year, month: 12, day: 31))
    }
    if month > 12 {
      let end = month == 24 ? (year + 1, 2) : (year, 3 * (month - 20) + 2)
      return (
        Day(year: year, month: 3 * (month - 20), day: 1),
        Day(year: end.0, month: end.1, day: length(ofMonth: end.1, year: end.0))
      )
    }
    guard numbers.count > 2, let day = numbers[2] else {
      return (
        Day(year: year, month: month, day: 1), Day(year: year, month: month, day: length(ofMonth: month, year: year))
      )
    }
    return (Day(year: year, month: month, day: day), Day(year: year, month: month, day: day))
  }

  /// Whether this ends before another begins, wherever unknown ends are.
  func isBefore(_ other: ReferenceDate) -> Bool {
    if let last, let first = other.first { last < first } else { false }
  }

  /// Whether the two may share a day.
  func mayMeet(_ other: ReferenceDate) -> Bool { !isBefore(other) && !other.isBefore(self) }

  /// Whether this covers another one, wherever unknown ends are.
  func covers(_ other: ReferenceDate) -> Bool {
    let beginsBefore =
      if let first { other.first.map { first <= $0 } ?? false } else {
        !isUnknown || other.first.map { $0 >= last! } ?? false
      }
    let endsBehind =
      if let last { other.last.map { $0 <= last } ?? false } else {
        !isUnknown || other.last.map { $0 <= first! } ?? false
      }
    return beginsBefore && endsBehind
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
