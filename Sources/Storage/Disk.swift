import Glibc

/// The operations on files by which something is written, so that tests can have each of them fail or forget. Each gives
/// a number below zero, that of the error with its sign changed, where it fails.
package protocol Disk: AnyObject {
  func open(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32
  func close(_ descriptor: Int32) -> Int32
  /// Writes some of the bytes; how many.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int, to descriptor: Int32) -> Int
  func truncate(_ descriptor: Int32, to length: Int) -> Int32
  /// Puts a file, or the names in a folder, on the disk.
  func sync(_ descriptor: Int32) -> Int32
  /// Puts a file's bytes and length on the disk.
  func syncData(_ descriptor: Int32) -> Int32
  func rename(_ old: String, to new: String) -> Int32
  func unlink(_ path: String) -> Int32
}

/// The operations as the system does them.
package class SystemDisk: Disk {
  package init() {}
  package func open(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
    Self.result(Glibc.open(path, flags, mode))
  }
  package func close(_ descriptor: Int32) -> Int32 { Self.result(Glibc.close(descriptor)) }
  package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int, to descriptor: Int32) -> Int {
    let count = pwrite(descriptor, bytes.baseAddress, bytes.count, off_t(offset))
    return count < 0 ? -Int(errno) : count
  }
  package func truncate(_ descriptor: Int32, to length: Int) -> Int32 {
    Self.result(ftruncate(descriptor, off_t(length)))
  }
  package func sync(_ descriptor: Int32) -> Int32 { Self.result(fsync(descriptor)) }
  package func syncData(_ descriptor: Int32) -> Int32 { Self.result(fdatasync(descriptor)) }
  package func rename(_ old: String, to new: String) -> Int32 { Self.result(Glibc.rename(old, new)) }
  package func unlink(_ path: String) -> Int32 { Self.result(Glibc.unlink(path)) }

  private static func result(_ result: Int32) -> Int32 { result < 0 ? -errno : result }
}

extension Disk {
  /// Writes all of the bytes; the error's number, or 0.
  func writeAll(_ bytes: UnsafeRawBufferPointer, at offset: Int, to descriptor: Int32) -> Int32 {
    var done = 0
    while done < bytes.count {
      let result = write(UnsafeRawBufferPointer(rebasing: bytes[done...]), at: offset + done, to: descriptor)
      if result == -Int(EINTR) { continue }
      if result <= 0 { return result == 0 ? ENOSPC : Int32(-result) }
      done += result
    }
    return 0
  }

  /// Puts the names in a folder on the disk; the error's number, or 0.
  func syncFolder(_ path: String) -> Int32 {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    // A folder that may be written to but not listed can't be opened; the kernel writes it in its own time.
    if folder < 0 { return -folder == EACCES ? 0 : -folder }
    defer { _ = close(folder) }
    let result = -sync(folder)
    // Some file systems have no way to sync a folder, and say so with EINVAL.
    return result == EINVAL ? 0 : result
  }
}
