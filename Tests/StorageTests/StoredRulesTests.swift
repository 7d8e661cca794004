import Diagnostics
import Graphs
import Sessions
import Testing

@testable import Storage

/// The texts of rules that a snapshot holds, whoever made it.
@Suite struct StoredRulesTests {
  private let folder: Folder
  private let path: String

  init() throws {
    folder = try Folder()
    path = folder / "a.tiltas"
    try Folder.write("secret(word).".utf8, to: folder / "secret.dl")
    try Folder.write("word\n".utf8, to: folder / "secret.tsv")
  }

  @Test(
    "a statement that is no rule, parameter or constraint is refused, and no file is read for it",
    arguments: ["include \"secret.dl\".", "import secret \"secret.tsv\".", "?- number(A)."])
  func refused(_ statement: String) throws {
    try Snapshot.write(Graph(), rules: [(name: folder / "r.dl", text: "x(A) :- secret(A). \(statement)")], to: path)
    let session = Session()
    let error = #expect(throws: Diagnostic.self) { try session.load(path: path) }
    #expect(
      error?.all.first?.message
        == "the snapshot is damaged in its texts of rules: this is no rule, parameter or constraint")
    #expect(session.graph.relation(named: "secret")?.factCount ?? 0 == 0)
  }

  @Test("in a journal too")
  func inJournal() throws {
    try Snapshot.write(Graph(), rules: [], to: path)
    let graph = Graph()
    let opened = try Snapshot.open(path, into: graph)
    opened.journal?.start(graph)
    graph.ledger.noteRules()
    #expect(try opened.journal?.keep(rules: { [(name: folder / "r.dl", text: "include \"secret.dl\".")] }) == true)
    let session = Session()
    #expect(throws: Diagnostic.self) { try session.load(path: path) }
    #expect(session.graph.relation(named: "secret")?.factCount ?? 0 == 0)
  }

  @Test("rules, parameters and constraints are taken")
  func taken() throws {
    let text = "param limit = 3 \"the most\". x(A) :- number(A). constraint \"none\" :- x(A), A > $limit."
    try Snapshot.write(Graph(), rules: [(name: "r.dl", text: text)], to: path)
    let session = Session()
    try session.load(path: path)
    #expect(session.derivedRelations == ["x"])
  }
}
