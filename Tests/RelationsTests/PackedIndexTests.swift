import TestSupport
import Testing

@testable import Relations

@Suite("Indexes that are packed", .tellsSeed)
struct PackedIndexTests {
  private static func tuples(
    _ count: Int, _ arity: Int, below limits: [UInt32], _ random: inout SplitMix64
  ) -> [[UInt32]] {
    (0..<count).map { _ in (0..<arity).map { UInt32.random(in: 0..<limits[$0 % limits.count], using: &random) } }
  }

  /// All orders of three columns, some of more.
  private static func orders(_ arity: Int, _ random: inout SplitMix64) -> [[Int]] {
    if arity == 3 { return [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] }
    let columns = Array(0..<arity)
    return [columns, columns.reversed()] + (0..<3).map { _ in columns.shuffled(using: &random) }
  }

  /// What an index has at each prefix, by the way that a join takes through it.
  private static func check(_ index: Index, _ model: Set<[UInt32]>, _ random: inout SplitMix64) {
    #expect(index.count == model.count)
    #expect(index.checkInvariants() == nil)
    for tuple in model.shuffled(using: &random).prefix(3) {
      let ordered = index.order.map { tuple[$0] }
      var node: UInt32 = 0
      for level in ordered.indices {
        let following = model.filter { tuple in
          (0..<level).allSatisfy { tuple[index.order[$0]] == ordered[$0] }
        }
        let set = index.set(level: level, node: node)
        #expect(set.elements == Set(following.map { $0[index.order[level]] }).sorted())
        if level == ordered.count - 1 { break }
        #expect(level == 0 || index.child(level: level, node: node, term: 4_000_000_000) == nil)
        guard let child = index.child(level: level, node: node, term: ordered[level]) else {
          Issue.record("no node for \(ordered.prefix(level + 1)) in \(index.order)")
          return
        }
        node = child
      }
    }
  }

  private static func tuples(of index: Index) -> Set<[UInt32]> {
    var result: Set<[UInt32]> = []
    index.forEachRow { prefix, set in
      for term in set.elements {
        var tuple = [UInt32](repeating: 0, count: index.depth)
        for (level, number) in (Array(prefix) + [term]).enumerated() { tuple[index.order[level]] = number }
        #expect(result.insert(tuple).inserted)
      }
      return true
    }
    return result
  }

  @Test("few and many tuples are found by every order of their columns", arguments: 3...6)
  func fill(arity: Int) {
    var random = SplitMix64(usually: UInt64(70 + arity))
    for count in [0, 1, 1023, 1024, 1500] + (arity == 3 ? [4200] : []) {
      let limits: [UInt32] = count == 1500 ? [1, 5, 200_000] : [12, 200, 7]
      let tuples = Self.tuples(count, arity, below: limits, &random)
      let relation = Relation(arity: arity)
      relation.append(tuples: Array(tuples.joined()))
      let model = Set(tuples)
      #expect(relation.count == model.count)
      let orders = Self.orders(arity, &random)
      for order in orders.prefix(count < 1024 ? 6 : 2) {
        Self.check(relation.index(order), model, &random)
        #expect(Self.tuples(of: relation.index(order)) == model)
      }
      for column in 0..<arity {
        let expected = Set(model.map { $0[column] }).sorted()
        #expect(relation.terms(ofColumn: column).elements == expected)
        #expect(relation.distinctCount(column: column) == expected.count)
      }
      #expect(tuples.prefix(50).allSatisfy { relation.contains($0) })
      #expect(!relation.contains([UInt32](repeating: 5_000_000, count: arity)))
    }
  }

  @Test("tuples that all repeat one are one")
  func repeated() {
    let relation = Relation(arity: 3)
    relation.append(tuples: Array(repeatElement([9, 8, 7] as [UInt32], count: 2000).joined()))
    #expect(relation.tuples == [[9, 8, 7]])
    #expect(relation.index([2, 1, 0]).roots.elements == [7])
    #expect(relation.insert([9, 8, 6]))
    #expect(relation.remove([9, 8, 7]))
    #expect(relation.tuples == [[9, 8, 6]])
    #expect(relation.checkInvariants() == nil)
  }

  @Test("tuples of terms from all of the range are packed", arguments: [3, 5])
  func farApart(arity: Int) {
    var random = SplitMix64(usually: 75)
    let tuples = Self.tuples(1400, arity, below: [.max, 3, 70_000], &random)
    let relation = Relation(arity: arity)
    for tuple in tuples { relation.append(tuple) }
    #expect(relation.tuples == Set(tuples))
    Self.check(relation.index((0..<arity).reversed()), Set(tuples), &random)
  }

  @Test("tuples are added, taken back and united after many were packed, and many come again", arguments: [2, 3, 5])
  func model(arity: Int) {
    var random = SplitMix64(usually: UInt64(80 + arity))
    let relation = Relation(arity: arity)
    var model: Set<[UInt32]> = []
    let limits: [UInt32] = arity < 4 ? [30, 40, 20] : [9, 5, 30]
    let orders = Self.orders(arity, &random).shuffled(using: &random).prefix(3)
    for (round, many) in [1100, 1600, 3, 1300].enumerated() {
      let tuples = Self.tuples(many, arity, below: limits, &random)
      relation.append(tuples: Array(tuples.joined()))
      model.formUnion(tuples)
      if round < orders.count, arity > 2 { _ = relation.index(orders[round]) }
      for tuple in model.shuffled(using: &random).prefix(round == 1 ? 0 : 40) {
        #expect(relation.remove(tuple))
        #expect(!relation.remove(tuple))
        model.remove(tuple)
      }
      for tuple in Self.tuples(30, arity, below: limits, &random) {
        #expect(relation.insert(tuple) == model.insert(tuple).inserted)
      }
      let other = Relation(arity: arity)
      let united = Self.tuples(round == 2 ? 1200 : 20, arity, below: limits, &random)
      other.append(tuples: Array(united.joined()))
      #expect(relation.formUnion(other).tuples == Set(united).subtracting(model))
      model.formUnion(united)
      #expect(relation.tuples == model)
    }
    #expect(relation.checkInvariants() == nil)
    if arity > 2 { for order in orders { #expect(Self.tuples(of: relation.index(order)) == model) } }
  }

  @Test("what others hold is added to a relation that is packed, which stays packed", arguments: [3, 4])
  func union(arity: Int) {
    var random = SplitMix64(usually: UInt64(90 + arity))
    let relation = Relation(arity: arity)
    var model = Set(Self.tuples(3000, arity, below: [30, 40, 20], &random))
    relation.append(tuples: Array(model.joined()))
    _ = relation.index((0..<arity).reversed())
    for many in [20, 2000] {
      let others = [many, 3].map { Self.tuples($0, arity, below: [30, 40, 20], &random) }
      let united = Set(others.joined())
      let new = relation.formUnion(
        others.map { tuples in
          let other = Relation(arity: arity)
          other.append(tuples: Array(tuples.joined()))
          return other
        })
      #expect(new.tuples == united.subtracting(model))
      model.formUnion(united)
      #expect(relation.tuples == model)
      #expect(relation.index(Array(0..<arity)).isPacked)
      #expect(relation.formUnion(new).isEmpty)
    }
    #expect(relation.checkInvariants() == nil)
    Self.check(relation.index((0..<arity).reversed()), model, &random)
  }

  @Test("all tuples can be taken back from a packed relation, and it is filled again")
  func emptied() {
    var random = SplitMix64(usually: 90)
    let relation = Relation(arity: 3)
    let tuples = Set(Self.tuples(1200, 3, below: [20], &random))
    relation.append(tuples: Array(Array(repeating: Array(tuples.joined()), count: 2).joined()))
    _ = relation.index([1, 2, 0])
    for tuple in tuples { relation.remove(tuple) }
    #expect(relation.isEmpty)
    #expect(relation.index([1, 2, 0]).roots.isEmpty)
    #expect(relation.checkInvariants() == nil)
    relation.append(tuples: Array(tuples.joined()))
    #expect(relation.tuples == tuples)
    #expect(relation.checkInvariants() == nil)
  }

  @Test("a growing relation is never packed: a set that is in use stays while other tuples are added")
  func growing() {
    let relation = Relation(growingWithColumns: 3)
    for number in 0..<UInt32(50) { relation.append([1, 2, number * 90]) }
    let index = relation.index([0, 1, 2])
    let other = relation.index([1, 2, 0])
    let node = index.child(level: 0, node: 0, term: 1).flatMap { index.child(level: 1, node: $0, term: 2) }
    guard let node else {
      Issue.record("no node")
      return
    }
    let set = index.set(level: 2, node: node)
    relation.append(tuples: (0..<UInt32(6000)).flatMap { [2 + $0 % 7, $0, $0 / 2] })
    #expect(relation.count == 6050)
    #expect(set.elements == (0..<UInt32(50)).map { $0 * 90 })
    #expect(index.set(level: 2, node: node).place == set.place)
    #expect(Self.tuples(of: other) == relation.tuples)
    #expect(relation.checkInvariants() == nil)
  }
}
