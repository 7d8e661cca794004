/// Finds the statements of a fact: a hash table of the tuples of a ``StatementTable``, which it is made from once.
struct StatementIndex {
  /// For each bucket its first statement + 1, and for each statement the next of its bucket + 1; 0 at the end.
  private var first: [UInt32]
  private var next: [UInt32]

  init(_ table: StatementTable) {
    var capacity = 16
    while capacity < table.count { capacity *= 2 }
    first = [UInt32](repeating: 0, count: capacity)
    next = [UInt32](repeating: 0, count: table.count)
    // From the last to the first, so that each bucket lists its statements in their order.
    for statement in (0..<table.count).reversed() {
      let bucket = Self.hash(table.tuple(statement)) & (capacity - 1)
      next[statement] = first[bucket]
      first[bucket] = UInt32(statement + 1)
    }
  }

  /// The sets of annotations of one fact, one a statement, in order.
  func annotations(of tuple: [UInt32], in table: StatementTable) -> [AnnotationSet] {
    var result: [AnnotationSet] = []
    var statement = Int(first[Self.hash(tuple[...]) & (first.count - 1)])
    while statement != 0 {
      let set = table.annotations[statement - 1]
      if table.tuple(statement - 1).elementsEqual(tuple) { result.append(set) }
      statement = Int(next[statement - 1])
    }
    return result
  }

  private static func hash(_ tuple: ArraySlice<UInt32>) -> Int {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for term in tuple { hash = (hash ^ UInt64(term)) &* 0xFF51_AFD7_ED55_8CCD ^ (hash >> 32) }
    return Int(truncatingIfNeeded: (hash ^ (hash >> 29)) >> 1)
  }
}
