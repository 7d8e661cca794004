import Glibc

/// A file that appears under its name only when it is whole and on the disk; a device or a pipe is written to as it is.
///
/// A link stays, and the file that it leads to is replaced.
package final class WrittenFile {
  package let descriptor: Int32
  private let path: String
  /// `nil` for a device or a pipe.
  private let file: ReplacingFile?
  /// Whether a device or a pipe is to be closed yet.
  private var isOpen = false

  package init(_ path: String) throws {
    self.path = path
    guard !path.utf8.contains(0) else { throw ReplacingFile.failure(path, ENOENT) }
    if let status = SystemDisk().status(of: path), !status.isRegular, !status.isFolder {
      file = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw ReplacingFile.failure(path, errno) }
      isOpen = true
    } else {
      let file = try ReplacingFile(path)
      self.file = file
      descriptor = file.descriptor
    }
  }

  /// Writes all bytes behind those that were written.
  package func write(_ bytes: [UInt8], named path: String) throws {
    try bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let length = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if length >= 0 {
          rest = rest.dropFirst(length)
        } else if errno != EINTR {
          throw ReplacingFile.failure(path, errno)
        }
      }
    }
  }

  deinit { giveUp() }

  /// Gives the file its name.
  package func commit() throws {
    if let file { return try file.commit() }
    // Some file systems tell only now that what was written has no room.
    let code = closeOnce()
    if code != 0 { throw ReplacingFile.failure(path, code) }
  }

  /// Leaves nothing behind.
  package func giveUp() {
    if let file { file.giveUp() } else { _ = closeOnce() }
  }

  /// 0, or why it could not be closed.
  private func closeOnce() -> Int32 {
    guard isOpen else { return 0 }
    isOpen = false
    return close(descriptor) == 0 ? 0 : errno
  }
}
