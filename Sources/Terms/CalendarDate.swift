/// One end of a ``DateSpan``, packed in 31 bits: a day, month, season or year, perhaps with marks and unknown digits, or
/// that the interval has no end there.
///
/// The bits 29 and 30 are the marks. The others are 0 for what is not there, 1 for an open end, 2 for an unknown one, or the
/// bit 24 with `year << 9 | month << 5 | day`, where the bit 23 says that the year is negative; from 2^25 on it is a year
/// that four digits do not write. Years are those of the proleptic Gregorian calendar, with a year 0.
struct CalendarDate: Hashable {
  let bits: UInt32

  init(bits: UInt32) { self.bits = bits }

  static let none = CalendarDate(bits: 0)
  static let open = CalendarDate(bits: 1)
  static let unknown = CalendarDate(bits: 2)
  static let bitCount: UInt64 = 31
  static let mask: UInt32 = 1 << 31 - 1

  /// What is written of a date, by its fields of month and day.
  enum Shape {
    /// No date at all: the end that a single date does not have, or that an interval leaves open or unknown.
    case none, open, unknown
    /// `187X`, `18XX`.
    case decade, century
    case year, longYear
    /// `1870-XX`, `1870-XX-XX`: a year of which it is said that more is unknown.
    case unknownMonth, unknownMonthAndDay
    case season
    case month
    /// `1870-05-XX`.
    case unknownDay
    case day
  }

  var shape: Shape {
    let code = code
    guard code >= Self.ordinary else { return code == 0 ? .none : code == 1 ? .open : .unknown }
    guard code < Self.firstLong else { return .longYear }
    switch monthField {
    case 1...12: return dayField == 0 ? .month : .day
    case 0: return shapeWithoutMonth
    default: return .unknownDay
    }
  }

  private var shapeWithoutMonth: Shape {
    switch dayField {
    case Self.unknownMonthField: .unknownMonth
    case Self.unknownMonthAndDayField: .unknownMonthAndDay
    case Self.decadeField: .decade
    case Self.centuryField: .century
    case 21...24: .season
    default: .year
    }
  }

  // In the field of the day, where there is no month; the seasons are 21 to 24.
  private static let unknownMonthField = 1
  private static let unknownMonthAndDayField = 2
  private static let decadeField = 3
  private static let centuryField = 4
  /// In the field of the month: the day is unknown, and its field holds the month.
  private static let unknownDayField = 13

  private static let marksShift: UInt32 = 29
  private static let ordinary: UInt32 = 1 << 24
  private static let negative: UInt32 = 1 << 23
  private static let firstLong: UInt32 = 1 << 25
  private static let longYearOffset = 0x0F00_0000
  static let greatestYear = 250_000_000

  private var code: UInt32 { bits & (1 << Self.marksShift - 1) }
  private var monthField: Int { Int(bits >> 5 & 15) }
  private var dayField: Int { Int(bits & 31) }
  private var isNegative: Bool { bits & Self.negative != 0 }

  var marks: DateSpan.Marks { DateSpan.Marks(rawValue: UInt8(truncatingIfNeeded: bits >> Self.marksShift) & 3) }

  func marked(_ marks: DateSpan.Marks) -> CalendarDate {
    CalendarDate(bits: code | UInt32(marks.rawValue) << Self.marksShift)
  }

  /// The year, of which a decade or a century has zeros for the unknown digits.
  var year: Int {
    if code >= Self.firstLong { return Int(code - Self.firstLong) - Self.longYearOffset }
    let magnitude = Int(bits >> 9 & 0x3FFF)
    return isNegative ? -magnitude : magnitude
  }

  /// Whether the digits of the year are those of one before the year 0, which matters where all that are known are 0.
  var isBeforeYearZero: Bool { year < 0 || code < Self.firstLong && isNegative }

  /// From 1, and 21 to 24 for a season; 0 where none is known.
  var month: Int {
    switch shape {
    case .season, .unknownDay: dayField
    case .month, .day: monthField
    default: 0
    }
  }

  /// From 1; 0 where none is known.
  var day: Int { shape == .day ? dayField : 0 }

  /// Whether it is of those that versions 1 to 5 of the snapshot's format have, and its fields as they have them.
  var plain: UInt32? {
    guard bits >> 23 == Self.ordinary >> 23 else { return nil }
    let fields = bits & Self.plainMask
    return monthField > 12 || monthField == 0 && dayField != 0 ? nil : fields
  }

  static let plainMask: UInt32 = 1 << 23 - 1

  init(plain fields: UInt32) { bits = Self.ordinary | fields & Self.plainMask }

  private init(year: Int, monthField: Int, dayField: Int, isNegative: Bool? = nil) {
    let sign = isNegative ?? (year < 0) ? Self.negative : 0
    bits = Self.ordinary | sign | UInt32(truncatingIfNeeded: abs(year) << 9 | monthField << 5 | dayField)
  }

  private init(longYear year: Int) {
    bits = Self.firstLong + UInt32(truncatingIfNeeded: year + Self.longYearOffset)
  }

  /// The date of the given bits, or `nil` where none has them.
  init?(checking bits: UInt32) {
    self.init(bits: bits)
    guard bits <= Self.mask else { return nil }
    guard code >= Self.ordinary else {
      if code > 2 || !marks.isEmpty { return nil }
      return
    }
    guard let checked = try? rebuilt.get(), checked.marked(marks) == self else { return nil }
  }

  /// What its parts give again.
  private var rebuilt: Result<CalendarDate, DateFault> {
    switch shape {
    case .decade: Self.decade(abs(year), isNegative: isNegative)
    case .century: Self.century(abs(year), isNegative: isNegative)
    case .unknownMonth: Self.checked(year: year, month: 1, day: 0).map { _ in Self.unknownMonth(of: year) }
    case .unknownMonthAndDay: Self.checked(year: year, month: 1, day: 0).map { _ in Self.unknownMonthAndDay(of: year) }
    case .unknownDay: Self.unknownDay(year: year, month: month)
    default: Self.checked(year: year, month: month, day: day)
    }
  }

  /// The date where the calendar has it; a month or day of 0 is one that is not given, a month from 21 to 24 a season.
  static func checked(year: Int, month: Int, day: Int) -> Result<CalendarDate, DateFault> {
    guard -greatestYear...greatestYear ~= year else { return .failure(.noYear) }
    guard -9999...9999 ~= year else {
      return month == 0 ? .success(CalendarDate(longYear: year)) : .failure(.partOfLongYear)
    }
    if 21...24 ~= month {
      return day == 0
        ? .success(CalendarDate(year: year, monthField: 0, dayField: month)) : .failure(.dayOfSeason)
    }
    guard 0...12 ~= month else { return .failure(25...41 ~= month ? .noSeason(month) : .noMonth(month)) }
    guard 0...length(ofMonth: month, year: year) ~= day else { return .failure(.noDay(year: year, month: month)) }
    return .success(CalendarDate(year: year, monthField: month, dayField: day))
  }

  /// `187X`, by the year with a 0 for its last digit.
  static func decade(_ year: Int, isNegative: Bool) -> Result<CalendarDate, DateFault> {
    guard year % 10 == 0, 0...9990 ~= year else { return .failure(.malformed) }
    return .success(CalendarDate(year: year, monthField: 0, dayField: decadeField, isNegative: isNegative))
  }

  /// `18XX`, by the year with zeros for its last two digits.
  static func century(_ year: Int, isNegative: Bool) -> Result<CalendarDate, DateFault> {
    guard year % 100 == 0, 0...9900 ~= year else { return .failure(.malformed) }
    return .success(CalendarDate(year: year, monthField: 0, dayField: centuryField, isNegative: isNegative))
  }

  /// `1870-XX`, of a year that four digits write.
  static func unknownMonth(of year: Int) -> CalendarDate {
    CalendarDate(year: year, monthField: 0, dayField: unknownMonthField)
  }

  /// `1870-XX-XX`, of a year that four digits write.
  static func unknownMonthAndDay(of year: Int) -> CalendarDate {
    CalendarDate(year: year, monthField: 0, dayField: unknownMonthAndDayField)
  }

  /// `1870-05-XX`.
  static func unknownDay(year: Int, month: Int) -> Result<CalendarDate, DateFault> {
    guard 1...12 ~= month else { return .failure(21...24 ~= month ? .dayOfSeason : .noMonth(month)) }
    return checked(year: year, month: month, day: 0).map { _ in
      CalendarDate(year: year, monthField: unknownDayField, dayField: month)
    }
  }

  var precision: DateSpan.Precision? {
    switch shape {
    case .none, .open, .unknown: nil
    case .century: .century
    case .decade: .decade
    case .year, .longYear, .unknownMonth, .unknownMonthAndDay: .year
    case .season: .season
    case .month, .unknownDay: .month
    case .day: .day
    }
  }
}
