extension DateSpan {
  /// The span that a text writes: `2013-02-14`, `2013-02`, `2013`, or two of these with `/` between them, with what EDTF
  /// level 1 adds: `1870~`, `187X`, `1870-21`, `1870/..`, `-0044`, `Y17000`.
  ///
  /// `nil` where the text is something else, where the calendar has no such date and where an interval ends before it
  /// begins.
  public init?(_ text: String) {
    guard case .success(let span) = Self.parse(text) else { return nil }
    self = span
  }

  /// The span that a text in UTF-8 writes, as ``init(_:)-(String)`` reads it.
  public init?(utf8 text: UnsafeBufferPointer<UInt8>) {
    if let plain = Self.plainDate(text) {
      self.init(plain)
      return
    }
    guard case .success(let span) = Self.parse(text) else { return nil }
    self = span
  }

  /// The reason why a text is no date, as a phrase for a diagnostic, or `nil` where it is one.
  public static func whyInvalid(_ text: String) -> String? {
    guard case .failure(let fault) = parse(text) else { return nil }
    return fault.reason
  }

  /// The reason why a text that has the form of a date is none; `nil` where it is one, or something else.
  public static func nearMiss(_ text: String) -> String? {
    guard case .failure(let fault) = parse(text) else { return nil }
    if case .malformed = fault { return nil }
    return fault.reason
  }

  /// The most bytes that the text of a date has.
  public static let longestText = 2 * "Y-250000000?".utf8.count + 1

  private static func parse(_ text: String) -> Result<DateSpan, DateFault> {
    var text = text
    return text.withUTF8 { parse($0) }
  }

  private static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Result<DateSpan, DateFault> {
    guard let slash = text.firstIndex(of: UInt8(ascii: "/")) else { return date(text).map { DateSpan($0) } }
    return end(UnsafeBufferPointer(rebasing: text[..<slash])).flatMap { from in
      end(UnsafeBufferPointer(rebasing: text[(slash + 1)...])).flatMap { to in
        guard from.precision != nil || to.precision != nil else { return .failure(.noEnd) }
        return DateSpan(from: from, to: to).map { .success($0) } ?? .failure(.reversed)
      }
    }
  }

  /// What stands on one side of the `/` of an interval.
  private static func end(_ text: UnsafeBufferPointer<UInt8>) -> Result<CalendarDate, DateFault> {
    if text.isEmpty { return .success(.unknown) }
    return text.elementsEqual("..".utf8) ? .success(.open) : date(text)
  }

  private static func date(_ text: UnsafeBufferPointer<UInt8>) -> Result<CalendarDate, DateFault> {
    if let plain = plainDate(text) { return .success(plain) }
    var scanner = DateScanner(text)
    do throws(DateFault) { return .success(try scanner.date()) } catch { return .failure(error) }
  }

  /// A date of the calendar that is written with digits and hyphens alone; `nil` where a text is another one or none.
  @inline(__always) private static func plainDate(_ date: UnsafeBufferPointer<UInt8>) -> CalendarDate? {
    let hyphen = UInt8(ascii: "-")
    let isShaped =
      switch date.count {
      case 4: true
      case 7: date[4] == hyphen
      case 10: date[4] == hyphen && date[7] == hyphen
      default: false
      }
    guard isShaped, let year = number(date, 0..<4) else { return nil }
    var fields = year << 9
    if date.count > 4 {
      guard let month = number(date, 5..<7), 1...12 ~= month else { return nil }
      fields |= month << 5
    }
    if date.count > 7 {
      guard let day = number(date, 8..<10), 1...31 ~= day else { return nil }
      fields |= day
    }
    let plain = UInt32(truncatingIfNeeded: fields)
    return CalendarDate.isSound(plain: plain) ? CalendarDate(plain: plain) : nil
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

  /// Whether a program may write the text as it is: it begins with four digits, `-` and two digits, or with a year of which
  /// digits are unknown, and nothing in it means something else. Others stand in `date("…")`.
  public var isBare: Bool {
    switch first.shape {
    case .month, .unknownDay, .day, .season, .decade, .century: break
    default: return false
    }
    let ends = [first, last]
    return ends.allSatisfy {
      !$0.isBeforeYearZero && $0.marks.rawValue < 3 && $0.shape != .longYear && $0.shape != .unknown
    }
  }
}

extension DateSpan.Marks {
  /// As they stand behind a date.
  fileprivate var text: String {
    switch self {
    case []: ""
    case .uncertain: "?"
    case .approximate: "~"
    default: "%"
    }
  }
}

extension CalendarDate: CustomStringConvertible {
  var description: String { marks.isEmpty ? unmarked : unmarked + marks.text }

  private var unmarked: String {
    switch shape {
    case .none, .unknown: ""
    case .open: ".."
    case .longYear: "Y\(year)"
    case .year: writtenYear
    case .decade: "\(writtenYear.dropLast())X"
    case .century: "\(writtenYear.dropLast(2))XX"
    case .unknownMonth: "\(writtenYear)-XX"
    case .unknownMonthAndDay: "\(writtenYear)-XX-XX"
    case .season, .month: "\(writtenYear)-\(Self.digits(month, 2))"
    case .unknownDay: "\(writtenYear)-\(Self.digits(month, 2))-XX"
    case .day: "\(writtenYear)-\(Self.digits(month, 2))-\(Self.digits(day, 2))"
    }
  }

  private var writtenYear: String { (isBeforeYearZero ? "-" : "") + Self.digits(abs(year), 4) }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
  }
}
