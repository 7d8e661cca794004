import Glibc

/// Writes numbers and texts one after the other, for the parts of a snapshot that have no fixed shape.
struct ByteWriter {
  var bytes: [UInt8] = []

  mutating func write<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// The length in bytes, as 32 bits, and the bytes.
  mutating func write(_ text: String) {
    write(UInt32(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }
}

/// Reads what ``ByteWriter`` wrote, and throws ``Damage`` where it ends too early.
struct ByteReader {
  private let all: UnsafeRawBufferPointer
  private let section: String
  private var position = 0

  /// - Parameter bytes: must stay valid as long as the reader is used.
  init(_ bytes: UnsafeRawBufferPointer, section: String) {
    all = bytes
    self.section = section
  }

  var isAtEnd: Bool { position == all.count }

  mutating func bytes(_ count: Int) throws -> UnsafeRawBufferPointer {
    guard count <= all.count - position else { throw Damage(section: section, reason: "it ends too early") }
    position += count
    return UnsafeRawBufferPointer(rebasing: all[position - count..<position])
  }

  mutating func number<Number: FixedWidthInteger>(_: Number.Type) throws -> Number {
    Number(littleEndian: try bytes(MemoryLayout<Number>.size).loadUnaligned(as: Number.self))
  }

  func damage(_ reason: String) -> Damage { Damage(section: section, reason: reason) }

  /// A count or length of 64 bits.
  mutating func size() throws -> Int {
    let number = try number(UInt64.self)
    guard number <= 1 << 60 else { throw Damage(section: section, reason: "\(number) is no length") }
    return Int(number)
  }

  mutating func text() throws -> String {
    let utf8 = try bytes(Int(try number(UInt32.self)))
    guard let text = String(validating: utf8, as: UTF8.self) else {
      throw Damage(section: section, reason: "a text is not valid UTF-8")
    }
    return text
  }
}
