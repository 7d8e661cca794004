/// Eight bytes of a text as a number, of which the first ones are digits.
///
/// The digits are found and put together all at once, as Daniel Lemire does it ("Quickly parsing eight digits", 2018).
@frozen public struct DigitWord {
  /// The bytes as the digits that they are, if any.
  @usableFromInline let digits: UInt64
  /// How many bits the digits in front of any other byte take; at least 8, and 56 at most.
  public let bitCount: UInt64

  /// `nil` where the first byte is no digit, or all are.
  @inlinable @inline(__always) public init?(_ word: UInt64) {
    digits = word ^ 0x3030_3030_3030_3030
    // What is above 9 gets its highest bit by the sum, or has it.
    let others = ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
    bitCount = UInt64(others.trailingZeroBitCount) & ~7
    if others == 0 || bitCount == 0 { return nil }
  }

  /// Eight bytes of which the first so many, from 1 to 7, are known to be digits.
  @inlinable @inline(__always) public init(_ word: UInt64, count: UInt64) {
    digits = word ^ 0x3030_3030_3030_3030
    bitCount = count &<< 3
  }

  /// The number that the digits write.
  @inlinable @inline(__always) public var number: UInt64 {
    let aligned = digits &<< (64 &- bitCount)
    let pairs = aligned &* 10 &+ aligned &>> 8
    let lower = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let upper = (pairs &>> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    return (lower &+ upper) &>> 32
  }

  /// Whether the number would be written in fewer digits.
  @inlinable @inline(__always) public var hasLeadingZero: Bool { digits & 0xFF == 0 && bitCount > 8 }
}
