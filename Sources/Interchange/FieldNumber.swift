import Terms

/// What number a field is written as.
enum FieldNumber {
  case none
  case integer(Int64)
  case decimal(Double)
  /// An integer beyond 64 bits, or a decimal beyond the finite ones.
  case tooGreat

  /// The integer that a field is written as in the way of the language, `42`, `-7`, `1_000_000`, or with a `+` before it.
  @inline(__always) static func integer(_ text: UnsafeBufferPointer<UInt8>) -> FieldNumber {
    guard let first = text.first, first == minus || isDigit(first) else { return integerBehindPlus(text) }
    let start = first == minus ? 1 : 0
    guard text.count <= 18 else { return longInteger(text) }
    var magnitude: Int64 = 0
    for index in start..<text.count {
      let digit = text[index] &- zero
      guard digit < 10 else { return longInteger(text) }
      magnitude = magnitude &* 10 &+ Int64(digit)
    }
    if text.count == start { return .none }
    return .integer(start == 0 ? magnitude : -magnitude)
  }

  private static func integerBehindPlus(_ text: UnsafeBufferPointer<UInt8>) -> FieldNumber {
    guard text.count > 1, text[0] == plus, isDigit(text[1]) else { return .none }
    return integer(UnsafeBufferPointer(rebasing: text[1...]))
  }

  /// As ``integer(_:)``, for those with many digits or with `_` between two digits.
  private static func longInteger(_ text: UnsafeBufferPointer<UInt8>) -> FieldNumber {
    let isNegative = text[0] == minus
    var magnitude: UInt64 = 0
    var overflows = false
    for index in (isNegative ? 1 : 0)..<text.count {
      if text[index] == underscore {
        guard index > 0, index + 1 < text.count, isDigit(text[index - 1]), isDigit(text[index + 1]) else {
          return .none
        }
        continue
      }
      guard isDigit(text[index]) else { return .none }
      let (product, isOver) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, isOverToo) = product.addingReportingOverflow(UInt64(text[index] - zero))
      overflows = overflows || isOver || isOverToo
      magnitude = sum
    }
    if overflows { return .tooGreat }
    if isNegative { return magnitude <= 1 << 63 ? .integer(Int64(truncatingIfNeeded: 0 &- magnitude)) : .tooGreat }
    return Int64(exactly: magnitude).map { .integer($0) } ?? .tooGreat
  }

  /// The integer that would be written just as a field is: `42`, `-7`, and not `007`, `-0`, `1_000`.
  @inline(__always) static func plainInteger(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard let first = text.first, first == minus || isDigit(first) else { return nil }
    let start = first == minus ? 1 : 0
    guard text.count > start, text[start] != zero || text.count == 1 else { return nil }
    guard text.count <= 18 else { return longPlainInteger(text) }
    var magnitude: Int64 = 0
    for index in start..<text.count {
      let digit = text[index] &- zero
      guard digit < 10 else { return nil }
      magnitude = magnitude &* 10 &+ Int64(digit)
    }
    return start == 0 ? magnitude : -magnitude
  }

  private static func longPlainInteger(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard !text.contains(underscore), case .integer(let integer) = longInteger(text) else { return nil }
    return integer
  }

  /// Whether a field is a decimal and means no more than its value: no zero in front, no sign before 0, and no more digits than a
  /// decimal keeps.
  static func isPlainDecimal(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first, first == minus || isDigit(first), isDecimal(text) else { return false }
    let start = first == minus ? 1 : 0
    if text[start] == zero && start + 1 < text.count && isDigit(text[start + 1]) { return false }
    var (digits, firstOther, lastOther) = (0, -1, -1)
    var end = start
    while end < text.count && text[end] | 0x20 != letterE {
      if text[end] == underscore { return false }
      if isDigit(text[end]) {
        if text[end] != zero { (firstOther, lastOther) = (firstOther < 0 ? digits : firstOther, digits) }
        digits += 1
      }
      end += 1
    }
    if firstOther < 0 { return start == 0 }
    if lastOther - firstOther >= mostDigits { return false }
    if end == text.count && text.count <= shortLength { return true }
    guard case .decimal(let decimal) = any(text) else { return false }
    return decimal != 0
  }

  /// How many digits, without zeros at either end, a decimal keeps.
  private static let mostDigits = 17

  /// Whether a field begins as a number does.
  static func seemsMeant(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first else { return false }
    return isDigit(first) || text.count > 1 && (first == minus || first == plus || first == point) && isDigit(text[1])
  }

  /// The integer or decimal that a field is written as in the way of the language: also `3.14`, `-1e9`.
  static func any(_ text: UnsafeBufferPointer<UInt8>) -> FieldNumber {
    if case let whole = integer(text), !whole.isNone { return whole }
    guard isDecimal(text) else { return .none }
    if let decimal = shortDecimal(text) { return .decimal(decimal) }
    let digits = String(decoding: text.filter { $0 != underscore }, as: UTF8.self)
    guard let decimal = Double(digits), decimal.isFinite else { return .tooGreat }
    return .decimal(decimal)
  }

  /// The value of a decimal of few digits, which one division gives exactly (Clinger 1990); `nil` for any other.
  private static func shortDecimal(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard text.count <= shortLength else { return nil }
    var (magnitude, digitsBehind, isBehind) = (0, 0, false)
    for byte in text.dropFirst(isDigit(text[0]) ? 0 : 1) {
      if isDigit(byte) {
        magnitude = magnitude &* 10 &+ Int(byte &- zero)
        digitsBehind += isBehind ? 1 : 0
      } else if byte == point {
        isBehind = true
      } else {
        return nil
      }
    }
    let value = Double(magnitude) / powers[digitsBehind]
    return text[0] == minus ? -value : value
  }

  private static let shortLength = 16
  private static let powers = (0...15).map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }

  var isNone: Bool {
    if case .none = self { return true }
    return false
  }

  private static func isDecimal(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = text[...]
    if rest.first == minus || rest.first == plus { rest.removeFirst() }
    guard dropDigits(&rest, withUnderscores: true) else { return false }
    if rest.first == point {
      rest.removeFirst()
      guard dropDigits(&rest, withUnderscores: true) else { return false }
    }
    if let letter = rest.first, letter | 0x20 == letterE {
      rest.removeFirst()
      if rest.first == minus || rest.first == plus { rest.removeFirst() }
      guard dropDigits(&rest, withUnderscores: false) else { return false }
    }
    return rest.isEmpty
  }

  /// Takes one digit or more from the beginning; whether there were any and each `_` stood between two.
  private static func dropDigits(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>, withUnderscores: Bool) -> Bool {
    var last: UInt8 = underscore
    while let byte = rest.first, isDigit(byte) || (withUnderscores && byte == underscore) {
      if byte == underscore && last == underscore { return false }
      last = byte
      rest.removeFirst()
    }
    return last != underscore
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- zero < 10 }
}

private let zero = UInt8(ascii: "0")
private let plus = UInt8(ascii: "+")
private let minus = UInt8(ascii: "-")
private let point = UInt8(ascii: ".")
private let underscore = UInt8(ascii: "_")
private let letterE = UInt8(ascii: "e")
