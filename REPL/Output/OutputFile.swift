import Glibc

import class Storage.SystemDisk

/// A file that appears under its name only when it is whole and on the disk; a device or a pipe is written to as it is.
struct OutputFile {
  let output: Output
  let descriptor: Int32
  private let path: String
  /// The file that is replaced; a link keeps pointing to it.
  private let target: String
  /// `nil` for a device or a pipe.
  private let temporaryPath: String?

  /// Opens a temporary file beside `path`, with the permissions of the one that it will replace.
  init(path: String) throws {
    self.path = path
    target = SystemDisk().target(of: path)
    var status = stat()
    let isThere = stat(target, &status) == 0
    let kind = status.st_mode & S_IFMT
    if isThere && kind == S_IFDIR { throw OutputError.failed(name: "`\(path)`", code: EISDIR) }
    if isThere && kind != S_IFREG {
      temporaryPath = nil
      descriptor = open(target, O_WRONLY | O_CLOEXEC)
    } else {
      if isThere && access(target, W_OK) != 0 { throw OutputError.failed(name: "`\(path)`", code: errno) }
      var template = Array("\(target).XXXXXX".utf8CString)
      descriptor = mkstemp(&template)
      temporaryPath = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
    }
    guard descriptor >= 0 else { throw OutputError.failed(name: "`\(path)`", code: errno) }
    if let temporaryPath {
      Signals.setTemporaryFile(temporaryPath)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      fchmod(descriptor, isThere ? status.st_mode & 0o7777 : 0o666 & ~Self.mask)
    }
    output = Output(descriptor: descriptor, name: "`\(path)`")
  }

  private static var mask: mode_t {
    let mask = umask(0)
    umask(mask)
    return mask
  }

  /// Writes what is buffered and gives the file its name.
  func finish() throws {
    do {
      try output.flush()
      if let temporaryPath {
        guard fsync(descriptor) == 0, rename(temporaryPath, target) == 0 else {
          throw OutputError.failed(name: "`\(path)`", code: errno)
        }
        syncFolder()
      }
    } catch {
      discard()
      throw error
    }
    close(descriptor)
    Signals.setTemporaryFile(nil)
  }

  /// Puts the new name on the disk; where the file system cannot, the file is there all the same.
  private func syncFolder() {
    let folder = open(Files.parent(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  /// Leaves nothing behind.
  func discard() {
    if let temporaryPath { unlink(temporaryPath) }
    close(descriptor)
    Signals.setTemporaryFile(nil)
  }
}
