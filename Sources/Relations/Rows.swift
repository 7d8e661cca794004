import Glibc
import Terms

/// One direction of a binary relation: for each term on the one side the set of terms on the other.
///
/// Each row takes the shape of its density. Those of pairs that came all at once are packed; others that were made in bulk
/// share a few blocks of memory; a row that changes later gets memory of its own. Rows may also be views of one another's
/// memory, as those of a strongly connected component in a transitive closure are, whose sets are the same.
public final class Rows {
  struct Row {
    var memory: UnsafeMutableRawPointer?
    var count: UInt32
    var firstWord: UInt32
    var wordCount: UInt32
    /// Numbers or words that fit where the row owns its memory; 0 where it does not.
    var capacity: UInt32
  }

  @exclusivity(unchecked) private var index = TermIndex()
  @exclusivity(unchecked) private(set) var rows: [Row] = []
  /// The words that the numbers of all rows lie in, were they one bitmap; some may not be used any more.
  @exclusivity(unchecked) private(set) var wordRange = 0..<0
  /// The rows of terms that have none in `rows`.
  @exclusivity(unchecked) private var packed: PackedRows?
  @exclusivity(unchecked) private var blocks: [UnsafeMutableRawPointer] = []
  @exclusivity(unchecked) private var free: UnsafeMutableRawPointer?
  @exclusivity(unchecked) private var freeBytes = 0
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
    for block in blocks { block.deallocate() }
    for row in rows { Self.release(row) }
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
    return view(rows[position])
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
        rows.append(copied(set))
      }
    }
  }

  private static func isDense(_ set: SetView) -> Bool {
    SetShape.isDense(set.count, words: Int(set.bounds.greatest >> 6) - Int(set.bounds.least >> 6) + 1)
  }

  func clear() {
    deallocate()
    (index, rows, packed, owner, blocks, free, freeBytes, count) = (TermIndex(), [], nil, nil, [], nil, 0, 0)
    (wordRange, blockBytes) = (0..<0, 0)
    keyBuffer.clear()
  }

  /// The position of a term's row among those that are not packed, whither it is copied where it is; `nil` where the term
  /// has none.
  private func unpackedPosition(of term: UInt32) -> Int? {
    if let position = index.find(term) { return position }
    guard let packed, case let set = packed[term], !set.isEmpty else { return nil }
    index.append(term)
    rows.append(copied(set))
    return rows.count - 1
  }

  @inline(__always) private func view(_ row: Row) -> SetView {
    guard let memory = row.memory, row.count > 0 else { return .empty }
    if row.wordCount > 0 {
      return SetView(
        words: memory.assumingMemoryBound(to: UInt64.self), firstWord: Int(row.firstWord),
        wordCount: Int(row.wordCount), count: Int(row.count))
    }
    return SetView(array: memory.assumingMemoryBound(to: UInt32.self), count: Int(row.count))
  }

  /// Gives a term that has no row yet a copy of a set, or with `sharing` the set's own memory, which must outlive this.
  public func append(_ term: UInt32, _ set: SetView, sharing: Bool = false) {
    if set.isEmpty { return }
    index.append(term)
    widen(set)
    rows.append(sharing ? shared(set) : copied(set))
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
    var copies: [UnsafeRawPointer: Row] = [:]
    result.packed = packed.map { PackedRows(copying: $0) }
    result.index = index
    result.rows = rows.map { row in
      let set = view(row)
      guard let place = set.place else { return Row(memory: nil, count: 0, firstWord: 0, wordCount: 0, capacity: 0) }
      if let copy = copies[place], copy.count == row.count { return copy }
      let copy = result.copied(set)
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
      rows.append(other.rows[position])
      count += set.count
      keyBuffer.insert(term)
      other.rows[position].capacity = 0
      return true
    }
    blocks.append(contentsOf: other.blocks)
    blockBytes += other.blockBytes
    other.blocks.removeAll()
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

  /// The position of a term's row where that is a bitmap in memory of its own.
  func ownBitmap(of term: UInt32) -> Int? {
    guard let position = index.find(term) else { return nil }
    let row = rows[position]
    return row.wordCount > 0 && row.capacity > 0 && row.count > 0 ? position : nil
  }

  /// Tells that so many numbers were added to a row in place.
  func grow(_ position: Int, by more: Int) {
    rows[position].count += UInt32(more)
    count += more
  }

  private func shared(_ set: SetView) -> Row {
    Row(
      memory: UnsafeMutableRawPointer(mutating: set.memory), count: UInt32(set.count),
      firstWord: UInt32(set.firstWord), wordCount: UInt32(set.wordCount), capacity: 0)
  }

  /// A copy in the blocks, in the shape of the set's density.
  private func copied(_ set: SetView) -> Row {
    let (least, greatest) = set.bounds
    let first = Int(least >> 6)
    let words = Int(greatest >> 6) - first + 1
    if SetShape.isDense(set.count, words: words) {
      let memory = allocate(words * 8).assumingMemoryBound(to: UInt64.self)
      if set.isBitmap {
        memory.update(from: set.words + (first - set.firstWord), count: words)
      } else {
        memory.update(repeating: 0, count: words)
        for position in 0..<set.count {
          memory[Int(set.array[position] >> 6) - first] |= 1 << UInt64(set.array[position] & 63)
        }
      }
      return Row(
        memory: UnsafeMutableRawPointer(memory), count: UInt32(set.count), firstWord: UInt32(first),
        wordCount: UInt32(words), capacity: 0)
    }
    let memory = allocate(set.count * 4).assumingMemoryBound(to: UInt32.self)
    if set.isBitmap {
      var position = 0
      set.forEachNumber {
        memory[position] = $0
        position += 1
        return true
      }
    } else {
      memory.update(from: set.array, count: set.count)
    }
    return Row(
      memory: UnsafeMutableRawPointer(memory), count: UInt32(set.count), firstWord: 0, wordCount: 0, capacity: 0)
  }

  private func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
    let bytes = (bytes + 7) & ~7
    if bytes > freeBytes {
      let size = max(bytes, min(1 << 20, max(4096, blocks.count * 65536)))
      let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
      blocks.append(block)
      blockBytes += size
      if bytes == size { return block }
      free = block
      freeBytes = size
    }
    guard let start = free else { fatalError("internal error: Rows.allocate has no block") }
    free = start + bytes
    freeBytes -= bytes
    return start
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
      empty(position)
      keyBuffer.remove(term)
      return true
    }
    own(position)
    let row = rows[position]
    guard let memory = row.memory else { return true }
    if row.wordCount > 0 {
      memory.assumingMemoryBound(to: UInt64.self)[Int(other >> 6) - Int(row.firstWord)] &= ~(1 << UInt64(other & 63))
    } else {
      let place = view(row).lowerBound(other, from: 0)
      let numbers = memory.assumingMemoryBound(to: UInt32.self) + place
      numbers.update(from: numbers + 1, count: Int(row.count) - place - 1)
    }
    rows[position].count -= 1
    return true
  }

  private func empty(_ position: Int) {
    Self.release(rows[position])
    rows[position] = Row(memory: nil, count: 0, firstWord: 0, wordCount: 0, capacity: 0)
  }

  /// Memory of a row's own. Swift's `allocate` asks the system for aligned memory here, which takes twice as long.
  private static func memory<Element: BitwiseCopyable>(
    of type: Element.Type, _ count: Int
  ) -> UnsafeMutablePointer<Element> {
    guard let memory = malloc(count * MemoryLayout<Element>.stride) else {
      fatalError("internal error: no memory for a row")
    }
    return memory.bindMemory(to: type, capacity: count)
  }

  private static func release(_ row: Row) { if row.capacity > 0 { Glibc.free(row.memory) } }

  /// Gives a row memory of its own, in the shape that it has.
  private func own(_ position: Int) {
    let row = rows[position]
    guard row.capacity == 0, let old = row.memory else { return }
    rows[position].capacity = row.wordCount > 0 ? row.wordCount : row.count
    let bytes = row.wordCount > 0 ? Int(row.wordCount) * 8 : Int(row.count) * 4
    let memory = Self.memory(of: UInt8.self, bytes)
    UnsafeMutableRawPointer(memory).copyMemory(from: old, byteCount: bytes)
    rows[position].memory = UnsafeMutableRawPointer(memory)
  }

  private func addDisjoint(_ term: UInt32, _ position: Int?, _ set: SetView) {
    guard let position else { return append(term, set) }
    let row = rows[position]
    let total = Int(row.count) + set.count
    if row.count == 0 { keyBuffer.insert(term) }
    let bounds = set.bounds
    let words = Int(bounds.least >> 6)..<Int(bounds.greatest >> 6) + 1
    widen(words)
    count += set.count
    if row.wordCount > 0 {
      if let array = sparse(row, with: words, total: total) {
        rows[position] = merged(array, set)
      } else {
        rows[position] = widened(row, for: words)
        addBits(position, set, words)
      }
    } else if let bitmap = bitmapped(row, with: words, total: total) {
      rows[position] = bitmap
      addBits(position, set, words)
    } else {
      rows[position] = merged(row, set)
    }
    rows[position].count = UInt32(total)
  }

  /// - Parameter range: the words that the set's numbers lie in.
  private func addBits(_ position: Int, _ set: SetView, _ range: Range<Int>) {
    guard let memory = rows[position].memory else { return }
    let words = memory.assumingMemoryBound(to: UInt64.self)
    let first = Int(rows[position].firstWord)
    if set.isBitmap {
      let start = range.lowerBound
      return Words.or(words + (start - first), set.words + (start - set.firstWord), range.count)
    }
    for index in 0..<set.count { words[Int(set.array[index] >> 6) - first] |= 1 << UInt64(set.array[index] & 63) }
  }

  /// The row as a bitmap with memory of its own that spans some words as well.
  private func widened(_ row: Row, for words: Range<Int>) -> Row {
    let first = min(Int(row.firstWord), words.lowerBound)
    let end = max(Int(row.firstWord + row.wordCount), words.upperBound)
    if row.capacity > 0 && first == Int(row.firstWord) && end - first <= Int(row.capacity) {
      var wider = row
      wider.wordCount = UInt32(end - first)
      return wider
    }
    let capacity = (end - first) + (end - first) / 4
    let memory = Self.memory(of: UInt64.self, capacity)
    memory.update(repeating: 0, count: capacity)
    if let old = row.memory {
      (memory + (Int(row.firstWord) - first)).update(
        from: old.assumingMemoryBound(to: UInt64.self), count: Int(row.wordCount))
      Self.release(row)
    }
    return Row(
      memory: UnsafeMutableRawPointer(memory), count: row.count, firstWord: UInt32(first),
      wordCount: UInt32(end - first), capacity: UInt32(capacity))
  }

  /// The bitmap row as an array with room for numbers of some words as well, where the bitmap would be far larger.
  private func sparse(_ row: Row, with words: Range<Int>, total: Int) -> Row? {
    let first = min(Int(row.firstWord), words.lowerBound)
    let end = max(Int(row.firstWord + row.wordCount), words.upperBound)
    guard end - first > Int(row.wordCount), SetShape.isSparse(total + 16, words: end - first) else { return nil }
    let memory = Self.memory(of: UInt32.self, total)
    var position = 0
    view(row).forEachNumber {
      memory[position] = $0
      position += 1
      return true
    }
    Self.release(row)
    return Row(
      memory: UnsafeMutableRawPointer(memory), count: row.count, firstWord: 0, wordCount: 0, capacity: UInt32(total))
  }

  /// The array row as a bitmap, where with numbers of some words it would be dense.
  private func bitmapped(_ row: Row, with range: Range<Int>, total: Int) -> Row? {
    guard SetShape.mayBeDense(total) else { return nil }
    let old = view(row)
    var (first, end) = (range.lowerBound, range.upperBound)
    if !old.isEmpty {
      let bounds = old.bounds
      first = min(first, Int(bounds.least >> 6))
      end = max(end, Int(bounds.greatest >> 6) + 1)
    }
    let words = end - first
    guard SetShape.isDense(total, words: words) else { return nil }
    let memory = Self.memory(of: UInt64.self, words)
    memory.update(repeating: 0, count: words)
    old.forEachNumber {
      memory[Int($0 >> 6) - first] |= 1 << UInt64($0 & 63)
      return true
    }
    Self.release(row)
    return Row(
      memory: UnsafeMutableRawPointer(memory), count: row.count, firstWord: UInt32(first), wordCount: UInt32(words),
      capacity: UInt32(words))
  }

  /// The array row with the set's numbers merged in from the end.
  private func merged(_ row: Row, _ set: SetView) -> Row {
    if !set.isBitmap { return merged(row, set.array, set.count) }
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: set.count) { numbers in
      var count = 0
      set.forEachNumber {
        numbers[count] = $0
        count += 1
        return true
      }
      return numbers.baseAddress.map { merged(row, $0, count) } ?? row
    }
  }

  private func merged(_ row: Row, _ numbers: UnsafePointer<UInt32>, _ count: Int) -> Row {
    var result = row
    let total = Int(row.count) + count
    if total > Int(row.capacity) {
      let capacity = row.count == 0 ? total : max(total, Int(row.count) * 2)
      let memory = Self.memory(of: UInt32.self, capacity)
      if let old = row.memory {
        memory.update(from: old.assumingMemoryBound(to: UInt32.self), count: Int(row.count))
        Self.release(row)
      }
      result.memory = UnsafeMutableRawPointer(memory)
      result.capacity = UInt32(capacity)
    }
    guard let memory = result.memory?.assumingMemoryBound(to: UInt32.self) else { return row }
    SortedNumbers.merge(memory, Int(row.count), with: numbers, count)
    return result
  }

  // MARK: Invariants

  /// The memory that rows of their own and the blocks have taken.
  @exclusivity(unchecked) private(set) var blockBytes = 0
  var byteCount: Int {
    rows.reduce(blockBytes + (packed?.byteCount ?? 0)) { $0 + Int($1.capacity) * ($1.wordCount > 0 ? 8 : 4) }
  }

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
