import Synchronization
import TestSupport
import Testing
import Tiltas

/// What observers were told.
private final class Told: Sendable {
  private let log = Mutex<[String]>([])
  func add(_ text: String) { log.withLock { $0.append(text) } }
  var all: [String] { log.withLock { $0 } }
}

@Suite("Database: tasks")
struct DatabaseTasksTests {
  @Test("tasks that read while another writes see all of a transaction or nothing")
  func consistency() async throws {
    let db = Database()
    try db.run("balance(S) :- S = sum{ N, X : account(X, N) }. +account(a, 100). +account(b, 0).")
    let rounds = 100
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for round in 1...rounds {
          try db.transaction {
            let (old, new) = (round - 1, round)
            try db.remove("account", Entity("a"), 100 - old)
            try db.remove("account", Entity("b"), old)
            try db.add("account", Entity("a"), 100 - new)
            try db.add("account", Entity("b"), new)
          }
        }
      }
      for _ in 0..<2 {
        group.addTask {
          for _ in 0..<rounds {
            let sums = try db.query("balance(S)", as: Int.self)
            #expect(sums == [100])
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try db.query("account(b, N)", as: Int.self) == [rounds])
  }

  @Test("a query ends when its task is cancelled")
  func cancellation() async throws {
    let db = Database()
    try db.add("n", rows: (0..<3_000).map { [$0] })
    let task = Task.detached { try db.query("N = count{ X, Y, Z : n(X), n(Y), n(Z), (X + Y) mod 7 != Z mod 5 }") }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try db.query("n(1)").holds)
  }

  @Test("who observes is told at once, and after each change that alters the answers")
  func observing() throws {
    let db = Database()
    let told = Told()
    try db.add("p", 1)
    let observation = try db.observe("p(X)") {
      told.add("failed: \($0)")
    } react: {
      told.add("\($0.map { $0[0] })")
    }
    try db.add("p", 2)
    try db.add("q", 1)
    try db.transaction {
      try db.add("p", 3)
      try db.add("p", 4)
    }
    #expect(throws: TiltasError.self) { try db.transaction { try db.run("+p(5). +p(X).") } }
    try db.undo()
    observation.cancel()
    try db.add("p", 6)
    #expect(told.all == ["[1]", "[1, 2]", "[1, 2, 3, 4]", "[1, 2]"])
  }

  @Test("what an observer changes is told when it has returned")
  func reacting() throws {
    let db = Database()
    let told = Told()
    try db.run("relation done(integer).")
    try db.add("task", 1)
    let first = try db.observe("task(X), not done(X)") {
      told.add("failed: \($0)")
    } react: { answers in
      told.add("open \(answers.count)")
      for row in answers { _ = try? db.add("done", row[0]) }
    }
    defer { first.cancel() }
    try db.add("task", 2)
    #expect(told.all == ["open 1", "open 0", "open 1", "open 0"])
  }
}

@Suite("Database: files")
struct DatabaseFilesTests {
  @Test("what a database acknowledged is there when the snapshot is opened again")
  func persistence() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("new.tiltas")
    do {
      let db = try Database(opening: path, isNew: true)
      try db.add("city", Entity("klaipeda"))
      try db.run("place(X) :- city(X).")
      try db.run("town(X) :- place(X).")
      try? db.transaction {
        try db.add("city", Entity("nida"))
        throw CancellationError()
      }
    }
    let db = try Database(opening: path)
    #expect(try db.query("town(X)", as: String.self) == ["klaipeda"])
  }

  @Test("a snapshot that is open for changes is opened by others without them")
  func lock() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("new.tiltas")
    let first = try Database(opening: path, isNew: true)
    let second = try Database(opening: path)
    try second.add("p", 2)
    try first.add("p", 1)
    try first.close()
    try second.add("p", 3)
    #expect(try second.query("p(X)", as: Int.self) == [1, 2, 3])
    #expect(!second.takeNotes().isEmpty)
  }

  @Test("a file of statements is read, and what is wrong with it told with its place")
  func statements() throws {
    let folder = try TemporaryFolder()
    try folder.write("wrong.dl", "p(1).\np(")
    let error = #expect(throws: TiltasError.self) { try Database(opening: folder.path("wrong.dl")) }
    #expect(error?.place?.line == 2)
    #expect(throws: TiltasError.self) { try Database(opening: folder.path("nothing.tiltas")) }
    #expect(throws: TiltasError.self) { try Database(opening: folder.path("new.dl"), isNew: true) }
  }

  @Test("statements reach no file if they may not")
  func closed() throws {
    let folder = try TemporaryFolder()
    try folder.write("p.dl", "p(1).")
    var options = Database.Options()
    options.statementsReadFiles = false
    let db = Database(options)
    #expect(throws: TiltasError.self) { try db.run("include \"\(folder.path("p.dl"))\".") }
    try db.load(folder.path("p.dl"))
    #expect(db.factCount == 1)
  }
}
