import Terms
import Testing

@testable import Graphs

/// Looking entities up by their names, in a graph of a few and in one of many.
@Suite("Finding names") struct NameFindingTests {
  private let graph = Graph()

  /// States a label of an entity.
  private func label(_ entity: String, _ name: String) {
    let relation = graph.relation(named: "label") ?? graph.addRelation("label", arity: 2)
    let tuple = [graph.terms.intern(.name(entity)).number, graph.terms.intern(.string(name)).number]
    tuple.withUnsafeBufferPointer { graph.state(relation, $0, .empty) }
  }

  private func names(_ terms: [Term]) -> [String] { terms.map { graph.terms.value($0).plainText } }

  @Test("entities that begin with a prefix are found, those that were noted since the index was made as well")
  func prefix() {
    for entity in ["ona", "ona_kazlauskiene", "onute", "jonas"] { label(entity, "x") }
    #expect(graph.entityNames(prefix: "on") == ["ona", "ona_kazlauskiene", "onute"])
    label("onys", "x")
    #expect(graph.entityNames(prefix: "on") == ["ona", "ona_kazlauskiene", "onute", "onys"])
    #expect(graph.entityNames(prefix: "on", limit: 2).count == 2)
    #expect(graph.entityNames(prefix: "ony", limit: 1) == ["onys"])
    #expect(graph.entityNames(prefix: "ona_kaz") == ["ona_kazlauskiene"])
    #expect(graph.entityNames(prefix: "zz") == [])
  }

  @Test("a name that is no word is found by looking at all")
  func signs() {
    label("sign", "—")
    #expect(graph.entityNames(prefix: "") == ["sign"])
    #expect(names(graph.entities(named: "—")) == ["sign"])
    #expect(graph.entities(named: "–").isEmpty)
  }

  @Test("the words of all names are listed once, folded and in order")
  func words() {
    label("ona", "Žemaitė")
    label("jonas", "Jonas Žemaitis")
    var words: [String] = []
    graph.forEachNameWord { words.append(String(decoding: $0, as: UTF8.self)) }
    #expect(words.sorted() == ["jonas", "ona", "zemaite", "zemaitis"])
  }

  @Test("a name is unique if one entity bears it, however often")
  func unique() {
    label("ona", "Ona")
    label("jonas", "Jonas")
    label("jonas_2", "Jonas")
    #expect(graph.isUnique("Ona"))
    #expect(!graph.isUnique("Jonas"))
    #expect(!graph.isUnique("nobody"))
  }

  @Test("of many names that match, whole words come before beginnings and short names before long ones")
  func best() {
    for number in 0..<3000 { label("k\(number)", "Kazlauskas brolis \(number)") }
    label("long", "Kazlauskas senasis ponas iš Kauno")
    label("begins", "Kazlauskaselis")
    label("whole", "Kazlauskas")
    #expect(names(graph.find("kazlauskas", limit: 1)) == ["whole"])
    #expect(graph.find("kazlauskas", limit: 5).count == 5)
    #expect(graph.find("kazlauskas").count == 3003)
  }
}
