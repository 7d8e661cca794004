import Graphs
import Testing

/// Which types lie beneath which.
@Suite struct TypeOrderTests {
  @Test("what lies beneath what is found as by following each step, whatever was asked before", arguments: 1...60)
  func reachability(_ seed: Int) {
    var state = UInt64(seed)
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    let graph = Graph()
    let names = (0..<12).map { "t\($0)" }
    var above: [String: Set<String>] = [:]
    func reached(from name: String) -> Set<String> {
      var found: Set<String> = [name]
      var open = [name]
      while let next = open.popLast() {
        for other in above[next, default: []] where found.insert(other).inserted { open.append(other) }
      }
      return found
    }
    for name in names { graph.declareType(name, supertypes: []) }
    for _ in 0..<60 {
      let (low, high) = (names[next(12)], names[next(12)])
      if next(3) == 0, !reached(from: high).contains(low) {
        graph.declareType(low, supertypes: [high])
        above[low, default: []].insert(high)
      }
      #expect(graph.isType(low, within: high) == reached(from: low).contains(high))
      let related = names.filter { reached(from: $0).contains(low) || reached(from: low).contains($0) }
      #expect(graph.types(relatedTo: low) == related)
      #expect(graph.subtypes(of: high) == names.filter { above[$0, default: []].contains(high) })
      let way = graph.typePath(from: low, to: high)
      #expect((way != nil) == reached(from: low).contains(high))
      if let way {
        #expect(way.first == low && way.last == high)
        #expect(zip(way, way.dropFirst()).allSatisfy { above[$0, default: []].contains($1) })
      }
    }
  }

  @Test("a type is not beneath one that is named as a supertype and nowhere declared, and that is no type")
  func undeclared() {
    let graph = Graph()
    graph.declareType("city", supertypes: ["place"])
    #expect(!graph.isType("place"))
    #expect(graph.typeNames == ["city"])
    #expect(graph.supertypes(of: "city") == ["place"])
    #expect(graph.subtypes(of: "place") == ["city"])
    #expect(graph.typePath(from: "place", to: "city") == nil)
    graph.declareType("place", supertypes: [])
    #expect(graph.typeNames == ["city", "place"])
    #expect(graph.typePath(from: "city", to: "place") == ["city", "place"])
  }
}
