import Terms

/// The order of tuples by the terms of their columns, for filling an index from end to end.
public enum TupleSort {
  /// Gives `body` the tuples with their columns in another order, ascending; equal ones stay.
  ///
  /// The columns of a tuple make one number, each as wide as the spread of its terms asks for, and the numbers are sorted
  /// digit by digit: linear, and from end to end but for one scattered write a digit. Tuples that come in order, as
  /// tables mostly have them, are only looked at.
  /// - Parameters:
  ///   - known: an order of the columns by which the tuples ascend already, so that fewer digits are left to sort by.
  /// - Returns: `nil`, and `body` is not called, if the work of this thread is to end.
  public static func withSorted<Result>(
    _ tuples: UnsafeBufferPointer<UInt32>, order: [Int], ascendingBy known: [Int]? = nil,
    _ body: (UnsafeBufferPointer<UInt32>) -> Result
  ) -> Result? {
    if tuples.isEmpty || order == Array(order.indices) && isSorted(tuples, arity: order.count) {
      return Pace.hasThreadToEnd ? nil : body(tuples)
    }
    let levels = known.map { levelsToSort(by: order, ascendingBy: $0) } ?? order.count
    guard let sorted = sorted(tuples, order, levels), !Pace.hasThreadToEnd else { return nil }
    return sorted.withUnsafeBufferPointer(body)
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
    var isSorted = true
    let isWhole = Pace.forEachStretch(below: tuples.count / arity - 1) { stretch in
      if !isSorted { return }
      var start = (stretch.lowerBound + 1) * arity
      while start < (stretch.upperBound + 1) * arity {
        var column = start
        while column < start + arity && tuples[column - arity] == tuples[column] { column += 1 }
        if column < start + arity && tuples[column - arity] > tuples[column] {
          isSorted = false
          return
        }
        start += arity
      }
    }
    return isWhole && isSorted
  }

  private static func sorted(
    _ tuples: UnsafeBufferPointer<UInt32>, _ order: [Int], _ levels: Int
  ) -> [UInt32]? {
    guard let layout = Layout(tuples, order) else { return nil }
    let lowest = levels == 0 ? layout.bits : layout.columns[levels - 1].shift
    let size = layout.bits <= 64 ? 8 : 16
    // The numbers that are sorted, the place to which they go, and what is made of them.
    guard Pace.threadHasRoom(for: tuples.count / order.count * 2 * size + tuples.count * 4) else { return nil }
    if layout.bits <= 64 { return sorted(tuples, layout, by: UInt64.self, from: lowest) }
    if layout.bits <= 128 { return sorted(tuples, layout, by: UInt128.self, from: lowest) }
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

    /// `nil` if the work is to end.
    init?(_ tuples: UnsafeBufferPointer<UInt32>, _ order: [Int]) {
      for column in order.reversed() {
        guard let (least, greatest) = Self.bounds(tuples, column, arity: order.count) else { return nil }
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
    ) -> (least: UInt32, greatest: UInt32)? {
      var least = UInt32.max
      var greatest: UInt32 = 0
      let isWhole = Pace.forEachStretch(below: tuples.count / arity) { stretch in
        for index in stretch {
          least = min(least, tuples[index * arity + column])
          greatest = max(greatest, tuples[index * arity + column])
        }
      }
      return isWhole ? (least, greatest) : nil
    }
  }

  private static func sorted<Key: FixedWidthInteger & UnsignedInteger>(
    _ tuples: UnsafeBufferPointer<UInt32>, _ layout: Layout, by _: Key.Type, from lowest: Int
  ) -> [UInt32]? {
    let arity = layout.columns.count
    var keys = [Key](unsafeUninitializedCapacity: tuples.count / arity) { keys, count in
      _ = Pace.forEachStretch(below: tuples.count / arity) { stretch in
        for index in stretch {
          var key: Key = 0
          for column in layout.columns {
            let number = tuples[index * arity + column.column] - column.least
            key |= Key(truncatingIfNeeded: number) &<< Key(column.shift)
          }
          keys.initializeElement(at: index, to: key)
        }
        count = stretch.upperBound
      }
    }
    if keys.count < fewKeys {
      keys.sort()
    } else if !sortByDigits(&keys, bits: lowest..<layout.bits) {
      return nil
    }
    return [UInt32](unsafeUninitializedCapacity: tuples.count) { sorted, count in
      _ = Pace.forEachStretch(below: keys.count) { stretch in
        for key in keys[stretch] {
          for column in layout.columns {
            let number = UInt32(truncatingIfNeeded: key &>> Key(column.shift)) & column.mask
            sorted.initializeElement(at: count, to: number + column.least)
            count += 1
          }
        }
      }
    }
  }

  private static let fewKeys = 2048
  /// The tables of so many digits, and a line of memory for each, stay in the caches nearest to the processor.
  private static let digitBits = 10

  /// Whether all was sorted, and the work not ended before.
  private static func sortByDigits<Key: FixedWidthInteger & UnsignedInteger>(
    _ keys: inout [Key], bits: Range<Int>
  ) -> Bool {
    var other = keys
    for shift in stride(from: bits.lowerBound, to: bits.upperBound, by: digitBits) {
      var starts = [Int](repeating: 0, count: 1 << digitBits)
      func digit(_ key: Key) -> Int { Int(truncatingIfNeeded: key &>> Key(shift)) & (1 << digitBits - 1) }
      let isCounted = Pace.forEachStretch(below: keys.count) { stretch in
        for key in keys[stretch] { starts[digit(key)] += 1 }
      }
      if !isCounted { return false }
      if starts.contains(keys.count) { continue }
      var sum = 0
      for digit in starts.indices {
        let count = starts[digit]
        starts[digit] = sum
        sum += count
      }
      let isPlaced = other.withUnsafeMutableBufferPointer { other in
        starts.withUnsafeMutableBufferPointer { starts in
          Pace.forEachStretch(below: keys.count) { stretch in
            for key in keys[stretch] {
              let digit = digit(key)
              other[starts[digit]] = key
              starts[digit] += 1
            }
          }
        }
      }
      if !isPlaced { return false }
      swap(&keys, &other)
    }
    return true
  }

  /// For tuples too wide for a number.
  private static func compared(_ tuples: UnsafeBufferPointer<UInt32>, _ order: [Int]) -> [UInt32] {
    let arity = order.count
    let pace = Pace.ofThread
    let starts = stride(from: 0, to: tuples.count, by: arity).sorted { left, right in
      if let pace, !pace.goesOn() { return false }
      for column in order where tuples[left + column] != tuples[right + column] {
        return tuples[left + column] < tuples[right + column]
      }
      return false
    }
    return starts.flatMap { start in order.map { tuples[start + $0] } }
  }
}
