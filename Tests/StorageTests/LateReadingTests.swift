import Diagnostics
import Glibc
import Graphs
import Relations
import Sessions
import Terms
import Testing

@testable import Storage

/// Facts and statements are read from a snapshot when they are first asked for.
@Suite struct LateReadingTests {
  private let folder: Folder
  private let path: String
  private let whole: [UInt8]

  init() throws {
    folder = try Folder()
    path = folder / "a.tiltas"
    try Snapshot.write(sampleGraph(), rules: [], to: path)
    whole = try Folder.bytes(path)
  }

  private func opened() throws -> Graph {
    let graph = Graph()
    _ = try Snapshot.read(from: path, into: graph)
    return graph
  }

  private func opened(damaging kind: SnapshotLayout.Kind, of relation: Int) throws -> Graph {
    var bytes = whole
    bytes[Forgery(bytes: whole).start(kind, relation: relation)] ^= 1
    try Folder.write(bytes, to: path)
    return try opened()
  }

  private func message(_ graph: Graph) -> String? {
    do {
      try graph.checkSupplies()
      return nil
    } catch {
      return (error as? Diagnostic)?.message
    }
  }

  @Test("a damaged relation is told when it is first asked for, and not before")
  func damagedFacts() throws {
    let graph = try opened(damaging: .facts, of: 4)
    let holds = try #require(graph.relation(named: "holds"))
    #expect(holds.factCount == 1)
    _ = graph.relation(named: "label")?.facts.rows([1, 0])
    #expect(message(graph) == nil)
    #expect(holds.facts.rows([0, 1]).count == 0)
    #expect(message(graph) == "the snapshot `\(path)` is damaged in its facts of `holds`: the checksum differs")
  }

  @Test("a direction that is damaged is told when a question needs it, and not before")
  func damagedDirection() throws {
    let graph = try opened(damaging: .backwardFacts, of: 4)
    let holds = try #require(graph.relation(named: "holds"))
    #expect(holds.facts.rows([0, 1]).count == 1)
    #expect(message(graph) == nil)
    #expect(holds.facts.rows([1, 0]).count == 0)
    #expect(
      message(graph) == "the snapshot `\(path)` is damaged in its facts backwards of `holds`: the checksum differs")
  }

  @Test("damaged statements are told when they are first asked for, and not before")
  func damagedStatements() throws {
    let graph = try opened(damaging: .statements, of: 4)
    let holds = try #require(graph.relation(named: "holds"))
    #expect(holds.statementCount == 3)
    #expect(message(graph) == nil)
    #expect(holds.statements.count == 0)
    #expect(message(graph) == "the snapshot `\(path)` is damaged in its statements of `holds`: the checksum differs")
  }

  @Test("a graph of which a part could not be read is not saved")
  func damageIsNotSaved() throws {
    let graph = try opened(damaging: .facts, of: 4)
    let copy = folder / "b.tiltas"
    let error = #expect(throws: Diagnostic.self) { try Snapshot.write(graph, rules: [], to: copy) }
    #expect(error?.message == "the snapshot `\(path)` is damaged in its facts of `holds`: the checksum differs")
    #expect(folder.names == ["a.tiltas"])
  }

  @Test("a file that another takes the place of is read on as it was")
  func replaced() throws {
    let graph = try opened()
    try Snapshot.write(Graph(), rules: [], to: path)
    #expect(contents(of: graph) == contents(of: sampleGraph()))
    #expect(message(graph) == nil)
  }

  @Test("a file that is cut short or changed in its place while it is open is told")
  func changedInPlace() throws {
    let cut = try opened()
    truncate(path, 100)
    _ = contents(of: cut)
    #expect(message(cut) == "cannot read `\(path)`: it became shorter while it was read")
    try Folder.write(whole, to: path)
    let changed = try opened()
    try Folder.write([UInt8](repeating: 0, count: whole.count), to: path)
    _ = contents(of: changed)
    #expect(
      message(changed) == "the snapshot `\(path)` is damaged in its facts of `four`: the checksum differs")
  }

  @Test("what is changed after opening is as if all had been read")
  func changes() throws {
    let (graph, expected) = (try opened(), sampleGraph())
    for graph in [graph, expected] {
      state(graph, "holds", [.name("zoya"), .name("mayor")])
      state(graph, "three", [.integer(1), .integer(2), .integer(3)])
      state(graph, "label", [.name("Жуков"), .string("Жуков 😀")])
      let three = try #require(graph.relation(named: "three"))
      let first = [.integer(0), .name("vaida_žvikienė"), .integer(0)].compactMap { graph.terms.find($0)?.number }
      #expect(graph.retract(three, first))
    }
    #expect(contents(of: graph) == contents(of: expected))
    let backwards = try #require(graph.relation(named: "holds")).facts.rows([1, 0])
    let mayor = try #require(graph.terms.find(.name("mayor"))).number
    #expect(backwards[mayor].count == 2)
  }

  @Test("a graph that was opened is saved as the same bytes")
  func sameBytes() throws {
    let copy = folder / "b.tiltas"
    try Snapshot.write(try opened(), rules: [], to: copy)
    #expect(try Folder.bytes(copy) == whole)
  }

  @Test("the same bytes come of a graph whose facts were added one by one and of one that got them at once")
  func sameBytesHoweverMade() throws {
    let (slow, quick) = (Graph(), Graph())
    let pairs = (0..<3000).map { [Int64($0 * 7 % 1000), Int64($0 * 13 % 500)] }
    for graph in [slow, quick] {
      for pair in pairs { for number in pair { _ = graph.terms.intern(integer: number) } }
    }
    for pair in pairs.reversed() {
      state(slow, "edge", pair.map { .integer($0) })
      _ = slow.factCount
    }
    quick.state(
      quick.addRelation("edge", arity: 2),
      tuples: pairs.joined().map { quick.terms.intern(integer: $0).number })
    try Snapshot.write(slow, rules: [], to: folder / "slow.tiltas")
    try Snapshot.write(quick, rules: [], to: folder / "quick.tiltas")
    #expect(try Folder.bytes(folder / "slow.tiltas") == Folder.bytes(folder / "quick.tiltas"))
  }

  /// Writes so many people with their numbers, of which a byte of a section is changed.
  private func writePeople(_ count: Int, damaging kind: SnapshotLayout.Kind? = nil, at offset: Int = 0) throws {
    let graph = Graph()
    for index in 0..<count {
      let noted = [("note", Value.string("from page \(index)"))]
      state(graph, "numbered", [.name("person_\(index)"), .integer(Int64(index))], index == 7 ? noted : [])
    }
    try Snapshot.write(graph, rules: [], to: path)
    guard let kind else { return }
    var bytes = try Folder.bytes(path)
    bytes[Forgery(bytes: bytes).start(kind) + offset] ^= 1
    try Folder.write(bytes, to: path)
  }

  @Test("damaged terms are told when one of their block is first looked at, and not before")
  func damagedTerms() throws {
    for (kind, offset, name) in [
      (.termKinds, 9000, "kinds of terms"), (.termPayloads, 72_000, "values of terms"),
      (.texts, 47_000, "texts of terms"),
    ] as [(SnapshotLayout.Kind, Int, String)] {
      // What is damaged is not saved over.
      unlink(path)
      try writePeople(10_000, damaging: kind, at: offset)
      let graph = try opened()
      #expect(graph.terms.value(Term(2000)) == .name("person_999"))
      #expect(graph.terms.find(.name("person_42")) != nil)
      #expect(message(graph) == nil)
      _ = graph.terms.value(Term(9001))
      #expect(message(graph) == "the snapshot `\(path)` is damaged in its \(name): the checksum differs")
    }
  }

  @Test("a damaged index of terms is told when a value is sought there, and not before")
  func damagedIndex() throws {
    try writePeople(10_000, damaging: .termSlots, at: 100_000)
    let graph = try opened()
    #expect(graph.terms.value(Term(19_999)) == .integer(9998))
    #expect(message(graph) == nil)
    for index in 0..<10_000 { _ = graph.terms.find(.name("person_\(index)")) }
    #expect(message(graph) == "the snapshot `\(path)` is damaged in its index of terms: the checksum differs")
  }

  @Test("damaged annotations are told when they are first asked for, and have no entries then")
  func damagedAnnotations() throws {
    try writePeople(10_000, damaging: .annotationEntries)
    let graph = try opened()
    let numbered = try #require(graph.relation(named: "numbered"))
    #expect(numbered.statements.count == 1)
    #expect(message(graph) == nil)
    #expect(graph.annotationSets.entries(numbered.statements.annotations[0]).isEmpty)
    #expect(message(graph) == "the snapshot `\(path)` is damaged in its annotations: the checksum differs")
  }

  @Test("a question about a name that cannot be read is answered with the damage, not with that there is none")
  func damageIsNotAnUnknownName() throws {
    try writePeople(10_000, damaging: .termSlots, at: 100_000)
    var messages: Set<String> = []
    for index in stride(from: 0, to: 10_000, by: 50) {
      let session = Session()
      try session.load(path: path)
      do {
        #expect(try session.query("numbered(person_\(index), N)").rowCount == 1)
      } catch let diagnostics as Diagnostic {
        messages.formUnion(diagnostics.all.map(\.message))
      }
    }
    #expect(messages == ["the snapshot `\(path)` is damaged in its index of terms: the checksum differs"])
  }

  @Test("terms of a snapshot that nobody has looked at yet are compared on two threads as on one")
  func comparedOnThreads() throws {
    try writePeople(10_000)
    for threads in [1, 2] {
      let session = Session()
      session.limits.threads = threads
      session.threadPatience = 0
      try session.load(path: path)
      let answers = try session.query("N = count{ P, M : numbered(P, M), numbered(_, K), M < K, K = 5000 }")
      #expect(answers.value(row: 0, column: 0) == .integer(5000))
      #expect(try session.query("numbered(P, M), numbered(Q, K), M < 60, K > 9950").rowCount == 60 * 49)
    }
  }

  @Test("files of versions 1 to 5 are read and verified", arguments: [1, 2, 3, 4, 5])
  func olderVersions(_ version: Int) throws {
    let old = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!)) + "/Version\(version).tiltas"
    try #expect(Snapshot.info(of: old).version == version)
    try Snapshot.verify(old)
    let graph = Graph()
    let rules = try Snapshot.read(from: old, into: graph)
    #expect(rules.map { $0.text.filter { $0 != "\n" } } == ["colleague(A, B) :- holds(A, O), holds(B, O), A != B. "])
    let lines = contents(of: graph)
    #expect(lines.contains("type person : [\"agent\"]"))
    #expect(lines.contains { $0.hasPrefix("relation three 3 undeclared 3") })
    #expect(lines.count { $0.hasPrefix("holds ") } == 3)
    #expect(graph.annotationSets.count == 3)
  }
}
