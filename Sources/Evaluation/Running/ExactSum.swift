import Terms

/// A sum of integers and decimals without any rounding, so that neither their order nor what a part of them comes to matters.
///
/// It is one fixed-point number: digits of 32 bits, from below the least decimal to above the greatest. A digit may be
/// negative, and greater than 32 bits, until it is carried.
struct ExactSum {
  /// How many digits stand behind the point. The least decimal needs 1074 bits, and a quotient a few more.
  private static let fraction = 36

  private var digits = [Int64](repeating: 0, count: fraction + 36)
  private var additions = 0

  /// - Parameter times: below 2^32, as all counts of rows are.
  mutating func add(_ integer: Int64, times: Int) {
    add(Int128(integer) * Int128(times), at: Self.fraction)
  }

  mutating func add(_ decimal: Double, times: Int) {
    guard decimal != 0 else { return }
    // Bits from the least place, of which a decimal's last bit is `place`.
    let place = Int(decimal.ulp.exponent) + 32 * Self.fraction
    let significand = Int128(decimal / decimal.ulp) * Int128(times)
    add(significand << (place % 32), at: place / 32)
  }

  private mutating func add(_ amount: Int128, at first: Int) {
    var rest = amount.magnitude
    var index = first
    while rest != 0 {
      let digit = Int64(rest & 0xFFFF_FFFF)
      digits[index] += amount < 0 ? -digit : digit
      rest >>= 32
      index += 1
    }
    additions += 1
    if additions == 1 << 30 { Self.carry(&digits) }
  }

  /// Brings all digits but the first into 32 bits; the first then has the sign of the whole.
  private static func carry(_ digits: inout [Int64]) {
    for index in 0..<digits.count - 1 {
      digits[index + 1] += digits[index] >> 32
      digits[index] &= 0xFFFF_FFFF
    }
  }

  /// The sum divided by a number below 2^32: an integer of 64 bits where it is one, else the nearest decimal; `nil` where
  /// it is beyond all decimals.
  func value(dividedBy count: Int = 1) -> Value? {
    var digits = digits
    Self.carry(&digits)
    let isNegative = digits[digits.count - 1] < 0
    if isNegative {
      for index in digits.indices { digits[index] = -digits[index] }
      Self.carry(&digits)
    }
    var magnitude = digits.map { UInt64($0) }
    let hasRest = Self.divide(&magnitude, by: UInt64(count))
    if !hasRest, let integer = Self.integer(magnitude, isNegative) { return .integer(integer) }
    let decimal = Self.decimal(magnitude, hasRest)
    return Value.number(isNegative ? -decimal : decimal)
  }

  /// Divides a number from its greatest digit on, and tells whether something is left.
  private static func divide(_ digits: inout [UInt64], by count: UInt64) -> Bool {
    var rest: UInt64 = 0
    for index in digits.indices.reversed() {
      let part = rest << 32 | digits[index]
      digits[index] = part / count
      rest = part % count
    }
    return rest != 0
  }

  private static func integer(_ digits: [UInt64], _ isNegative: Bool) -> Int64? {
    guard digits[..<fraction].allSatisfy({ $0 == 0 }), digits[(fraction + 2)...].allSatisfy({ $0 == 0 }) else {
      return nil
    }
    let magnitude = Int128(digits[fraction + 1] << 32 | digits[fraction])
    return Int64(exactly: isNegative ? -magnitude : magnitude)
  }

  /// The nearest decimal: of the four first digits, where a bit tells whether anything stands behind them.
  private static func decimal(_ digits: [UInt64], _ hasRest: Bool) -> Double {
    guard let first = digits.lastIndex(where: { $0 != 0 }) else { return 0 }
    let last = max(0, first - 3)
    var leading: UInt128 = 0
    for index in (last...first).reversed() { leading = leading << 32 | UInt128(digits[index]) }
    if hasRest || digits[..<last].contains(where: { $0 != 0 }) { leading |= 1 }
    return Double(sign: .plus, exponent: 32 * (last - fraction), significand: Double(leading))
  }
}
