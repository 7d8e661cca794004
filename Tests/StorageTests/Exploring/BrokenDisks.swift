import Glibc

@testable import Storage

/// A disk that gives everyone the lock.
final class LocklessDisk: ProcessDisk {
  override func lock(_ descriptor: Int32) -> Int32 {
    _ = super.lock(descriptor)
    return 0
  }
}

/// A disk that says of some files, or of the folder, that they are synced, and does nothing.
class UnsyncedDisk: ProcessDisk {
  /// - Parameter file: `nil` for the folder.
  func isLeftOut(_ file: SimulatedDisk.File?) -> Bool { false }

  override func sync(_ descriptor: Int32) -> Int32 {
    isLeftOut(machine.disk.content(descriptor)) ? 0 : super.sync(descriptor)
  }
}

final class UnsyncedJournalDisk: UnsyncedDisk {
  override func isLeftOut(_ file: SimulatedDisk.File?) -> Bool { file?.isShared == true }
}

final class UnsyncedSnapshotDisk: UnsyncedDisk {
  override func isLeftOut(_ file: SimulatedDisk.File?) -> Bool { file?.isShared == false }
}

final class UnsyncedFolderDisk: UnsyncedDisk {
  override func isLeftOut(_ file: SimulatedDisk.File?) -> Bool { file == nil }
}

/// A disk on which what others have left is not synced by who has the lock next: the first sync of the journal, and of the folder,
/// after each lock is left out.
final class UnsettledDisk: UnsyncedDisk {
  private var isJournalDue = false
  private var isFolderDue = false

  override func lock(_ descriptor: Int32) -> Int32 {
    let result = super.lock(descriptor)
    if result == 0 { (isJournalDue, isFolderDue) = (true, true) }
    return result
  }

  override func isLeftOut(_ file: SimulatedDisk.File?) -> Bool {
    if let file {
      defer { if file.isShared { isJournalDue = false } }
      return file.isShared && isJournalDue
    }
    defer { isFolderDue = false }
    return isFolderDue
  }
}

/// A disk that gives whoever reads a file again what was in it the first time. So nobody notices that another has changed it.
final class StaleDisk: ProcessDisk {
  private var first: [String: [UInt8]] = [:]
  private var stale: [Int32: [UInt8]] = [:]

  override func openToRead(_ path: String) -> Int32 {
    let descriptor = super.openToRead(path)
    guard let content = machine.disk.content(descriptor) else { return descriptor }
    if let bytes = first[path] { stale[descriptor] = bytes } else { first[path] = content.bytes }
    return descriptor
  }

  override func status(of descriptor: Int32) -> FileStatus? {
    var status = super.status(of: descriptor)
    if let bytes = stale[descriptor] { status?.length = bytes.count }
    return status
  }

  override func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int, from descriptor: Int32) -> Int {
    guard let bytes = stale[descriptor] else { return super.read(buffer, at: offset, from: descriptor) }
    let part = bytes[min(offset, bytes.count)..<min(bytes.count, offset + buffer.count)]
    buffer.copyBytes(from: part)
    return part.count
  }
}
