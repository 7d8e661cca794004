import Glibc
import Language

/// A file that appears under its name when it is whole and on the disk, in place of any that was there before. All whole files
/// that the program writes are of this kind.
///
/// Until then it has no name, and goes with the process however that ends. To take another's place it has to be named first,
/// `.NAME.XXXXXXXX.tmp` in the same folder, for a moment; where the file system has no files without a name, from the
/// beginning. That name goes when the file is given up, or ``TemporaryNames/removeFiles()`` is called.
package final class ReplacingFile {
  /// The path that messages name.
  private let path: String
  private let target: String
  private let folder: String
  /// To write to it otherwise than by ``write(_:at:)``; below zero once it is closed.
  package private(set) var descriptor: Int32 = -1
  /// The name that it has now, if it has one.
  private var temporary: (path: String, noted: TemporaryNames.Name?)?
  private let disk: any Disk

  package init(_ path: String, on disk: any Disk = SystemDisk()) throws {
    self.path = path
    self.disk = disk
    target = Self.withoutLinks(path)
    let mode = try Self.mode(replacing: target, path)
    folder = Self.parts(target).folder
    descriptor = disk.openUnnamed(in: folder, mode ?? 0o666)
    if descriptor == -EOPNOTSUPP {
      descriptor = withTemporaryName { disk.open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode ?? 0o666) }
    }
    guard descriptor >= 0 else { throw Self.failure(path, -descriptor) }
    if let mode { fchmod(descriptor, mode) }
  }

  deinit { giveUp() }

  /// Leaves nothing behind, unless all is there already.
  package func giveUp() {
    if descriptor >= 0 { _ = disk.close(descriptor) }
    descriptor = -1
    if let temporary { _ = disk.unlink(temporary.path) }
    forgetName()
  }

  private func forgetName() {
    temporary?.noted?.giveUp()
    temporary = nil
  }

  /// Gives the file a name that nothing has, by what `give` does; what that gave in the end.
  private func withTemporaryName(_ give: (_ path: String) -> Int32) -> Int32 {
    var result = -EEXIST
    for _ in 0..<100 where result == -EEXIST {
      let name = Self.temporaryName(Self.parts(target))
      temporary = (name, TemporaryNames.note(name))
      result = give(name)
      if result < 0 { forgetName() }
    }
    return result
  }

  /// Writes all of the bytes at an offset.
  package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    let failure = disk.writeAll(bytes, at: offset, to: descriptor)
    if failure != 0 { throw Self.failure(path, failure) }
  }

  /// Puts the file on the disk and under its name. `beforeReplacing` is called when all of it is on the disk.
  package func commit(beforeReplacing: () throws -> Void = {}) throws {
    try check(disk.sync(descriptor))
    try beforeReplacing()
    if temporary == nil { try check(withTemporaryName { disk.name(descriptor, $0) }) }
    let closed = disk.close(descriptor)
    descriptor = -1
    try check(closed)
    if let temporary { try check(disk.rename(temporary.path, to: target)) }
    forgetName()
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

  /// The path of the file that a symbolic link leads to; a path that leads nowhere, or to a name that is not UTF-8, as it is.
  private static func withoutLinks(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(validatingCString: resolved) ?? path
  }

  /// The permissions of the file that is to be replaced, `nil` where there is none.
  private static func mode(replacing target: String, _ path: String) throws -> mode_t? {
    var status = stat()
    guard stat(target, &status) == 0 else { return nil }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG else {
      throw Diagnostic("cannot write `\(path)`: it is \(kind == S_IFDIR ? "a folder" : "not a regular file")")
    }
    // A link whose end has a name that can't be told here would be replaced itself.
    var link = stat()
    if lstat(target, &link) == 0, link.st_mode & S_IFMT == S_IFLNK { throw failure(path, EILSEQ) }
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
    let isInNoFolder = code == ENOENT && path.utf8.contains(UInt8(ascii: "/"))
    return Diagnostic(
      "cannot write `\(path)`: \(String(cString: strerror(code)))",
      help: isInNoFolder ? "there is no folder `\(parts(path).folder)`" : nil)
  }
}
