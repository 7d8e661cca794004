import Testing

@testable import Relations

@Suite("Rows that a relation takes from others")
struct TakenRowsTests {
  /// Pairs of terms that come all at once, so that they are packed; `salt` moves the second ones.
  private static func packed(_ count: UInt32, salt: UInt32 = 0) -> Relation {
    let relation = Relation(arity: 2)
    relation.append(tuples: (0..<count).flatMap { [$0 * 7 % 997, ($0 + salt) * 13 % 1009] })
    _ = relation.count
    return relation
  }

  @Test("a copy of rows has the same pairs, and a change of the one leaves the other as it is")
  func copies() {
    let original = Self.packed(5000)
    let before = original.tuples
    let copy = Relation(rows: original.rows([0, 1]).copy())
    #expect(copy.tuples == before)
    #expect(copy.checkInvariants() == nil)
    #expect(copy.remove([7, 13]))
    #expect(copy.insert([2000, 3]))
    #expect(original.tuples == before)
    #expect(original.remove([14, 26]))
    #expect(copy.tuples == before.subtracting([[7, 13]]).union([[2000, 3]]))
    #expect(copy.checkInvariants() == nil && original.checkInvariants() == nil)
  }

  @Test("rows that share memory are copied once, and so are bitmaps")
  func copiesOfShared() {
    let cycle = Rows(Dictionary(uniqueKeysWithValues: (0..<500).map { ($0, [($0 + 1) % 500]) }))
    guard let closure = Closure.reach(base: cycle, edges: cycle, proceed: { true }) else {
      Issue.record("the closure was not computed")
      return
    }
    let copy = closure.copy()
    #expect(copy.isEqual(to: closure))
    #expect(copy.count == 250_000)
    #expect(copy[0].place == copy[499].place)
    #expect(copy[0].place != closure[0].place)
    #expect(copy.byteCount < 100_000)
  }

  @Test("packed pairs of several relations, few or as many, become one relation of all", arguments: [10, 2000, 6000])
  func unions(_ count: UInt32) {
    let relation = Self.packed(5000)
    let (other, third) = (Self.packed(count, salt: 500), Self.packed(3))
    let expected = relation.tuples.union(other.tuples).union(third.tuples)
    relation.add([other, third])
    #expect(relation.tuples == expected)
    #expect(relation.count == expected.count)
    #expect(relation.checkInvariants() == nil)
    #expect(other.checkInvariants() == nil)
  }

  @Test("a relation without tuples takes the order of those it gets, and answers by any other")
  func takenOrder() {
    let source = Relation(arity: 3)
    let row = SetBuffer([4, 5, 6])
    withExtendedLifetime(row) { source.absorb(Self.index([2, 0, 1], [[1, 2], [3, 2]], row.view)) }
    let relation = Relation(arity: 3)
    #expect(relation.formUnion(source).count == 6)
    #expect(relation.tuples == source.tuples)
    #expect(source.tuples == Set([4, 5, 6].flatMap { [[2, $0, 1], [2, $0, 3]] as [[UInt32]] }))
    #expect(relation.index([0, 1, 2]).roots.elements == [2])
    #expect(relation.contains([2, 5, 3]))
    #expect(relation.remove([2, 5, 3]))
    #expect(!relation.index([2, 0, 1]).levels.isEmpty && relation.count == 5)
    #expect(relation.checkInvariants() == nil)
  }

  /// An index by an order, whose rows begin with some prefixes and all have one set.
  private static func index(_ order: [Int], _ prefixes: [[UInt32]], _ set: SetView) -> Index {
    let index = Index(order: order)
    for prefix in prefixes { prefix.withUnsafeBufferPointer { index.append($0, set) } }
    return index
  }

  @Test("tuples that wait are there beside an index that is taken over, many or few", arguments: [1, 40])
  func waiting(_ count: UInt32) {
    let relation = Relation(arity: 3)
    for number in 0..<count { relation.append([9, number, 9]) }
    let row = SetBuffer([4, 5, 6])
    withExtendedLifetime(row) { relation.absorb(Self.index([2, 0, 1], [[1, 2]], row.view)) }
    let expected = Set((0..<count).map { [9, $0, 9] }).union([[2, 4, 1], [2, 5, 1], [2, 6, 1]])
    #expect(relation.tuples == expected)
    #expect(relation.count == expected.count)
    #expect(relation.checkInvariants() == nil)
  }

  @Test("the terms of each column are counted, by an index of any order")
  func counts() {
    for order in [[0, 1, 2], [1, 2, 0], [2, 0, 1]] {
      let relation = Relation(growingWithOrder: order)
      for tuple: [UInt32] in [[1, 2, 3], [1, 2, 4], [5, 2, 3], [5, 7, 3]] { relation.append(tuple) }
      func counted(_ column: Int) -> [UInt32: Int] {
        Dictionary(uniqueKeysWithValues: relation.counts(ofColumn: column).map { ($0.term, $0.count) })
      }
      #expect(counted(0) == [1: 2, 5: 2])
      #expect(counted(1) == [2: 3, 7: 1])
      #expect(counted(2) == [3: 3, 4: 1])
    }
  }
}
