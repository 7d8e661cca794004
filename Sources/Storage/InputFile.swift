import Glibc
import Language

/// A regular file that is open for reading.
final class InputFile {
  let path: String
  /// The length in bytes when the file was opened.
  let count: Int
  private let descriptor: Int32

  init(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      close(descriptor)
      throw Diagnostic("cannot read `\(path)`: it is \(isFolder ? "a folder" : "not a regular file")")
    }
    self.path = path
    self.descriptor = descriptor
    count = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// The bytes of a range, which must lie within the file.
  func read(_ range: Range<Int>) throws -> Memory {
    guard let memory = Memory(count: range.count), let start = memory.bytes.baseAddress else {
      throw Diagnostic("cannot read `\(path)`: there is not enough memory for \(range.count) bytes")
    }
    var done = 0
    while done < range.count {
      let result = pread(descriptor, start + done, range.count - done, off_t(range.lowerBound + done))
      if result < 0 && errno == EINTR { continue }
      guard result >= 0 else { throw Self.failure(path, errno) }
      guard result > 0 else { throw Diagnostic("cannot read `\(path)`: it became shorter while it was read") }
      done += result
    }
    return memory
  }

  private static func failure(_ path: String, _ code: Int32) -> Diagnostic {
    Diagnostic("cannot read `\(path)`: \(String(cString: strerror(code)))")
  }
}
