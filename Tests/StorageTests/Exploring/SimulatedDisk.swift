import Glibc

@testable import Storage

/// The disk of a machine on which several processes run: names, files, who has them open and locked, and what of all this a power
/// failure would leave.
struct SimulatedDisk {
  struct File {
    /// What the system calls its number. Another file has it when this one is gone.
    let number: Int
    let mode: mode_t
    /// Whether others may see what is in it while it is written.
    let isShared: Bool
    var bytes: [UInt8] = []
    var writes = 0
    /// What was synced, and what was changed since.
    var durable: [UInt8] = []
    var pending: [FileChange] = []
    var digest = 0
  }

  enum FileChange: Hashable {
    case write(offset: Int, [UInt8])
    case truncate(Int)
  }

  enum NameChange: Hashable {
    case give(String, file: Int)
    case rename(String, String)
    case remove(String)
  }

  struct Descriptor {
    /// `nil` for the folder.
    var file: Int?
    var owner: Int
  }

  private(set) var files: [Int: File] = [:]
  private(set) var names: [String: Int] = [:]
  private(set) var durableNames: [String: Int] = [:]
  private(set) var pendingNames: [NameChange] = []
  private(set) var descriptors: [Int32: Descriptor] = [:]
  /// Which descriptor has the lock of a file.
  private(set) var locks: [Int: Int32] = [:]
  /// How often something was changed that others can see.
  private(set) var changes = 0
  private var fileCount = 0
  private let reusesNumbers: Bool
  private var madeFiles: [Int: Int] = [:]
  /// Far from those of real files, which are told in passing what will be read.
  private var nextDescriptor: Int32 = 1 << 20

  static let folder = "/d"

  /// - Parameter contents: what is on the disk, all of it synced.
  /// - Parameter reusesNumbers: whether a new file has the number of one that is gone. Else the number says who made it.
  init(_ contents: [String: [UInt8]], reusesNumbers: Bool = true) {
    self.reusesNumbers = reusesNumbers
    for (name, bytes) in contents.sorted(by: { $0.key < $1.key }) {
      let file = makeFile(0o100644, isShared: Self.isShared(name), by: 0)
      files[file]?.bytes = bytes
      files[file]?.durable = bytes
      files[file]?.digest = bytes.hashValue
      names[name] = file
    }
    durableNames = names
  }

  static func isShared(_ name: String) -> Bool { name.hasSuffix(".journal") }

  // MARK: Opening

  private mutating func makeFile(_ mode: mode_t, isShared: Bool, by owner: Int) -> Int {
    fileCount += 1
    files[fileCount] = File(number: newNumber(owner), mode: mode | S_IFREG, isShared: isShared)
    return fileCount
  }

  private mutating func newNumber(_ owner: Int) -> Int {
    if !reusesNumbers {
      madeFiles[owner, default: 0] += 1
      return 1000 * owner + madeFiles[owner, default: 0]
    }
    let held = Set(names.values).union(descriptors.values.compactMap(\.file))
    let taken = Set(held.compactMap { files[$0]?.number })
    return (1...).first { !taken.contains($0) } ?? 0
  }

  private mutating func descriptor(_ file: Int?, _ owner: Int) -> Int32 {
    nextDescriptor += 1
    descriptors[nextDescriptor] = Descriptor(file: file, owner: owner)
    return nextDescriptor
  }

  mutating func open(_ name: String, _ flags: Int32, _ mode: mode_t, by owner: Int) -> Int32 {
    if name == Self.folder { return descriptor(nil, owner) }
    if let file = names[name] { return flags & O_EXCL != 0 ? -EEXIST : descriptor(file, owner) }
    guard flags & O_CREAT != 0 else { return -ENOENT }
    let file = makeFile(mode, isShared: Self.isShared(name), by: owner)
    change(.give(name, file: file))
    return descriptor(file, owner)
  }

  mutating func openUnnamed(_ mode: mode_t, by owner: Int) -> Int32 {
    descriptor(makeFile(mode, isShared: false, by: owner), owner)
  }

  mutating func close(_ number: Int32) -> Int32 {
    guard let descriptor = descriptors.removeValue(forKey: number) else { return -EBADF }
    if let file = descriptor.file {
      if locks[file] == number { locks[file] = nil }
      forgetIfGone(file)
    }
    return 0
  }

  /// A process ends: what it had open is closed, and nothing else happens.
  mutating func end(_ owner: Int) {
    for number in descriptors.filter({ $0.value.owner == owner }).keys.sorted() { _ = close(number) }
  }

  private mutating func forgetIfGone(_ file: Int) {
    let isNamed = names.values.contains(file) || durableNames.values.contains(file)
    let isPending = pendingNames.contains { if case .give(_, file) = $0 { true } else { false } }
    if !isNamed && !isPending && !descriptors.values.contains(where: { $0.file == file }) { files[file] = nil }
  }

  func file(_ descriptor: Int32) -> Int? { descriptors[descriptor]?.file }
  func content(_ descriptor: Int32) -> File? { file(descriptor).flatMap { files[$0] } }

  func status(_ file: Int) -> FileStatus? {
    guard let content = files[file] else { return nil }
    return FileStatus(
      identity: FileIdentity(device: 1, number: ino_t(content.number)), mode: content.mode, length: content.bytes.count,
      names: names.values.count { $0 == file }, written: content.writes)
  }

  // MARK: Changing

  mutating func change(_ change: FileChange, _ file: Int) {
    guard var content = files.removeValue(forKey: file) else { return }
    Self.apply(change, to: &content.bytes)
    content.pending.append(change)
    content.writes += 1
    content.digest = content.bytes.hashValue
    files[file] = content
    changes += 1
  }

  mutating func change(_ change: NameChange) {
    let before = names
    Self.apply(change, to: &names)
    pendingNames.append(change)
    changes += 1
    for file in Set(before.values).subtracting(names.values) { forgetIfGone(file) }
  }

  mutating func sync(_ file: Int) {
    guard var content = files[file] else { return }
    (content.durable, content.pending) = (content.bytes, [])
    files[file] = content
  }

  mutating func syncFolder() {
    let before = Set(durableNames.values).union(files.keys)
    (durableNames, pendingNames) = (names, [])
    for file in before { forgetIfGone(file) }
  }

  mutating func lock(_ descriptor: Int32) -> Int32 {
    guard let file = file(descriptor) else { return -EBADF }
    if let holder = locks[file], holder != descriptor { return -EWOULDBLOCK }
    locks[file] = descriptor
    changes += 1
    return 0
  }

  mutating func unlock(_ descriptor: Int32) {
    guard let file = file(descriptor), locks[file] == descriptor else { return }
    locks[file] = nil
    changes += 1
  }

  static func apply(_ change: FileChange, to bytes: inout [UInt8]) {
    switch change {
    case .truncate(let length): bytes = Array(bytes.prefix(length))
    case .write(let offset, let new):
      let end = offset + new.count
      if bytes.count < end { bytes += [UInt8](repeating: 0, count: end - bytes.count) }
      bytes.replaceSubrange(offset..<end, with: new)
    }
  }

  static func apply(_ change: NameChange, to names: inout [String: Int]) {
    switch change {
    case .give(let name, let file): names[name] = file
    case .rename(let old, let new): if let file = names.removeValue(forKey: old) { names[new] = file }
    case .remove(let name): names[name] = nil
    }
  }
}
