import CICU

extension Text {
  /// The text in lower-case letters by ICU's mapping, in no language's own way; it need not be in normal form.
  static func lower(_ text: String) -> String {
    let units = Array(text.utf16)
    guard units.count <= 1 << 29 else { return text.lowercased() }
    // No scalar becomes more than three units.
    let capacity = units.count * 3 + 1
    var status = U_ZERO_ERROR
    let result = [UInt16](unsafeUninitializedCapacity: capacity) { buffer, count in
      let length = tiltas_u_strToLower(buffer.baseAddress, Int32(capacity), units, Int32(units.count), &status)
      count = status.rawValue <= U_ZERO_ERROR.rawValue ? Int(length) : 0
    }
    return status.rawValue <= U_ZERO_ERROR.rawValue ? String(decoding: result, as: UTF16.self) : text.lowercased()
  }
}
