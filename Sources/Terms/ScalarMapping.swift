/// Replaces each scalar of a text by a text of its own: letters by those of the other case, or by what they are folded to.
public struct ScalarMapping: Sendable {
  /// Lower-case letters, by Unicode's mapping of each scalar without regard to its neighbours.
  public static let lower = ScalarMapping { $0.properties.lowercaseMapping }
  /// Upper-case letters, likewise.
  public static let upper = ScalarMapping { $0.properties.uppercaseMapping }
  /// What ``Text/fold(_:)`` makes of each scalar.
  public static let folded = ScalarMapping { Text.fold(String($0)) }

  private let text: @Sendable (Unicode.Scalar) -> String
  /// By scalar, for those of one or two bytes, the bytes of its text, the first of them lowest; ``long`` where they are more
  /// than four.
  private let short: [UInt32]
  /// No text has these bytes.
  private static let long = UInt32.max
  private static let shortCount: UInt32 = 0x800

  private init(_ text: @escaping @Sendable (Unicode.Scalar) -> String) {
    self.text = text
    short = (0..<Self.shortCount).map { value in
      let bytes = Unicode.Scalar(value).map { text($0).utf8 } ?? "".utf8
      return bytes.count > 4 ? Self.long : bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
  }

  /// Appends what a text becomes, which need not be in normal form, to bytes. The text must be valid UTF-8.
  public func append(_ bytes: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]) {
    var offset = 0
    while offset < bytes.count {
      let end = Text.firstBeyondASCII(bytes, from: offset)
      if end > offset { append(ascii: UnsafeBufferPointer(rebasing: bytes[offset..<end]), to: &result) }
      guard end < bytes.count else { return }
      let scalar = Text.scalar(in: bytes, at: end)
      append(scalar, to: &result)
      offset = end + UTF8.width(scalar)
    }
  }

  /// Each becomes one that is ASCII too.
  private func append(ascii bytes: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]) {
    let start = result.count
    result.append(contentsOf: bytes)
    short.withUnsafeBufferPointer { short in
      result.withUnsafeMutableBufferPointer { result in
        for index in start..<result.count { result[index] = UInt8(truncatingIfNeeded: short[Int(result[index])]) }
      }
    }
  }

  private func append(_ scalar: Unicode.Scalar, to result: inout [UInt8]) {
    guard scalar.value < Self.shortCount, case var bytes = short[Int(scalar.value)], bytes != Self.long else {
      result.append(contentsOf: text(scalar).utf8)
      return
    }
    while bytes != 0 {
      result.append(UInt8(truncatingIfNeeded: bytes))
      bytes >>= 8
    }
  }
}
