import TestSupport
import Testing

@testable import Relations

@Suite("Indexes that nothing asks for", .tellsSeed)
struct IdleIndexTests {
  /// Three columns: so many tuples that begin with a number.
  private static func tuples(_ first: UInt32, _ count: UInt32) -> [[UInt32]] {
    (0..<count).map { [first, $0 % 7, $0] }
  }

  private static func relation(_ tuples: [[UInt32]]) -> Relation {
    let relation = Relation(arity: 3)
    for tuple in tuples { relation.append(tuple) }
    return relation
  }

  /// A relation that grows in rounds, with some of its tuples.
  private static func growing(_ tuples: [[UInt32]]) -> Relation {
    let relation = Relation(growingWithColumns: 3)
    _ = relation.formUnion(Self.relation(tuples))
    return relation
  }

  @Test("an index that was not asked for between two unions lacks the second one's tuples until it is asked for")
  func wakes() {
    let relation = Self.growing(Self.tuples(1, 100))
    let backward = relation.index([2, 1, 0])
    _ = relation.formUnion(Self.relation(Self.tuples(2, 10)))
    #expect(backward.count == 110)
    _ = relation.formUnion(Self.relation(Self.tuples(3, 10)))
    #expect(backward.count == 110)
    #expect(relation.checkInvariants() == nil)
    #expect(relation.index([2, 1, 0]) === backward)
    #expect(backward.count == 120)
    #expect(relation.checkInvariants() == nil)
  }

  @Test("an index that is asked for between all unions lacks nothing")
  func stays() {
    let relation = Self.growing(Self.tuples(1, 100))
    for first: UInt32 in 2...9 {
      let backward = relation.index([2, 1, 0])
      _ = relation.formUnion(Self.relation(Self.tuples(first, 10)))
      #expect(backward.count == relation.count)
    }
  }

  @Test("an index that would lack more tuples than it has is made anew when it is asked for")
  func givenUp() {
    let relation = Self.growing(Self.tuples(1, 10))
    let backward = relation.index([2, 1, 0])
    for first: UInt32 in 2...9 { _ = relation.formUnion(Self.relation(Self.tuples(first, 10))) }
    #expect(!relation.indexes.contains([2, 1, 0]))
    let other = relation.index([2, 1, 0])
    #expect(other !== backward)
    #expect(other.count == 90)
  }

  @Test("a tuple that is taken back is in no index, whatever these lacked")
  func removal() {
    let relation = Self.growing(Self.tuples(1, 100))
    _ = relation.index([2, 1, 0])
    for first: UInt32 in 2...4 { _ = relation.formUnion(Self.relation(Self.tuples(first, 10))) }
    #expect(relation.remove([4, 3, 3]))
    #expect(relation.remove([1, 3, 3]))
    #expect(relation.index([2, 1, 0]).count == 128)
    #expect(relation.checkInvariants() == nil)
  }

  @Test("whatever is added, taken back and asked for, all indexes have the same tuples", arguments: Seed.each(0..<20))
  func random(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let orders = [[0, 1, 2], [1, 0, 2], [1, 2, 0], [2, 0, 1]]
    let relation = seed % 2 == 0 ? Relation(growingWithColumns: 3) : Relation(arity: 3)
    var expected: Set<[UInt32]> = []
    for _ in 0..<40 {
      let tuples = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        (0..<3).map { _ in UInt32.random(in: 0...9, using: &random) }
      }
      switch Int.random(in: 0...9, using: &random) {
      case 0:
        for tuple in tuples { #expect(relation.remove(tuple) == (expected.remove(tuple) != nil)) }
      case 1:
        for tuple in tuples { relation.append(tuple) }
        expected.formUnion(tuples)
      default:
        let new = relation.formUnion(Self.relation(tuples))
        #expect(new.tuples == Set(tuples).subtracting(expected))
        expected.formUnion(tuples)
      }
      if Bool.random(using: &random) { _ = relation.index(orders.randomElement(using: &random) ?? orders[0]) }
      #expect(relation.checkInvariants() == nil)
      #expect(relation.tuples == expected)
    }
    for order in orders { #expect(relation.index(order).count == expected.count) }
    #expect(relation.checkInvariants() == nil)
  }

  @Test("a sink keeps rows by the order by which the relation is read, where its last column is the same")
  func sinkOrder() {
    let relation = Self.growing(Self.tuples(1, 100))
    _ = relation.index([1, 0, 2])
    _ = relation.formUnion(Self.relation(Self.tuples(2, 10)))
    let sink = RowSink(order: [0, 1, 2])
    sink.begin(without: relation)
    #expect(sink.order == [1, 0, 2])
    let other = RowSink(order: [0, 2, 1])
    other.begin(without: relation)
    #expect(other.order == [0, 2, 1])
  }

  @Test("the rows of a join are the same by each order that its sink may keep", arguments: [[0, 1, 2], [1, 0, 2]])
  func emitted(order: [Int]) throws {
    let relation = Self.relation([[5, 6, 7]])
    _ = relation.index(order)
    _ = relation.formUnion(Self.relation([[8, 6, 7]]))
    let sink = RowSink(order: [0, 1, 2])
    let terms = SetBuffer()
    for term: UInt32 in [7, 9] { terms.insert(term) }
    let emit = EmitSetStep(sink, registers: [0, 1], set: SetExpression(sources: [], gathered: [terms]))
    let machine = JoinMachine(registerCount: 2) { true }
    (machine.registers[0], machine.registers[1]) = (5, 6)
    sink.begin(without: relation)
    #expect(sink.order == order)
    try machine.run(emit)
    #expect(sink.take().tuples == [[5, 6, 9]])
  }

  @Test("the tuples of a trie stand in the order of the columns, by whatever order the relation is read")
  func packed() {
    let relation = Self.relation(Self.tuples(1, 50))
    _ = relation.index([2, 1, 0])
    _ = relation.formUnion(Self.relation(Self.tuples(2, 10)))
    for tuple in Self.tuples(3, 2000) { relation.append(tuple) }
    var tuples: Set<[UInt32]> = []
    _ = relation.packedTrie()?.forEachRow { prefix, set in
      for term in set.elements { tuples.insert(Array(prefix) + [term]) }
      return true
    }
    #expect(tuples == Set(Self.tuples(1, 50) + Self.tuples(2, 10) + Self.tuples(3, 2000)))
  }

  @Test("an access that binds nothing counts, and needs no index")
  func counted() {
    let relation = Relation(growingWithOrder: [2, 1, 0])
    for tuple in Self.tuples(1, 100) { relation.append(tuple) }
    let access = Access(RelationSlot(relation), firstNode: 0)
    #expect(access.missingIndex == nil)
    access.prepare()
    #expect(access.relationCount == 100)
    #expect(!relation.indexes.contains([0, 1, 2]))
  }
}
