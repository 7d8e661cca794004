import Terms

/// Rounding is half away from zero in the number as it is written: `round(2.675, 2)` is 2.68, though the nearest binary
/// fraction to 2.675 lies a little below it.
extension Function {
  func rounded(_ arguments: [Value]) throws(FunctionFailure) -> Value {
    let digits = arguments.count > 1 ? try integer(arguments, 1) : 0
    if case .integer(let integer) = arguments[0] {
      return try rounded(integer, digits, arguments)
    }
    let decimal = try decimal(arguments, 0)
    let result = Self.rounded(decimal, digits: Int(Swift.max(-400, Swift.min(400, digits))))
    guard let value = Value.number(result) else { throw noDecimal(written(arguments), negative: result < 0) }
    return value
  }

  /// With fewer than no digits, to tens, hundreds and so on.
  private func rounded(_ integer: Int64, _ digits: Int64, _ arguments: [Value]) throws(FunctionFailure) -> Value {
    guard digits < 0 else { return .integer(integer) }
    guard digits > -20 else { return .integer(0) }
    let scale = (digits..<0).reduce(Int128(1)) { scale, _ in scale * 10 }
    let half = integer < 0 ? -scale / 2 : scale / 2
    guard let result = Int64(exactly: (Int128(integer) + half) / scale * scale) else {
      throw noInteger(written(arguments), negative: integer < 0)
    }
    return .integer(result)
  }

  private static func rounded(_ decimal: Double, digits: Int) -> Double {
    let written = Digits(decimal.magnitude)
    let kept = written.wholeCount + digits
    guard kept < written.digits.count else { return decimal }
    guard kept >= 0 else { return 0 }
    var result = written.digits[..<kept].reduce(Int64(0)) { $0 * 10 + Int64($1) }
    if written.digits[kept] >= 5 { result += 1 }
    let magnitude = Double("\(result)e\(-digits)") ?? decimal
    return decimal < 0 ? -magnitude : magnitude
  }
}

/// The shortest digits that give a decimal again, at most 17 of them, and how many stand before the point.
private struct Digits {
  var digits: [UInt8] = []
  /// Negative where noughts follow the point.
  var wholeCount = 0

  init(_ magnitude: Double) {
    let parts = magnitude.description.split(separator: "e")
    var isWhole = true
    for byte in parts.first?.utf8 ?? "".utf8[...] {
      if byte == UInt8(ascii: ".") {
        isWhole = false
      } else if byte > UInt8(ascii: "0") || !digits.isEmpty {
        digits.append(byte - UInt8(ascii: "0"))
        if isWhole { wholeCount += 1 }
      } else if !isWhole {
        wholeCount -= 1
      }
    }
    if parts.count == 2, let exponent = Int(parts[1]) { wholeCount += exponent }
  }
}
