import Glibc
import Graphs
import Language
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
    try Folder.write([1], to: path)
    chmod(path, 0o640)
    try Snapshot.write(Graph(), rules: [], to: path)
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o640)
  }

  @Test("a symbolic link stays one, and the file that it leads to is replaced")
  func links() throws {
    try Folder.write([1], to: folder / "real.tiltas")
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
}
