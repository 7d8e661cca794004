import Diagnostics
import Sessions
import Testing

/// `add` and `remove` at the prompt: each is one change.
@Suite("Updates") struct UpdateTests {
  private let session = Session()

  init() throws {
    try enter("type person. relation wrote(person, any).")
    try enter("+letters(1, \"Ann\"). +letters(2, \"Bob\"). +letters(3, \"Ann\").")
  }

  private func enter(_ text: String) throws { _ = try session.enter(text) { _ in } }

  private func rows(_ query: String) throws -> [String] {
    let answers = try session.query(query)
    return (0..<answers.rowCount).map { row in
      answers.columns.indices.map { answers.value(row: row, column: $0).plainText }.joined(separator: " ")
    }
  }

  private let adding = "add wrote(P, I) @ {line: I} :- letters(I, S), P = entity(person, S)."

  @Test("an `add` is taken back in one step, with the entities that it made")
  func undo() throws {
    try enter(adding)
    #expect(try rows("wrote(P, I), label(P, N)") == ["ann 1 Ann", "ann 3 Ann", "bob 2 Bob"])
    _ = try session.undo()
    #expect(try rows("wrote(P, I)") == [])
    #expect(try rows("person(P)") == [])
    #expect(try rows("letters(I, S)").count == 3)
  }

  @Test("new entities have the source of the fact for which they were made")
  func source() throws {
    try enter(adding)
    #expect(try rows("label(P, N) @ {line: L}") == ["ann Ann 1", "bob Bob 2"])
  }

  @Test("a `remove` is taken back in one step")
  func undoRemove() throws {
    try enter(adding)
    try enter("remove wrote(P, _) :- label(P, \"Ann\").")
    #expect(try rows("wrote(P, I)") == ["bob 2"])
    _ = try session.undo()
    #expect(try rows("wrote(P, I) @ {line: L}") == ["ann 1 1", "ann 3 3", "bob 2 2"])
  }

  @Test("a transaction that is rolled back takes updates back")
  func rollBack() throws {
    session.begin()
    try enter(adding)
    try enter("remove letters(_, _).")
    session.rollBack()
    #expect(try rows("wrote(P, I)") == [])
    #expect(try rows("letters(I, S)").count == 3)
  }

  @Test("an update with a mistake in one row changes nothing")
  func mistake() throws {
    try enter("relation born(person, integer). +years(\"Ann\", 1871). +years(\"Bob\", \"about 1880\").")
    #expect(throws: Diagnostic.self) { try enter("add born(P, Y) :- years(S, Y), P = entity(person, S).") }
    #expect(try rows("person(P)") == [])
    #expect(try rows("born(P, Y)") == [])
  }

  @Test("of many rows with mistakes twenty are shown, and all are counted")
  func manyMistakes() throws {
    for number in 1...50 { try enter("+years(\"\(number)\", \"about \(number)\").") }
    try enter("relation born(any, integer).")
    let problem = #expect(throws: Diagnostic.self) { try enter("add born(P, Y) :- years(P, Y).") }
    #expect(problem?.all.count == 20)
    #expect(
      problem?.all.last?.notes.last?.message == "50 rows are wrong in all; nothing of this statement is carried out")
  }
}
