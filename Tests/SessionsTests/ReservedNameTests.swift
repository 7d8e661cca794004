import Diagnostics
import Foundation
import Sessions
import Testing

@Suite("The name `triple`")
struct ReservedNameTests {
  private let folder = NSTemporaryDirectory() + "reserved-\(UUID().uuidString)"

  @Test("an old snapshot that has a relation `triple` and a rule for it is opened, with a note for each")
  func oldSnapshot() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/old.tiltas"
    let old = Session()
    try old.load(SourceFile(name: "a.dl", text: "likes(a, b)."))
    let relation = old.graph.addRelation("triple", arity: 3)
    let tuple = ["x", "y", "z"].map { old.graph.terms.intern(.name($0)).number }
    tuple.withUnsafeBufferPointer { old.graph.state(relation, $0, .empty) }
    try old.save(to: path)

    let session = Session()
    try session.load(path: path)
    #expect(
      session.takeNotes() == [
        "note: `\(path)` has a relation `triple`, whose name is the language's own now: its 1 fact stays in the graph, "
          + "but `triple(S, R, O)` doesn't ask for it"
      ])
    let answers = try session.query("triple(S, R, O)")
    #expect(answers.rowCount == 1)
    #expect(answers.value(row: 0, column: 1) == .name("likes"))
  }

  @Test("a table called `triple` is not read")
  func table() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "a\tb\tc\n".write(toFile: folder + "/triple.tsv", atomically: true, encoding: .utf8)
    let session = Session()
    for load in [{ try session.loadFacts(folder: folder) }, { try session.load(path: folder + "/triple.tsv") }] {
      let problems = try #require(throws: Diagnostic.self) { try load() }
      #expect(problems.all.first?.message.hasPrefix("`triple` is the language's own") == true)
      #expect(problems.all.first?.help == "give the file another name")
    }
    #expect(session.graph.relation(named: "triple") == nil)
  }

  @Test("at the prompt a fact of that name is refused, and what `triple` asks for is as before")
  func prompt() throws {
    let session = Session()
    _ = try session.enter("+likes(a, b).") { _ in }
    for text in ["+triple(x, y, z).", "-triple(x, y, z).", "triple(X, Y) :- likes(X, Y)."] {
      #expect(throws: Diagnostic.self) { try session.enter(text) { _ in } }
    }
    #expect(try session.query("triple(S, R, O)").rowCount == 1)
  }
}
