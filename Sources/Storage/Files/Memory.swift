import Glibc

/// A block of memory of its own, for what is read from a file. A file may say that it needs more than there is, so the
/// block can fail to be made.
package final class Memory {
  /// How it is asked for. To be set, if at all, before anything is read.
  nonisolated(unsafe) package static var allocate: (_ bytes: Int) -> UnsafeMutableRawPointer? = { malloc($0) }

  let bytes: UnsafeMutableRawBufferPointer

  init?(count: Int) {
    // `malloc` may answer `nil` to 0.
    guard let start = Self.allocate(max(count, 1)) else { return nil }
    bytes = UnsafeMutableRawBufferPointer(start: start, count: count)
  }

  deinit { free(bytes.baseAddress) }

  /// Gives the bytes to a function.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(bytes))
  }

  /// A copy of the bytes.
  var array: [UInt8] { withBytes { Array($0) } }

  /// Gives the whole numbers of a type that begin at a byte, which must be a multiple of their size, to a function.
  func withNumbers<Number: FixedWidthInteger, Result>(
    _: Number.Type, from start: Int = 0, count: Int, _ body: (UnsafeBufferPointer<Number>) throws -> Result
  ) rethrows -> Result {
    let size = MemoryLayout<Number>.size
    precondition(start >= 0 && count >= 0 && count <= (bytes.count - start) / size, "internal error: beyond a section")
    defer { withExtendedLifetime(self) {} }
    return try UnsafeRawBufferPointer(rebasing: bytes[start..<start + count * size])
      .withMemoryRebound(to: Number.self, body)
  }
}
