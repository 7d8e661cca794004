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
}
