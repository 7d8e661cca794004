import CICU

/// The order of text in output: the Unicode collation algorithm with ICU's root order, which no language tailors.
///
/// Diacritics and case matter only where the letters are the same: `C`, `Č`, `Ca`, `Ča`, `Cb`. Cyrillic follows Latin.
public enum Collation {
  /// Negative where the first text comes before the second, positive where it comes after it, 0 where they are equal.
  ///
  /// Texts that the algorithm does not tell apart are ordered by their bytes.
  public static func compare(_ left: String, _ right: String) -> Int {
    var left = left
    var right = right
    return left.withUTF8 { left in right.withUTF8 { right in compare(left, right) } }
  }

  /// Bytes whose order is the order of ``compare(_:_:)``, for sorting many texts.
  public static func sortKey(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    guard let collator = Collator.root else { return bytes }
    let units = Array(text.utf16.prefix(1 << 28))
    let length = Int32(units.count)
    let needed = tiltas_ucol_getSortKey(collator.pointer, units, length, nil, 0)
    var key = [UInt8](unsafeUninitializedCapacity: Int(needed)) { buffer, count in
      count = Int(tiltas_ucol_getSortKey(collator.pointer, units, length, buffer.baseAddress, needed))
    }
    // ICU's key ends with its only zero, so the bytes decide only between equal keys.
    key += bytes
    return key
  }

  private static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    if let collator = Collator.root {
      let order = left.withMemoryRebound(to: CChar.self) { left in
        right.withMemoryRebound(to: CChar.self) { right in collator.compare(left, right) }
      }
      if order != 0 { return order }
    }
    return compareBytes(left, right)
  }

  private static func compareBytes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    for (leftByte, rightByte) in zip(left, right) where leftByte != rightByte {
      return leftByte < rightByte ? -1 : 1
    }
    return left.count == right.count ? 0 : left.count < right.count ? -1 : 1
  }
}

/// ICU's collator for the root order, opened when it is first asked for and never closed or changed.
///
/// Unchecked, because Swift knows nothing of what is behind a C pointer: ICU documents that functions which take a
/// `const UCollator *`, and these alone are called, may run on several threads at once.
private struct Collator: @unchecked Sendable {
  static let root = Collator()

  let pointer: OpaquePointer

  private init?() {
    var status = U_ZERO_ERROR
    guard let pointer = tiltas_ucol_open("", &status) else { return nil }
    self.pointer = pointer
  }

  func compare(_ left: UnsafeBufferPointer<CChar>, _ right: UnsafeBufferPointer<CChar>) -> Int {
    var status = U_ZERO_ERROR
    return Int(
      tiltas_ucol_strcollUTF8(
        pointer, left.baseAddress, Int32(clamping: left.count), right.baseAddress, Int32(clamping: right.count),
        &status))
  }
}
