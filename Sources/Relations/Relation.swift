import Terms

/// A set of tuples of term numbers, all of one length, indexed by those orders of its columns that were asked for.
///
/// Tuples that are appended lie in a buffer until something is asked; then they are sorted into all indexes at once.
/// An index is valid as long as the relation lives, and kept up to date; one that nothing asks for while tuples are united
/// with the relation's again and again gets them when it is next asked for (``IndexSet``). A relation belongs to one thread
/// at a time.
///
/// The tuples may come from an ``IndexSupply`` when they are first asked for.
public final class Relation {
  /// How many columns a relation may have: plans number variables up to a limit, and an index has a level for each column.
  public static let mostColumns = 256

  public let arity: Int
  /// None where there are no columns.
  @exclusivity(unchecked) var indexes: IndexSet
  @exclusivity(unchecked) private var pending: [UInt32] = []
  /// The answer of a relation without columns.
  var holds = false
  /// Where the tuples come from; `nil` after the first change.
  private var supply: (any IndexSupply)?
  /// Whether none of the tuples has come yet.
  @exclusivity(unchecked) private var isWaiting = false
  let scratch = SetBuffer()
  /// Whether none of the tuples was in the relation that what gathered them knew.
  var lacksKnown = false
  private let columnTerms = SetBuffer()
  /// How many distinct terms a column had, and how many tuples there were then.
  private var distinctCounts: [Int: (count: Int, distinct: Int)] = [:]

  public init(arity: Int) {
    self.arity = arity
    indexes = IndexSet(arity == 0 ? [] : [Index(order: Array(0..<arity))])
  }

  /// A relation to which tuples may be added while a join reads it: what the join has of other tuples stays valid.
  public init(growingWithColumns arity: Int) {
    self.arity = arity
    indexes = IndexSet([Index(order: Array(0..<arity), isGrowing: true)])
  }

  /// The same, with its first index by another order of the columns: that in which its rows come as sets.
  public init(growingWithOrder order: [Int]) {
    arity = order.count
    indexes = IndexSet([Index(order: order, isGrowing: true)])
  }

  /// A relation with the tuples of an index that nothing else uses.
  init(index: Index) {
    arity = index.depth
    indexes = IndexSet([index])
  }

  /// A relation that has columns and whose tuples come when they are first asked for.
  public convenience init(arity: Int, supply: any IndexSupply) {
    self.init(arity: arity)
    self.supply = supply
    isWaiting = true
  }

  /// A relation of two columns over rows that are made already.
  public init(rows: Rows) {
    arity = 2
    indexes = IndexSet([Index(order: [0, 1], rows: rows)])
  }

  /// The number of tuples.
  public var count: Int {
    if isWaiting, pending.isEmpty, let supply { return supply.count }
    settle()
    return arity == 0 ? (holds ? 1 : 0) : indexes.first.count
  }

  public var isEmpty: Bool { !isUnordered && count == 0 }

  /// About how many tuples there are: what was added to a relation of which no order was asked for yet counts, though some of
  /// it may be the same.
  public var roughCount: Int { isUnordered ? pending.count / arity : count }

  /// Whether the tuples can still be put in whichever order is asked for first. To keep two orders of a wide relation where one
  /// is asked for would take twice as long.
  private var isUnordered: Bool {
    arity > 2 && !pending.isEmpty && supply == nil && indexes.areUnused
  }

  /// Adds a tuple, to be sorted in when something is asked. Constant time.
  @inline(__always) public func append(_ tuple: UnsafeBufferPointer<UInt32>) {
    if arity == 0 {
      holds = true
      return
    }
    pending.append(contentsOf: tuple)
    if pending.count >= Relation.mostPending { settle() }
  }

  /// Adds tuples that lie one behind the other, to be sorted in when something is asked. A relation that has columns only.
  public func append(tuples: [UInt32]) {
    if pending.isEmpty { pending = tuples } else { pending += tuples }
    if pending.count >= Relation.mostPending { settle() }
  }

  /// Adds all tuples of another relation, to be sorted in when something is asked.
  func append(contentsOf other: Relation) {
    if arity == 0 {
      holds = holds || other.holds
      return
    }
    if other.indexes.first.count > 0 {
      other.settle()
      settle()
      beginChange()
      indexes.fill(from: other.indexes.first, using: scratch)
    } else if !other.pending.isEmpty {
      append(tuples: other.pending)
    }
  }

  /// How many numbers may wait to be sorted in: bounds the memory that repeated tuples take.
  private static let mostPending = 1 << 26

  /// Adds a tuple; whether it was new.
  @discardableResult
  public func insert(_ tuple: [UInt32]) -> Bool {
    let before = count
    tuple.withUnsafeBufferPointer { append($0) }
    return count > before
  }

  public func contains(_ tuple: [UInt32]) -> Bool { tuple.withUnsafeBufferPointer { contains($0) } }

  public func contains(_ tuple: UnsafeBufferPointer<UInt32>) -> Bool {
    settle()
    return arity == 0 ? holds : isIndexed(tuple)
  }

  private func isIndexed(_ tuple: UnsafeBufferPointer<UInt32>) -> Bool {
    let order = indexes.first.order
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: arity) { ordered in
      for level in 0..<arity { ordered[level] = tuple[order[level]] }
      let prefix = UnsafeBufferPointer(rebasing: ordered[..<(arity - 1)])
      guard let node = indexes.first.node(prefix) else { return false }
      return indexes.first.set(level: arity - 1, node: node).contains(ordered[arity - 1])
    }
  }

  /// Whether a tuple is among those that were sorted in: the relation has it, though it may have others too. What waits stays so.
  public func hasSettled(_ tuple: UnsafeBufferPointer<UInt32>) -> Bool {
    if isWaiting { takeSupply() }
    return arity == 0 ? holds : indexes.first.count > 0 && isIndexed(tuple)
  }

  /// Takes all tuples back.
  public func removeAll() {
    (supply, isWaiting, pending, holds, distinctCounts) = (nil, false, [], false, [:])
    indexes = IndexSet(arity == 0 ? [] : [Index(order: Array(0..<arity))])
  }

  /// Takes a tuple back; whether it was there.
  @discardableResult
  public func remove(_ tuple: [UInt32]) -> Bool {
    guard contains(tuple) else { return false }
    beginChange()
    if arity == 0 { holds = false }
    for index in indexes.ready {
      let ordered = index.order.map { tuple[$0] }
      _ = ordered.withUnsafeBufferPointer { index.remove($0) }
    }
    return true
  }

  /// The index whose levels are the columns in the given order, made where it is asked for the first time: then linear, and pairs
  /// are turned round by several threads.
  public func index(_ order: [Int], threads: Int = 1) -> Index {
    if isUnordered { takeOrder(order) }
    // An order that the supply has needs no other one.
    if !isWaiting || !pending.isEmpty || order == indexes.first.order { settle() }
    let index = indexes.find(order) ?? indexes.wake(order, using: scratch) ?? supplied(order, threads)
    index.use = .reading
    return index
  }

  private func supplied(_ order: [Int], _ threads: Int) -> Index {
    let index = supply?.index(order) ?? made(order, threads)
    if Pace.hasThreadToEnd && index.count < count { indexes.keep(unfinished: index) } else { indexes.add(index) }
    return index
  }

  private func made(_ order: [Int], _ threads: Int) -> Index {
    settle()
    let index = Index(order: order, isGrowing: indexes.first.isGrowing)
    index.fill(from: indexes.first, areNew: true, threads: threads, using: scratch)
    return index
  }

  /// The orders of the columns by which there are indexes that lack nothing.
  var orders: [[Int]] { indexes.orders }

  /// The orders of the columns by which there are indexes that were asked for lately.
  public var ordersInUse: [[Int]] { indexes.ready.filter { $0.use == .reading }.map(\.order) }

  /// The column that comes as sets in the order that is read first, of three columns and more; `nil` where any may.
  public var lastColumn: Int? { arity > 2 && indexes.first.count > 0 ? indexes.first.order.last : nil }

  /// The column that follows some others in an index that ends with a given one, where there is no index in which that follows
  /// them at once.
  public func column(before last: Int, after first: [Int]) -> Int? {
    guard isSettled else { return nil }
    let fitting = orders.filter { Set($0.prefix(first.count)) == Set(first) }
    if fitting.contains(where: { $0[first.count] == last }) { return nil }
    return fitting.first { $0.last == last }.map { $0[first.count] }
  }

  /// The first index that lacks nothing and has a column as its last one; `nil` where there is none.
  func index(endingWith column: Int) -> Index? {
    settle()
    return indexes.ready.first { $0.order.last == column }
  }

  /// The rows of a relation of two columns from the first to the second, or with `[1, 0]` backwards.
  public func rows(_ order: [Int]) -> Rows { index(order).levels[0] }

  /// Adds a tuple, to be sorted in when something is asked.
  public func append(_ tuple: [UInt32]) { tuple.withUnsafeBufferPointer { append($0) } }

  /// Calls `body` with each tuple, in the order of its numbers by the first index, until it returns false.
  @discardableResult
  public func forEachTuple(_ body: (UnsafeBufferPointer<UInt32>) throws -> Bool) rethrows -> Bool {
    settle()
    if arity == 0 { return holds ? try body(UnsafeBufferPointer(start: nil, count: 0)) : true }
    let order = indexes.first.order
    return try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: arity) { tuple in
      try indexes.first.forEachRow { prefix, set in
        for level in 0..<prefix.count { tuple[order[level]] = prefix[level] }
        return try set.forEachNumber { term in
          tuple[order[arity - 1]] = term
          return try body(UnsafeBufferPointer(tuple))
        }
      }
    }
  }

  /// The number of distinct terms of a column. Linear where no index begins with the column.
  public func distinctCount(column: Int) -> Int {
    if pending.isEmpty, let supply { return supply.distinctCount(column: column) }
    return terms(ofColumn: column).count
  }

  /// About how many distinct terms a column has: as many as when they were last counted, where the relation has become little
  /// larger or smaller since. After a change of few tuples nothing is counted anew.
  public func roughDistinctCount(column: Int) -> Int {
    let count = roughCount
    if let known = distinctCounts[column], 8 * abs(known.count - count) <= known.count { return known.distinct }
    let distinct = distinctCount(column: column)
    distinctCounts[column] = (count, distinct)
    return distinct
  }

  /// The terms of a column. Linear where no index begins with the column.
  public func terms(ofColumn column: Int) -> SetView {
    if isUnordered {
      columnTerms.clear()
      for place in stride(from: column, to: pending.count, by: arity) { columnTerms.insert(pending[place]) }
      return columnTerms.view
    }
    settle()
    if let index = indexes.ready.first(where: { $0.order[0] == column }) { return index.roots }
    columnTerms.clear()
    indexes.first.gather(column: column, into: columnTerms)
    return columnTerms.view
  }

  /// Takes over the tuples of an index that nothing else uses any more.
  public func absorb(_ index: Index) {
    // Few tuples that wait are sorted into it.
    if pending.count > index.count { settle() }
    if indexes.areUnused && !isWaiting {
      indexes.first = index
      return
    }
    settle()
    beginChange()
    indexes.fill(from: index, using: scratch)
  }

  /// Whether the indexes have all tuples.
  public var isSettled: Bool { pending.isEmpty && !isWaiting }

  /// Sorts pending tuples into all indexes; if the work of this thread is to end, as many as there are until then.
  public func settle() {
    if isSettled { return }
    if isWaiting { takeSupply() }
    if pending.isEmpty { return }
    beginChange()
    let tuples = pending
    pending = []
    indexes.fill(tuples, using: scratch)
    if Pace.hasThreadToEnd { pending = tuples }
  }

  private func takeSupply() {
    isWaiting = false
    if let index = supply?.index(indexes.first.order) { indexes.first = index }
  }

  /// Brings all indexes up to date, those of the supply and idle ones too, before the tuples change otherwise than by a union.
  /// The first index must have come from the supply.
  func beginChange() {
    leaveSupply()
    indexes.wakeAll(using: scratch)
  }

  /// Takes what the supply has besides, before the tuples become others than its own.
  func leaveSupply() {
    guard let supply else { return }
    self.supply = nil
    if arity == 2, indexes.find([1, 0]) == nil, let backward = supply.index([1, 0]) {
      indexes.add(backward)
    }
  }

  // MARK: Invariants

  /// What is wrong with the relation; `nil` where all is well. As long as it takes to look each tuple up in each index.
  public func checkInvariants() -> String? {
    settle()
    if arity == 0 { return indexes.ready.isEmpty ? nil : "it has an index and no columns" }
    return indexes.checkInvariants { contains($0) }
  }
}
