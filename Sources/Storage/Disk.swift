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
  /// Opens a new file in a folder that has no name yet, and goes with its descriptor: `EOPNOTSUPP` where there are no such.
  func openUnnamed(in folder: String, _ mode: mode_t) -> Int32
  /// Gives such a file a name, which nothing may have.
  func name(_ descriptor: Int32, _ path: String) -> Int32
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

  package func openUnnamed(in folder: String, _ mode: mode_t) -> Int32 {
    #if DEBUG
      // Tests see to it that files which are named from the beginning are removed as well.
      if getenv("TILTAS_NO_UNNAMED_FILES") != nil { return -EOPNOTSUPP }
    #endif
    let descriptor = Glibc.open(folder, Self.unnamed | O_WRONLY | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
      // File systems and kernels that know nothing of it say so in several ways.
      return [EISDIR, EINVAL, ENOENT].contains(errno) ? -EOPNOTSUPP : -errno
    }
    // It gets its name through /proc, which is not everywhere.
    if access(Self.path(of: descriptor), F_OK) == 0 { return descriptor }
    Glibc.close(descriptor)
    return -EOPNOTSUPP
  }

  package func name(_ descriptor: Int32, _ path: String) -> Int32 {
    Self.result(linkat(AT_FDCWD, Self.path(of: descriptor), AT_FDCWD, path, AT_SYMLINK_FOLLOW))
  }

  private static func path(of descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

  /// `O_TMPFILE`, a macro that Swift does not see.
  private static let unnamed = 0o20000000 | O_DIRECTORY

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
