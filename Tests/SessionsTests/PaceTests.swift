import Diagnostics
import Foundation
import Graphs
import Synchronization
import Terms
import Testing

@testable import Sessions

/// Every loop over data passes through a pace: whatever a session does can be ended, and is asked for that as often as its size
/// makes it. It is counted how often is asked; nothing here rests on a clock.
@Suite struct PaceTests {
  /// Counts the questions whether to go on, and interrupts the session at one of them.
  private final class Questions: Sendable {
    private let count = Atomic<Int>(0)
    private let last: Int
    private let interruption: Interruption

    init(interrupting interruption: Interruption, at last: Int) {
      self.interruption = interruption
      self.last = last
    }

    func next() -> Double {
      if count.wrappingAdd(1, ordering: .relaxed).newValue == last { interruption.set() }
      return 0
    }

    var asked: Int { count.load(ordering: .relaxed) }
  }

  struct Work: CustomTestStringConvertible {
    var testDescription: String
    /// What is in the graph before.
    var graph = ""
    /// How often it must be asked whether to go on, at least.
    var least: Int
    var run: @Sendable (Session) throws -> Void
  }

  private static let size = 6_000

  private static func lines(_ count: Int = size, _ line: (Int) -> String) -> String {
    (0..<count).map(line).joined(separator: "\n")
  }

  private static func load(_ name: String, least: Int, _ text: String) -> Work {
    Work(testDescription: "loading \(name)", least: least) { session in
      let file = try Folder.file(text)
      try session.loadUndoably(path: file)
    }
  }

  private static func table(_ columns: Int, least: Int) -> Work {
    Work(testDescription: "loading a table of \(columns) columns", least: least) { session in
      try session.loadUndoably(path: try Folder.table(columns))
    }
  }

  private static func query(_ name: String, _ graph: String, least: Int, _ text: String) -> Work {
    Work(testDescription: name, graph: graph, least: least) { _ = try $0.query(text) }
  }

  private static func enter(_ name: String, _ graph: String = "", least: Int, _ text: String) -> Work {
    Work(testDescription: name, graph: graph, least: least) { session in
      _ = try session.enter(text, answer: { _ in })
    }
  }

  private static func explore(
    _ name: String, _ graph: String, least: Int, _ body: @escaping @Sendable (Explorer) throws -> Void
  ) -> Work {
    Work(testDescription: name, graph: graph, least: least) { try $0.explore(body) }
  }

  private static let facts = lines { "p(\($0)). t(\"text \($0)\"). e(x\($0), x\($0 + 1))." }
  private static let product = lines(1_500) { "p(\($0))." }
  private static let hub = lines { "e(hub, x\($0)). o(other, x\($0)). label(x\($0), \"Name \($0)\")." }
  private static let chain = "r0(1).\n" + lines(2_000) { "r\($0 + 1)(X) :- r\($0)(X)." }
  private static let heads = "one(1).\n" + lines(2_000) { "h\($0)(X) :- one(X)." }
  private static let random: String = {
    var state: UInt64 = 1
    func next(_ count: Int) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % UInt64(count)
    }
    return lines(4_000) { _ in "g(\(next(400)), \(next(400)))." }
  }()

  private static func term(_ name: String, _ explorer: Explorer) throws -> Term { try explorer.entity(named: name) }

  static let works: [Work] = [
    load("facts", least: 20, facts),
    table(2, least: 20), table(4, least: 40),
    load("annotated facts", least: 10, lines { "p(x\($0)) @ {line: \($0), note: \"n\($0)\"}." }),
    load("relations", least: 20, lines { "relation q\($0)(entity). q\($0)(a)." }),
    load("types in a chain", least: 10, "type t0.\n" + lines { "type t\($0 + 1) : t\($0)." }),
    load("types in a cycle", least: 10, lines { "type t\($0) : t\(($0 + 1) % size)." }),
    load("rules of many heads", least: 10, heads),
    load("rules of one head", least: 10, "one(1).\n" + lines { "h(X) :- one(X), X != \($0)." }),
    load("comments between facts", least: 5, lines { "% \($0)\nc(\($0))." }),
    load("a body of many alternatives", least: 5, "v(X) :- " + lines { "p(X), X = \($0) ;" } + " p(X)."),
    load("parameters", least: 5, lines { "param a\($0) = \($0) \"some\"." }),
    load("constraints", least: 10, "one(1).\n" + lines { "constraint \"c\($0)\" :- one(X), X = \($0)." }),
    load("saved queries", least: 10, "one(1).\n" + lines { "?- one(\($0))." }),
    enter("facts at the prompt", least: 10, lines { "+p(\($0))." }),
    enter("facts taken back", facts, least: 10, lines { "-p(\($0))." }),
    enter("rules at the prompt", "one(1).", least: 10, heads),
    enter("an explanation over a chain of rules", chain, least: 10, "?why r2000(1)."),
    enter("why not, over a chain of rules", chain, least: 10, "?why not r2000(2)."),
    enter("a query over a chain of rules", chain, least: 10, "?- r2000(X)."),
    enter("many queries", heads, least: 10, lines(50) { "?- h\($0)(X)." }),
    Work(testDescription: "a plan over a chain of rules", graph: chain, least: 10) { _ = try $0.plan("r2000(X)") },
    Work(testDescription: "a check of rules and constraints", graph: chain, least: 10) { _ = try $0.check() },
    query("answers in order", facts, least: 5, "t(X)"),
    query("answers of two columns in order", facts, least: 15, "p(X), p(Y), X < 100, Y < 400"),
    query("a join", random, least: 2, "g(X, Y), g(Y, Z), g(Z, X)"),
    query("a closure", random, least: 3, "N = count{ X, Y : g+(X, Y) }"),
    query("distances", random, least: 2, "N = count{ X, Y : D = distance{ g : X -> Y } }"),
    query("a recursion", "n(0). n(X + 1) :- n(X), X < 3000.", least: 100, "N = count{ X : n(X) }"),
    query("a comparison of all with all", product, least: 100, "N = count{ X, Y : p(X), p(Y), X < Y, X + Y < 10 }"),
    query("computed texts", facts, least: 2, "t(X), Y = upper(X) ++ \"a\", contains(Y, \"77\")"),
    query("regular expressions", facts, least: 300, "t(X), matches(X, \"7+$\")"),
    query("a list", facts, least: 10, "L = list{ X : t(X) }"),
    query("names by their words", hub, least: 2, "e(hub, X), X ~ \"name\""),
    explore("near a hub", hub, least: 3) { _ = try $0.near(term("hub", $0), steps: 1) },
    explore("near a hub, two steps", hub, least: 3) { _ = try $0.near(term("x7", $0), steps: 2) },
    explore("surroundings of a hub", hub, least: 2) {
      _ = try $0.surroundings(of: term("hub", $0), steps: 1, limit: 150)
    },
    explore("a description of a hub", hub, least: 2) { _ = try $0.describe(term("hub", $0)) },
    explore("a description by many rules", heads + " hub(one).", least: 10) { _ = try $0.describe(term("one", $0)) },
    explore("what two hubs share", hub, least: 2) { _ = try $0.common(term("hub", $0), term("other", $0)) },
    explore("a way over a chain", facts, least: 2) {
      _ = try $0.connections(from: term("x0", $0), to: term("x900", $0))
    },
  ]

  private func begin(_ work: Work, interruptedAt last: Int) throws -> (session: Session, questions: Questions) {
    let session = Session()
    try session.load(SourceFile(name: "<graph>", text: "kept(1).\n" + work.graph))
    let questions = Questions(interrupting: session.interruption, at: last)
    session.limits.seconds = 1
    session.limits.clock = { questions.next() }
    return (session, questions)
  }

  @Test(
    "each work asks as often as its size makes it whether to go on, ends when it is told to, and leaves the graph as it was",
    arguments: works)
  func interruption(_ work: Work) throws {
    let (whole, allQuestions) = try begin(work, interruptedAt: .max)
    do { try work.run(whole) } catch is Diagnostic {}
    let asked = allQuestions.asked
    #expect(asked >= work.least)
    for moment in Self.moments(asked) where moment > 1 {
      let (session, questions) = try begin(work, interruptedAt: moment)
      let before = session.graph.factCount
      let rules = session.rules.count
      do {
        try work.run(session)
        // Where a time begins the clock is read too, so that it may not have been asked again.
        #expect(questions.asked <= moment + 1, "it went on after question \(moment) of \(asked)")
      } catch QueryFailure.interrupted {
      } catch {
        Issue.record("it ended with \(error) after question \(moment) of \(asked)")
      }
      session.interruption.clear()
      session.limits = Limits()
      #expect(session.graph.factCount == before)
      #expect(session.rules.count == rules)
      #expect(session.graph.checkInvariants() == nil)
      #expect(try session.query("kept(X)").rowCount == 1)
    }
  }

  /// At which of so many questions a work is interrupted: at one in the short form, at several in the long one.
  private static func moments(_ asked: Int) -> [Int] {
    getenv("TILTAS_LONG") == nil ? [max(2, asked / 2)] : [2, asked / 3, asked / 2, asked * 2 / 3]
  }

  /// What would take a block of more memory than the system gives.
  static let largeWorks: [Work] = [
    query("many answers in order", product, least: 1, "p(X), p(Y) | order by Y"),
    query("a list of many", product, least: 1, "L = list{ X, Y : p(X), p(Y) }"),
    query(
      "many rows by another column", product + " q(X, Y, 1) :- p(X), p(Y).", least: 1,
      "N = count{ X : q(X, Y, Z), q(Y, X, Z) }"),
    table(4, least: 1),
  ]

  @Test(
    "a block of memory is asked for before it is taken: where there is none the work ends, and the session goes on",
    arguments: largeWorks)
  func memory(_ work: Work) throws {
    let (session, _) = try begin(work, interruptedAt: .max)
    let facts = session.graph.factCount
    session.limits.isGranted = { $0 < 1 << 20 }
    do {
      try work.run(session)
      Issue.record("it had its answer")
    } catch QueryFailure.refused {}
    #expect(session.graph.factCount == facts)
    #expect(session.graph.checkInvariants() == nil)
    session.limits = Limits()
    #expect(try session.query("kept(X)").rowCount == 1)
  }

  @Test("a block that would go beyond the limit of memory is not taken")
  func limit() throws {
    let session = Session()
    try session.load(SourceFile(name: "<graph>", text: Self.lines(12_000) { "p(\($0))." }))
    // The answers would take more than 1,152 MB.
    session.limits.memory = Watch.residentBytes + 1 << 30
    #expect(throws: QueryFailure.self) { try session.query("p(X), p(Y) | order by Y") }
    #expect(Watch.residentBytes < session.limits.memory ?? 0)
    #expect(try session.query("p(7)").holds)
  }

  /// A session that has a snapshot of some statements open for changes, and where that is.
  private func opened(_ name: String, _ text: String) throws -> (session: Session, path: String) {
    let path = Folder.path(name)
    let first = Session()
    try first.load(SourceFile(name: "<graph>", text: text))
    try first.save(to: path)
    let session = Session()
    try session.openForChanges(path: path)
    session.startJournal()
    return (session, path)
  }

  @Test("a load that is interrupted leaves nothing for the journal, not even what it declared")
  func journal() throws {
    let (session, path) = try opened("kept.tiltas", "kept(1).")
    _ = try session.enter("+before(1).", answer: { _ in })
    let journal = try Data(contentsOf: URL(filePath: path + ".journal"))
    let part = try Folder.file("type new.\nrelation declared(entity).\n" + Self.facts)
    // It is interrupted when all is in the graph.
    let (whole, questions) = try begin(Work(testDescription: "", least: 0) { _ in }, interruptedAt: .max)
    try whole.loadUndoably(path: part)
    for moment in [questions.asked / 2, questions.asked] {
      let interrupting = Questions(interrupting: session.interruption, at: moment)
      session.limits.seconds = 1
      session.limits.clock = { interrupting.next() }
      #expect(throws: QueryFailure.self) { try session.loadUndoably(path: part) }
      session.interruption.clear()
      #expect(!session.graph.isType("new"))
      #expect(session.graph.relation(named: "declared") == nil)
      #expect(try Data(contentsOf: URL(filePath: path + ".journal")) == journal)
    }
  }

  @Test("a load into a large graph that is interrupted leaves no rules, and its facts as far as they were read")
  func largeGraph() throws {
    let part = try Folder.file(Self.lines { "h\($0)(X) :- kept(X).\np(\($0))." })
    let (whole, questions) = try begin(Work(testDescription: "", least: 0) { _ in }, interruptedAt: .max)
    whole.mostFactsToUndo = 0
    try whole.loadUndoably(path: part)
    let (session, _) = try begin(Work(testDescription: "", least: 0) { _ in }, interruptedAt: questions.asked - 2)
    session.mostFactsToUndo = 0
    _ = try session.enter("before(X) :- kept(X).", answer: { _ in })
    #expect(throws: QueryFailure.self) { try session.loadUndoably(path: part) }
    session.interruption.clear()
    #expect(session.rules.count == 1)
    #expect(session.takeNotes() == ["note: the facts of `\(part)` that were read stay"])
    #expect(session.graph.factCount > 1)
    #expect(session.graph.checkInvariants() == nil)
  }

  @Test("an import that is interrupted leaves what was there before, in memory and in the journal")
  func importing() throws {
    let (session, path) = try opened("importing.tiltas", Self.lines(3_000) { "edge(x\($0), \($0))." })
    let table = try Folder.file(Self.lines { "x\($0 + 2_000),\($0 + 2_000)" }, named: "edge.csv")
    let questions = Questions(interrupting: session.interruption, at: 1)
    session.limits.seconds = 1
    session.limits.clock = { questions.next() }
    #expect(throws: QueryFailure.self) {
      _ = try session.enter("+before(1). import edge \"\(table)\" {header: false}. +after(1).", answer: { _ in })
    }
    session.interruption.clear()
    session.limits = Limits()
    #expect(session.graph.factCount == 3_000)
    #expect(try session.undo() == nil)
    let again = Session()
    try again.load(path: path)
    #expect(try again.query("edge(X, Y)").rowCount == 3_000)
  }

  @Test("what can't be written for the journal, as there is no memory for its record, is undone")
  func refusedRecord() throws {
    let (session, path) = try opened("refused.tiltas", "kept(1).")
    let table = try Folder.file(Self.lines(300_000) { "\($0)" }, named: "p.facts")
    session.limits.isGranted = { $0 < 6 << 20 }
    session.begin()
    try session.load(path: table)
    #expect(session.graph.factCount == 300_001)
    #expect(throws: QueryFailure.self) { try session.commit() }
    session.limits = Limits()
    #expect(session.graph.factCount == 1 && session.graph.relationNames.count == 3 && !session.hasUnsavedChanges)
    _ = try session.enter("+kept(2).", answer: { _ in })
    let again = Session()
    try again.load(path: path)
    #expect(again.graph.factCount == 2)
    #expect(try session.undo()?.factsTakenBack == 1)
    #expect(try session.undo() == nil)
  }

  @Test("undoing a load ends when it is told to, and changes nothing then")
  func undoing() throws {
    let (session, path) = try opened("undone.tiltas", "kept(1).")
    try session.loadUndoably(path: try Folder.file(Self.facts))
    let count = session.graph.factCount
    let journal = try Data(contentsOf: URL(filePath: path + ".journal"))
    session.interruption.set()
    #expect(throws: QueryFailure.self) { _ = try session.undo() }
    session.interruption.clear()
    #expect(session.graph.factCount == count)
    #expect(try Data(contentsOf: URL(filePath: path + ".journal")) == journal)
    #expect(try session.undo()?.factsTakenBack == count - 1)
    #expect(session.graph.factCount == 1)
  }

  @Test("saving ends when it is told to, and leaves no file")
  func saving() throws {
    let session = Session()
    try session.load(SourceFile(name: "<graph>", text: Self.facts))
    let path = Folder.path("saved.tiltas")
    session.interruption.set()
    #expect(throws: QueryFailure.self) { try session.save(to: path) }
    #expect(!FileManager.default.fileExists(atPath: path))
    session.interruption.clear()
    try session.save(to: path)
    #expect(try Session.verify(path) == nil)
  }

  /// Files for what reads or writes them.
  private enum Folder {
    private static let folder = FileManager.default.temporaryDirectory.appending(path: "tiltas-pace-\(getpid())")

    static func path(_ name: String) -> String {
      try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      return folder.appending(path: "\(UUID())-\(name)").path
    }

    /// A table of rows in no order, made once.
    static func table(_ columns: Int) throws -> String {
      let path = folder.appending(path: "table\(columns).tsv").path
      if FileManager.default.fileExists(atPath: path) { return path }
      let lines = (0..<150_000).map { row in
        (0..<columns).map { String((row &* 7_919 &+ $0 &* 104_729) % 150_001) }.joined(separator: "\t")
      }
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: path), options: .atomic)
      return path
    }

    static func file(_ text: String, named name: String = "part.dl") throws -> String {
      let path = path(name)
      try Data(text.utf8).write(to: URL(filePath: path))
      return path
    }
  }
}
