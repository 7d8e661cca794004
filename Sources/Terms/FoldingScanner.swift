/// Folds texts in UTF-8, as ``Text/fold(_:)`` does, without making a string of each.
///
/// What the letters of two bytes fold to, Latin with diacritics and Cyrillic among them, is looked up in a table.
public struct FoldingScanner {
  /// Of the scalars from 0x80 to 0x7FF the one that each folds to, ``nothing``, or ``unknown`` if it is not one.
  private static let table: [UInt32] = (0x80..<0x800).map { number in
    guard let scalar = Unicode.Scalar(UInt32(number)) else { return unknown }
    let folded = Text.fold(String(Character(scalar))).unicodeScalars
    return folded.count > 1 ? unknown : folded.first?.value ?? nothing
  }

  private static let nothing = UInt32.max
  private static let unknown = UInt32.max - 1

  private let table = Self.table
  /// What the last text was folded to.
  public private(set) var scalars: [UInt32] = []

  public init() {}

  /// Folds a text into ``scalars``.
  public mutating func fold(_ bytes: UnsafeBufferPointer<UInt8>) {
    scalars.removeAll(keepingCapacity: true)
    if !foldByTable(bytes) {
      scalars = Text.fold(String(decoding: bytes, as: UTF8.self)).unicodeScalars.map(\.value)
    }
  }

  private mutating func foldByTable(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte < 0x80 {
        scalars.append(UInt32(0x41...0x5A ~= byte ? byte | 0x20 : byte))
        continue
      }
      guard 0xC2..<0xE0 ~= byte, index < bytes.count else { return false }
      let folded = table[(Int(byte & 0x1F) << 6 | Int(bytes[index] & 0x3F)) - 0x80]
      index += 1
      if folded == Self.unknown { return false }
      if folded != Self.nothing { scalars.append(folded) }
    }
    return true
  }
}
