import Diagnostics
import Graphs
import Sessions
import Terms
import Testing

@testable import Storage

/// A session is told to end what it does while it takes over what another has let go of.
@Suite struct InterruptedMergeTests {
  /// Calls a function when an operation is done, counted from when that was asked for.
  private final class CountingDisk: SystemDisk {
    private var left = 0
    private var then: () -> Void = {}
    var isDone: Bool { left <= 0 }

    func after(_ operations: Int, _ then: @escaping () -> Void) { (left, self.then) = (operations, then) }

    private func count() {
      left -= 1
      if left == 0 { then() }
    }

    override func lock(_ descriptor: Int32) -> Int32 {
      defer { count() }
      return super.lock(descriptor)
    }
    override func openToRead(_ path: String) -> Int32 {
      defer { count() }
      return super.openToRead(path)
    }
    override func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int, from descriptor: Int32) -> Int {
      defer { count() }
      return super.read(buffer, at: offset, from: descriptor)
    }
    override func status(of path: String) -> FileStatus? {
      defer { count() }
      return super.status(of: path)
    }
    override func write(_ bytes: UnsafeRawBufferPointer, at offset: Int, to descriptor: Int32) -> Int {
      defer { count() }
      return super.write(bytes, at: offset, to: descriptor)
    }
  }

  private struct Sessions {
    let folder: Folder
    let path: String
    let disk = CountingDisk()
    let waiting: Session

    /// A session that has waited for another, which has left.
    init() throws {
      folder = try Folder()
      path = folder / "a.tiltas"
      let first = Session()
      try first.load(SourceFile(name: "a.dl", text: "b(0). big(X) :- b(X), X > 0."))
      try first.save(to: path)
      let writer = Session()
      try writer.openForChanges(path: path)
      writer.startJournal()
      waiting = Session(on: disk)
      try waiting.openForChanges(path: path)
      waiting.startJournal()
      try enter("+c(1).")
      _ = try writer.enter("+b(1). small(X) :- b(X), X < 1.") { _ in }
      writer.endJournal()
    }

    func enter(_ text: String) throws { _ = try waiting.enter(text) { _ in } }

    /// Each relation's rows, as who opens the snapshot now finds them.
    func kept() throws -> [String: Int] {
      let reader = Session()
      try reader.load(path: path)
      return try ["b", "c", "big", "small"].reduce(into: [:]) { $0[$1] = try reader.query("\($1)(X)").rowCount }
    }
  }

  @Test("whenever that is while its change is kept, the change stays, and the next one is kept with it")
  func changing() throws {
    for number in 1...1000 {
      let sessions = try Sessions()
      sessions.disk.after(number) { [waiting = sessions.waiting] in waiting.interruption.set() }
      try sessions.enter("+c(2).")
      let notes = sessions.waiting.takeNotes()
      #expect(
        sessions.waiting.keepsJournal
          || notes == ["note: your changes stay in memory: reading what others have changed was interrupted"])
      sessions.waiting.interruption.clear()
      if sessions.disk.isDone {
        try sessions.enter("+c(3).")
        #expect(try sessions.kept() == ["b": 2, "c": 3, "big": 1, "small": 1], "operation \(number)")
        #expect(sessions.waiting.checkInvariants() == nil)
      } else {
        return #expect(number > 20)
      }
    }
    Issue.record("there is no end of operations")
  }

  @Test("if the system refused memory, and nobody has ended it, that is said")
  func refusedMemory() throws {
    let sessions = try Sessions()
    sessions.waiting.limits.wasRefused = { true }
    sessions.disk.after(10) { [waiting = sessions.waiting] in waiting.interruption.set() }
    try sessions.enter("+c(2).")
    #expect(
      sessions.waiting.takeNotes() == [
        "note: your changes stay in memory: reading what others have changed was ended: the system refuses more memory"
      ])
  }

  @Test("whenever that is while it reads anew, all of that is read or nothing")
  func readingAnew() throws {
    for number in 1...1000 {
      let sessions = try Sessions()
      sessions.disk.after(number) { [waiting = sessions.waiting] in waiting.interruption.set() }
      let isRead = (try? sessions.waiting.reload()) != nil
      sessions.waiting.interruption.clear()
      #expect(try sessions.waiting.query("b(X)").rowCount == (isRead ? 2 : 1))
      #expect(sessions.waiting.rules.count == (isRead ? 2 : 1))
      guard sessions.disk.isDone else { return #expect(isRead && number > 20) }
      try sessions.enter("+c(3).")
      #expect(try sessions.kept() == ["b": 2, "c": 2, "big": 1, "small": 1], "operation \(number)")
    }
    Issue.record("there is no end of operations")
  }

  @Test("what can't be brought to its end is taken back as a whole, and the session's changes are noted as before")
  func takenBack() throws {
    let folder = try Folder()
    let path = folder / "a.tiltas"
    let first = Session()
    try first.load(SourceFile(name: "a.dl", text: "b(0) @ {line: 1}. b(1)."))
    try first.save(to: path)
    let graph = Graph()
    let home = Home(path, try Snapshot.open(path, into: graph, forChanges: false), graph, on: SystemDisk())
    state(graph, "c", [.integer(1)])
    let before = contents(of: graph)
    let writer = Session()
    try writer.openForChanges(path: path)
    writer.startJournal()
    _ = try writer.enter("-b(0). +b(1) @ {line: 2}. +b(2).") { _ in }
    struct End: Error {}
    let rebase = try Rebase(home, try home.news(nil))
    #expect(throws: End.self) {
      try rebase.carryOut(nil, hasOwnRules: false) {
        #expect(graph.relation(named: "b")?.factCount == 2 && graph.relation(named: "b")?.statementCount == 1)
        throw End()
      }
    }
    #expect(contents(of: graph) == before)
    state(graph, "c", [.integer(2)])
    let second = try Rebase(home, try home.news(nil))
    #expect(second.ownCount == 2 && second.theirCount == 3 && second.differences.isEmpty)
    try second.carryOut(nil, hasOwnRules: false) {}
    #expect(graph.relation(named: "b")?.factCount == 2 && graph.relation(named: "c")?.factCount == 2)
    #expect(home.hasOwnChanges)
  }
}
