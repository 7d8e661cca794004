/// What is known of a relation's terms without work, for a planner.
extension Relation {
  /// The number of tuples of a relation of two columns with a term in one of them; `nil` where no index begins with that
  /// column.
  public func knownCount(of term: UInt32, inColumn column: Int) -> Int? {
    guard arity == 2, let index = knownIndex(column) else { return nil }
    return index.set(level: 1, node: term).count
  }

  /// About which share of a column's terms another column has; `nil` where no index begins with one of them, or so few
  /// terms are there that they are soon gone through.
  public func knownShare(ofColumn column: Int, in other: Relation, column otherColumn: Int) -> Double? {
    guard let terms = knownIndex(column)?.roots, let others = other.knownIndex(otherColumn)?.roots,
      terms.count >= Self.fewestToSample
    else { return nil }
    return terms.sampledShare(in: others)
  }

  private static let fewestToSample = 512

  private func knownIndex(_ column: Int) -> Index? {
    isSettled ? indexes.ready.first { $0.order.first == column } : nil
  }
}

extension SetView {
  private static let samples = 64

  /// About which share of the numbers another set has, by some that lie far from one another; never 0.
  fileprivate func sampledShare(in other: SetView) -> Double {
    var (taken, found) = (0, 0)
    let step = max(1, length / Self.samples)
    for start in stride(from: 0, to: length, by: step) {
      // Some words of a bitmap have no number.
      slice(start..<min(length, start + step)).forEachNumber { number in
        taken += 1
        found += other.contains(number) ? 1 : 0
        return false
      }
    }
    return max(0.5, Double(found)) / Double(max(1, taken))
  }
}
