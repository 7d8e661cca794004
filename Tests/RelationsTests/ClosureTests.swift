import TestSupport
import Testing

@testable import Relations

@Suite("Closures", .tellsSeed)
struct ClosureTests {
  /// The closure by going on until nothing is added.
  private func naive(_ base: [UInt32: Set<UInt32>], _ edges: [UInt32: Set<UInt32>]) -> [UInt32: Set<UInt32>] {
    var result = base
    var hasGrown = true
    while hasGrown {
      hasGrown = false
      for (from, middles) in edges {
        let added = middles.reduce(into: Set<UInt32>()) { $0.formUnion(result[$1] ?? []) }
        if !added.isSubset(of: result[from] ?? []) {
          result[from, default: []].formUnion(added)
          hasGrown = true
        }
      }
    }
    return result.filter { !$0.value.isEmpty }
  }

  private func randomEdges(_ random: inout SplitMix64) -> [UInt32: Set<UInt32>] {
    let nodes = UInt32.random(in: 1...40, using: &random)
    var edges: [UInt32: Set<UInt32>] = [:]
    for _ in 0..<Int.random(in: 0...80, using: &random) {
      edges[UInt32.random(in: 0..<nodes, using: &random), default: []]
        .insert(UInt32.random(in: 0..<nodes, using: &random))
    }
    return edges
  }

  @Test("the closure of a graph, with loops, cycles and parts of its own, is what going on and on gives")
  func closure() {
    var random = SplitMix64(usually: 5)
    for _ in 0..<300 {
      let edges = randomEdges(&random)
      let rows = Rows(edges)
      #expect(Closure.reach(base: rows, edges: rows, proceed: { true })?.pairs == naive(edges, edges))
    }
  }

  @Test("values reach back along edges from another base")
  func reach() {
    var random = SplitMix64(usually: 6)
    for _ in 0..<300 {
      let (base, edges) = (randomEdges(&random), randomEdges(&random))
      let reached = Closure.reach(base: Rows(base), edges: Rows(edges), proceed: { true })
      #expect(reached?.pairs == naive(base, edges))
    }
  }

  @Test("terms far from one another are closed as those side by side are")
  func farApart() {
    var random = SplitMix64(usually: 8)
    func far(_ edges: [UInt32: Set<UInt32>]) -> [UInt32: Set<UInt32>] {
      Dictionary(uniqueKeysWithValues: edges.map { ($0 * 1_000_003, Set($1.map { $0 * 1_000_003 })) })
    }
    for _ in 0..<300 {
      let (base, edges) = (randomEdges(&random), randomEdges(&random))
      let reached = Closure.reach(base: Rows(far(base)), edges: Rows(far(edges)), proceed: { true })
      #expect(reached?.pairs == far(naive(base, edges)))
    }
  }

  @Test("a base is extended along edges, and followed from single terms at either end")
  func extend() {
    var random = SplitMix64(usually: 7)
    for _ in 0..<300 {
      let (base, edges) = (randomEdges(&random), randomEdges(&random))
      let closure = naive(edges, edges)
      let expected = base.mapValues { row in row.reduce(into: row) { $0.formUnion(closure[$1] ?? []) } }
      #expect(Closure.extend(base: Rows(base), edges: Rows(edges), proceed: { true })?.pairs == expected)
      let some = Set(base.keys.prefix(3))
      let ends = SetBuffer(some)
      let followed = Closure.follow(
        ends.view, base: Rows(base), edges: Rows(edges), baseFirst: true, proceed: { true })
      #expect(followed?.pairs == expected.filter { some.contains($0.key) })
      let back = Closure.follow(
        ends.view, base: Rows(base), edges: Rows(edges), baseFirst: false, proceed: { true })
      #expect(back?.pairs == naive(base, edges).filter { some.contains($0.key) })
    }
  }

  /// What some terms reach in no, one or more steps.
  private func reached(_ start: Set<UInt32>, _ edges: [UInt32: Set<UInt32>]) -> Set<UInt32> {
    var (seen, open) = (start, Array(start))
    while let node = open.popLast() {
      for target in edges[node] ?? [] where seen.insert(target).inserted { open.append(target) }
    }
    return seen
  }

  @Test("large graphs, dense and sparse, are closed and extended row by row as one term alone is", arguments: [1, 3])
  func large(edgesOfNode: Int) {
    var random = SplitMix64(usually: UInt64(80 + edgesOfNode))
    for distance in [UInt32(1), 50_000] {
      func node() -> UInt32 { UInt32.random(in: 0..<400, using: &random) * distance }
      var (base, edges): ([UInt32: Set<UInt32>], [UInt32: Set<UInt32>]) = ([:], [:])
      for _ in 0..<400 * edgesOfNode { edges[node(), default: []].insert(node()) }
      for _ in 0..<150 { base[node(), default: []].insert(node()) }
      for key in 0..<UInt32(100) { base[key * distance, default: []].insert(399 * distance + 7) }
      let (baseRows, edgeRows) = (Rows(base), Rows(edges))
      let closed = Closure.reach(base: edgeRows, edges: edgeRows, proceed: { true })
      #expect(closed?.checkInvariants() == nil)
      #expect(closed?.pairs == edges.mapValues { reached($0, edges) })
      let extended = Closure.extend(base: baseRows, edges: edgeRows, proceed: { true })
      #expect(extended?.pairs == base.mapValues { reached($0, edges) })
    }
  }

  @Test("a graph without edges has no closure, and a base of its own stays")
  func noEdges() {
    let base = Rows([3: [4, 5]])
    #expect(Closure.reach(base: Rows(), edges: Rows(), proceed: { true })?.count == 0)
    #expect(Closure.reach(base: base, edges: Rows(), proceed: { true })?.pairs == [3: [4, 5]])
    #expect(Closure.extend(base: base, edges: Rows(), proceed: { true })?.pairs == [3: [4, 5]])
  }

  @Test("an extension and a search that are told not to go on have no result")
  func stoppedSearch() {
    let rows = Rows()
    for node in 0..<UInt32(5000) { rows.insert(node, node + 1) }
    #expect(Closure.extend(base: rows, edges: rows, proceed: { false }) == nil)
    #expect(Closure.extend(base: Rows([1: [1]]), edges: rows, proceed: { false }) == nil)
    #expect(!Closure.layers(from: 1, edges: rows, proceed: { false }, { _ in }))
  }

  @Test("rows that share their memory change one without the other")
  func shared() {
    let rows = Rows([1: [2], 2: [3], 3: [1]])
    let closure = Closure.reach(base: rows, edges: rows, proceed: { true })
    closure?.insert(1, 9)
    closure?.remove(2, 3)
    #expect(closure?.pairs == [1: [1, 2, 3, 9], 2: [1, 2], 3: [1, 2, 3]])
    #expect(closure?.checkInvariants() == nil)
  }

  @Test("a chain of 50,000 has a closure of each node's later ones, and needs no deep stack")
  func chain() {
    let rows = Rows()
    for node in 0..<UInt32(50_000) where node % 1000 != 999 { rows.insert(node, node + 1) }
    let closure = Closure.reach(base: rows, edges: rows, proceed: { true })
    #expect(closure?[0].count == 999)
    #expect(closure?[49_998].elements == [49_999])
    let whole = Rows()
    for node in 0..<UInt32(50_000) { whole.insert(node, node + 1) }
    let start = Rows([50_000: [1]])
    #expect(Closure.reach(base: start, edges: whole, proceed: { true })?.keys.count == 50_001)
  }

  @Test("layers are the terms by their distance")
  func layers() {
    var found: [[UInt32]] = []
    let rows = Rows([1: [2, 3], 2: [4], 3: [4, 1], 4: [5]])
    func keep(_ layer: SetView) { found.append(layer.elements) }
    #expect(Closure.layers(from: 1, edges: rows, proceed: { true }, keep))
    #expect(found == [[1], [2, 3], [4], [5]])
  }

  @Test("a closure that is told not to go on has no result")
  func stopped() {
    let rows = Rows()
    for node in 0..<UInt32(5000) { rows.insert(node, node + 1) }
    #expect(Closure.reach(base: rows, edges: rows, proceed: { false }) == nil)
  }

  @Test("a closure, an extension and a change have no result if they are told to end, whenever that is")
  func toldToEnd() {
    var edges: [UInt32: Set<UInt32>] = [:]
    for node in 0..<UInt32(3000) where node % 100 != 99 { edges[node] = [node + 1] }
    edges[9000] = Set(0..<3000)
    var base = edges.filter { $0.key % 40 == 0 }
    base[9001] = Set(0..<3000)
    let (rows, baseRows) = (Rows(edges), Rows(base))
    let backward = Rows()
    for (node, targets) in edges { for target in targets { backward.insert(target, node) } }
    let (added, removed) = (Relation(arity: 2), Relation(arity: 2))
    added.append([9000, 17])
    added.append([5, 6])
    removed.append([99, 100])
    let closure = Rows(edges.filter { $0.key < 200 && $0.key != 5 })
    let works: [(() -> Bool) -> Bool] = [
      { Closure.reach(base: rows, edges: rows, proceed: $0) == nil },
      { Closure.extend(base: baseRows, edges: rows, proceed: $0) == nil },
      {
        Closure.change(
          of: closure, edges: rows, backward: backward, added: added, removed: removed, proceed: $0) == nil
      },
    ]
    for work in works {
      var asked = 0
      #expect(
        !work {
          asked += 1
          return true
        })
      #expect(asked > 1)
      for moment in Set([1, 2, asked / 2, asked]) where moment > 0 {
        var left = moment
        #expect(
          work {
            left -= 1
            return left > 0
          }, "told to end at question \(moment) of \(asked)")
      }
    }
  }

  @Test("a change that touches much of a closure is not made: to compute all anew is cheaper")
  func largeChange() {
    var edges: [UInt32: Set<UInt32>] = [:]
    for node in 0..<UInt32(500) { edges[node] = [node + 1] }
    let before = Rows(edges)
    let closure = Closure.reach(base: before, edges: before, proceed: { true }) ?? Rows()
    #expect(closure.count == 500 * 501 / 2)
    edges[500] = [600]
    let backward = Rows(Dictionary(uniqueKeysWithValues: edges.map { ($0.value.first!, [$0.key]) }))
    let (added, removed) = (Relation(arity: 2), Relation(arity: 2))
    added.append([500, 600])
    let change = Closure.change(
      of: closure, edges: Rows(edges), backward: backward, added: added, removed: removed, proceed: { true })
    #expect(change == nil)
  }
}
