/// One end of a ``DateSpan``: a day, month or year of the proleptic Gregorian calendar, packed in 23 bits.
struct CalendarDate: Hashable {
  static let mask: UInt32 = (1 << 23) - 1

  /// `year << 9 | month << 5 | day`, with 0 for a month or day that is not given.
  let bits: UInt32

  init(bits: UInt32) { self.bits = bits }

  /// The date of the given bits, or `nil` where the calendar has none.
  init?(checking bits: UInt32) {
    self.init(bits: bits)
    guard bits <= Self.mask, month != 0 || day == 0,
      case .success = Self.checked(year: year, month: month, day: day)
    else { return nil }
  }

  private init(year: Int, month: Int, day: Int) {
    bits = UInt32(truncatingIfNeeded: year << 9 | month << 5 | day) & Self.mask
  }

  /// The date where the calendar has it; a month or day of 0 is one that is not given.
  static func checked(year: Int, month: Int, day: Int) -> Result<CalendarDate, DateFault> {
    guard 0...9999 ~= year else { return .failure(.noYear) }
    guard 0...12 ~= month else { return .failure(.noMonth(month)) }
    guard 0...length(ofMonth: month, year: year) ~= day else { return .failure(.noDay(year: year, month: month)) }
    return .success(CalendarDate(year: year, month: month, day: day))
  }

  var year: Int { Int(bits >> 9) }
  var month: Int { Int(bits >> 5 & 15) }
  var day: Int { Int(bits & 31) }

  var precision: DateSpan.Precision {
    if month == 0 { return .year }
    return day == 0 ? .month : .day
  }

  var firstDate: CalendarDate { CalendarDate(year: year, month: max(month, 1), day: max(day, 1)) }

  var lastDate: CalendarDate {
    let lastMonth = month == 0 ? 12 : month
    return CalendarDate(
      year: year, month: lastMonth, day: day == 0 ? Self.length(ofMonth: lastMonth, year: year) : day)
  }

  /// The first day, counted from 1970-01-01.
  var firstDay: Int { firstDate.dayNumber }

  /// The last day, counted from 1970-01-01.
  var lastDay: Int { lastDate.dayNumber }

  /// Years are counted from March here, so that the leap day is the last of its year.
  private var dayNumber: Int {
    let marchYear = month > 2 ? year : year - 1
    let monthsFromMarch = month > 2 ? month - 3 : month + 9
    // The winter of the year 0 is of a year before it, and of a cycle of 400 years that begins there.
    let cycled = marchYear + 400
    let daysOfWholeYears = marchYear * 365 + cycled / 4 - cycled / 100 + cycled / 400 - 97
    let daysOfWholeMonths = (monthsFromMarch * 153 + 2) / 5
    let daysBefore1970 = 719_468
    return daysOfWholeYears + daysOfWholeMonths + day - 1 - daysBefore1970
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

/// What is wrong with the text of a date.
enum DateFault: Error {
  case malformed
  case noYear
  case noMonth(Int)
  case dayZero
  case noDay(year: Int, month: Int)
  case reversed
}
