import Glibc

@testable import Storage

/// A disk that does all that it is asked to, and notes it, so that it can be told what a power failure would leave: what
/// was not synced may be there, or not, or in part, in any order.
final class ForgetfulDisk: SystemDisk {
  private enum Operation {
    case create(String, file: Int)
    case write(file: Int, offset: Int, [UInt8])
    case truncate(file: Int, Int)
    case sync(file: Int)
    case syncFolder
    case rename(String, String)
    case unlink(String)
    case acknowledge
  }

  private var log: [Operation] = []
  private var files: [String: Int] = [:]
  private var initial: [Int: [UInt8]] = [:]
  private var descriptors: [Int32: Int] = [:]
  private var initialNames: [String: Int] = [:]
  private var fileCount = 0
  /// Whether names can't be put on the disk now.
  var refusesToSyncFolders = false

  /// - Parameter files: what is on the disk already.
  init(_ files: [String]) throws {
    super.init()
    for path in files {
      initialNames[path] = fileCount
      initial[fileCount] = try Folder.bytes(path)
      fileCount += 1
    }
    self.files = initialNames
  }

  /// Notes that whoever uses the disk was told that all up to here is safe.
  func acknowledge() { log.append(.acknowledge) }

  /// The number of moments at which the power may fail.
  var moments: Int { log.count }

  override func open(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
    let descriptor = super.open(path, flags, mode)
    guard descriptor >= 0 else { return descriptor }
    if flags & O_DIRECTORY != 0 {
      descriptors[descriptor] = -1
    } else {
      if files[path] == nil {
        files[path] = fileCount
        log.append(.create(path, file: fileCount))
        fileCount += 1
      }
      descriptors[descriptor] = files[path]
    }
    return descriptor
  }

  override func openUnnamed(in folder: String, _ mode: mode_t) -> Int32 {
    let descriptor = super.openUnnamed(in: folder, mode)
    if descriptor >= 0 {
      descriptors[descriptor] = fileCount
      fileCount += 1
    }
    return descriptor
  }

  override func name(_ descriptor: Int32, _ path: String) -> Int32 {
    if let file = descriptors[descriptor] {
      files[path] = file
      log.append(.create(path, file: file))
    }
    return super.name(descriptor, path)
  }

  override func write(_ bytes: UnsafeRawBufferPointer, at offset: Int, to descriptor: Int32) -> Int {
    let count = super.write(bytes, at: offset, to: descriptor)
    if count > 0, let file = descriptors[descriptor] {
      log.append(.write(file: file, offset: offset, Array(bytes.prefix(count))))
    }
    return count
  }

  override func truncate(_ descriptor: Int32, to length: Int) -> Int32 {
    if let file = descriptors[descriptor] { log.append(.truncate(file: file, length)) }
    return super.truncate(descriptor, to: length)
  }

  // The disk of the machine need not be synced: a process that ends loses nothing of it.
  override func sync(_ descriptor: Int32) -> Int32 {
    if refusesToSyncFolders && descriptors[descriptor] == -1 { return -EIO }
    if let file = descriptors[descriptor] { log.append(file < 0 ? .syncFolder : .sync(file: file)) }
    return 0
  }

  override func syncData(_ descriptor: Int32) -> Int32 { sync(descriptor) }

  override func rename(_ old: String, to new: String) -> Int32 {
    log.append(.rename(old, new))
    files[new] = files.removeValue(forKey: old)
    return super.rename(old, to: new)
  }

  override func unlink(_ path: String) -> Int32 {
    log.append(.unlink(path))
    files[path] = nil
    return super.unlink(path)
  }

  /// What ends all work on the disk.
  enum Crash: CaseIterable {
    case powerFailure
    /// The process is gone, and the system puts on the disk what it was told to write.
    case kill
  }

  /// The files as a crash at a moment may leave them, and how much was acknowledged before it.
  func files(
    at moment: Int, after crash: Crash = .powerFailure, _ random: inout some RandomNumberGenerator
  ) -> (files: [String: [UInt8]], acknowledged: Int) {
    var (bytes, names) = (initial, initialNames)
    var waiting: [Int: [Operation]] = [:]
    var waitingNames: [Operation] = []
    var acknowledged = 0
    for operation in log[..<moment] {
      switch operation {
      case .write(let file, _, _), .truncate(let file, _): waiting[file, default: []].append(operation)
      case .sync(let file):
        for change in waiting.removeValue(forKey: file) ?? [] { Self.apply(change, to: &bytes) }
      case .create, .rename, .unlink: waitingNames.append(operation)
      case .syncFolder:
        for change in waitingNames { Self.apply(change, to: &names) }
        waitingNames = []
      case .acknowledge: acknowledged += 1
      }
    }
    for change in waiting.sorted(by: { $0.key < $1.key }).flatMap(\.value) {
      if let part = crash == .kill ? change : Self.part(of: change, &random) { Self.apply(part, to: &bytes) }
    }
    for change in waitingNames where crash == .kill || Bool.random(using: &random) { Self.apply(change, to: &names) }
    return (names.mapValues { bytes[$0] ?? [] }, acknowledged)
  }

  /// All, a part or nothing of a change that was not synced.
  private static func part(of change: Operation, _ random: inout some RandomNumberGenerator) -> Operation? {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return nil
    case 1:
      guard case .write(let file, let offset, let bytes) = change, bytes.count > 1 else { return change }
      return .write(file: file, offset: offset, Array(bytes.prefix(Int.random(in: 1..<bytes.count, using: &random))))
    case 2:
      // The length is there and what it is the length of is not, or not all.
      guard case .write(let file, let offset, var bytes) = change else { return change }
      let hole = Int.random(in: 0..<bytes.count, using: &random)
      for place in hole..<min(hole + 512, bytes.count) { bytes[place] = 0 }
      return .write(file: file, offset: offset, bytes)
    default: return change
    }
  }

  private static func apply(_ change: Operation, to files: inout [Int: [UInt8]]) {
    switch change {
    case .write(let file, let offset, let bytes):
      var content = files[file] ?? []
      if content.count < offset + bytes.count {
        content += [UInt8](repeating: 0, count: offset + bytes.count - content.count)
      }
      content.replaceSubrange(offset..<offset + bytes.count, with: bytes)
      files[file] = content
    case .truncate(let file, let length): files[file] = Array((files[file] ?? []).prefix(length))
    default: break
    }
  }

  private static func apply(_ change: Operation, to names: inout [String: Int]) {
    switch change {
    case .create(let path, let file): names[path] = file
    case .rename(let old, let new):
      if let file = names.removeValue(forKey: old) { names[new] = file }
    case .unlink(let path): names[path] = nil
    default: break
    }
  }
}
