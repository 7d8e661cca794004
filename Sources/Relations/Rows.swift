import Terms

/// One direction of a binary relation: for each term on the one side the set of terms on the other.
///
/// Each row takes the shape of its density. Those of pairs that came all at once are packed; others that were made in bulk
/// share a few blocks of memory; a row that changes later gets memory of its own. Rows may also be views of one another's
/// memory, as those of a strongly connected component in a transitive closure are, whose sets are the same.
public final class Rows {
  @exclusivity(unchecked) private var index = TermIndex()
  @exclusivity(unchecked) private var rows: [RowStorage] = []
  /// The words that the numbers of all rows lie in, were they one bitmap; some may not be used any more.
  @exclusivity(unchecked) private(set) var wordRange = 0..<0
  /// The rows of terms that have none in `rows`.
  @exclusivity(unchecked) private var packed: PackedRows?
  /// The memory of rows that were made in bulk.
  @exclusivity(unchecked) private var blocks = RowBlocks()
  /// What owns the memory of rows that are borrowed.
  private var owner: AnyObject?
  /// The number of pairs.
  @exclusivity(unchecked) public private(set) var count = 0
  private let keyBuffer = SetBuffer()

  public init() {}

  /// Rows that lie in memory of something else, which `owner` keeps, until they change: one for each term below `limit`, as
  /// in ``BorrowedRows``.
  init(borrowing borrowed: BorrowedRows) {
    owner = borrowed.owner
    switch borrowed.form {
    case .dense(let limit):
      let packed = PackedRows(
        borrowing: borrowed.starts, limit: limit, numbers: borrowed.numbers, from: borrowed.owner)
      self.packed = packed
      adopt(packed)
    case .listed(let keys):
      for (place, key) in keys.enumerated() {
        let start = Int(borrowed.starts[place])
        let row = SetView(array: borrowed.numbers + start, count: Int(borrowed.starts[place + 1]) - start)
        append(key, row, sharing: !Self.isDense(row))
      }
    }
  }

  deinit { deallocate() }

  private func deallocate() {
    blocks.deallocate()
    for position in rows.indices { rows[position].release() }
    packed?.deallocate()
  }

  /// The terms whose row is not empty.
  public var keys: SetView { keyBuffer.view }

  /// All terms on either side, ascending.
  public var nodes: [UInt32] {
    let all = SetBuffer()
    all.formUnion(keys)
    forEachRow { _, row in all.formUnion(row) }
    return all.view.elements
  }

  /// Whether the same pairs are in both. Linear.
  public func isEqual(to other: Rows) -> Bool {
    if count != other.count || keys.count != other.keys.count { return false }
    return keys.forEachNumber { self[$0].isEqual(to: other[$0]) }
  }

  /// The set beside a term; valid until that row changes.
  @inline(__always) public subscript(term: UInt32) -> SetView {
    guard let position = index.find(term) else { return packed?[term] ?? .empty }
    return rows[position].view
  }

  /// Calls `body` with each term that has a row, ascending, and the row.
  @inline(__always) func forEachRow(_ body: (UInt32, SetView) -> Void) {
    keys.forEachNumber { term in
      body(term, self[term])
      return true
    }
  }

  /// The rows where all of them are packed.
  var onlyPacked: PackedRows? { index.count == 0 ? packed : nil }

  /// Adds many pairs at once; all rows are packed anew where that is worth it, else the answer is false.
  func fill(_ pairs: PackedRows.Pairs) -> Bool {
    guard pairs.count >= Self.fewPairs, pairs.count >= count / 4 else { return false }
    if count > 0 {
      guard Pace.threadHasRoom(for: 8 * (count + pairs.count)) else { return false }
      let all = pairsWith(pairs)
      return all.withUnsafeBufferPointer { repack(PackedRows.Pairs(tuples: $0, isBackward: false)) }
    }
    return repack(pairs)
  }

  /// Takes the pairs of others the other way round where there are none yet and that is worth it; false, and nothing is done,
  /// where not.
  func fill(reversing other: Rows, threads: Int) -> Bool {
    guard count == 0, other.count >= Self.fewPairs, let packed = PackedRows(reversing: other, threads: threads) else {
      return false
    }
    replace(with: packed)
    return true
  }

  private static let fewPairs = 1024

  private func pairsWith(_ pairs: PackedRows.Pairs) -> [UInt32] {
    var all: [UInt32] = []
    all.reserveCapacity(2 * (count + pairs.count))
    forEachRow { key, row in
      row.forEachNumber {
        all.append(key)
        all.append($0)
        return true
      }
    }
    for index in 0..<pairs.count {
      all.append(pairs.first(index))
      all.append(pairs.second(index))
    }
    return all
  }

  private func repack(_ pairs: PackedRows.Pairs) -> Bool {
    guard let packed = PackedRows(pairs) else { return false }
    replace(with: packed)
    return true
  }

  private func replace(with packed: PackedRows) {
    clear()
    self.packed = packed
    adopt(packed)
  }

  /// Counts packed rows, and makes bitmaps of those that are dense.
  private func adopt(_ packed: PackedRows) {
    count = packed.count
    guard let bounds = packed.bounds else { return }
    wordRange = Int(bounds.least >> 6)..<Int(bounds.greatest >> 6) + 1
    let keys = packed.keyWords
    keys.withUnsafeBufferPointer { words in
      guard let start = words.baseAddress else { return }
      keyBuffer.formUnion(
        SetView(words: start, firstWord: 0, wordCount: words.count, count: Words.count(start, words.count)))
    }
    // No short row is dense, however close its terms are.
    packed.forEachRow { term, set in
      if SetShape.isDense(set.count, words: 1) && Self.isDense(set) {
        index.append(term)
        rows.append(blocks.copy(set))
      }
    }
  }

  private static func isDense(_ set: SetView) -> Bool {
    SetShape.isDense(set.count, words: Int(set.bounds.greatest >> 6) - Int(set.bounds.least >> 6) + 1)
  }

  func clear() {
    deallocate()
    (index, rows, packed, owner, count, wordRange) = (TermIndex(), [], nil, nil, 0, 0..<0)
    keyBuffer.clear()
  }

  /// The position of a term's row among those that are not packed, whither it is copied where it is; `nil` where the term
  /// has none.
  private func unpackedPosition(of term: UInt32) -> Int? {
    if let position = index.find(term) { return position }
    guard let packed, case let set = packed[term], !set.isEmpty else { return nil }
    index.append(term)
    rows.append(blocks.copy(set))
    return rows.count - 1
  }

  /// Gives a term that has no row yet a copy of a set, or with `sharing` the set's own memory, which must outlive this.
  public func append(_ term: UInt32, _ set: SetView, sharing: Bool = false) {
    if set.isEmpty { return }
    index.append(term)
    widen(set)
    rows.append(sharing ? RowStorage(sharing: set) : blocks.copy(set))
    count += set.count
    keyBuffer.insert(term)
  }

  /// Makes room for rows of the terms of two sets, so that these may come in any order.
  func expect(_ terms: SetView, _ others: SetView) {
    guard let greatest = [terms.last, others.last].compactMap(\.self).max() else { return }
    index.reserve(max(terms.count, others.count), greatest: greatest)
    rows.reserveCapacity(max(terms.count, others.count))
  }

  /// Rows of the same pairs in memory of their own; those that share memory share it in the copy.
  public func copy() -> Rows {
    let result = Rows()
    var copies: [UnsafeRawPointer: RowStorage] = [:]
    result.packed = packed.map { PackedRows(copying: $0) }
    result.index = index
    result.rows = rows.map { row in
      let set = row.view
      guard let place = set.place else { return RowStorage() }
      if let copy = copies[place], copy.count == row.count { return copy }
      let copy = result.blocks.copy(set)
      copies[place] = copy
      return copy
    }
    result.wordRange = wordRange
    result.count = count
    result.keyBuffer.formUnion(keys)
    return result
  }

  /// Adds all pairs of others where all rows of both are packed; false, and nothing is done, where not.
  func addPacked(_ other: Rows) -> Bool {
    guard let one = onlyPacked, let two = other.onlyPacked, let union = PackedRows(one, two) else { return false }
    replace(with: union)
    return true
  }

  /// Takes over all rows of another, which is empty then: with their memory, where a term has none here yet.
  func absorb(_ other: Rows, new scratch: SetBuffer) {
    other.keys.forEachNumber { term in
      let set = other[term]
      guard self[term].isEmpty, index.find(term) == nil, let position = other.index.find(term) else {
        formUnion(term, set, new: scratch)
        return true
      }
      index.append(term)
      widen(set)
      rows.append(other.rows[position].handOver())
      count += set.count
      keyBuffer.insert(term)
      return true
    }
    blocks.absorb(&other.blocks)
    other.clear()
  }

  private func widen(_ set: SetView) {
    widen(set.isBitmap ? set.firstWord..<set.endWord : Int(set.array[0] >> 6)..<Int(set.array[set.count - 1] >> 6) + 1)
  }

  private func widen(_ range: Range<Int>) {
    wordRange =
      wordRange.isEmpty
      ? range : min(wordRange.lowerBound, range.lowerBound)..<max(wordRange.upperBound, range.upperBound)
  }

  /// Where a term's row is a bitmap in memory of its own: the words, and the range that they span.
  func ownWords(of term: UInt32) -> (position: Int, words: UnsafeMutablePointer<UInt64>, range: Range<Int>)? {
    guard let position = index.find(term), let (words, range) = rows[position].ownWords else { return nil }
    return (position, words, range)
  }

  /// Tells that so many numbers were added to a row's own words.
  func grow(_ position: Int, by more: Int) {
    rows[position].grow(by: more)
    count += more
  }

  /// Adds to the row of a term; `scratch` is overwritten with the numbers that were new, and their count
  /// returned. The set must not be a view of it.
  @discardableResult
  public func formUnion(_ term: UInt32, _ set: SetView, new scratch: SetBuffer) -> Int {
    let old = self[term]
    if old.isEmpty { scratch.assign(set) } else { scratch.assignDifference(set, old) }
    let new = scratch.view
    if !new.isEmpty { addDisjoint(term, unpackedPosition(of: term), new) }
    return new.count
  }

  /// The same where nobody asks which numbers were new; `scratch` is overwritten with some of them or not.
  func formUnion(_ term: UInt32, _ set: SetView, using scratch: SetBuffer) -> Int {
    if !self[term].isEmpty { return formUnion(term, set, new: scratch) }
    insertNew(term, set)
    return set.count
  }

  /// Adds to the row of a term a set of which nothing is there yet.
  func insertNew(_ term: UInt32, _ set: SetView) { addDisjoint(term, unpackedPosition(of: term), set) }

  /// Adds one pair; whether it was new.
  @discardableResult
  public func insert(_ term: UInt32, _ other: UInt32) -> Bool {
    var number = other
    return withUnsafePointer(to: &number) { pointer in
      if self[term].contains(other) { return false }
      addDisjoint(term, unpackedPosition(of: term), SetView(array: pointer, count: 1))
      return true
    }
  }

  /// Takes one pair back; whether it was there.
  @discardableResult
  public func remove(_ term: UInt32, _ other: UInt32) -> Bool {
    guard self[term].contains(other), let position = unpackedPosition(of: term) else { return false }
    count -= 1
    if rows[position].count == 1 {
      rows[position].release()
      keyBuffer.remove(term)
    } else {
      rows[position].remove(other)
    }
    return true
  }

  private func addDisjoint(_ term: UInt32, _ position: Int?, _ set: SetView) {
    guard let position else { return append(term, set) }
    if rows[position].count == 0 { keyBuffer.insert(term) }
    let bounds = set.bounds
    let words = Int(bounds.least >> 6)..<Int(bounds.greatest >> 6) + 1
    widen(words)
    count += set.count
    rows[position].add(set, in: words)
  }

  // MARK: Invariants

  /// The memory that rows of their own and the blocks have taken.
  var byteCount: Int { rows.reduce(blocks.byteCount + (packed?.byteCount ?? 0)) { $0 + $1.byteCount } }

  /// What is wrong with the rows; `nil` where all is well.
  func checkInvariants() -> String? {
    if let problem = keyBuffer.checkInvariants() { return "keys: " + problem }
    if index.count != rows.count { return "\(index.count) terms have \(rows.count) rows" }
    var sum = 0
    for key in keys.elements {
      let row = self[key]
      if row.isEmpty { return "key \(key) has an empty row" }
      let elements = row.elements
      if elements.count != row.count { return "row \(key) counts \(row.count) of \(elements.count)" }
      for place in 1..<elements.count where elements[place - 1] >= elements[place] { return "row \(key) is unsorted" }
      sum += row.count
    }
    var rowCount = rows.count { $0.count > 0 }
    packed?.forEachRow { term, _ in rowCount += index.find(term) == nil ? 1 : 0 }
    if rowCount != keys.count { return "a row has no key" }
    return sum == count ? nil : "counts \(count) pairs of \(sum)"
  }
}
