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

  /// - Parameters:
  ///   - target: the path of the file without links.
  ///   - path: as messages name it.
  init(_ target: String, named path: String, on disk: any Disk) throws {
    self.path = path
    self.disk = disk
    self.target = target
    let mode = try Self.mode(replacing: target, path, disk)
    let parts = SystemDisk.parts(target)
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
    if let mode { _ = disk.setMode(file, mode) }
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
  static func check(_ target: String, named path: String, on disk: any Disk) throws {
    if path.isEmpty { throw failure(path, ENOENT) }
    _ = try mode(replacing: target, path, disk)
  }

  /// The permissions of the file that is to be replaced, `nil` where there is none.
  private static func mode(replacing target: String, _ path: String, _ disk: any Disk) throws -> mode_t? {
    guard let status = disk.status(of: target) else { return nil }
    guard status.isRegular else {
      throw Diagnostic("cannot write `\(path)`: it is \(status.isFolder ? "a folder" : "not a regular file")")
    }
    let denied = disk.checkWritable(target)
    if denied < 0 { throw failure(path, -denied) }
    return status.mode & 0o7777
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
