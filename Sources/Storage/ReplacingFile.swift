import Glibc
import Language

/// A file that appears under its name when it is whole and on the disk, in place of any that was there before.
///
/// Until then it has a name of its own in the same folder, `.NAME.XXXXXXXX.tmp`, which goes when it is given up.
final class ReplacingFile {
  /// The path that messages name.
  private let path: String
  private let target: String
  private let temporary: String
  private let folder: String
  private var descriptor: Int32
  private var isCommitted = false
  private let disk: any Disk

  init(_ path: String, on disk: any Disk) throws {
    self.path = path
    self.disk = disk
    target = Self.withoutLinks(path)
    let mode = try Self.mode(replacing: target, path)
    let parts = Self.parts(target)
    folder = parts.folder
    var code = EEXIST
    var candidate = ""
    var file: Int32 = -1
    for _ in 0..<100 where file < 0 && code == EEXIST {
      candidate = Self.temporaryName(parts)
      file = disk.open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode ?? 0o666)
      code = -file
    }
    guard file >= 0 else { throw Self.failure(path, code) }
    temporary = candidate
    descriptor = file
    if let mode { fchmod(file, mode) }
  }

  deinit {
    if descriptor >= 0 { _ = disk.close(descriptor) }
    if !isCommitted { _ = disk.unlink(temporary) }
  }

  /// Writes all of the bytes at an offset.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    let failure = disk.writeAll(bytes, at: offset, to: descriptor)
    if failure != 0 { throw Self.failure(path, failure) }
  }

  /// Puts the file on the disk and under its name. `beforeReplacing` is called when all of it is on the disk.
  func commit(beforeReplacing: () throws -> Void = {}) throws {
    try check(disk.sync(descriptor))
    let closed = disk.close(descriptor)
    descriptor = -1
    try check(closed)
    try beforeReplacing()
    try check(disk.rename(temporary, to: target))
    isCommitted = true
    try check(-disk.syncFolder(folder))
  }

  private func check(_ result: Int32) throws {
    if result < 0 { throw Self.failure(path, -result) }
  }

  /// Throws a ``Diagnostic`` if a path leads to what is no regular file that may be written.
  static func check(_ path: String) throws {
    if path.isEmpty { throw failure(path, ENOENT) }
    _ = try mode(replacing: withoutLinks(path), path)
  }

  /// The path of the file that a symbolic link leads to; a path that leads nowhere as it is.
  private static func withoutLinks(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The permissions of the file that is to be replaced, `nil` where there is none.
  private static func mode(replacing target: String, _ path: String) throws -> mode_t? {
    var status = stat()
    guard stat(target, &status) == 0 else { return nil }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG else {
      throw Diagnostic("cannot write `\(path)`: it is \(kind == S_IFDIR ? "a folder" : "not a regular file")")
    }
    guard access(target, W_OK) == 0 else { throw failure(path, errno) }
    return status.st_mode & 0o7777
  }

  private static func parts(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let folder = String(path[..<slash])
    return (folder.isEmpty ? "/" : folder, String(path[path.index(after: slash)...]))
  }

  private static func temporaryName(_ parts: (folder: String, name: String)) -> String {
    let digits = String(UInt32.random(in: .min ... .max), radix: 16)
    let name = String(decoding: parts.name.utf8.prefix(longestName), as: UTF8.self)
    return "\(parts.folder)/.\(name).\(String(repeating: "0", count: 8 - digits.count))\(digits).tmp"
  }

  /// How much of a name the temporary one keeps: file systems take 255 bytes, and a cut character becomes three.
  private static let longestName = 200

  private static func failure(_ path: String, _ code: Int32) -> Diagnostic {
    Diagnostic("cannot write `\(path)`: \(String(cString: strerror(code)))")
  }
}
