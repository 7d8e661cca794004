import Terms

extension Index {
  /// Adds the tuples of another index over the same columns.
  /// - Parameter areNew: whether none of them is there yet.
  func fill(from source: Index, areNew: Bool = false, threads: Int = 1, using scratch: SetBuffer) {
    if source.count == 0 { return }
    let pace = Pace.ofThread
    if order == source.order {
      source.forEachRow { prefix, set in
        if let pace, !pace.goesOn(after: min(set.count, Self.fewSteps)) { return false }
        if areNew { insertNew(prefix, set) } else { insert(prefix, set, using: scratch) }
        return true
      }
      return
    }
    if fill(reversing: source, threads: threads) { return }
    source.tuples?.withUnsafeBufferPointer { fill(with: $0, ascendingBy: source.order, areNew: areNew, using: scratch) }
  }

  /// To add a set takes as many steps as it has words, which are fewer than its terms where it has many.
  private static let fewSteps = 256

  /// Adds tuples, in the order of the relation's columns, row by row.
  /// - Parameters:
  ///   - known: an order of the columns by which the tuples ascend.
  ///   - areNew: whether none of them is there yet; then nothing but the index is touched.
  func fill(
    with tuples: UnsafeBufferPointer<UInt32>, ascendingBy known: [Int]? = nil, areNew: Bool = false,
    using scratch: SetBuffer
  ) {
    if fill(tuples, ascendingBy: known) { return }
    let (pace, arity) = (Pace.ofThread, depth)
    if let pace, !pace.hasRoom(for: 4 * tuples.count / arity) { return }
    let row = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, tuples.count / arity))
    defer { row.deallocate() }
    _ = TupleSort.withSorted(tuples, order: order, ascendingBy: known) { sorted in
      var start = 0
      while start < sorted.count && pace?.goesOn(after: 8) != false {
        let prefix = UnsafeBufferPointer(rebasing: sorted[start..<(start + arity - 1)])
        var count = 0
        repeat {
          let term = sorted[start + arity - 1]
          if count == 0 || row[count - 1] != term {
            row[count] = term
            count += 1
          }
          start += arity
        } while start < sorted.count && prefix.elementsEqual(sorted[start..<(start + arity - 1)])
        let set = SetView(array: row, count: count)
        if areNew { insertNew(prefix, set) } else { insert(prefix, set, using: scratch) }
      }
    }
  }
}
