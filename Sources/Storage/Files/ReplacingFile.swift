import Diagnostics
import Glibc

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

  /// - Parameters:
  ///   - target: the path of the file without links.
  ///   - path: as messages name it.
  package init(_ target: String, named path: String, on disk: any Disk) throws {
    self.path = path
    self.disk = disk
    self.target = target
    let mode = try Self.mode(replacing: target, path, disk)
    folder = SystemDisk.parts(target).folder
    descriptor = disk.openUnnamed(in: folder, mode ?? 0o666)
    if descriptor == -EOPNOTSUPP {
      descriptor = withTemporaryName { disk.open($0, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode ?? 0o666) }
    }
    guard descriptor >= 0 else { throw Self.failure(path, -descriptor) }
    if let mode { _ = disk.setMode(descriptor, mode) }
  }

  /// The file that a path leads to, on the disk of the machine.
  package convenience init(_ path: String) throws {
    let disk = SystemDisk()
    try self.init(disk.target(of: path), named: path, on: disk)
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
      let name = Self.temporaryName(SystemDisk.parts(target))
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

  /// What was written, to be read before it has its name and while this is there.
  func reading() throws -> InputFile { try InputFile(path, borrowing: descriptor, on: disk) }

  /// Puts the file on the disk and under its name. `beforeReplacing` is called when all of it is on the disk, and `afterReplacing`
  /// when it has its name, though a power failure may still undo that.
  package func commit(beforeReplacing: () throws -> Void = {}, afterReplacing: () -> Void = {}) throws {
    try check(disk.sync(descriptor))
    try beforeReplacing()
    if temporary == nil { try check(withTemporaryName { disk.name(descriptor, $0) }) }
    let closed = disk.close(descriptor)
    descriptor = -1
    try check(closed)
    if let temporary { try check(disk.rename(temporary.path, to: target)) }
    forgetName()
    afterReplacing()
    let failure = disk.syncFolder(folder)
    if failure != 0 {
      throw Diagnostic(
        .mayBeUndone, "`\(path)` is written, but a power failure may undo that: \(String(cString: strerror(failure)))",
        help: "write it again, or elsewhere too")
    }
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
      throw Diagnostic(
        .cannotWrite, "cannot write `\(path)`: it is \(status.isFolder ? "a folder" : "not a regular file")")
    }
    // A link whose end has a name that can't be told here would be replaced itself.
    if disk.link(target) != nil { throw failure(path, EILSEQ) }
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

  static func failure(_ path: String, _ code: Int32) -> Diagnostic {
    let isInNoFolder = code == ENOENT && path.utf8.contains(UInt8(ascii: "/"))
    return Diagnostic(
      .cannotWrite, "cannot write `\(path)`: \(String(cString: strerror(code)))",
      help: isInNoFolder ? "there is no folder `\(SystemDisk.parts(path).folder)`" : nil)
  }
}
