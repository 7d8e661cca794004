/// Reads a date of EDTF level 1 that is no plain one, and tells what is wrong with what is nearly one.
struct DateScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0
  /// Before the marks at the end.
  private var end: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    end = bytes.count
  }

  mutating func date() throws(DateFault) -> CalendarDate {
    let marks = try marks()
    guard end > 0, bytes.count <= DateSpan.longestText else { throw .malformed }
    if bytes[0] == UInt8(ascii: "Y") { return try longYear().marked(marks) }
    let isNegative = take("-")
    let (year, unknown) = try year(isNegative)
    guard unknown == 0 else {
      guard place == end else { throw .partBehindUnknown }
      let known = unknown == 1 ? CalendarDate.decade : CalendarDate.century
      return try known(year, isNegative).get().marked(marks)
    }
    if isNegative && year == 0 { throw .noNegativeZero }
    return try withMonth(isNegative ? -year : year).marked(marks)
  }

  /// The marks at the end, which belong to the whole date.
  private mutating func marks() throws(DateFault) -> DateSpan.Marks {
    let isMark = { (byte: UInt8) in "?~%".utf8.contains(byte) }
    guard let first = bytes.firstIndex(where: isMark) else { return [] }
    guard bytes[first...].allSatisfy(isMark) else {
      throw .markWithin(String(decoding: bytes.filter { !isMark($0) }, as: UTF8.self), bytes[first])
    }
    guard first == bytes.count - 1 else {
      throw .severalMarks(String(decoding: bytes[..<first], as: UTF8.self))
    }
    end = first
    switch bytes[first] {
    case UInt8(ascii: "?"): return .uncertain
    case UInt8(ascii: "~"): return .approximate
    default: return [.uncertain, .approximate]
    }
  }

  /// `Y17000`, `Y-17000`.
  private mutating func longYear() throws(DateFault) -> CalendarDate {
    place = 1
    let isNegative = take("-")
    let start = place
    var year = 0
    while let digit = digit(at: place) {
      year = min(year * 10 + digit, CalendarDate.greatestYear + 1)
      place += 1
    }
    guard place > start else { throw .malformed }
    guard place == end else { throw bytes[place] == UInt8(ascii: "-") ? .partOfLongYear : .malformed }
    guard place - start > 4, digit(at: start) != 0 else {
      throw .shortLongYear(String(decoding: bytes[1..<end], as: UTF8.self))
    }
    return try CalendarDate.checked(year: isNegative ? -year : year, month: 0, day: 0).get()
  }

  /// Four digits, the last one or two of which may be `X`.
  private mutating func year(_ isNegative: Bool) throws(DateFault) -> (year: Int, unknown: Int) {
    let start = place
    var year = 0
    while place < end, let digit = digit(at: place) {
      place += 1
      year = min(year * 10 + digit, CalendarDate.greatestYear + 1)
    }
    let known = place - start
    while place < end, bytes[place] | 0x20 == UInt8(ascii: "x") { place += 1 }
    let unknown = place - start - known
    if place - start == 4, unknown > 0, bytes[start..<place].contains(UInt8(ascii: "x")) {
      throw .smallX(String(decoding: bytes, as: UTF8.self))
    }
    if unknown == 0, known > 4, place == end, digit(at: start) != 0 {
      throw .longYearWithoutSign(String(decoding: bytes, as: UTF8.self))
    }
    guard place - start == 4 else { throw .malformed }
    guard unknown <= 2 else { throw .unknownMillennium }
    return (year * (unknown == 0 ? 1 : unknown == 1 ? 10 : 100), unknown)
  }

  private mutating func withMonth(_ year: Int) throws(DateFault) -> CalendarDate {
    if place == end { return try CalendarDate.checked(year: year, month: 0, day: 0).get() }
    guard let month = try part() else {
      if place == end { return CalendarDate.unknownMonth(of: year) }
      guard try part() == nil else { throw .partBehindUnknown }
      guard place == end else { throw .malformed }
      return CalendarDate.unknownMonthAndDay(of: year)
    }
    guard month > 0 else { throw .noMonth(0) }
    if place == end { return try CalendarDate.checked(year: year, month: month, day: 0).get() }
    let day = try part()
    guard place == end else { throw .malformed }
    guard let day else { return try CalendarDate.unknownDay(year: year, month: month).get() }
    guard day > 0 else { throw .dayZero }
    return try CalendarDate.checked(year: year, month: month, day: day).get()
  }

  /// A hyphen and two digits, or `nil` for `XX` in their place.
  private mutating func part() throws(DateFault) -> Int? {
    guard take("-"), place + 2 <= end else { throw .malformed }
    defer { place += 2 }
    if let tens = digit(at: place), let ones = digit(at: place + 1) { return tens * 10 + ones }
    let letters = bytes[place..<place + 2]
    if letters.elementsEqual("XX".utf8) { return nil }
    let isUnknown = letters.contains { $0 | 0x20 == UInt8(ascii: "x") }
    guard isUnknown else { throw .malformed }
    if letters.contains(UInt8(ascii: "x")) { throw .smallX(String(decoding: bytes, as: UTF8.self)) }
    throw .halfUnknown
  }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard place < end, bytes[place] == UInt8(ascii: sign) else { return false }
    place += 1
    return true
  }

  private func digit(at place: Int) -> Int? {
    guard place < end else { return nil }
    let digit = bytes[place] &- UInt8(ascii: "0")
    return digit < 10 ? Int(digit) : nil
  }
}
