/// What names or strings begin with that end in a number: `person_` of `person_42`. There are one to sixteen bytes of ASCII, of
/// which the last is no digit.
///
/// Ids are mostly of this form. Such a text is known by its number alone where the prefix is known.
@frozen public struct NumberedPrefix: Equatable, Sendable {
  @usableFromInline let head: UInt64
  @usableFromInline let tail: UInt64
  /// How many bytes it has.
  public let length: Int
  /// Whether the texts are names; else they are strings.
  public let isName: Bool

  /// How many bytes are read from a text's beginning on.
  public static let room = longest + 8
  @usableFromInline static let longest = 16
  private static let mostDigits = 7

  /// The prefix of a word; `nil` where it does not end in a number of one to seven digits, without a zero in front, behind a
  /// prefix that is short.
  public init?(of word: UnsafeBufferPointer<UInt8>, isName: Bool) {
    let digits = word.reversed().prefix { $0 &- 0x30 < 10 }.count
    let length = word.count - digits
    guard 1...Self.mostDigits ~= digits, 1...Self.longest ~= length, word[length] != 0x30 || digits == 1 else {
      return nil
    }
    func pack(_ bytes: Range<Int>) -> UInt64 {
      bytes.reversed().reduce(0) { $0 << 8 | UInt64($1 < length ? word[$1] : 0) }
    }
    (head, tail, self.length, self.isName) = (pack(0..<8), pack(8..<16), length, isName)
  }

  /// The digits behind the prefix where a text begins with it, of which ``room`` bytes can be read; `nil` where these are
  /// none, more than seven, or not as a number is written.
  @inlinable @inline(__always) public func digits(of text: UnsafeRawPointer) -> DigitWord? {
    func load(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: text.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    let bits = UInt64(truncatingIfNeeded: 8 &* length)
    let isSame =
      length > 8
      ? load(0) == head && (load(8) ^ tail) &<< (128 &- bits) == 0
      : (load(0) ^ head) &<< (64 &- bits) == 0
    guard isSame, let digits = DigitWord(load(length)), !digits.hasLeadingZero else { return nil }
    return digits
  }

  /// The number in which a text ends that has the prefix.
  @inline(__always) func number(of text: UnsafeBufferPointer<UInt8>) -> Int {
    var number = 0
    for index in length..<text.count { number = 10 &* number &+ Int(text[index] &- 0x30) }
    return number
  }

  /// The text of a number.
  func text(_ number: Int) -> String {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: ($0 < 8 ? head : tail) >> UInt64(8 * ($0 & 7))) }
    return String(decoding: bytes, as: UTF8.self) + String(number)
  }
}
