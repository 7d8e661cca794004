import Glibc

/// All operations on files by which a snapshot or a journal is read, written or locked, so that tests can have each of them fail
/// or forget, and put those of several processes in any order. Each gives a number below zero, that of the error with its sign
/// changed, where it fails.
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

  func openToRead(_ path: String) -> Int32
  /// Reads some of the bytes; how many, and 0 at the end of the file.
  func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int, from descriptor: Int32) -> Int
  /// What a path leads to; `nil` if nothing is there.
  func status(of path: String) -> FileStatus?
  func status(of descriptor: Int32) -> FileStatus?
  /// The path without links of what is there; `nil` if nothing is, or if it is not UTF-8.
  func resolve(_ path: String) -> String?
  /// Where a symbolic link says that it leads; `nil` for anything else.
  func link(_ path: String) -> [UInt8]?
  func checkWritable(_ path: String) -> Int32
  func setMode(_ descriptor: Int32, _ mode: mode_t) -> Int32
  /// Takes the lock of a file for the descriptor, if no other has it; `-EWOULDBLOCK` if one does.
  func lock(_ descriptor: Int32) -> Int32
  func unlock(_ descriptor: Int32) -> Int32
  /// Lets others go on, before something is looked at again.
  func pause()
}

/// What the system tells of a file.
package struct FileStatus: Equatable {
  package var identity: FileIdentity
  package var mode: mode_t
  package var length: Int
  /// How many names it has.
  package var names: Int
  /// When it was last written, in nanoseconds.
  package var written: Int
  var isRegular: Bool { mode & S_IFMT == S_IFREG }
  var isFolder: Bool { mode & S_IFMT == S_IFDIR }
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

  package func openToRead(_ path: String) -> Int32 {
    Self.result(Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK))
  }
  package func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int, from descriptor: Int32) -> Int {
    let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
    return count < 0 ? -Int(errno) : count
  }
  package func status(of path: String) -> FileStatus? {
    var status = stat()
    return stat(path, &status) == 0 ? FileStatus(status) : nil
  }
  package func status(of descriptor: Int32) -> FileStatus? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? FileStatus(status) : nil
  }
  package func resolve(_ path: String) -> String? {
    Self.realPath(path).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// The path without links of what is there, byte for byte; `nil` if nothing is.
  package static func realPath(_ path: String) -> [UInt8]? {
    guard !path.utf8.contains(0), let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return Array(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
  }
  package func link(_ path: String) -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
      count = buffer.withMemoryRebound(to: CChar.self) { characters in
        characters.baseAddress.map { max(0, readlink(path, $0, characters.count)) } ?? 0
      }
    }
    return bytes.isEmpty ? nil : bytes
  }
  package func checkWritable(_ path: String) -> Int32 { Self.result(access(path, W_OK)) }
  package func setMode(_ descriptor: Int32, _ mode: mode_t) -> Int32 { Self.result(fchmod(descriptor, mode)) }
  package func lock(_ descriptor: Int32) -> Int32 { Self.result(flock(descriptor, LOCK_EX | LOCK_NB)) }
  package func unlock(_ descriptor: Int32) -> Int32 { Self.result(flock(descriptor, LOCK_UN)) }
  package func pause() { usleep(5_000) }

  package func openUnnamed(in folder: String, _ mode: mode_t) -> Int32 {
    #if DEBUG
      // Tests see to it that files which are named from the beginning are removed as well.
      if getenv("TILTAS_NO_UNNAMED_FILES") != nil { return -EOPNOTSUPP }
    #endif
    let descriptor = Glibc.open(folder, Self.unnamed | O_RDWR | O_CLOEXEC, mode)
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

extension FileStatus {
  fileprivate init(_ status: stat) {
    identity = FileIdentity(device: status.st_dev, number: status.st_ino)
    mode = status.st_mode
    length = Int(status.st_size)
    names = Int(status.st_nlink)
    written = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
  }
}

extension Disk {
  // Simulated disks need not have files without a name.
  package func openUnnamed(in folder: String, _ mode: mode_t) -> Int32 { -EOPNOTSUPP }
  package func name(_ descriptor: Int32, _ path: String) -> Int32 { -EOPNOTSUPP }

  /// The path without links that a name leads to, whatever is there: nothing as yet, or a link to what is not there yet.
  package func target(of path: String) -> String {
    var path = path
    // The system follows so many links itself.
    for _ in 0..<40 {
      if let resolved = resolve(path) { return resolved }
      guard let bytes = link(path), let link = String(validating: bytes, as: UTF8.self) else { break }
      path = link.hasPrefix("/") ? link : Self.parts(path).folder + "/" + link
    }
    let parts = Self.parts(path)
    guard let folder = resolve(parts.folder) else { return path }
    return folder == "/" ? "/" + parts.name : folder + "/" + parts.name
  }

  /// The folder that a path is in, and its name there.
  static func parts(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let folder = String(path[..<slash])
    return (folder.isEmpty ? "/" : folder, String(path[path.index(after: slash)...]))
  }

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
