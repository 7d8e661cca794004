import Diagnostics
import Evaluation
import Glibc
import SessionSupport
import Sessions
import Synchronization
import Testing

/// What stands between `begin()` and `commit()` is there as a whole or not at all, in memory too.
@Suite("Transactions") struct TransactionTests {
  private let session = Session()

  init() throws {
    let text =
      "type place. place(nida). relation edge(any, any). edge(a, b) @ {line: 1}. edge(b, c). "
      + "far(X, Y) :- edge(X, Z), edge(Z, Y)."
    let path = "/tmp/tiltas-transaction-\(getpid())-\(UInt32.random(in: .min ... .max)).dl"
    defer { remove(path) }
    try Session.write(text, to: path)
    try session.load(path: path)
  }

  private func enter(_ text: String) throws { _ = try session.enter(text) { _ in } }

  private func rows(_ query: String) throws -> [String] {
    try session.query(query).texts.map { $0.joined(separator: " ") }
  }

  /// That the graph is as it was in the beginning.
  private func expectUnchanged() throws {
    #expect(!session.isInTransaction)
    #expect(try rows("edge(X, Y)") == ["a b", "b c"])
    #expect(try rows("edge(X, Y) @ {line: L}") == ["a b 1"])
    #expect(try rows("far(X, Y)") == ["a c"])
    #expect(session.rules.count == 1)
    #expect(session.graph.typeNames == ["place"])
    #expect(session.graph.relationNames == ["alias", "edge", "label", "place"])
    #expect(!session.hasUnsavedChanges)
  }

  private func changeMuch() throws {
    session.begin()
    try enter("+edge(c, d). -edge(a, b). +edge(b, c) @ {line: 2}.")
    try enter("relation road(place, place). +road(nida, nida). type village : place.")
    try enter("far(X, X) :- edge(X, _). param least = 2.")
    #expect(try rows("far(X, Y)") == ["b b", "b d", "c c"])
  }

  @Test("a mistake undoes the facts, rules and declarations of the entries before it")
  func mistake() throws {
    try changeMuch()
    #expect(throws: Diagnostic.self) { try enter("+edge(c, d, e).") }
    try expectUnchanged()
  }

  @Test("so does rolling back, after which the same may be declared otherwise")
  func rollback() throws {
    try changeMuch()
    session.rollBack()
    try expectUnchanged()
    try enter("relation road(string). +road(\"A13\").")
    #expect(try rows("road(X)") == ["A13"])
  }

  @Test("what was committed stays, and is undone as one step")
  func commit() throws {
    try enter("+edge(z, z).")
    session.begin()
    try enter("+edge(c, d). -edge(z, z).")
    try enter("+edge(d, e). -edge(c, d). far(X, X) :- edge(X, _). param least = 2.")
    try enter("+edge(b, c) @ {line: 2}.")
    try session.commit()
    #expect(throws: Diagnostic.self) { try enter("+edge(c, d, e).") }
    #expect(try rows("edge(X, Y)") == ["a b", "b c", "d e"])
    let undone = try session.undo()
    #expect(undone?.isTransaction == true && undone?.rulesForgotten == 1)
    #expect(undone?.takenBack == ["edge(c, d)", "edge(d, e)"] && undone?.restored == ["edge(z, z)", "edge(c, d)"])
    #expect(try rows("edge(X, Y)") == ["a b", "b c", "z z"] && rows("edge(X, Y) @ {line: L}") == ["a b 1"])
    #expect(session.rules.count == 1 && session.parameters.isEmpty)
    _ = try session.undo()
    try expectUnchanged()
    #expect(try session.undo() == nil)
  }

  @Test("a file that was loaded is one step, alone and in a transaction with other entries")
  func loads() throws {
    let path = "/tmp/tiltas-load-\(getpid()).dl"
    defer { remove(path) }
    try Session.write("edge(x, y). edge(y, z). far(X, X) :- edge(X, _).", to: path)
    try session.loadUndoably(path: path)
    session.begin()
    try enter("-edge(x, y).")
    try session.loadUndoably(path: path)
    try enter("+edge(m, n).")
    try session.commit()
    #expect(try rows("edge(X, Y)") == ["a b", "b c", "m n", "x y", "y z"])
    _ = try session.undo()
    #expect(try rows("edge(X, Y)") == ["a b", "b c", "x y", "y z"])
    _ = try session.undo()
    #expect(try rows("edge(X, Y)") == ["a b", "b c"] && session.rules.count == 1)
    #expect(try session.undo() == nil)
  }

  @Test("undoing within a transaction goes no further than its beginning")
  func undo() throws {
    try enter("+edge(c, d).")
    session.begin()
    try enter("+edge(d, e).")
    #expect(try session.undo() != nil)
    #expect(try session.undo() == nil)
    #expect(try rows("edge(X, Y)") == ["a b", "b c", "c d"])
  }

  @Test("of more entries than can be undone one by one all are undone")
  func many() throws {
    session.begin()
    for number in 0..<150 { try enter("+edge(a, \(number)).") }
    session.rollBack()
    try expectUnchanged()
  }

  @Test("files that were loaded, run and imported are undone as well")
  func files() throws {
    let folder = "/tmp/tiltas-transaction-\(getpid())"
    mkdir(folder, 0o700)
    defer { for name in ["/more.dl", "/edge.tsv", ""] { remove(folder + name) } }
    try Session.write("edge(x, y). other(1).", to: folder + "/more.dl")
    try Session.write("from\tto\n1\t2\n", to: folder + "/edge.tsv")
    session.begin()
    try session.loadUndoably(path: folder + "/more.dl")
    try session.load(path: folder + "/edge.tsv")
    try enter("import edge \"\(folder)/edge.tsv\".")
    try session.run(SourceFile(name: "run.dl", text: "edge(m, n).")) { _ in }
    #expect(try rows("edge(X, Y)") == ["1 2", "a b", "b c", "m n", "x y"])
    #expect(throws: Diagnostic.self) { try enter("include \"\(folder)/nowhere.dl\".") }
    try expectUnchanged()
  }

  /// The ways in which facts come from files.
  enum Door: CaseIterable {
    case path, undoablePath, table, text, folder, run
  }

  /// Reads `edge(1, 2).` and `other(3).`, or of a table the former alone.
  private static func load(_ session: Session, by door: Door) throws {
    let folder = "/tmp/tiltas-door-\(getpid())-\(UInt32.random(in: .min ... .max))"
    mkdir(folder, 0o700)
    defer { for name in ["/more.dl", "/edge.facts", "/other.facts", ""] { remove(folder + name) } }
    let text = "edge(1, 2). other(3)."
    try Session.write(text, to: folder + "/more.dl")
    try Session.write("1\t2\n", to: folder + "/edge.facts")
    try Session.write("3\n", to: folder + "/other.facts")
    switch door {
    case .path: try session.load(path: folder + "/more.dl")
    case .undoablePath: try session.loadUndoably(path: folder + "/more.dl")
    case .table: try session.load(path: folder + "/edge.facts")
    case .text: try session.load(SourceFile(name: "more.dl", text: text))
    case .folder: try session.loadFacts(folder: folder)
    case .run: try session.run(SourceFile(name: "more.dl", text: text)) { _ in }
    }
  }

  @Test("whatever way facts come from a file, rolling back takes them away", arguments: Door.allCases)
  func rollingBack(_ door: Door) throws {
    session.begin()
    try Self.load(session, by: door)
    #expect(try rows("edge(X, Y)") == ["1 2", "a b", "b c"])
    session.rollBack()
    try expectUnchanged()
  }

  @Test("and a mistake as well", arguments: Door.allCases)
  func mistake(after door: Door) throws {
    session.begin()
    try Self.load(session, by: door)
    #expect(throws: Diagnostic.self) { try session.load(SourceFile(name: "wrong.dl", text: "edge(1, 2, 3).")) }
    try expectUnchanged()
  }

  @Test("and with a journal they are there when the snapshot is opened anew", arguments: Door.allCases)
  func reopening(_ door: Door) throws {
    let path = "/tmp/tiltas-door-\(getpid())-\(UInt32.random(in: .min ... .max)).tiltas"
    defer { for end in ["", ".journal"] { remove(path + end) } }
    try session.save(to: path)
    let opened = Session()
    try opened.openForChanges(path: path)
    opened.startJournal()
    try Self.load(opened, by: door)
    let again = Session()
    try again.load(path: path)
    #expect(try again.query("edge(1, 2)").holds)
    // What was undone by a roll-back is not there.
    opened.begin()
    try opened.load(SourceFile(name: "lost.dl", text: "edge(8, 9)."))
    opened.rollBack()
    _ = try opened.enter("+edge(5, 6).") { _ in }
    let last = Session()
    try last.load(path: path)
    #expect(try last.query("edge(5, 6)").holds)
    #expect(try !last.query("edge(8, _)").holds)
  }

  @Test("a constraint of the prompt and a relation that was undone and made otherwise are there when opened anew")
  func reopeningDefinitions() throws {
    let path = "/tmp/tiltas-definitions-\(getpid()).tiltas"
    defer { for end in ["", ".journal", ".dl"] { remove(path + end) } }
    try session.save(to: path)
    let opened = Session()
    try opened.openForChanges(path: path)
    opened.startJournal()
    _ = try opened.enter("constraint \"none is z\" :- edge(z, _).") { _ in }
    try Session.write("new(a).", to: path + ".dl")
    try opened.loadUndoably(path: path + ".dl")
    _ = try opened.undo()
    _ = try opened.enter("+new(a, b).") { _ in }
    let again = Session()
    try again.load(path: path)
    #expect(try again.query("new(X, Y)").rowCount == 1)
    _ = try again.enter("+edge(z, a).") { _ in }
    #expect(try again.check().brokenConstraints.count == 1)
  }

  @Test("what an entry imports can be undone")
  func undoingImports() throws {
    let path = "/tmp/tiltas-import-\(getpid()).tsv"
    defer { remove(path) }
    try Session.write("from\tto\n1\t2\n2\t3\n", to: path)
    try enter("+edge(2, 3).")
    try enter("import edge \"\(path)\".")
    #expect(try rows("edge(X, Y)") == ["1 2", "2 3", "a b", "b c"])
    _ = try session.undo()
    #expect(try rows("edge(X, Y)") == ["2 3", "a b", "b c"])
    #expect(try rows("edge(X, Y) @ {line: L}") == ["a b 1"])
  }

  @Test("a question that comes to a limit leaves the transaction as it is")
  func limit() throws {
    session.begin()
    try enter("+edge(c, d). +n(0). n(X + 1) :- n(X), X < 10000000.")
    // A second passes each time that the query asks for it.
    let time = Atomic<Int>(0)
    session.limits.clock = { Double(time.add(1, ordering: .relaxed).newValue) }
    session.limits.seconds = 5
    #expect(throws: QueryFailure.self) { try enter("n(X)") }
    session.limits.seconds = nil
    #expect(session.isInTransaction)
    try session.commit()
    #expect(try rows("edge(X, Y)") == ["a b", "b c", "c d"])
  }

  @Test("what would be saved in part is not saved")
  func save() throws {
    session.begin()
    #expect(throws: Diagnostic.self) { try session.save(to: "/tmp/tiltas-never-written.tiltas") }
    #expect(access("/tmp/tiltas-never-written.tiltas", F_OK) != 0)
  }
}
