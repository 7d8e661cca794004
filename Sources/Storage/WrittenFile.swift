import Glibc

/// A file that appears under its name only when it is whole and on the disk; a device or a pipe is written to as it is.
///
/// A link stays, and the file that it leads to is replaced.
package final class WrittenFile {
  package let descriptor: Int32
  /// `nil` for a device or a pipe.
  private let file: ReplacingFile?

  package init(_ path: String) throws {
    guard !path.utf8.contains(0) else { throw ReplacingFile.failure(path, ENOENT) }
    if let status = SystemDisk().status(of: path), !status.isRegular, !status.isFolder {
      file = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw ReplacingFile.failure(path, errno) }
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

  /// Gives the file its name.
  package func commit() throws {
    if let file { try file.commit() } else { close(descriptor) }
  }

  /// Leaves nothing behind.
  package func giveUp() {
    if let file { file.giveUp() } else { close(descriptor) }
  }
}
