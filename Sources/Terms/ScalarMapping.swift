/// Replaces each scalar of a text by a text of its own: letters by those of the other case, or by what they are folded to.
public struct ScalarMapping: Sendable {
  /// Lower-case letters, by Unicode's mapping of each scalar. A capital sigma alone has two, of which its neighbours decide.
  public static let lower = ScalarMapping(inContext: ("Σ", Text.lower)) { $0.properties.lowercaseMapping }
  /// Upper-case letters, by Unicode's mapping of each scalar without regard to its neighbours.
  public static let upper = ScalarMapping { $0.properties.uppercaseMapping }
  /// What ``Text/fold(_:)`` makes of each scalar.
  public static let folded = ScalarMapping { Text.fold(String($0)) }

  private let text: @Sendable (Unicode.Scalar) -> String
  /// A scalar of two bytes that becomes another by what stands around it, and what makes of a whole text that has it.
  private let contextual: (bytes: [UInt8], text: @Sendable (String) -> String)?
  /// By scalar, for those of one or two bytes, the bytes of its text, the first of them lowest; ``long`` where they are more
  /// than four.
  private let short: [UInt32]
  /// No text has these bytes.
  private static let long = UInt32.max
  private static let shortCount: UInt32 = 0x800

  private init(
    inContext contextual: (scalar: String, text: @Sendable (String) -> String)? = nil,
    _ text: @escaping @Sendable (Unicode.Scalar) -> String
  ) {
    self.text = text
    self.contextual = contextual.map { (Array($0.scalar.utf8), $0.text) }
    short = (0..<Self.shortCount).map { value in
      let bytes = Unicode.Scalar(value).map { text($0).utf8 } ?? "".utf8
      return bytes.count > 4 ? Self.long : bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
  }

  /// Appends what a text becomes, which need not be in normal form, to bytes. The text must be valid UTF-8.
  public func append(_ bytes: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]) {
    if let contextual, Self.holds(contextual.bytes, bytes) {
      result += contextual.text(String(decoding: bytes, as: UTF8.self)).utf8
      return
    }
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

  /// Whether a scalar of two bytes occurs in a text.
  private static func holds(_ scalar: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var offset = 0
    while true {
      offset = Text.firstBeyondASCII(bytes, from: offset)
      guard offset + 1 < bytes.count else { return false }
      if bytes[offset] == scalar[0], bytes[offset + 1] == scalar[1] { return true }
      offset += 1
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
