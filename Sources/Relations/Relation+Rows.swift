extension Relation {
  /// Adds all tuples that a prefix, all terms but the last, makes with a set, faster than one by one.
  ///
  /// No tuple of the relation may ever have had this prefix. There must be at least one column.
  public func appendRow(_ prefix: UnsafeBufferPointer<UInt32>, _ set: SetView) {
    settle()
    if indexes.count == 1 {
      indexes[0].append(prefix, set)
      return
    }
    set.forEachNumber { term in
      append(Array(prefix) + [term])
      return true
    }
  }

  /// Fetches the tuples from where they come, in all orders that are kept there.
  public func provide() {
    settle()
    if arity == 2 { _ = index([1, 0]) }
  }

  /// All tuples of three columns or more in a trie, made where there is none; `nil` where there are no tuples.
  public func packedTrie() -> PackedTrie? {
    settle()
    if let trie = indexes[0].trie { return trie }
    var tuples: [UInt32] = []
    tuples.reserveCapacity(count * arity)
    forEachTuple { tuple in
      tuples.append(contentsOf: tuple)
      return true
    }
    return tuples.withUnsafeBufferPointer { PackedTrie($0, order: Array(0..<arity)) }
  }
}
