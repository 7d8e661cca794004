import Diagnostics
import Glibc
import Graphs
import Testing

@testable import Storage

@Suite struct WritingTests {
  private let folder: Folder
  private let path: String

  init() throws {
    folder = try Folder()
    path = folder / "a.tiltas"
  }

  @Test("nothing but the snapshot is left in the folder")
  func noTraces() throws {
    try Snapshot.write(sampleGraph(), rules: [], to: path)
    try Snapshot.write(Graph(), rules: [], to: path)
    #expect(folder.names == ["a.tiltas"])
    #expect(try Snapshot.info(of: path).terms == 0)
  }

  @Test("a full disk leaves the old file whole and no other")
  func fullDisk() throws {
    try Snapshot.write(sampleGraph(), rules: [], to: path)
    let before = try Folder.bytes(path)
    // Above any file that another test writes meanwhile: the limit is one of the process.
    var old = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old)
    var limit = rlimit(rlim_cur: 1 << 26, rlim_max: old.rlim_max)
    signal(SIGXFSZ, SIG_IGN)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    defer { setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old) }
    let rules = [(name: "a.dl", text: String(repeating: " ", count: 1 << 26))]
    let error = #expect(throws: Diagnostic.self) { try Snapshot.write(sampleGraph(), rules: rules, to: path) }
    #expect(error?.message == "cannot write `\(path)`: File too large")
    #expect(try Folder.bytes(path) == before)
    #expect(folder.names == ["a.tiltas"])
  }

  /// A disk whose files have names from the beginning.
  private final class NamingDisk: SystemDisk {
    override func openUnnamed(in folder: String, _ mode: mode_t) -> Int32 { -EOPNOTSUPP }
  }

  @Test("a write that is given up leaves the old file whole and no other", arguments: [true, false])
  func givenUp(hasUnnamedFiles: Bool) throws {
    try Folder.write([1, 2, 3], to: path)
    do {
      let file = try ReplacingFile(path, named: path, on: hasUnnamedFiles ? SystemDisk() : NamingDisk())
      try [UInt8](repeating: 7, count: 100).withUnsafeBytes { try file.write($0, at: 0) }
      #expect(folder.names.count == (hasUnnamedFiles ? 1 : 2))
    }
    #expect(folder.names == ["a.tiltas"])
    #expect(try Folder.bytes(path) == [1, 2, 3])
  }

  @Test("a folder without permission is told, and the old file stays", .enabled(if: geteuid() != 0))
  func noPermission() throws {
    try Folder.write([1, 2, 3], to: path)
    chmod(folder.path, 0o500)
    let error = #expect(throws: Diagnostic.self) { try Snapshot.write(Graph(), rules: [], to: path) }
    #expect(error?.message == "cannot write `\(path)`: Permission denied")
    #expect(try Folder.bytes(path) == [1, 2, 3])
  }

  @Test("a path in no folder, a folder and a device are refused")
  func noFiles() throws {
    for (path, reason) in [
      (folder / "none/a.tiltas", "No such file or directory"), (folder.path, "it is a folder"),
      ("/dev/null", "it is not a regular file"), ("", "No such file or directory"),
    ] {
      let error = #expect(throws: Diagnostic.self) { try Snapshot.write(Graph(), rules: [], to: path) }
      #expect(error?.message == "cannot write `\(path)`: \(reason)")
    }
  }

  @Test("the permissions of the file that is replaced are kept")
  func permissions() throws {
    try Snapshot.write(sampleGraph(), rules: [], to: path)
    chmod(path, 0o640)
    try Snapshot.write(Graph(), rules: [], to: path)
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o640)
  }

  @Test("a symbolic link stays one, and the file that it leads to is replaced")
  func links() throws {
    try Snapshot.write(sampleGraph(), rules: [], to: folder / "real.tiltas")
    symlink("real.tiltas", path)
    try Snapshot.write(Graph(), rules: [], to: path)
    var status = stat()
    #expect(lstat(path, &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
    #expect(try Snapshot.info(of: folder / "real.tiltas").types == 0)
  }

  @Test("a graph that could not be read again is not written")
  func unreadable() throws {
    let unknown = Graph()
    unknown.declareType("person", supertypes: ["agent"])
    let cyclic = Graph()
    cyclic.declareType("a", supertypes: ["b"])
    cyclic.declareType("b", supertypes: ["a"])
    for (graph, reason) in [
      (unknown, "the type `person` is beneath `agent`, which is declared nowhere"),
      (cyclic, "the type `a` is beneath itself"),
    ] {
      let error = #expect(throws: Diagnostic.self) { try Snapshot.write(graph, rules: [], to: path) }
      #expect(error?.message == "cannot write `\(path)`: \(reason)")
    }
    #expect(folder.names == [])
  }

  @Test("a pipe that is given up, or forgotten, is closed once")
  func pipe() throws {
    #expect(mkfifo(path, 0o600) == 0)
    let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(reader) }
    for ends: (WrittenFile) throws -> Void in [{ _ in }, { $0.giveUp() }, { try $0.commit() }] {
      try ends(try WrittenFile(path))
      var state = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
      // A program that is being started has a copy for a moment.
      #expect(poll(&state, 1, 10_000) == 1)
      #expect(state.revents & Int16(POLLHUP) != 0)
    }
    // A number that is closed twice may be another's the second time.
    let file = try WrittenFile(path)
    file.giveUp()
    #expect(throws: Never.self) { try file.commit() }
  }

  /// A disk on which a signal comes during every other read and write.
  private final class InterruptedDisk: SystemDisk {
    private(set) var interruptions = 0
    private var isNext = true

    private func interrupts() -> Bool {
      isNext.toggle()
      interruptions += isNext ? 0 : 1
      return !isNext
    }

    override func write(_ bytes: UnsafeRawBufferPointer, at offset: Int, to descriptor: Int32) -> Int {
      interrupts() ? -Int(EINTR) : super.write(bytes, at: offset, to: descriptor)
    }
    override func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int, from descriptor: Int32) -> Int {
      interrupts() ? -Int(EINTR) : super.read(buffer, at: offset, from: descriptor)
    }
  }

  @Test("a read or write that a signal interrupts is done again")
  func interrupted() throws {
    let disk = InterruptedDisk()
    try Snapshot.write(sampleGraph(), rules: [], to: path, journal: nil, on: disk)
    let written = disk.interruptions
    let graph = Graph()
    _ = try Snapshot.open(path, into: graph, forChanges: false, on: disk)
    #expect(contents(of: graph) == contents(of: sampleGraph()))
    #expect(written > 10 && disk.interruptions > written + 10)
  }

  /// A disk whose folders can't be opened, or not synced.
  private final class FolderDisk: SystemDisk {
    private let isOpened: Bool
    private var folders: Set<Int32> = []

    init(isOpened: Bool) { self.isOpened = isOpened }

    override func open(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
      if flags & O_DIRECTORY == 0 { return super.open(path, flags, mode) }
      if !isOpened { return -EACCES }
      let folder = super.open(path, flags, mode)
      folders.insert(folder)
      return folder
    }
    override func sync(_ descriptor: Int32) -> Int32 {
      folders.contains(descriptor) ? -EINVAL : super.sync(descriptor)
    }
    override func close(_ descriptor: Int32) -> Int32 {
      folders.remove(descriptor)
      return super.close(descriptor)
    }
  }

  @Test("a folder that can't be listed, or that has no way to be synced, can be saved to", arguments: [true, false])
  func foldersWithoutSync(isOpened: Bool) throws {
    try Snapshot.write(sampleGraph(), rules: [], to: path, journal: nil, on: FolderDisk(isOpened: isOpened))
    try Snapshot.verify(path)
  }

  @Test("a link to what is not there yet stays one, and leads to the new file, which lies where the link says")
  func danglingLink() throws {
    symlink("new.tiltas", path)
    try Snapshot.write(Graph(), rules: [], to: path)
    #expect(folder.names == ["a.tiltas", "new.tiltas"])
    #expect(SystemDisk().link(path) == Array("new.tiltas".utf8))
    let disk = SystemDisk()
    #expect(disk.target(of: "/there-is-no.tiltas") == "/there-is-no.tiltas")
    #expect(disk.target(of: folder / "../there-is-no.tiltas") == "/tmp/there-is-no.tiltas")
  }

  @Test("a file in no folder, and one in a file, are refused with what there is not")
  func noFolder() throws {
    let inNone = #expect(throws: Diagnostic.self) { try ReplacingFile(folder / "none/a") }
    #expect(inNone?.message == "cannot write `\(folder / "none/a")`: No such file or directory")
    #expect(inNone?.help == "there is no folder `\(folder / "none")`")
    try Folder.write([1], to: path)
    let inFile = #expect(throws: Diagnostic.self) { try ReplacingFile(path + "/b") }
    #expect(inFile?.message == "cannot write `\(path)/b`: Not a directory")
    let nul = #expect(throws: Diagnostic.self) { try WrittenFile(folder / "a\0b") }
    #expect(nul?.message == "cannot write `\(folder / "a\0b")`: No such file or directory")
  }

  @Test("a device is written to as it is, and a file that is given up is not there")
  func devices() throws {
    let full = try WrittenFile("/dev/full")
    let error = #expect(throws: Diagnostic.self) { try full.write([1], named: "/dev/full") }
    #expect(error?.message == "cannot write `/dev/full`: No space left on device")
    full.giveUp()
    let null = try WrittenFile("/dev/null")
    try null.write([1], named: "/dev/null")
    try null.commit()
    let file = try WrittenFile(path)
    try file.write([1], named: path)
    file.giveUp()
    #expect(folder.names == [])
  }
}
