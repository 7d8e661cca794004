import Glibc
import Language
import Storage

extension TextFile {
  /// Writes a file, whole or not at all. A link stays, and the file that it leads to is replaced. A device or pipe is written to
  /// as it is.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    guard !path.utf8.contains(0) else { throw unwritable(path, ENOENT) }
    if let old = status(of: path), old.st_mode & S_IFMT != S_IFREG, old.st_mode & S_IFMT != S_IFDIR {
      return try writeInPlace(bytes, to: path)
    }
    let file = try ReplacingFile(path)
    try bytes.withUnsafeBytes { try file.write($0, at: 0) }
    try file.commit()
  }

  private static func writeInPlace(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unwritable(path, errno) }
    defer { close(descriptor) }
    let failure = put(bytes, descriptor)
    if failure != 0 { throw unwritable(path, failure) }
  }

  /// Writes all bytes; the error's number, or 0.
  private static func put(_ bytes: [UInt8], _ descriptor: Int32) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return 0 }
      var written = 0
      while written < buffer.count {
        let length = Glibc.write(descriptor, start + written, buffer.count - written)
        if length >= 0 {
          written += length
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
  }

  private static func unwritable(_ path: String, _ code: Int32) -> Diagnostic {
    Diagnostic("cannot write `\(path)`: \(String(cString: strerror(code)))")
  }
}
