import Glibc
import Terms

/// Writes the sections of a snapshot one after the other, through a buffer, and keeps where they lie.
///
/// Appending doesn't throw, so that loops over facts stay fast; what went wrong is thrown when the section ends.
final class SectionWriter {
  private let file: ReplacingFile
  private let pace: Pace
  private let buffer: UnsafeMutableRawBufferPointer
  private var filled = 0
  private var failure: (any Error)?
  private let checksum: Checksum
  private var pages: PageChecksums
  private var hasPages = false
  /// The checksums of the pages of all sections that have such.
  var pageChecksums: [UInt64] { pages.values }
  /// Where the buffer's first byte goes.
  private var offset: Int
  private(set) var sections: [SnapshotLayout.Section] = []

  /// - Parameter pace: where it is told to end, nothing more is written, and the section throws.
  init(_ file: ReplacingFile, from offset: Int, pace: Pace) throws {
    self.file = file
    self.pace = pace
    self.offset = offset
    checksum = try Checksum()
    pages = try PageChecksums()
    buffer = .allocate(byteCount: 1 << 20, alignment: 16)
  }

  /// So many bytes are written in a step of a pace.
  private static let bytesOfStep = 1 << 6

  deinit { buffer.deallocate() }

  /// The length of all that was written.
  var end: Int { offset + filled }

  /// Writes a section: what `body` appends, and zero bytes up to the next multiple of 8.
  func section(_ kind: SnapshotLayout.Kind, relation: Int = 0, _ body: () throws -> Void) throws {
    let start = end
    checksum.reset()
    hasPages = SnapshotPages.kinds.contains(kind)
    try body()
    let length = end - start
    flush()
    pages.endSection()
    hasPages = false
    sections.append(
      SnapshotLayout.Section(
        kind: kind, relation: relation, offset: start, length: length, checksum: checksum.value))
    for _ in end..<SnapshotLayout.aligned(end) { append(UInt8(0)) }
    flush()
    if let failure { throw failure }
  }

  @inline(__always) func append<Number: FixedWidthInteger>(_ number: Number) {
    let size = MemoryLayout<Number>.size
    if filled + size > buffer.count { flush() }
    buffer.storeBytes(of: number, toByteOffset: filled, as: Number.self)
    filled += size
  }

  func append(_ bytes: UnsafeRawBufferPointer) {
    flush()
    for start in stride(from: 0, to: bytes.count, by: buffer.count) {
      pass(UnsafeRawBufferPointer(rebasing: bytes[start..<min(bytes.count, start + buffer.count)]))
    }
  }

  /// Adds all numbers as they lie in memory.
  func append<Number: FixedWidthInteger>(_ numbers: UnsafeBufferPointer<Number>) {
    append(UnsafeRawBufferPointer(numbers))
  }

  private func flush() {
    pass(UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
    filled = 0
  }

  private func pass(_ bytes: UnsafeRawBufferPointer) {
    if failure == nil {
      checksum.update(bytes)
      if hasPages { pages.update(bytes) }
      do {
        try pace.step(bytes.count / Self.bytesOfStep)
        try file.write(bytes, at: offset)
      } catch {
        failure = error
      }
    }
    offset += bytes.count
  }
}
