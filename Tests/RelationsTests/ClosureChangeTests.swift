import TestSupport
import Testing

@testable import Relations

@Suite("Changes of closures", .tellsSeed)
struct ClosureChangeTests {
  /// The closure of edges, brought up to date with a change of them, and that of the edges after it.
  private func closures(_ before: [UInt32: Set<UInt32>], _ after: [UInt32: Set<UInt32>]) -> (Rows, Rows)? {
    func without(_ edges: [UInt32: Set<UInt32>], _ others: [UInt32: Set<UInt32>]) -> Relation {
      let relation = Relation(arity: 2)
      for (from, targets) in edges {
        for target in targets.subtracting(others[from] ?? []) { relation.append([from, target]) }
      }
      return relation
    }
    let (old, edges) = (Rows(before), Rows(after))
    guard let closure = Closure.reach(base: old, edges: old, proceed: { true }),
      let anew = Closure.reach(base: edges, edges: edges, proceed: { true }),
      let change = Closure.change(
        of: closure, edges: edges, backward: Relation(rows: edges).rows([1, 0]), added: without(after, before),
        removed: without(before, after), proceed: { true })
    else { return nil }
    let relation = Relation(rows: closure)
    #expect(relation.formUnion(change.added).count == change.added.count)
    change.removed.forEachTuple {
      #expect(relation.remove(Array($0)))
      return true
    }
    return (relation.rows([0, 1]), anew)
  }

  @Test("an edge to what is reached already changes nothing")
  func shortcut() throws {
    let (changed, anew) = try #require(closures([1: [2], 2: [3]], [1: [2, 3], 2: [3]]))
    #expect(changed.pairs == [1: [2, 3], 2: [3]])
    #expect(changed.pairs == anew.pairs)
  }

  @Test("an edge between two chains lets the first reach the second")
  func bridge() throws {
    let (changed, _) = try #require(closures([1: [2], 3: [4]], [1: [2], 2: [3], 3: [4]]))
    #expect(changed.pairs == [1: [2, 3, 4], 2: [3, 4], 3: [4]])
  }

  @Test("a cycle that is cut is a chain")
  func cut() throws {
    let (changed, _) = try #require(closures([1: [2], 2: [3], 3: [1]], [1: [2], 2: [3]]))
    #expect(changed.pairs == [1: [2, 3], 2: [3]])
  }

  @Test("after random changes a closure is what it is anew")
  func random() throws {
    var random = SplitMix64(usually: 11)
    for _ in 0..<400 {
      let nodes = UInt32.random(in: 2...30, using: &random)
      var edges: [UInt32: Set<UInt32>] = [:]
      func change() {
        let (from, to) = (UInt32.random(in: 0..<nodes, using: &random), UInt32.random(in: 0..<nodes, using: &random))
        if edges[from]?.remove(to) == nil { edges[from, default: []].insert(to) }
      }
      for _ in 0..<Int.random(in: 0...60, using: &random) { change() }
      let before = edges
      for _ in 0..<Int.random(in: 1...4, using: &random) { change() }
      let (changed, anew) = try #require(closures(before, edges))
      #expect(changed.pairs == anew.pairs, "\(before) -> \(edges)")
      #expect(changed.checkInvariants() == nil)
    }
  }
}
