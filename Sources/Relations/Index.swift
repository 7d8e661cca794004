import Terms

/// The tuples of a relation as a tree by one order of its columns: at each node the set of terms that follow.
///
/// The root holds the terms of the first column; the node that a term leads to holds the set of the second column, and
/// so on. A relation of two columns is so a map from terms to sets (``Rows``); nodes beneath the second level are
/// numbered by a hash table of (node, term). A node is named by a number: the term itself on the first level.
///
/// Tuples of more than two columns that came all at once are packed in arrays instead, until one is added or taken back.
public final class Index {
  /// `order[level]` is the column of the relation that stands on a level.
  public let order: [Int]
  /// The members where there is one column.
  let root = SetBuffer()
  /// `levels[k]` holds the sets of level k + 1.
  let levels: UncountedList<Rows>
  /// `maps[k]` leads from a node of level k + 1 and its term to the node of level k + 2.
  @exclusivity(unchecked) private var maps: [PairIndex]
  @exclusivity(unchecked) private var packed: Uncounted<PackedTrie>?
  /// The number of tuples.
  @exclusivity(unchecked) public private(set) var count = 0

  /// Whether tuples may be added while sets of others are in use, so that none is ever packed.
  let isGrowing: Bool

  /// What an index was asked for.
  enum Use {
    case none
    /// To tell which rows are known already.
    case gathering
    /// By a join, and perhaps for the former too.
    case reading
  }

  /// What it was asked for since tuples were last united with its relation's.
  var use = Use.none

  public init(order: [Int], isGrowing: Bool = false) {
    self.order = order
    self.isGrowing = isGrowing
    levels = UncountedList((0..<max(0, order.count - 1)).map { _ in Rows() })
    maps = Array(repeating: PairIndex(), count: max(0, order.count - 2))
  }

  /// An index of two columns over rows that are made already.
  public init(order: [Int], rows: Rows) {
    self.order = order
    isGrowing = false
    levels = UncountedList([rows])
    maps = []
    count = rows.count
  }

  /// An index of two columns over rows that lie in memory of something else.
  public convenience init(order: [Int], borrowing rows: BorrowedRows) {
    self.init(order: order, rows: Rows(borrowing: rows))
  }

  /// An index of three columns or more over a trie that is made already.
  public convenience init(order: [Int], trie: PackedTrie) {
    self.init(order: order)
    packed = Uncounted(trie)
    count = trie.count
  }

  /// An index of one column, whose terms ascend.
  public convenience init(members: UnsafeBufferPointer<UInt32>) {
    self.init(order: [0])
    root.formUnion(SetView(array: members.baseAddress, count: members.count))
    count = members.count
  }

  /// The trie where the tuples are packed.
  public var trie: PackedTrie? { packed?.object }

  /// The number of columns, which is also the number of levels.
  public var depth: Int { order.count }

  /// The terms of the first column.
  public var roots: SetView { depth == 1 ? root.view : trie?.roots ?? levels[0].keys }

  /// The set at a node; on level 0 there is one node, whose number is not looked at.
  @inline(__always) public func set(level: Int, node: UInt32) -> SetView {
    if let packed { return packed.use { $0.set(level: level, node: node) } }
    return level == 0 ? roots : levels.use(level - 1) { $0[node] }
  }

  /// The node that a term leads to from a node of a level that is not the last; `nil` where there is none. On level 0
  /// any term may lead to a node, which may have an empty set.
  @inline(__always) public func child(level: Int, node: UInt32, term: UInt32) -> UInt32? {
    if let packed { return packed.use { $0.child(level: level, node: node, term: term) } }
    return level == 0 ? term : maps[level - 1].find(node, term)
  }

  /// The node that a prefix of fewer terms than there are columns leads to; `nil` where there is none.
  func node(_ prefix: UnsafeBufferPointer<UInt32>) -> UInt32? {
    var node: UInt32 = 0
    for level in 0..<prefix.count {
      guard let next = child(level: level, node: node, term: prefix[level]) else { return nil }
      node = next
    }
    return node
  }

  /// Adds the tuples that a prefix, all terms but the last in the index's order, makes with a set; `scratch` is
  /// overwritten with the terms that were new, and their count returned. The set must not be a view of it.
  @discardableResult
  public func insert(_ prefix: UnsafeBufferPointer<UInt32>, _ set: SetView, new scratch: SetBuffer) -> Int {
    if depth == 1 {
      scratch.assignDifference(set, root.view)
      root.formUnion(scratch.view)
      let added = scratch.view.count
      count += added
      return added
    }
    if set.isEmpty { return 0 }
    unpack()
    let node = makeNode(prefix)
    let added = levels.use(depth - 2) { $0.formUnion(node, set, new: scratch) }
    count += added
    return added
  }

  /// The same where nobody asks which terms were new.
  func insert(_ prefix: UnsafeBufferPointer<UInt32>, _ set: SetView, using scratch: SetBuffer) {
    if depth == 1 {
      insert(prefix, set, new: scratch)
    } else if !set.isEmpty {
      unpack()
      let node = makeNode(prefix)
      count += levels.use(depth - 2) { $0.formUnion(node, set, using: scratch) }
    }
  }

  /// Adds the tuples that a prefix makes with a set where none of them is there yet.
  func insertNew(_ prefix: UnsafeBufferPointer<UInt32>, _ set: SetView) {
    if set.isEmpty { return }
    if depth == 1 {
      root.formUnion(set)
    } else {
      unpack()
      let node = makeNode(prefix)
      levels.use(depth - 2) { $0.insertNew(node, set) }
    }
    count += set.count
  }

  /// Adds the tuples that a prefix makes with a set, without those of another set, where that can be done in place; false,
  /// and nothing is done, where not.
  func insertInPlace(_ prefix: UnsafeBufferPointer<UInt32>, _ set: SetView, without known: SetView) -> Bool {
    guard depth > 1, packed == nil, let node = node(prefix),
      let new = levels.use(depth - 2, { $0.formUnionInPlace(node, set, without: known) })
    else { return false }
    count += new
    return true
  }

  /// Adds the tuples that a prefix, which no tuple ever had, makes with a set.
  func append(_ prefix: UnsafeBufferPointer<UInt32>, _ set: SetView) {
    if set.isEmpty { return }
    if depth == 1 {
      root.formUnion(set)
    } else {
      unpack()
      levels[depth - 2].append(makeNode(prefix), set)
    }
    count += set.count
  }

  /// Adds many tuples at once, given in the order of the relation's columns, where that is worth it; false, and nothing is
  /// done, where not.
  /// - Parameter known: an order of the columns by which the tuples ascend.
  func fill(_ tuples: UnsafeBufferPointer<UInt32>, ascendingBy known: [Int]? = nil) -> Bool {
    if depth == 1 || isGrowing { return false }
    if depth == 2 {
      guard levels[0].fill(PackedRows.Pairs(tuples: tuples, isBackward: order[0] == 1)) else { return false }
      count = levels[0].count
      return true
    }
    let added = tuples.count / depth
    guard added >= Self.fewTuples, added >= count / 4 else { return false }
    return repack(with: tuples, ascendingBy: known)
  }

  /// Takes the pairs of an index by the other order of its two columns where there are none yet and that is worth it; false,
  /// and nothing is done, where not.
  func fill(reversing other: Index, threads: Int) -> Bool {
    guard depth == 2, !isGrowing, levels[0].fill(reversing: other.levels[0], threads: threads) else { return false }
    count = levels[0].count
    return true
  }

  /// Whether the tuples lie packed in arrays, so that to add some means to make the index anew.
  var isPacked: Bool { packed != nil }

  /// Packs what there is together with more tuples; false, and nothing is done, where they are too many.
  /// - Parameter known: an order of the columns by which the tuples ascend.
  func repack(with tuples: UnsafeBufferPointer<UInt32>, ascendingBy known: [Int]? = nil) -> Bool {
    if count == 0 { return pack(tuples, ascendingBy: known) }
    guard Pace.threadHasRoom(for: 8 * (count * depth + tuples.count)), var all = self.tuples else { return false }
    all.append(contentsOf: tuples)
    return all.withUnsafeBufferPointer { pack($0) }
  }

  private static let fewTuples = 1024

  private func pack(_ tuples: UnsafeBufferPointer<UInt32>, ascendingBy known: [Int]? = nil) -> Bool {
    guard let trie = PackedTrie(tuples, order: order, ascendingBy: known) else { return false }
    for rows in levels.objects { rows.clear() }
    maps = maps.map { _ in PairIndex() }
    packed = Uncounted(trie)
    count = trie.count
    return true
  }

  /// All tuples, with their columns in the relation's order, ascending by the index's; `nil` if the work of this thread is to end,
  /// as for more of them than there is room for.
  var tuples: [UInt32]? {
    let (order, depth, pace) = (order, depth, Pace.ofThread)
    if let pace, !pace.hasRoom(for: 4 * count * depth) { return nil }
    let tuples = [UInt32](unsafeUninitializedCapacity: count * depth) { tuples, filled in
      order.withUnsafeBufferPointer { order in
        _ = forEachRow { prefix, set in
          if let pace, !pace.goesOn(after: set.count) { return false }
          return set.forEachNumber { term in
            for level in prefix.indices { tuples[filled + order[level]] = prefix[level] }
            tuples[filled + order[depth - 1]] = term
            filled += depth
            return true
          }
        }
      }
    }
    return pace?.failure == nil ? tuples : nil
  }

  /// Makes a packed index one that can change.
  private func unpack() {
    guard let trie else { return }
    packed = nil
    _ = trie.forEachRow { prefix, set in
      levels[depth - 2].append(makeNode(prefix), set)
      return true
    }
  }

  /// Adds the terms of a column to a set.
  func gather(column: Int, into buffer: SetBuffer) {
    if let trie, let level = order.firstIndex(of: column) { return trie.gather(level: level, into: buffer) }
    let isLast = column == order.last
    if isLast && depth == 2 { return levels[0].gatherAll(into: buffer) }
    forEachRow { prefix, set in
      if isLast {
        buffer.formUnion(set)
      } else if let level = order.firstIndex(of: column) {
        buffer.insert(prefix[level])
      }
      return true
    }
  }

  /// Takes over all tuples of an index of the same order, which is not to be used any more.
  func absorb(_ other: Index, new scratch: SetBuffer) {
    if depth == 2 && packed == nil && other.packed == nil {
      levels[0].absorb(other.levels[0], new: scratch)
      count = levels[0].count
      return
    }
    other.forEachRow { prefix, set in
      insert(prefix, set, new: scratch)
      return true
    }
  }

  /// Adds all pairs of an index of the same order where those of both lie packed in arrays; false, and nothing is done, where
  /// not.
  func addPacked(_ other: Index) -> Bool {
    guard depth == 2, !isGrowing, levels[0].addPacked(other.levels[0]) else { return false }
    count = levels[0].count
    return true
  }

  /// Puts in order what would be put in order on reading, so that several threads may read.
  func settle() {
    _ = root.view
    _ = trie?.roots
    for rows in levels.objects { _ = rows.keys }
  }

  private func makeNode(_ prefix: UnsafeBufferPointer<UInt32>) -> UInt32 {
    var node = prefix[0]
    for level in 1..<max(1, prefix.count) {
      // Where something is beneath a node, it is led to already.
      if let known = maps[level - 1].find(node, prefix[level]), levels.use(level, { !$0[known].isEmpty }) {
        node = known
        continue
      }
      levels[level - 1].insert(node, prefix[level])
      node = maps[level - 1].intern(node, prefix[level])
    }
    return node
  }

  /// Takes one tuple, in the index's order, back; whether it was there.
  func remove(_ tuple: UnsafeBufferPointer<UInt32>) -> Bool {
    if depth == 1 {
      guard root.contains(tuple[0]) else { return false }
      root.remove(tuple[0])
      count -= 1
      return true
    }
    unpack()
    guard let removed = removeBelow(tuple, level: 1, node: tuple[0]) else { return false }
    if removed { count -= 1 }
    return removed
  }

  /// Takes the rest of a tuple out from beneath a node, and the way to it where nothing else is left there.
  private func removeBelow(_ tuple: UnsafeBufferPointer<UInt32>, level: Int, node: UInt32) -> Bool? {
    if level == depth - 1 { return levels[level - 1].remove(node, tuple[level]) }
    guard let child = maps[level - 1].find(node, tuple[level]) else { return nil }
    guard removeBelow(tuple, level: level + 1, node: child) == true else { return nil }
    if levels[level][child].isEmpty { levels[level - 1].remove(node, tuple[level]) }
    return true
  }

  /// Calls `body` with each prefix, all terms but the last, and the set of last terms beside it, until it returns false.
  @discardableResult
  public func forEachRow(_ body: (UnsafeBufferPointer<UInt32>, SetView) throws -> Bool) rethrows -> Bool {
    if depth == 1 { return roots.isEmpty ? true : try body(UnsafeBufferPointer(start: nil, count: 0), roots) }
    if let trie { return try trie.forEachRow(body) }
    return try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: depth) { prefix in
      try walk(prefix, level: 0, node: 0, body)
    }
  }

  private func walk(
    _ prefix: UnsafeMutableBufferPointer<UInt32>, level: Int, node: UInt32,
    _ body: (UnsafeBufferPointer<UInt32>, SetView) throws -> Bool
  ) rethrows -> Bool {
    let rows = levels[level]
    let isLast = level == depth - 2
    let row = UnsafeBufferPointer(start: prefix.baseAddress, count: level + 1)
    return try set(level: level, node: node).forEachNumber { term in
      guard let child = child(level: level, node: node, term: term) else { return true }
      prefix[level] = term
      return try isLast ? body(row, rows[child]) : walk(prefix, level: level + 1, node: child, body)
    }
  }

  // MARK: Invariants

  /// What is wrong with the index; `nil` where all is well.
  func checkInvariants() -> String? {
    if let problem = root.checkInvariants() { return problem }
    if let trie { return trie.count == count ? trie.checkInvariants() : "counts \(count) of \(trie.count)" }
    for (level, rows) in levels.objects.enumerated() {
      if let problem = rows.checkInvariants() { return "level \(level + 1): \(problem)" }
      if level > 0, rows.keys.count != levels[level - 1].count {
        return "level \(level + 1) has nodes that nothing leads to"
      }
    }
    let total = depth == 1 ? root.view.count : levels[depth - 2].count
    return total == count ? nil : "counts \(count) tuples of \(total)"
  }
}
