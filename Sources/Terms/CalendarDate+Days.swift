/// The days that a date covers.
extension CalendarDate {
  /// The first day, counted from 1970-01-01, and the first of all where the end of an interval is open or unknown.
  var firstDay: Int { firstDate?.dayNumber ?? .min }

  /// The last day, counted from 1970-01-01, and the last of all where the end of an interval is open or unknown.
  var lastDay: Int { lastDate?.dayNumber ?? .max }

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
  fileprivate var dayNumber: Int {
    let marchYear = month > 2 ? year : year - 1
    let monthsFromMarch = month > 2 ? month - 3 : month + 9
    // The calendar repeats itself after 400 years, of which there is a whole number before each year.
    let cycles = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let cycled = marchYear - 400 * cycles
    let daysOfWholeYears = cycled * 365 + cycled / 4 - cycled / 100 + cycles * 146_097
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
