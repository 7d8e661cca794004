/// The order of tuples by the terms of their columns, for filling an index from end to end.
public enum TupleSort {
  /// Gives `body` the tuples with their columns in another order, ascending; equal ones stay.
  ///
  /// The columns of a tuple make one number, each as wide as the spread of its terms asks for, and the numbers are sorted
  /// digit by digit: linear, and from end to end but for one scattered write a digit. Tuples that come in order, as
  /// tables mostly have them, are only looked at.
  /// - Parameters:
  ///   - known: an order of the columns by which the tuples ascend already, so that fewer digits are left to sort by.
  ///   - proceed: asked now and then; where it answers false, the tuples are left as they are then.
  public static func withSorted<Result>(
    _ tuples: UnsafeBufferPointer<UInt32>, order: [Int], ascendingBy known: [Int]? = nil,
    proceed: () -> Bool = { true }, _ body: (UnsafeBufferPointer<UInt32>) -> Result
  ) -> Result {
    if tuples.isEmpty || order == Array(order.indices) && isSorted(tuples, arity: order.count) { return body(tuples) }
    let levels = known.map { levelsToSort(by: order, ascendingBy: $0) } ?? order.count
    return sorted(tuples, order, levels, proceed).withUnsafeBufferPointer(body)
  }

  /// How many of the first levels of an order tuples are to be sorted by that ascend by another one: those that are equal in
  /// these ascend by the other levels then.
  private static func levelsToSort(by order: [Int], ascendingBy known: [Int]) -> Int {
    order.indices.first { level in
      let sorted = order[..<level]
      return known.filter { !sorted.contains($0) } == Array(order[level...])
    } ?? order.count
  }

  private static func isSorted(_ tuples: UnsafeBufferPointer<UInt32>, arity: Int) -> Bool {
    var start = arity
    while start < tuples.count {
      var column = start
      while column < start + arity && tuples[column - arity] == tuples[column] { column += 1 }
      if column < start + arity && tuples[column - arity] > tuples[column] { return false }
      start += arity
    }
    return true
  }

  private static func sorted(
    _ tuples: UnsafeBufferPointer<UInt32>, _ order: [Int], _ levels: Int, _ proceed: () -> Bool
  ) -> [UInt32] {
    let layout = Layout(tuples, order)
    let lowest = levels == 0 ? layout.bits : layout.columns[levels - 1].shift
    if layout.bits <= 64 { return sorted(tuples, layout, by: UInt64.self, from: lowest, proceed) }
    if layout.bits <= 128 { return sorted(tuples, layout, by: UInt128.self, from: lowest, proceed) }
    return compared(tuples, order)
  }

  /// Where the columns of a tuple stand in the number that they make.
  private struct Layout {
    struct Column {
      var column: Int
      var least: UInt32
      var shift: Int
      var mask: UInt32
    }

    /// In the order of the levels, from the highest bits on.
    var columns: [Column] = []
    var bits = 0

    init(_ tuples: UnsafeBufferPointer<UInt32>, _ order: [Int]) {
      for column in order.reversed() {
        let (least, greatest) = Self.bounds(tuples, column, arity: order.count)
        let width = greatest > least ? 32 - (greatest - least).leadingZeroBitCount : 0
        let mask = UInt32(truncatingIfNeeded: (UInt64(1) << UInt64(width)) - 1)
        columns.append(Column(column: column, least: least, shift: bits, mask: mask))
        bits += width
      }
      columns.reverse()
    }

    /// The least and the greatest term of a column.
    private static func bounds(
      _ tuples: UnsafeBufferPointer<UInt32>, _ column: Int, arity: Int
    ) -> (least: UInt32, greatest: UInt32) {
      var least = UInt32.max
      var greatest: UInt32 = 0
      for place in stride(from: column, to: tuples.count, by: arity) {
        least = min(least, tuples[place])
        greatest = max(greatest, tuples[place])
      }
      return (least, greatest)
    }
  }

  private static func sorted<Key: FixedWidthInteger & UnsignedInteger>(
    _ tuples: UnsafeBufferPointer<UInt32>, _ layout: Layout, by _: Key.Type, from lowest: Int, _ proceed: () -> Bool
  ) -> [UInt32] {
    let arity = layout.columns.count
    var keys = [Key](unsafeUninitializedCapacity: tuples.count / arity) { keys, count in
      for start in stride(from: 0, to: tuples.count, by: arity) {
        var key: Key = 0
        for column in layout.columns {
          key |= Key(truncatingIfNeeded: tuples[start + column.column] - column.least) &<< Key(column.shift)
        }
        keys.initializeElement(at: count, to: key)
        count += 1
      }
    }
    if keys.count < fewKeys { keys.sort() } else { sortByDigits(&keys, bits: lowest..<layout.bits, proceed) }
    return [UInt32](unsafeUninitializedCapacity: tuples.count) { sorted, count in
      for key in keys {
        for column in layout.columns {
          let number = UInt32(truncatingIfNeeded: key &>> Key(column.shift)) & column.mask
          sorted.initializeElement(at: count, to: number + column.least)
          count += 1
        }
      }
    }
  }

  private static let fewKeys = 2048
  /// The tables of so many digits, and a line of memory for each, stay in the caches nearest to the processor.
  private static let digitBits = 10

  private static func sortByDigits<Key: FixedWidthInteger & UnsignedInteger>(
    _ keys: inout [Key], bits: Range<Int>, _ proceed: () -> Bool
  ) {
    var other = keys
    for shift in stride(from: bits.lowerBound, to: bits.upperBound, by: digitBits) where proceed() {
      var starts = [Int](repeating: 0, count: 1 << digitBits)
      func digit(_ key: Key) -> Int { Int(truncatingIfNeeded: key &>> Key(shift)) & (1 << digitBits - 1) }
      for key in keys { starts[digit(key)] += 1 }
      if starts.contains(keys.count) { continue }
      var sum = 0
      for digit in starts.indices {
        let count = starts[digit]
        starts[digit] = sum
        sum += count
      }
      other.withUnsafeMutableBufferPointer { other in
        starts.withUnsafeMutableBufferPointer { starts in
          for key in keys {
            let digit = digit(key)
            other[starts[digit]] = key
            starts[digit] += 1
          }
        }
      }
      swap(&keys, &other)
    }
  }

  /// For tuples too wide for a number.
  private static func compared(_ tuples: UnsafeBufferPointer<UInt32>, _ order: [Int]) -> [UInt32] {
    let arity = order.count
    let starts = stride(from: 0, to: tuples.count, by: arity).sorted { left, right in
      for column in order where tuples[left + column] != tuples[right + column] {
        return tuples[left + column] < tuples[right + column]
      }
      return false
    }
    return starts.flatMap { start in order.map { tuples[start + $0] } }
  }
}
