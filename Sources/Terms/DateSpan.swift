/// A date as far as it is known: a day, a month, a year, or an interval between two of these (ISO 8601, EDTF level 0).
///
/// A month and a year are the spans of their days. Two spans are equal where they are written alike: `2013-02` differs
/// from `2013-02-01/2013-02-28`, though both cover the same days.
public struct DateSpan: Hashable, Sendable {
  /// How exactly a date is given.
  public enum Precision: UInt8, Sendable { case day, month, year }

  /// The packed form: the first date above the lowest 23 bits and the last one in them, 0 where this is no interval.
  ///
  /// A date is `year << 9 | month << 5 | day` in the proleptic Gregorian calendar, with 0 for what is not given.
  public let bits: UInt64

  /// A span from its packed form, which is not checked; bits that no span has give a span of some days, never a trap.
  public init(bits: UInt64) { self.bits = bits }

  /// A span from its packed form, or `nil` where no span has these bits.
  public init?(checking bits: UInt64) {
    guard bits >> 46 == 0, let first = CalendarDate(checking: UInt32(truncatingIfNeeded: bits >> 23)) else {
      return nil
    }
    self.init(bits: bits)
    guard isInterval else { return }
    guard let last = CalendarDate(checking: UInt32(truncatingIfNeeded: bits) & CalendarDate.mask),
      last.lastDay >= first.firstDay
    else { return nil }
  }

  /// A day, a month where no day is given, or a year where no month is; `nil` where the calendar has no such date.
  public init?(year: Int, month: Int? = nil, day: Int? = nil) {
    guard month != nil || day == nil, month != 0, day != 0 else { return nil }
    guard case .success(let date) = CalendarDate.checked(year: year, month: month ?? 0, day: day ?? 0) else {
      return nil
    }
    self.init(date)
  }

  /// The interval from the beginning of one span to the end of another; `nil` where it ends before it begins.
  public init?(from: DateSpan, to: DateSpan) {
    self.init(from: from.first, to: to.last)
  }

  init(_ date: CalendarDate) {
    bits = UInt64(date.bits) << 23
  }

  init?(from: CalendarDate, to: CalendarDate) {
    guard to.lastDay >= from.firstDay else { return nil }
    // An interval's last bits are not 0, as those of the year 0 are: its last month ends on the same day.
    let last = to.bits == 0 ? CalendarDate(bits: 12 << 5) : to
    bits = UInt64(from.bits) << 23 | UInt64(last.bits)
  }

  var first: CalendarDate { CalendarDate(bits: UInt32(truncatingIfNeeded: bits >> 23) & CalendarDate.mask) }

  var last: CalendarDate {
    isInterval ? CalendarDate(bits: UInt32(truncatingIfNeeded: bits) & CalendarDate.mask) : first
  }

  /// Whether the span is written with a beginning and an end.
  public var isInterval: Bool { bits & UInt64(CalendarDate.mask) != 0 }

  /// How exactly the span is given; for an interval, the coarser of its ends.
  public var precision: Precision {
    first.precision.rawValue > last.precision.rawValue ? first.precision : last.precision
  }

  /// How exactly the beginning of the span is given.
  public var startPrecision: Precision { first.precision }

  /// The first day of the span, counted in days from 1970-01-01.
  public var startDay: Int { first.firstDay }

  /// The last day of the span, counted in days from 1970-01-01.
  public var endDay: Int { last.lastDay }

  /// The first day of the span.
  public var start: DateSpan { DateSpan(first.firstDate) }

  /// The last day of the span.
  public var end: DateSpan { DateSpan(last.lastDate) }

  /// The year of the first day.
  public var startYear: Int { first.year }

  /// The month of the first day, from 1.
  public var startMonth: Int { first.firstDate.month }

  /// The first day's day of the month, from 1.
  public var startDayOfMonth: Int { first.firstDate.day }

  /// Whether each day of another span is a day of this one.
  public func contains(_ other: DateSpan) -> Bool {
    startDay <= other.startDay && other.endDay <= endDay
  }

  /// Whether the spans have a day in common.
  public func overlaps(_ other: DateSpan) -> Bool {
    startDay <= other.endDay && other.startDay <= endDay
  }
}

extension DateSpan: Comparable {
  /// By the first day, then by the last day, then the coarser first (`2013` before `2013-01/2013-12`).
  public static func < (left: DateSpan, right: DateSpan) -> Bool {
    if left.startDay != right.startDay { return left.startDay < right.startDay }
    if left.endDay != right.endDay { return left.endDay < right.endDay }
    if left.precision != right.precision { return left.precision.rawValue > right.precision.rawValue }
    if left.isInterval != right.isInterval { return right.isInterval }
    return left.bits < right.bits
  }
}
