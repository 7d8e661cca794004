import Glibc

@testable import Storage

/// The simulated disk as one process sees it. What others can see, or what depends on what others do, waits for the process's turn;
/// all else is done at once, so that there is nothing to be told apart by when it is done.
class ProcessDisk: Disk {
  let machine: Machine
  let process: Int
  private var hasPaused = false

  required init(_ machine: Machine, _ process: Int) {
    self.machine = machine
    self.process = process
  }

  /// Waits for its turn, does something and notes what it gave. A process that has ended does nothing any more.
  func step<Result>(
    _ name: String, _ path: String, ended: Result, pausing: Bool = false, _ body: () -> (Result, told: Int)
  ) -> Result {
    guard machine.awaitTurn(process, name, path, pausing: pausing) else { return ended }
    let (result, told) = body()
    machine.note(process, name, path, told)
    return result
  }

  private func quietly<Result>(_ ended: Result, _ body: () -> Result) -> Result {
    machine.hasEnded(process) ? ended : body()
  }

  private func name(of descriptor: Int32) -> String {
    let file = machine.disk.file(descriptor)
    return machine.disk.names.first { $0.value == file }?.key ?? "a file without a name"
  }

  private func isShared(_ descriptor: Int32) -> Bool { machine.disk.content(descriptor)?.isShared ?? false }

  // MARK: Names

  private func opened(_ descriptor: Int32) -> (Int32, told: Int) {
    guard let file = machine.disk.content(descriptor) else { return (descriptor, Int(descriptor)) }
    // What is in it does not change any more, unless it is shared.
    return (descriptor, [file.number, file.isShared ? file.bytes.count : file.digest].hashValue)
  }

  func open(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
    if path == SimulatedDisk.folder { return quietly(-EIO) { machine.disk.open(path, flags, mode, by: process) } }
    return step("open", path, ended: -EIO) { opened(machine.disk.open(path, flags, mode, by: process)) }
  }

  func openToRead(_ path: String) -> Int32 {
    step("open to read", path, ended: -EIO) { opened(machine.disk.open(path, O_RDONLY, 0, by: process)) }
  }

  func openUnnamed(in folder: String, _ mode: mode_t) -> Int32 {
    quietly(-EIO) { machine.disk.openUnnamed(mode, by: process) }
  }

  func name(_ descriptor: Int32, _ path: String) -> Int32 {
    step("name", path, ended: -EIO) {
      if let file = machine.disk.file(descriptor) { machine.disk.change(.give(path, file: file)) }
      return (0, 0)
    }
  }

  func rename(_ old: String, to new: String) -> Int32 {
    step("rename to", new, ended: -EIO) {
      machine.disk.change(.rename(old, new))
      machine.noteReplaced(by: process)
      return (0, 0)
    }
  }

  func unlink(_ path: String) -> Int32 {
    step("unlink", path, ended: -EIO) {
      if machine.disk.names[path] == nil { return (-ENOENT, 1) }
      machine.disk.change(.remove(path))
      return (0, 0)
    }
  }

  func status(of path: String) -> FileStatus? {
    step("look at", path, ended: nil) {
      let status = machine.disk.names[path].flatMap { machine.disk.status($0) }
      return (status, [Int(status?.identity.number ?? 0), status?.length ?? -1, status?.written ?? 0].hashValue)
    }
  }

  // A name means the same whether something is there or not, for there are no links.
  func resolve(_ path: String) -> String? { path }
  func link(_ path: String) -> [UInt8]? { nil }
  func checkWritable(_ path: String) -> Int32 { 0 }
  func setMode(_ descriptor: Int32, _ mode: mode_t) -> Int32 { 0 }

  // MARK: Files

  func close(_ descriptor: Int32) -> Int32 { quietly(0) { machine.disk.close(descriptor) } }

  func status(of descriptor: Int32) -> FileStatus? {
    let look = { [machine] in machine.disk.file(descriptor).flatMap { machine.disk.status($0) } }
    guard isShared(descriptor) else { return quietly(nil, look) }
    return step("look at open", name(of: descriptor), ended: nil) {
      let status = look()
      return (status, status?.length ?? -1)
    }
  }

  func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int, from descriptor: Int32) -> Int {
    let read = { [machine] in
      guard let content = machine.disk.content(descriptor), offset < content.bytes.count else { return 0 }
      let bytes = content.bytes[offset..<min(content.bytes.count, offset + buffer.count)]
      buffer.copyBytes(from: bytes)
      return bytes.count
    }
    guard isShared(descriptor) else { return quietly(-Int(EIO), read) }
    return step("read", name(of: descriptor), ended: -Int(EIO)) {
      let count = read()
      return (count, Array(buffer.prefix(count)).hashValue)
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int, to descriptor: Int32) -> Int {
    let write = { [machine] (bytes: [UInt8]) in
      guard let file = machine.disk.file(descriptor) else { return -Int(EBADF) }
      machine.disk.change(.write(offset: offset, bytes), file)
      return bytes.count
    }
    guard isShared(descriptor) else { return quietly(-Int(EIO)) { write(Array(bytes)) } }
    // A long write is done in two parts, as a system may, and what happens in between is looked at too.
    let part = machine.splitsWrites && bytes.count > 32 ? bytes.count / 2 : bytes.count
    return step("write", name(of: descriptor), ended: -Int(EIO)) { (write(Array(bytes.prefix(part))), 0) }
  }

  func truncate(_ descriptor: Int32, to length: Int) -> Int32 {
    step("truncate", name(of: descriptor), ended: -EIO) {
      if let file = machine.disk.file(descriptor) { machine.disk.change(.truncate(length), file) }
      return (0, 0)
    }
  }

  func sync(_ descriptor: Int32) -> Int32 {
    guard let file = machine.disk.file(descriptor) else {
      return step("sync", SimulatedDisk.folder, ended: -EIO) {
        machine.disk.syncFolder()
        return (0, 0)
      }
    }
    guard isShared(descriptor) else {
      return quietly(-EIO) {
        machine.disk.sync(file)
        return 0
      }
    }
    return step("sync", name(of: descriptor), ended: -EIO) {
      machine.disk.sync(file)
      return (0, 0)
    }
  }

  func syncData(_ descriptor: Int32) -> Int32 { sync(descriptor) }

  // MARK: Others

  func lock(_ descriptor: Int32) -> Int32 {
    step("lock", name(of: descriptor), ended: -EIO) {
      let result = machine.disk.lock(descriptor)
      return (result, Int(result))
    }
  }

  func unlock(_ descriptor: Int32) -> Int32 {
    step("unlock", name(of: descriptor), ended: 0) {
      machine.disk.unlock(descriptor)
      return (0, 0)
    }
  }

  /// The first time others may have done nothing meanwhile; later on something, if they do anything at all.
  func pause() {
    let waits = hasPaused
    hasPaused = true
    step("pause", "", ended: (), pausing: waits) { ((), 0) }
  }
}
