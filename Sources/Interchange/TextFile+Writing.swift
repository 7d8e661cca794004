import Glibc
import Language

extension TextFile {
  /// Writes a file, whole or not at all: into a temporary file beside it, which takes its place when all is on the disk.
  ///
  /// A link stays, and the file that it leads to is replaced. A device or pipe is written to as it is.
  public static func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    guard !path.utf8.contains(0) else { throw unwritable(path, ENOENT) }
    let target = canonical(path)
    let old = status(of: target)
    if let old {
      if old.st_mode & S_IFMT == S_IFDIR { throw unwritable(path, EISDIR) }
      if old.st_mode & S_IFMT != S_IFREG { return try writeInPlace(bytes, to: target) }
    }
    let folder = divided(target).folder
    let (descriptor, temporary) = try created(in: folder, for: path)
    var failure = old.map { fchmod(descriptor, $0.st_mode & 0o7777) == 0 ? 0 : errno } ?? 0
    if failure == 0 { failure = put(bytes, descriptor) }
    if failure == 0 && fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0 && failure == 0 { failure = errno }
    if failure == 0 && rename(temporary, target) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(temporary)
      throw unwritable(path, failure)
    }
    synchronise(folder)
  }

  private static func writeInPlace(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unwritable(path, errno) }
    defer { close(descriptor) }
    let failure = put(bytes, descriptor)
    if failure != 0 { throw unwritable(path, failure) }
  }

  /// A new file of a name that nothing has. Its rights are those that the umask gives any new file.
  private static func created(in folder: String, for path: String) throws(Diagnostic) -> (Int32, String) {
    for attempt in 0..<1000 {
      let temporary = "\(folder).tiltas-\(getpid())-\(attempt)"
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (descriptor, temporary) }
      if errno != EEXIST && errno != EINTR { throw unwritable(path, errno) }
    }
    throw unwritable(path, EEXIST)
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

  /// Puts a folder's new entry on the disk; where the file system cannot, the file is there all the same.
  private static func synchronise(_ folder: String) {
    let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func unwritable(_ path: String, _ code: Int32) -> Diagnostic {
    switch code {
    case EISDIR: Diagnostic("cannot write `\(path)`: it is a folder", help: "name a file in it")
    case ENOENT: Diagnostic("cannot write `\(path)`: there is no folder `\(divided(path).folder)`")
    case EACCES, EPERM: Diagnostic("cannot write `\(path)`: you have no permission to write there")
    case ENOSPC: Diagnostic("cannot write `\(path)`: the disk is full")
    default: Diagnostic("cannot write `\(path)`: \(reason(code))")
    }
  }
}
