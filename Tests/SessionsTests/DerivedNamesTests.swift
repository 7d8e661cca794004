import Diagnostics
import Sessions
import Testing

@Suite("Names that rules give")
struct DerivedNamesTests {
  private static func session() throws -> Session {
    let session = Session()
    try session.load(
      SourceFile(
        name: "a.dl",
        text: """
          type person. relation knows(person, person).
          person(ona). person(jo). knows(ona, jo). first(ona, "Ona"). last(ona, "Onaitė").
          label(X, F ++ " " ++ L) :- first(X, F), last(X, L).
          """))
    return session
  }

  @Test("are found, shown and completed without any question before")
  func withoutQuestion() throws {
    let session = try Self.session()
    let ona = try #require(session.graph.terms.find(.name("ona")))
    #expect(session.graph.label(of: ona) == "Ona Onaitė")
    #expect(session.graph.find("onaite") == [ona])
    #expect(session.graph.entities(named: "ona onaite") == [ona])
    var names: [String] = []
    session.graph.forEachName { names.append(String(decoding: $0, as: UTF8.self)) }
    #expect(names == ["Ona Onaitė"])
    #expect(try session.explore { try $0.entity(named: "Ona Onaitė") } == ona)
    #expect(try session.explore { try $0.describe(ona).label } == "Ona Onaitė")
  }

  @Test("follow the facts and rules of the prompt, also back")
  func changes() throws {
    let session = try Self.session()
    func found(_ words: String) throws -> Int { try session.query("X ~ \"\(words)\"").rowCount }
    #expect(try found("jonaitis") == 0)
    _ = try session.enter("+first(jo, \"Jo\"). last(jo, \"Jonaitis\").", answer: { _ in })
    #expect(try found("jonaitis") == 1)
    _ = try session.enter("+knows(\"Jo Jonaitis\", ona).", answer: { _ in })
    #expect(try session.query("knows(jo, X)").rowCount == 1)
    _ = try session.enter("alias(X, \"the \" ++ F) :- first(X, F).", answer: { _ in })
    #expect(try found("the jo") == 1)
    _ = try session.undo()
    #expect(try found("the jo") == 0)
    _ = try session.enter("-last(jo, \"Jonaitis\").", answer: { _ in })
    #expect(try found("jonaitis") == 0)
    #expect(throws: Diagnostic.self) { try session.query("knows(\"Jo Jonaitis\", X)") }
  }

  @Test("an explanation goes on to what they follow from")
  func explanation() throws {
    let session = try Self.session()
    let answers = try session.query("X ~ \"onaite\"")
    let explanation = try #require(try session.why(answers, row: 0))
    #expect(
      explanation.nodes.map(\.conclusion).contains("first(ona, \"Ona\")"), "\(explanation.nodes.map(\.conclusion))")
  }

  @Test("a graph may outlive its session")
  func graphAlone() throws {
    let graph = try Self.session().graph
    #expect(graph.find("nobody").isEmpty)
  }
}
