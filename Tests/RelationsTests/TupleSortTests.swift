import TestSupport
import Testing

@testable import Relations

@Suite("The order of tuples", .tellsSeed)
struct TupleSortTests {
  /// Tuples of three columns, some of them twice, as many as are sorted digit by digit.
  private static let tuples: [[UInt32]] = {
    var random = SplitMix64(usually: 7)
    return (0..<5_000).map { _ in
      [3..<90, 0..<5, 900..<70_000].map { UInt32.random(in: $0, using: &random) }
    }
  }()

  private static let orders: [[Int]] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]

  private static func ascending(_ tuples: [[UInt32]], by order: [Int]) -> [[UInt32]] {
    tuples.sorted { left, right in
      order.map { left[$0] }.lexicographicallyPrecedes(order.map { right[$0] })
    }
  }

  @Test("tuples that ascend by one order of their columns are sorted by any other", arguments: orders, orders)
  func ascendingByAnother(known: [Int], order: [Int]) {
    for count in [0, 1, 100, Self.tuples.count] {
      let some = Self.ascending(Array(Self.tuples[..<count]), by: known)
      let expected = Self.ascending(some, by: order).flatMap { tuple in order.map { tuple[$0] } }
      let sorted = some.flatMap { $0 }.withUnsafeBufferPointer { tuples in
        TupleSort.withSorted(tuples, order: order, ascendingBy: known) { Array($0) }
      }
      #expect(sorted == expected)
    }
  }
}
