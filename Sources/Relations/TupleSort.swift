/// The order of tuples by the terms of all columns but the last, for filling an index row by row.
enum TupleSort {
  /// The numbers of the tuples, those with equal prefixes beside one another. Stable, and where they are many linear for
  /// each column: terms are dense, so one counting pass over 16 bits, or two where terms need more, sorts by a column.
  static func byPrefix(_ tuples: UnsafeBufferPointer<UInt32>, arity: Int, order: [Int]) -> [UInt32] {
    by(order.dropLast(), tuples, arity: arity)
  }

  /// The numbers of the tuples in the order of all columns.
  static func byAll(_ tuples: UnsafeBufferPointer<UInt32>, arity: Int, order: [Int]) -> [UInt32] {
    by(order[...], tuples, arity: arity)
  }

  private static func by(_ columns: ArraySlice<Int>, _ tuples: UnsafeBufferPointer<UInt32>, arity: Int) -> [UInt32] {
    let total = tuples.count / arity
    if total == 0 { return [] }
    var current = [UInt32](unsafeUninitializedCapacity: total) { buffer, count in
      for position in 0..<total { buffer[position] = UInt32(truncatingIfNeeded: position) }
      count = total
    }
    for column in columns.reversed() where !isSorted(tuples, arity, column, current) {
      if total < 4096 {
        sortFew(tuples, arity, column, &current)
        continue
      }
      let greatest = (0..<total).reduce(UInt32(0)) { max($0, tuples[$1 * arity + column]) }
      current = countingPass(tuples, arity, column, shift: 0, current)
      if greatest >= 1 << 16 { current = countingPass(tuples, arity, column, shift: 16, current) }
    }
    return current
  }

  /// Sorts by a column, stable as each number carries its place along.
  private static func sortFew(
    _ tuples: UnsafeBufferPointer<UInt32>, _ arity: Int, _ column: Int, _ current: inout [UInt32]
  ) {
    var keys = current.indices.map { UInt64(tuples[Int(current[$0]) * arity + column]) << 32 | UInt64($0) }
    keys.sort()
    current = keys.map { current[Int(truncatingIfNeeded: $0 & 0xFFFF_FFFF)] }
  }

  private static func isSorted(
    _ tuples: UnsafeBufferPointer<UInt32>, _ arity: Int, _ column: Int, _ current: [UInt32]
  ) -> Bool {
    for position in 1..<max(1, current.count)
    where tuples[Int(current[position - 1]) * arity + column] > tuples[Int(current[position]) * arity + column] {
      return false
    }
    return true
  }

  private static func countingPass(
    _ tuples: UnsafeBufferPointer<UInt32>, _ arity: Int, _ column: Int, shift: UInt32, _ current: [UInt32]
  ) -> [UInt32] {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 1 << 16) { starts in
      starts.update(repeating: 0)
      for position in 0..<current.count { starts[Int(tuples[position * arity + column] >> shift & 0xFFFF)] += 1 }
      var sum: UInt32 = 0
      for digit in 0..<(1 << 16) {
        let count = starts[digit]
        starts[digit] = sum
        sum += count
      }
      return [UInt32](unsafeUninitializedCapacity: current.count) { buffer, count in
        for position in 0..<current.count {
          let digit = Int(tuples[Int(current[position]) * arity + column] >> shift & 0xFFFF)
          buffer[Int(starts[digit])] = current[position]
          starts[digit] += 1
        }
        count = current.count
      }
    }
  }
}
