import Glibc

@testable import Storage

/// A disk of which one operation fails, counted from 1, and perhaps one more, or all after it where `lasts` is set.
final class FailingDisk: SystemDisk {
  enum Fault {
    case error(Int32)
    /// A write puts only a part of its bytes there; the rest is asked for again, and fails.
    case shortWrite
  }

  private let number: Int
  private let second: Int?
  private let fault: Fault
  private let lasts: Bool
  private let hasUnnamedFiles: Bool
  private(set) var count = 0
  private(set) var hasFailed = false

  init(
    operation number: Int, and second: Int? = nil, _ fault: Fault, lasts: Bool, hasUnnamedFiles: Bool = true
  ) {
    self.hasUnnamedFiles = hasUnnamedFiles
    (self.number, self.second) = (number, second)
    self.fault = fault
    self.lasts = lasts
  }

  private var failure: Int32? {
    count += 1
    guard count == number || count == second || (lasts && count > number) else { return nil }
    hasFailed = true
    if case .error(let code) = fault { return -code }
    return -ENOSPC
  }

  override func open(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
    failure ?? super.open(path, flags, mode)
  }
  override func write(_ bytes: UnsafeRawBufferPointer, at offset: Int, to descriptor: Int32) -> Int {
    guard let failure else { return super.write(bytes, at: offset, to: descriptor) }
    guard case .shortWrite = fault, count == number else { return Int(failure) }
    return super.write(UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)]), at: offset, to: descriptor)
  }
  override func truncate(_ descriptor: Int32, to length: Int) -> Int32 {
    failure ?? super.truncate(descriptor, to: length)
  }
  override func sync(_ descriptor: Int32) -> Int32 { failure ?? super.sync(descriptor) }
  override func syncData(_ descriptor: Int32) -> Int32 { failure ?? super.syncData(descriptor) }
  override func rename(_ old: String, to new: String) -> Int32 { failure ?? super.rename(old, to: new) }
  override func unlink(_ path: String) -> Int32 { failure ?? super.unlink(path) }
  override func openUnnamed(in folder: String, _ mode: mode_t) -> Int32 {
    hasUnnamedFiles ? failure ?? super.openUnnamed(in: folder, mode) : -EOPNOTSUPP
  }
  override func name(_ descriptor: Int32, _ path: String) -> Int32 { failure ?? super.name(descriptor, path) }
}
