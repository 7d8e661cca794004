import Terms

/// A set of tuples of term numbers, all of one length, indexed by those orders of its columns that were asked for.
///
/// Tuples that are appended lie in a buffer until something is asked; then they are sorted into all indexes at once.
/// An index is valid as long as the relation lives, and kept up to date; one that nothing asks for while tuples are united
/// with the relation's again and again gets them when it is next asked for (``IdleIndex``). A relation belongs to one thread
/// at a time.
///
/// The tuples may come from an ``IndexSupply`` when they are first asked for.
public final class Relation {
  /// How many columns a relation may have: plans number variables up to a limit, and an index has a level for each column.
  public static let mostColumns = 256

  public let arity: Int
  @exclusivity(unchecked) var indexes: [Index]
  /// Indexes that nothing asks for at present. Of those in `indexes` none lacks a tuple.
  @exclusivity(unchecked) var idleIndexes: [IdleIndex] = []
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
  /// An index whose making was ended, as long as what is ended may still read it.
  private var unfinished: Index?
  /// How many distinct terms a column had, and how many tuples there were then.
  private var distinctCounts: [Int: (count: Int, distinct: Int)] = [:]

  public init(arity: Int) {
    self.arity = arity
    indexes = arity == 0 ? [] : [Index(order: Array(0..<arity))]
  }

  /// A relation to which tuples may be added while a join reads it: what the join has of other tuples stays valid.
  public init(growingWithColumns arity: Int) {
    self.arity = arity
    indexes = [Index(order: Array(0..<arity), isGrowing: true)]
  }

  /// The same, with its first index by another order of the columns: that in which its rows come as sets.
  public init(growingWithOrder order: [Int]) {
    arity = order.count
    indexes = [Index(order: order, isGrowing: true)]
  }

  /// A relation with the tuples of an index that nothing else uses.
  init(index: Index) {
    arity = index.depth
    indexes = [index]
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
    indexes = [Index(order: [0, 1], rows: rows)]
  }

  /// The number of tuples.
  public var count: Int {
    if isWaiting, pending.isEmpty, let supply { return supply.count }
    settle()
    return arity == 0 ? (holds ? 1 : 0) : indexes[0].count
  }

  public var isEmpty: Bool { !isUnordered && count == 0 }

  /// About how many tuples there are: what was added to a relation of which no order was asked for yet counts, though some of
  /// it may be the same.
  public var roughCount: Int { isUnordered ? pending.count / arity : count }

  /// Whether the tuples can still be put in whichever order is asked for first. To keep two orders of a wide relation where one
  /// is asked for would take twice as long.
  private var isUnordered: Bool {
    arity > 2 && !pending.isEmpty && supply == nil && indexes.count == 1 && indexes[0].count == 0
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
    if other.indexes[0].count > 0 {
      other.settle()
      settle()
      beginChange()
      for index in indexes { fill(index, from: other.indexes[0]) }
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
    let order = indexes[0].order
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: arity) { ordered in
      for level in 0..<arity { ordered[level] = tuple[order[level]] }
      let prefix = UnsafeBufferPointer(rebasing: ordered[..<(arity - 1)])
      guard let node = indexes[0].node(prefix) else { return false }
      return indexes[0].set(level: arity - 1, node: node).contains(ordered[arity - 1])
    }
  }

  /// Whether a tuple is among those that were sorted in: the relation has it, though it may have others too. What waits stays so.
  public func hasSettled(_ tuple: UnsafeBufferPointer<UInt32>) -> Bool {
    if isWaiting { takeSupply() }
    return arity == 0 ? holds : indexes[0].count > 0 && isIndexed(tuple)
  }

  /// Takes all tuples back.
  public func removeAll() {
    (supply, isWaiting, pending, holds, unfinished) = (nil, false, [], false, nil)
    indexes = arity == 0 ? [] : [Index(order: Array(0..<arity))]
    (idleIndexes, distinctCounts) = ([], [:])
  }

  /// Takes a tuple back; whether it was there.
  @discardableResult
  public func remove(_ tuple: [UInt32]) -> Bool {
    guard contains(tuple) else { return false }
    beginChange()
    if arity == 0 { holds = false }
    for index in indexes {
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
    if !isWaiting || !pending.isEmpty || order == indexes[0].order { settle() }
    let index = indexes.first { $0.order == order } ?? wake(order) ?? supplied(order, threads)
    index.use = .reading
    return index
  }

  private func supplied(_ order: [Int], _ threads: Int) -> Index {
    let index = supply?.index(order) ?? made(order, threads)
    if Pace.hasThreadToEnd && index.count < count { unfinished = index } else { indexes.append(index) }
    return index
  }

  private func made(_ order: [Int], _ threads: Int) -> Index {
    settle()
    let index = Index(order: order, isGrowing: indexes[0].isGrowing)
    fill(index, from: indexes[0], areNew: true, threads: threads)
    return index
  }

  /// The orders of the columns by which there are indexes that lack nothing.
  var orders: [[Int]] { indexes.map(\.order) }

  /// The orders of the columns by which there are indexes that were asked for lately.
  public var ordersInUse: [[Int]] { indexes.filter { $0.use == .reading }.map(\.order) }

  /// The column that comes as sets in the order that is read first, of three columns and more; `nil` where any may.
  public var lastColumn: Int? { arity > 2 && indexes[0].count > 0 ? indexes[0].order.last : nil }

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
    return indexes.first { $0.order.last == column }
  }

  func hasIndex(_ order: [Int]) -> Bool {
    indexes.contains { $0.order == order } || idleIndexes.contains { $0.index.order == order }
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
    let order = indexes[0].order
    return try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: arity) { tuple in
      try indexes[0].forEachRow { prefix, set in
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
    if let index = indexes.first(where: { $0.order[0] == column }) { return index.roots }
    columnTerms.clear()
    indexes[0].gather(column: column, into: columnTerms)
    return columnTerms.view
  }

  /// Takes over the tuples of an index that nothing else uses any more.
  public func absorb(_ index: Index) {
    // Few tuples that wait are sorted into it.
    if pending.count > index.count { settle() }
    if indexes.count == 1 && indexes[0].count == 0 && !isWaiting {
      indexes[0] = index
      return
    }
    settle()
    beginChange()
    for target in indexes { fill(target, from: index) }
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
    for index in indexes { tuples.withUnsafeBufferPointer { fill(index, fromTuples: $0) } }
    if Pace.hasThreadToEnd { pending = tuples }
  }

  private func takeSupply() {
    isWaiting = false
    if let index = supply?.index(indexes[0].order) { indexes[0] = index }
  }

  /// Brings all indexes up to date, those of the supply and idle ones too, before the tuples change otherwise than by a union.
  /// The first index must have come from the supply.
  func beginChange() {
    leaveSupply()
    wakeAll()
  }

  /// Takes what the supply has besides, before the tuples become others than its own.
  func leaveSupply() {
    guard let supply else { return }
    self.supply = nil
    if arity == 2, !indexes.contains(where: { $0.order == [1, 0] }), let backward = supply.index([1, 0]) {
      indexes.append(backward)
    }
  }

  /// Adds the tuples of an index to another one.
  /// - Parameter areNew: whether none of them is there yet.
  func fill(_ target: Index, from source: Index, areNew: Bool = false, threads: Int = 1) {
    if source.count == 0 { return }
    let pace = Pace.ofThread
    if target.order == source.order {
      source.forEachRow { prefix, set in
        if let pace, !pace.goesOn(after: min(set.count, Self.fewSteps)) { return false }
        if areNew { target.insertNew(prefix, set) } else { target.insert(prefix, set, using: scratch) }
        return true
      }
      return
    }
    if target.fill(reversing: source, threads: threads) { return }
    source.tuples?.withUnsafeBufferPointer { fill(target, fromTuples: $0, ascendingBy: source.order, areNew: areNew) }
  }

  /// To add a set takes as many steps as it has words, which are fewer than its terms where it has many.
  private static let fewSteps = 256

  /// Adds tuples, in the order of the relation's columns, to an index, row by row.
  /// - Parameters:
  ///   - known: an order of the columns by which the tuples ascend.
  ///   - areNew: whether none of them is there yet; then nothing of the relation but the index is touched.
  func fill(
    _ target: Index, fromTuples tuples: UnsafeBufferPointer<UInt32>, ascendingBy known: [Int]? = nil,
    areNew: Bool = false
  ) {
    if target.fill(tuples, ascendingBy: known) { return }
    let pace = Pace.ofThread
    if let pace, !pace.hasRoom(for: 4 * tuples.count / arity) { return }
    let row = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, tuples.count / arity))
    defer { row.deallocate() }
    _ = TupleSort.withSorted(tuples, order: target.order, ascendingBy: known) { sorted in
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
        if areNew { target.insertNew(prefix, set) } else { target.insert(prefix, set, using: scratch) }
      }
    }
  }

  // MARK: Invariants

  /// What is wrong with the relation; `nil` where all is well. As long as it takes to look each tuple up in each index.
  public func checkInvariants() -> String? {
    settle()
    if arity == 0 { return indexes.isEmpty ? nil : "it has an index and no columns" }
    for index in indexes {
      if let problem = index.checkInvariants() { return "index \(index.order): \(problem)" }
      if index.count != indexes[0].count { return "index \(index.order) has \(index.count) tuples" }
      var problem: String?
      index.forEachRow { prefix, set in
        for term in set.elements {
          var tuple = [UInt32](repeating: 0, count: arity)
          for (level, number) in (Array(prefix) + [term]).enumerated() { tuple[index.order[level]] = number }
          if !contains(tuple) { problem = "index \(index.order) alone has \(tuple)" }
        }
        return problem == nil
      }
      if let problem { return problem }
    }
    return checkIdleIndexes()
  }
}
