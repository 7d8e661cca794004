import Diagnostics
import Sessions
import Testing

@Suite("A graph")
struct GraphStoreTests {
  private func graph(_ text: String) throws -> Graph {
    let session = Session()
    try session.load(SourceFile(name: "a.dl", text: text))
    return session.graph
  }

  private static let towns = """
    type place. type city : place. type port : place.
    city(klaipeda). port(klaipeda). city(kaunas).
    label(klaipeda, "Klaipėda"). alias(klaipeda, "Memel"). label(kaunas, "Kaunas"). alias(kaunas, "Kauno miestas").
    near(klaipeda, kaunas) @ {line: 1}. near(klaipeda, kaunas) @ {line: 2, note: "far"}.
    """

  @Test("an entity is found by its exact name, then without case and diacritics")
  func entities() throws {
    let graph = try graph(Self.towns)
    let klaipeda = try #require(graph.terms.find(.name("klaipeda")))
    #expect(graph.entities(named: "Klaipėda") == [klaipeda])
    #expect(graph.entities(named: "KLAIPEDA") == [klaipeda])
    #expect(graph.entities(named: "memel") == [klaipeda])
    #expect(graph.entities(named: "Memelland") == [])
    #expect(graph.label(of: klaipeda) == "Klaipėda")
    #expect(graph.names(of: klaipeda) == ["Klaipėda", "Memel"])
  }

  @Test("words find entities, whole words before beginnings")
  func find() throws {
    let graph = try graph(Self.towns + "\nlabel(kaunas_bay, \"Kaunasbay\"). place(kaunas_bay).")
    #expect(graph.find("kaunas").map { graph.terms.value($0).plainText } == ["kaunas", "kaunas_bay"])
    #expect(graph.find("miest kaun").map { graph.terms.value($0).plainText } == ["kaunas"])
    #expect(graph.find("") == [])
    #expect(graph.find("k", limit: 1).count == 1)
  }

  @Test("a type lies within itself and all above it")
  func types() throws {
    let graph = try graph(Self.towns)
    #expect(graph.isType("city", within: "city"))
    #expect(graph.isType("city", within: "place"))
    #expect(!graph.isType("place", within: "city"))
    #expect(graph.types(of: try #require(graph.terms.find(.name("klaipeda")))) == ["city", "port"])
  }

  @Test("a fact that is stated twice is one fact with two statements")
  func statements() throws {
    let graph = try graph(Self.towns)
    let near = try #require(graph.relation(named: "near"))
    #expect(near.factCount == 1)
    let klaipeda = try #require(graph.terms.find(.name("klaipeda")))
    let about = graph.statements(about: klaipeda).filter { $0.relation == "near" }
    #expect(about.count == 1)
    #expect(
      about[0].annotations.map { $0.map { "\($0.key): \($0.value.plainText)" } } == [
        ["line: 1"], ["line: 2", "note: far"],
      ])
  }

  @Test("a fact that is taken back is gone with its statements")
  func retract() throws {
    let graph = try graph(Self.towns)
    let near = try #require(graph.relation(named: "near"))
    let tuple = try ["klaipeda", "kaunas"].map { try #require(graph.terms.find(.name($0))).number }
    #expect(graph.retract(near, tuple))
    #expect(!graph.retract(near, tuple))
    #expect(near.factCount == 0)
    #expect(near.statements.count == 0)
  }
}
