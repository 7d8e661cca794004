import Diagnostics
import Graphs
import Relations
import Storage
import Terms
import Testing

@Suite struct RoundTripTests {
  private func roundTrip(_ graph: Graph) throws -> Graph {
    let folder = try Folder()
    try Snapshot.write(graph, rules: [], to: folder / "a.tiltas")
    let read = Graph()
    _ = try Snapshot.read(from: folder / "a.tiltas", into: read)
    return read
  }

  @Test("a graph comes back with its types, relations, facts and statements")
  func everything() throws {
    let graph = sampleGraph()
    #expect(contents(of: try roundTrip(graph)) == contents(of: graph))
  }

  @Test("terms keep their numbers and are found again")
  func numbers() throws {
    let graph = sampleGraph()
    let read = try roundTrip(graph)
    #expect(values(of: read) == values(of: graph))
    for value in values(of: graph) { #expect(read.terms.find(value) == graph.terms.find(value)) }
    #expect(read.terms.find(.name("nobody")) == nil)
    #expect(read.terms.intern(.name("nobody")).number == UInt32(graph.terms.count))
  }

  @Test("an empty graph comes back empty")
  func empty() throws {
    #expect(contents(of: try roundTrip(Graph())) == contents(of: Graph()))
  }

  @Test("more terms than the smallest index holds are found again")
  func manyTerms() throws {
    let graph = Graph()
    for index in 0..<3000 { state(graph, "edge", [.integer(Int64(index % 50)), .name("n\(index)")]) }
    let read = try roundTrip(graph)
    #expect(contents(of: read) == contents(of: graph))
    for value in values(of: graph) { #expect(read.terms.find(value) == graph.terms.find(value)) }
  }

  @Test("rows that are dense or changed later come back")
  func shapes() throws {
    let graph = Graph()
    for first in 0..<4 {
      for second in 0..<400 { state(graph, "dense", [.integer(Int64(first)), .integer(Int64(second))]) }
    }
    let dense = try #require(graph.relation(named: "dense"))
    _ = dense.facts.index([1, 0])
    #expect(graph.retract(dense, [0, 5]))
    for second in 0..<400 { _ = graph.retract(dense, [1, UInt32(second)]) }
    #expect(dense.factCount == 1199)
    #expect(contents(of: try roundTrip(graph)) == contents(of: graph))
  }

  @Test("facts can be stated, asked and taken back in a graph that was read")
  func changes() throws {
    let read = try roundTrip(sampleGraph())
    state(read, "three", [.integer(0), .integer(1), .integer(2)])
    state(read, "holds", [.name("a"), .name("b")])
    let holds = try #require(read.relation(named: "holds"))
    let a = try #require(read.terms.find(.name("a"))).number
    let b = try #require(read.terms.find(.name("b"))).number
    #expect(holds.facts.index([1, 0]).set(level: 1, node: b).elements == [a])
    #expect(read.retract(holds, [a, b]))
    #expect(holds.factCount == 1)
    #expect(read.relation(named: "three")?.factCount == 6)
  }

  @Test("the texts of rules come back in their order")
  func rules() throws {
    let folder = try Folder()
    let rules = [(name: "rules/b.dl", text: "ž(X) :- y(X).\n"), (name: "a.dl", text: ""), (name: "a.dl", text: "x.")]
    try Snapshot.write(Graph(), rules: rules, to: folder / "a.tiltas")
    let read = try Snapshot.read(from: folder / "a.tiltas", into: Graph())
    #expect(read.map(\.name) == ["rules/b.dl", "a.dl", "a.dl"])
    #expect(read.map(\.text) == ["ž(X) :- y(X).\n", "", "x."])
  }

  @Test("the same graph gives the same bytes, also when it was read from a snapshot")
  func determinism() throws {
    let folder = try Folder()
    let rules = [(name: "a.dl", text: "x :- y.")]
    try Snapshot.write(sampleGraph(), rules: rules, to: folder / "a.tiltas")
    try Snapshot.write(sampleGraph(), rules: rules, to: folder / "b.tiltas")
    let read = Graph()
    _ = try Snapshot.read(from: folder / "a.tiltas", into: read)
    try Snapshot.write(read, rules: rules, to: folder / "c.tiltas")
    let bytes = try Folder.bytes(folder / "a.tiltas")
    #expect(try Folder.bytes(folder / "b.tiltas") == bytes)
    #expect(try Folder.bytes(folder / "c.tiltas") == bytes)
  }

  @Test("a snapshot read into a graph that has terms and facts adds to them")
  func merging() throws {
    let folder = try Folder()
    try Snapshot.write(sampleGraph(), rules: [], to: folder / "a.tiltas")
    let graph = Graph()
    state(graph, "number", [.string("first")], [("line", .integer(1))])
    let own = graph.terms.find(.string("first"))
    _ = try Snapshot.read(from: folder / "a.tiltas", into: graph)
    #expect(graph.terms.find(.string("first")) == own)
    let expected = sampleGraph()
    state(expected, "number", [.string("first")], [("line", .integer(1))])
    #expect(contents(of: graph) == contents(of: expected))
  }

  @Test("a snapshot whose relation has another arity in the graph is refused, and the graph stays as it was")
  func conflict() throws {
    let folder = try Folder()
    try Snapshot.write(sampleGraph(), rules: [], to: folder / "a.tiltas")
    let graph = Graph()
    state(graph, "three", [.integer(1)])
    let before = contents(of: graph)
    let error = #expect(throws: Diagnostic.self) { try Snapshot.read(from: folder / "a.tiltas", into: graph) }
    #expect(
      error?.message == "cannot read `\(folder / "a.tiltas")` into the graph: `three` has 1 arguments in the graph "
        + "and 3 in the file")
    #expect(contents(of: graph) == before)
  }

  @Test("the information about a snapshot counts what is in it")
  func info() throws {
    let folder = try Folder()
    try Snapshot.write(sampleGraph(), rules: [], to: folder / "a.tiltas")
    let info = try Snapshot.info(of: folder / "a.tiltas")
    #expect(info.version == 6)
    #expect(info.bytes == (try Folder.bytes(folder / "a.tiltas")).count)
    #expect(info.terms == sampleGraph().terms.count)
    #expect(info.types == 3)
    #expect(info.statements == 8)
    #expect(
      info.relations.map { "\($0.name)/\($0.arity) \($0.facts)" } == [
        "agent/1 0", "alias/2 0", "empty/3 0", "four/4 5", "holds/2 1", "label/2 3", "namesake/1 0", "number/1 4",
        "person/1 1", "raining/0 1", "three/3 5",
      ])
  }
}
