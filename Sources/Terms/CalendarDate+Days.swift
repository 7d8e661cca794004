/// The days that a date covers.
extension CalendarDate {
  /// The first day, counted from 1970-01-01, and the first of all where the end of an interval is open or unknown.
  var firstDay: Int { firstDate?.dayNumber ?? .min }

  /// The last day, counted from 1970-01-01, and the last of all where the end of an interval is open or unknown.
  var lastDay: Int { lastDate?.dayNumber ?? .max }

  /// The first day of plain fields: of year, month and day, with 0 for what is not given.
  @inline(__always) static func firstDay(plain fields: UInt32) -> Int {
    let (year, month, day) = parts(plain: fields)
    return Day(year: year, month: max(month, 1), day: max(day, 1)).dayNumber
  }

  /// The last day of plain fields.
  @inline(__always) static func lastDay(plain fields: UInt32) -> Int {
    let (year, month, day) = parts(plain: fields)
    let lastMonth = month == 0 ? 12 : month
    return Day(year: year, month: lastMonth, day: day == 0 ? length(ofMonth: lastMonth, year: year) : day).dayNumber
  }

  @inline(__always) private static func parts(plain fields: UInt32) -> (year: Int, month: Int, day: Int) {
    (Int(fields >> 9), Int(fields >> 5 & 15), Int(fields & 31))
  }

  /// Whether the calendar has a date with plain fields.
  static func isSound(plain fields: UInt32) -> Bool {
    let (year, month, day) = parts(plain: fields)
    return year <= 9999 && month <= 12 && (month > 0 || day == 0) && day <= length(ofMonth: month, year: year)
  }

  /// A day of a calendar that has all years.
  struct Day: Equatable {
    var year: Int
    var month: Int
    var day: Int
  }

  var firstDate: Day? {
    switch shape {
    case .none, .open, .unknown: nil
    case .year, .longYear, .unknownMonth, .unknownMonthAndDay: Day(year: year, month: 1, day: 1)
    case .decade: Day(year: isBeforeYearZero ? year - 9 : year, month: 1, day: 1)
    case .century: Day(year: isBeforeYearZero ? year - 99 : year, month: 1, day: 1)
    case .season: Day(year: year, month: 3 * (month - 20), day: 1)
    case .month, .unknownDay: Day(year: year, month: month, day: 1)
    case .day: Day(year: year, month: month, day: day)
    }
  }

  var lastDate: Day? {
    switch shape {
    case .none, .open, .unknown: nil
    case .year, .longYear, .unknownMonth, .unknownMonthAndDay: Day(year: year, month: 12, day: 31)
    case .decade, .century:
      Day(year: isBeforeYearZero ? min(year, -1) : year + (shape == .decade ? 9 : 99), month: 12, day: 31)
    case .season:
      // Winter goes on into the next year.
      month == 24 ? Self.lastDay(ofMonth: 2, year + 1) : Self.lastDay(ofMonth: 3 * (month - 20) + 2, year)
    case .month, .unknownDay: Self.lastDay(ofMonth: month, year)
    case .day: Day(year: year, month: month, day: day)
    }
  }

  private static func lastDay(ofMonth month: Int, _ year: Int) -> Day {
    Day(year: year, month: month, day: length(ofMonth: month, year: year))
  }

  static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }
}

extension CalendarDate.Day {
  /// Counted from 1970-01-01. Years are counted from March here, so that the leap day is the last of its year.
  @inline(__always) fileprivate var dayNumber: Int {
    let marchYear = month > 2 ? year : year - 1
    let monthsFromMarch = month > 2 ? month - 3 : month + 9
    // The calendar repeats itself after 400 years: so many of these cycles before, no year is less than 0.
    let cycles = 700_000
    let cycled = marchYear + 400 * cycles
    let daysOfWholeYears = cycled * 365 + cycled / 4 - cycled / 100 + cycled / 400 - cycles * 146_097
    let daysOfWholeMonths = (monthsFromMarch * 153 + 2) / 5
    let daysBefore1970 = 719_468
    return daysOfWholeYears + daysOfWholeMonths + day - 1 - daysBefore1970
  }

  /// The day as a date of its own; a year beyond 9999 has no days, so that such a day is its year.
  var date: CalendarDate? {
    if let day = try? CalendarDate.checked(year: year, month: month, day: day).get() { return day }
    return try? CalendarDate.checked(year: year, month: 0, day: 0).get()
  }
}
