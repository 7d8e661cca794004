extension DateSpan {
  /// The span that a text writes: `2013-02-14`, `2013-02`, `2013`, or two of these with `/` between them.
  ///
  /// `nil` where the text is something else, where the calendar has no such date and where an interval ends before it
  /// begins. Years have four digits, from 0000.
  public init?(_ text: String) {
    guard case .success(let span) = Self.parse(text) else { return nil }
    self = span
  }

  /// The span that a text in UTF-8 writes, as ``init(_:)-(String)`` reads it.
  public init?(utf8 text: UnsafeBufferPointer<UInt8>) {
    guard case .success(let span) = Self.parse(text) else { return nil }
    self = span
  }

  /// The reason why a text is no date, as a phrase for a diagnostic, or `nil` where it is one.
  public static func whyInvalid(_ text: String) -> String? {
    guard case .failure(let fault) = parse(text) else { return nil }
    switch fault {
    case .malformed:
      return "a date is written as 2013-02-14, 2013-02, or two of these with `/` between them"
    case .noYear:
      return "years go from 0000 to 9999"
    case .noMonth(let month):
      return "there is no month \(month)"
    case .dayZero:
      return "there is no day 0"
    case .noDay(let year, let month):
      return "\(monthNames[month - 1]) \(year) has \(CalendarDate.length(ofMonth: month, year: year)) days"
    case .reversed:
      return "the interval ends before it begins"
    }
  }

  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  private static func parse(_ text: String) -> Result<DateSpan, DateFault> {
    var text = text
    return text.withUTF8 { parse($0) }
  }

  private static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Result<DateSpan, DateFault> {
    // A day, the most usual date, is as long as no interval.
    guard text.count != dayLength, let slash = text.firstIndex(of: UInt8(ascii: "/")) else {
      return parseDate(text).map { DateSpan($0) }
    }
    return parseDate(UnsafeBufferPointer(rebasing: text[..<slash])).flatMap { from in
      parseDate(UnsafeBufferPointer(rebasing: text[(slash + 1)...])).flatMap { to in
        DateSpan(from: from, to: to).map { .success($0) } ?? .failure(.reversed)
      }
    }
  }

  private static let dayLength = 10

  private static func parseDate(_ date: UnsafeBufferPointer<UInt8>) -> Result<CalendarDate, DateFault> {
    let hyphen = UInt8(ascii: "-")
    let isShaped =
      switch date.count {
      case 4: true
      case 7: date[4] == hyphen
      case dayLength: date[4] == hyphen && date[7] == hyphen
      default: false
      }
    guard isShaped, let year = number(date, 0..<4) else { return .failure(.malformed) }
    guard date.count > 4 else { return CalendarDate.checked(year: year, month: 0, day: 0) }
    guard let month = number(date, 5..<7) else { return .failure(.malformed) }
    guard month > 0 else { return .failure(.noMonth(0)) }
    guard date.count > 7 else { return CalendarDate.checked(year: year, month: month, day: 0) }
    guard let day = number(date, 8..<10) else { return .failure(.malformed) }
    guard day > 0 else { return .failure(.dayZero) }
    return CalendarDate.checked(year: year, month: month, day: day)
  }

  @inline(__always) private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    var number = 0
    for index in range {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      number = number &* 10 &+ Int(digit)
    }
    return number
  }
}

extension DateSpan: CustomStringConvertible {
  /// The text that ``init(_:)-(String)`` reads.
  public var description: String {
    isInterval ? "\(first.description)/\(last.description)" : first.description
  }
}

extension CalendarDate: CustomStringConvertible {
  var description: String {
    switch precision {
    case .year: Self.digits(year, 4)
    case .month: "\(Self.digits(year, 4))-\(Self.digits(month, 2))"
    case .day: "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(day, 2))"
    }
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
  }
}
