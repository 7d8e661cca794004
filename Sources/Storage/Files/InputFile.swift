import Diagnostics
import Glibc

/// A regular file that is open for reading.
package final class InputFile {
  let path: String
  /// The length in bytes when the file was opened.
  let count: Int
  private let descriptor: Int32
  /// Whether it is closed with this.
  private let isOwn: Bool
  private let identity: FileIdentity
  private let written: Int
  private let disk: any Disk

  convenience init(_ path: String, on disk: any Disk = SystemDisk()) throws {
    try self.init(path, disk.openToRead(path), disk)
  }

  /// `nil` if nothing is there.
  convenience init?(ifThere path: String, on disk: any Disk) throws {
    let descriptor = disk.openToRead(path)
    if descriptor == -ENOENT { return nil }
    try self.init(path, descriptor, disk)
  }

  /// A file that somebody else has open, and closes.
  convenience init(_ path: String, borrowing descriptor: Int32, on disk: any Disk) throws {
    try self.init(path, descriptor, disk, isOwn: false)
  }

  private init(_ path: String, _ descriptor: Int32, _ disk: any Disk, isOwn: Bool = true) throws {
    guard descriptor >= 0 else { throw Self.failure(path, -descriptor) }
    guard let status = disk.status(of: descriptor), status.isRegular else {
      let isFolder = disk.status(of: descriptor)?.isFolder ?? false
      if isOwn { _ = disk.close(descriptor) }
      throw Diagnostic(.notAFile, "cannot read `\(path)`: it is \(isFolder ? "a folder" : "not a regular file")")
    }
    self.path = path
    self.descriptor = descriptor
    self.isOwn = isOwn
    self.disk = disk
    count = status.length
    identity = status.identity
    written = status.written
  }

  /// Whether the path still leads to this file.
  var isInPlace: Bool { disk.status(of: path)?.identity == identity }

  private var wasShorter = false

  /// Whether others have written to it or cut it since it was opened.
  var hasChanged: Bool {
    guard !wasShorter, let now = disk.status(of: descriptor) else { return true }
    return now.length != count || now.written != written
  }

  deinit { if isOwn { _ = disk.close(descriptor) } }

  /// Tells the kernel that a range will be read soon, so that the disk works while what is there is checked.
  func expect(_ range: Range<Int>) {
    posix_fadvise(descriptor, off_t(range.lowerBound), off_t(range.count), POSIX_FADV_WILLNEED)
  }

  /// The bytes of a range, which must lie within the file.
  func read(_ range: Range<Int>) throws -> Memory {
    guard let memory = Memory(count: range.count) else { throw noMemory(range.count) }
    try read(range, into: memory.bytes)
    return memory
  }

  /// Fills a buffer with the bytes of a range of its length, which must lie within the file.
  func read(_ range: Range<Int>, into buffer: UnsafeMutableRawBufferPointer) throws {
    guard let start = buffer.baseAddress else { return }
    Self.preferLargePages(buffer)
    var done = 0
    while done < range.count {
      let rest = UnsafeMutableRawBufferPointer(start: start + done, count: range.count - done)
      let result = disk.read(rest, at: range.lowerBound + done, from: descriptor)
      if result == -Int(EINTR) { continue }
      guard result >= 0 else { throw Self.failure(path, Int32(-result)) }
      guard result > 0 else {
        wasShorter = true
        throw Diagnostic(.cannotRead, "cannot read `\(path)`: it became shorter while it was read")
      }
      done += result
    }
  }

  /// Asks the kernel for large pages where they lie wholly in a buffer: to fault many small ones in takes longer than to
  /// read.
  private static func preferLargePages(_ buffer: UnsafeMutableRawBufferPointer) {
    let size = 1 << 21
    guard buffer.count >= 2 * size, let start = buffer.baseAddress else { return }
    let gap = -Int(bitPattern: start) & (size - 1)
    let length = (buffer.count - gap) & ~(size - 1)
    madvise(start + gap, length, MADV_HUGEPAGE)
  }

  func noMemory(_ bytes: Int) -> Diagnostic {
    Diagnostic(.outOfMemory, "cannot read `\(path)`: there is not enough memory for \(bytes) bytes")
  }

  private static func failure(_ path: String, _ code: Int32) -> Diagnostic {
    Diagnostic(
      code == ENOENT ? .noSuchFile : code == EACCES ? .noPermission : .cannotRead,
      "cannot read `\(path)`: \(String(cString: strerror(code)))")
  }
}
