/// A date as far as it is known: a day, month, season, year, decade or century, or an interval between two of these, with
/// marks for what is uncertain (ISO 8601-2, EDTF level 1).
///
/// What is no day is the span of its days. Two spans are equal where they are written alike: `2013-02` differs from
/// `2013-02-01/2013-02-28`, though both cover the same days, and `1870` from `1870?`.
public struct DateSpan: Hashable, Sendable {
  /// How exactly a date is given.
  public enum Precision: UInt8, Sendable { case day, month, season, year, decade, century }

  /// What is said of a date beside its span.
  public struct Marks: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `1870?`: it may not be this date.
    public static let uncertain = Marks(rawValue: 1)
    /// `1870~`: it is about this date.
    public static let approximate = Marks(rawValue: 2)
  }

  /// The packed form.
  ///
  /// A plain date, or an interval of two, has its first date above the lowest 23 bits and its last one in them, 0 where it is
  /// no interval; each is `year << 9 | month << 5 | day`, with 0 for what is not given and the year from 0 to 9999. All else has
  /// bit 63, and the bits of its two ends, 31 each, as ``CalendarDate`` tells.
  public let bits: UInt64

  /// The year that is farthest from the year 0, before it or after it.
  public static let greatestYear = CalendarDate.greatestYear

  private static let extended: UInt64 = 1 << 63
  private static let plainBitCount: UInt64 = 23

  /// A span from its packed form, which is not checked; bits that no span has give some span, never a trap.
  public init(bits: UInt64) { self.bits = bits }

  /// A span from its packed form, or `nil` where no span has these bits.
  public init?(checking bits: UInt64) {
    self.init(bits: bits)
    guard isPlain ? isSoundPlain : isSoundExtended else { return nil }
  }

  private var isSoundPlain: Bool {
    bits >> (2 * Self.plainBitCount) == 0 && CalendarDate.isSound(plain: firstFields)
      && (lastFields == 0 || CalendarDate.isSound(plain: lastFields) && startDay <= endDay)
  }

  private var isSoundExtended: Bool {
    guard let first = CalendarDate(checking: first.bits), let last = CalendarDate(checking: lastOrNone.bits) else {
      return false
    }
    if last == .none { return first.precision != nil && DateSpan(first) == self }
    return first != .none && DateSpan(from: first, to: last) == self
  }

  /// A day, a month where no day is given, or a year where no month is; `nil` where the calendar has no such date.
  public init?(year: Int, month: Int? = nil, day: Int? = nil) {
    guard month != nil || day == nil, month != 0, day != 0 else { return nil }
    guard case .success(let date) = CalendarDate.checked(year: year, month: month ?? 0, day: day ?? 0) else {
      return nil
    }
    self.init(date)
  }

  /// The interval from the beginning of one span to the end of another, with their marks; `nil` where it ends before it begins
  /// and where neither end is known.
  public init?(from: DateSpan, to: DateSpan) {
    self.init(from: from.first, to: to.last)
  }

  init(_ date: CalendarDate) {
    bits =
      date.plain.map { UInt64($0) << Self.plainBitCount }
      ?? Self.extended | UInt64(date.bits) << CalendarDate.bitCount
  }

  init?(from: CalendarDate, to: CalendarDate) {
    guard to.lastDay >= from.firstDay, from.precision != nil || to.precision != nil else { return nil }
    if let first = from.plain, let last = to.plain {
      // A plain interval's last bits are not 0, as those of the year 0 are: its last month ends on the same day.
      bits = UInt64(first) << Self.plainBitCount | UInt64(last == 0 ? 12 << 5 : last)
    } else {
      bits = Self.extended | UInt64(from.bits) << CalendarDate.bitCount | UInt64(to.bits)
    }
  }

  /// Whether it has none of the marks and unknown parts that EDTF level 1 adds, nor a year that level 0 lacks.
  public var isPlain: Bool { bits < Self.extended }

  private var firstFields: UInt32 { UInt32(truncatingIfNeeded: bits >> Self.plainBitCount) & CalendarDate.plainMask }
  private var lastFields: UInt32 { UInt32(truncatingIfNeeded: bits) & CalendarDate.plainMask }

  var first: CalendarDate {
    isPlain
      ? CalendarDate(plain: firstFields)
      : CalendarDate(bits: UInt32(truncatingIfNeeded: bits >> CalendarDate.bitCount))
  }

  var last: CalendarDate { isInterval ? lastOrNone : first }

  private var lastOrNone: CalendarDate {
    guard isPlain else { return CalendarDate(bits: UInt32(truncatingIfNeeded: bits) & CalendarDate.mask) }
    return lastFields == 0 ? .none : CalendarDate(plain: lastFields)
  }

  /// Whether the span is written with a beginning and an end.
  public var isInterval: Bool { lastOrNone != .none }

  /// How exactly the span is given; for an interval, the coarser of its ends that are given.
  public var precision: Precision {
    let ends = (first.precision ?? .day, last.precision ?? .day)
    return ends.0.rawValue > ends.1.rawValue ? ends.0 : ends.1
  }

  /// The marks of a date, or of the ends of an interval together.
  public var marks: Marks { first.marks.union(last.marks) }

  /// The first day of the span, counted in days from 1970-01-01; `Int.min` where the beginning is open or unknown.
  public var startDay: Int { isPlain ? CalendarDate.firstDay(plain: firstFields) : first.firstDay }

  /// The last day of the span, counted in days from 1970-01-01; `Int.max` where the end is open or unknown.
  public var endDay: Int {
    isPlain ? CalendarDate.lastDay(plain: lastFields == 0 ? firstFields : lastFields) : last.lastDay
  }

  /// The first day of the span, or its year where four digits do not write that; `nil` where the beginning is open or unknown.
  public var start: DateSpan? { first.firstDate?.date.map { DateSpan($0) } }

  /// The last day of the span, or its year where four digits do not write that; `nil` where the end is open or unknown.
  public var end: DateSpan? { last.lastDate?.date.map { DateSpan($0) } }

  /// The year of the date, or of an interval's beginning; `nil` where not all of its digits are known.
  public var year: Int? {
    guard let precision = first.precision, precision.rawValue <= Precision.year.rawValue else { return nil }
    return first.year
  }

  /// The month of the date, or of an interval's beginning, from 1; `nil` where none is given.
  public var month: Int? { 1...12 ~= first.month ? first.month : nil }

  /// The day of the month of the date, or of an interval's beginning, from 1; `nil` where none is given.
  public var dayOfMonth: Int? { first.day > 0 ? first.day : nil }

  // An open end reaches beyond all days. An unknown one is on some day, at the other end of the interval or beyond it.

  private var greatestStartDay: Int { !isPlain && first == .unknown ? last.lastDay : startDay }
  private var leastEndDay: Int { !isPlain && last == .unknown ? first.firstDay : endDay }

  /// Whether it is certain that each day of another span is a day of this one.
  public func contains(_ other: DateSpan) -> Bool {
    greatestStartDay <= other.startDay && other.endDay <= leastEndDay
  }

  /// Whether it is certain that this span ends before another one begins.
  public func isBefore(_ other: DateSpan) -> Bool { endDay < other.startDay }

  /// Whether the spans may have a day in common.
  public func overlaps(_ other: DateSpan) -> Bool {
    startDay <= other.endDay && other.startDay <= endDay
  }
}

extension DateSpan: Comparable {
  /// By the first day, then by the last day, then those without marks first, then the coarser first (`2013` before
  /// `2013-01/2013-12`).
  public static func < (left: DateSpan, right: DateSpan) -> Bool {
    if left.startDay != right.startDay { return left.startDay < right.startDay }
    if left.endDay != right.endDay { return left.endDay < right.endDay }
    if left.bits == right.bits { return false }
    if left.marksOfEnds != right.marksOfEnds { return left.marksOfEnds < right.marksOfEnds }
    if left.precision != right.precision { return left.precision.rawValue > right.precision.rawValue }
    if left.isInterval != right.isInterval { return right.isInterval }
    return left.bits < right.bits
  }

  private var marksOfEnds: UInt8 { isPlain ? 0 : first.marks.rawValue << 2 | last.marks.rawValue }
}
