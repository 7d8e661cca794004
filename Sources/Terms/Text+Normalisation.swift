import CICU

extension Text {
  /// The text in Unicode's normal form C, in which equal texts are equal bytes. The bytes must be valid UTF-8.
  ///
  /// Text that is in this form already, as nearly all is, comes back as it is after one look at its bytes. A run of
  /// more than 2^30 bytes that has no place to divide it (combining marks alone) is left as it is.
  public static func nfc(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBufferPointer { normalised($0) } ?? bytes
  }

  /// The text in normal form C, as it is where it is in that form.
  public static func nfc(_ text: String) -> String {
    var text = text
    return text.withUTF8 { normalised($0) }.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// The bytes in normal form C, or `nil` where they are in it.
  private static func normalised(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard !isSurelyNFC(bytes) else { return nil }
    var status = U_ZERO_ERROR
    guard let normalizer = tiltas_unorm2_getNFCInstance(&status) else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var start = 0
    while start < bytes.count {
      let end = boundary(in: bytes, from: min(start + pieceLength, bytes.count), normalizer)
      let piece = UnsafeBufferPointer(rebasing: bytes[start..<end])
      if !isSurelyNFC(piece), let text = normalised(units(of: piece, normalizer), normalizer) {
        result.append(contentsOf: text.utf8)
      } else {
        result.append(contentsOf: piece)
      }
      start = end
    }
    return result
  }

  /// Pieces keep the detour by UTF-16 to the places that need it, and lengths within ICU's 32 bits.
  private static let pieceLength = 1 << 9

  /// The first place from an offset on where text can be divided without a change to its normal form.
  private static func boundary(
    in bytes: UnsafeBufferPointer<UInt8>, from offset: Int, _ normalizer: OpaquePointer
  ) -> Int {
    var offset = offset
    while offset < bytes.count {
      if bytes[offset] < 0x80 { return offset }
      if bytes[offset] >= 0xC0 {
        let value = Int32(scalar(in: bytes, at: offset).value)
        if tiltas_unorm2_hasBoundaryBefore(normalizer, value) { return offset }
      }
      offset += 1
    }
    return offset
  }

  /// Whether each scalar is one that no normal form C replaces, and that neither moves nor combines with one before it.
  private static func isSurelyNFC(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var offset = 0
    while true {
      offset = firstBeyondASCII(bytes, from: offset)
      guard offset < bytes.count else { return true }
      let lead = bytes[offset]
      // Below U+0300, and in the Cyrillic of lead bytes 0xD0 and 0xD1, all scalars are of this kind; they have two bytes.
      if lead < 0xCC || lead & 0xFE == 0xD0 {
        offset += 2
        continue
      }
      let scalar = scalar(in: bytes, at: offset)
      let value = Int32(scalar.value)
      guard tiltas_u_getIntPropertyValue(value, UCHAR_NFC_QUICK_CHECK) == Int32(UNORM_YES.rawValue),
        tiltas_u_getCombiningClass(value) == 0
      else { return false }
      offset += UTF8.width(scalar)
    }
  }

  /// The first offset, from one on, of a byte that is not ASCII; the end where there is none.
  @inline(__always) static func firstBeyondASCII(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var offset = offset
    while offset &+ 8 <= raw.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      let others = word & each(0x80)
      if others != 0 { return offset &+ others.trailingZeroBitCount &>> 3 }
      offset &+= 8
    }
    while offset < raw.count && raw[offset] < 0x80 { offset &+= 1 }
    return offset
  }

  /// The scalar whose lead byte is at an offset of valid UTF-8.
  static func scalar(in bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Unicode.Scalar {
    let lead = UInt32(bytes[offset])
    let count = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var value = lead & (0x7F >> UInt32(count))
    for index in offset + 1..<min(offset + count, bytes.count) { value = value << 6 | UInt32(bytes[index] & 0x3F) }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// A piece as ICU takes it. ICU puts each mark in its place among those before it, which takes quadratic time for a long
  /// run of them, so a piece that is longer than usual has its marks in order already.
  private static func units(of piece: UnsafeBufferPointer<UInt8>, _ normalizer: OpaquePointer) -> [UInt16] {
    let text = String(decoding: piece, as: UTF8.self)
    if piece.count <= 2 * pieceLength { return Array(text.utf16) }
    var marks = MarkOrder()
    for scalar in text.unicodeScalars { marks.append(scalar, normalizer) }
    return marks.finished()
  }

  /// The text in the normaliser's form, or `nil` if it is too long for ICU.
  private static func normalised(_ units: [UInt16], _ normalizer: OpaquePointer) -> String? {
    guard units.count <= 1 << 30 else { return nil }
    let length = Int32(units.count)
    var capacity = length + length / 2 + 16
    // The first call tells the length where it doesn't fit, the second has room for it.
    for _ in 0..<2 {
      var status = U_ZERO_ERROR
      var needed: Int32 = 0
      let result = [UInt16](unsafeUninitializedCapacity: Int(capacity)) { buffer, count in
        needed = tiltas_unorm2_normalize(normalizer, units, length, buffer.baseAddress, capacity, &status)
        count = status.rawValue <= U_ZERO_ERROR.rawValue ? Int(needed) : 0
      }
      if status.rawValue <= U_ZERO_ERROR.rawValue { return String(decoding: result, as: UTF16.self) }
      guard status == U_BUFFER_OVERFLOW_ERROR else { return nil }
      capacity = needed
    }
    return nil
  }
}
