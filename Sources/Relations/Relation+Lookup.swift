extension Relation {
  /// Calls `body` with each tuple that has a term in a column, until it returns false; whether it never did.
  ///
  /// Takes as long as there are such tuples, but for the first time that a column is asked for, which is linear.
  @discardableResult
  public func forEachTuple(
    where column: Int, is term: UInt32, _ body: ([UInt32]) throws -> Bool
  ) rethrows -> Bool {
    guard arity > 1 else { return contains([term]) ? try body([term]) : true }
    let index = index(Self.order(from: column, arity))
    guard let node = index.child(level: 0, node: 0, term: term) else { return true }
    var tuple = [UInt32](repeating: term, count: arity)
    return try Self.walk(index, level: 1, node, &tuple, body)
  }

  /// How many tuples have a term in a column, or where there are more columns than two, how many terms follow it in the next one.
  public func roughCount(where column: Int, is term: UInt32) -> Int {
    guard arity > 1 else { return contains([term]) ? 1 : 0 }
    let index = index(Self.order(from: column, arity))
    return index.child(level: 0, node: 0, term: term).map { index.set(level: 1, node: $0).count } ?? 0
  }

  private static func order(from column: Int, _ arity: Int) -> [Int] { [column] + (0..<arity).filter { $0 != column } }

  private static func walk(
    _ index: Index, level: Int, _ node: UInt32, _ tuple: inout [UInt32], _ body: ([UInt32]) throws -> Bool
  ) rethrows -> Bool {
    let isLast = level == index.depth - 1
    let order = index.order[level]
    return try index.set(level: level, node: node).forEachNumber { term in
      tuple[order] = term
      if isLast { return try body(tuple) }
      return try index.child(level: level, node: node, term: term).map {
        try walk(index, level: level + 1, $0, &tuple, body)
      } ?? true
    }
  }
}
