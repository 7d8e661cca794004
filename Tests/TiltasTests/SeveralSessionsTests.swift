import Foundation
import Testing
import Tiltas

/// Several sessions on one snapshot, as of shells that are open beside one another.
@Suite struct SeveralSessionsTests {
  private let folder: URL
  private let path: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("tiltas-tests-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appendingPathComponent("g.tiltas").path
    let first = Session()
    try first.load(SourceFile(name: "a.dl", text: "b(0)."))
    try first.save(to: path)
  }

  private func opened() throws -> Session {
    let session = Session()
    if try session.openForChanges(path: path) { session.startJournal() }
    return session
  }

  private func add(_ fact: String, to session: Session) throws {
    _ = try session.enter("+\(fact).", answer: { _ in })
  }

  private func facts() throws -> Int {
    let session = Session()
    try session.load(path: path)
    return try session.query("b(X)").rowCount
  }

  private func refusal(_ work: () throws -> Void) -> String? {
    #expect(throws: Diagnostic.self, performing: work)?.message
  }

  @Test("one that was opened beside a writer does not overwrite what the writer has changed since")
  func lostUpdate() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let writer = try opened()
    #expect(writer.keepsJournal)
    try add("b(1)", to: writer)
    let other = try opened()
    #expect(!other.keepsJournal)
    try add("b(2)", to: writer)
    writer.endJournal()
    #expect(
      refusal { try other.save(to: path) }
        == "cannot write `\(path)`: another process has changed it since it was opened")
    #expect(try facts() == 3)
  }

  @Test("nor does one that has read it for something else")
  func readOnly() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let reader = Session()
    try reader.load(path: path)
    let writer = try opened()
    try add("b(1)", to: writer)
    try writer.save(to: path)
    writer.endJournal()
    #expect(
      refusal { try reader.save(to: path) }
        == "cannot write `\(path)`: another process has changed it since it was opened")
    #expect(try facts() == 2)
  }

  @Test("one that was opened beside a writer who changed nothing since may save")
  func unchanged() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let writer = try opened()
    try add("b(1)", to: writer)
    let other = try opened()
    try add("b(2)", to: other)
    writer.endJournal()
    try other.save(to: path)
    #expect(try facts() == 3)
  }
}
