extension Relation {
  /// Adds all tuples that a prefix, all terms but the last, makes with a set, faster than one by one.
  ///
  /// No tuple of the relation may ever have had this prefix. There must be at least one column.
  public func appendRow(_ prefix: UnsafeBufferPointer<UInt32>, _ set: SetView) {
    settle()
    beginChange()
    if indexes.orders == [Array(0..<arity)] {
      indexes.first.append(prefix, set)
      return
    }
    set.forEachNumber { term in
      append(Array(prefix) + [term])
      return true
    }
  }

  /// Adds all tuples that a prefix, all terms but the last, makes with a set; both stand in the given order of the columns,
  /// by which an index takes the set as a whole.
  ///
  /// No tuple of the relation may ever have had this prefix. There must be at least two columns.
  public func appendRow(_ prefix: [UInt32], _ set: SetView, order: [Int]) {
    settle()
    beginChange()
    var tuples: [UInt32] = []
    for index in indexes.ready {
      if index.order == order {
        prefix.withUnsafeBufferPointer { index.append($0, set) }
      } else {
        if tuples.isEmpty { tuples = Self.tuples(prefix, set, order) }
        tuples.withUnsafeBufferPointer { index.fill(with: $0, using: scratch) }
      }
    }
  }

  private static func tuples(_ prefix: [UInt32], _ set: SetView, _ order: [Int]) -> [UInt32] {
    let arity = order.count
    return [UInt32](unsafeUninitializedCapacity: set.count * arity) { tuples, count in
      set.forEachNumber { term in
        for level in 0..<(arity - 1) { tuples[count + order[level]] = prefix[level] }
        tuples[count + order[arity - 1]] = term
        count += arity
        return true
      }
    }
  }

  /// Adds all tuples of other relations. Pairs that lie packed in both stay packed.
  public func add(_ others: [Relation]) {
    let rest = others.filter { !addPacked($0) }
    if !rest.isEmpty { _ = formUnion(rest) }
  }

  private func addPacked(_ other: Relation) -> Bool {
    guard arity == 2, let only = indexes.only, 4 * other.count >= count else { return false }
    return only.addPacked(other.index(only.order))
  }

  /// The terms of a column, each with the number of tuples that have it, in no particular order. Linear in the rows, or in the
  /// tuples where the column is the one that comes as sets.
  public func counts(ofColumn column: Int) -> [(term: UInt32, count: Int)] {
    settle()
    let level = indexes.first.order.firstIndex(of: column) ?? 0
    if level == 0 && arity > 1 { return firstCounts }
    var counts: [UInt32: Int] = [:]
    indexes.first.forEachRow { prefix, set in
      if level < prefix.count {
        counts[prefix[level], default: 0] += set.count
        return true
      }
      return set.forEachNumber {
        counts[$0, default: 0] += 1
        return true
      }
    }
    return counts.map { ($0.key, $0.value) }
  }

  /// The counts of the terms that the first index begins with: the rows of each come together.
  private var firstCounts: [(term: UInt32, count: Int)] {
    var counts: [(term: UInt32, count: Int)] = []
    indexes.first.forEachRow { prefix, set in
      if counts.last?.term != prefix[0] { counts.append((prefix[0], 0)) }
      counts[counts.count - 1].count += set.count
      return true
    }
    return counts
  }

  /// Fetches the tuples from where they come, in all orders that are kept there.
  public func provide() {
    settle()
    if arity == 2 { _ = index([1, 0]) }
  }

  /// All tuples of three columns or more in a trie by the order of the columns, made where there is none; `nil` where there are
  /// no tuples.
  public func packedTrie() -> PackedTrie? {
    let order = Array(0..<arity)
    settle()
    if let trie = indexes.find(order)?.trie { return trie }
    if isEmpty { return nil }
    return indexes.first.tuples?.withUnsafeBufferPointer {
      PackedTrie($0, order: order, ascendingBy: indexes.first.order)
    }
  }
}
