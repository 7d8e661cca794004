import Testing

@testable import Relations

@Suite("The first order that a wide relation is asked for")
struct FirstOrderTests {
  /// So many tuples of three columns, each of them twice.
  private static func relation(_ count: UInt32) -> Relation {
    let relation = Relation(arity: 3)
    for _ in 0..<2 { for term in 0..<count { relation.append([term, term % 10, 7]) } }
    return relation
  }

  @Test("is the only one that it gets", arguments: [[0, 1, 2], [2, 1, 0], [1, 0, 2]])
  func first(order: [Int]) {
    let relation = Self.relation(2000)
    #expect(relation.index(order).count == 2000)
    for other in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] { #expect(relation.indexes.contains(other) == (other == order)) }
    #expect(relation.checkInvariants() == nil)
  }

  @Test("is left open by those who ask about how much there is, and tuples that are the same may count")
  func rough() {
    let relation = Self.relation(2000)
    #expect(!relation.isEmpty)
    #expect(relation.roughCount == 4000)
    #expect((0..<3).map { relation.roughDistinctCount(column: $0) } == [2000, 10, 1])
    _ = relation.index([1, 2, 0])
    #expect(!relation.indexes.contains([0, 1, 2]))
    #expect(relation.roughCount == 2000)
    #expect((0..<3).map { relation.roughDistinctCount(column: $0) } == [2000, 10, 1])
  }

  @Test("is that of the columns where the number of tuples is asked for before")
  func counted() {
    let relation = Self.relation(2000)
    #expect(relation.count == 2000)
    #expect(relation.indexes.contains([0, 1, 2]))
  }

  @Test("says by which column the sets of another are gathered, unless there is an order in which these are one set")
  func columnBefore() {
    let relation = Self.relation(20)
    #expect(relation.column(before: 1, after: [0]) == nil)
    _ = relation.index([0, 2, 1])
    #expect(relation.column(before: 1, after: [0]) == 2)
    #expect(relation.column(before: 1, after: []) == 0)
    #expect(relation.column(before: 1, after: [2]) == nil)
    #expect(relation.column(before: 2, after: [0]) == nil)
    _ = relation.index([0, 1, 2])
    #expect(relation.column(before: 1, after: [0]) == nil)
    #expect(relation.column(before: 2, after: [0]) == nil)
  }
}
