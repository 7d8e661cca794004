import Terms
import Threads

/// Sorted arrays that lie one behind the other in one block of memory: the rows of a relation as it was loaded, at four
/// bytes a pair and four a term.
struct PackedRows {
  /// Where the row of each term begins in `numbers`; the one of the term behind it is its end.
  private let starts: UnsafeMutablePointer<UInt32>
  private let numbers: UnsafeMutablePointer<UInt32>
  /// The term behind the last that may have a row.
  let limit: Int
  /// What owns the memory where the rows do not.
  private let owner: AnyObject?

  /// The row of a term, which may be empty.
  @inline(__always) subscript(term: UInt32) -> SetView {
    guard Int(term) < limit else { return .empty }
    let start = starts[Int(term)]
    let count = Int(starts[Int(term) + 1] - start)
    return SetView(array: numbers + Int(start), count: count)
  }

  /// Adds the row of a term to a bitmap from the word 0 on, which spans all rows.
  ///
  /// Most rows are short, and how short none could foresee: so four numbers are always taken, those behind the row without
  /// a bit.
  @inline(__always) func or(_ term: UInt32, into bits: UnsafeMutablePointer<UInt64>) {
    guard Int(term) < limit else { return }
    let start = Int(starts[Int(term)])
    let count = Int(starts[Int(term) + 1]) - start
    let row = numbers + start
    if count <= 4 && start + 4 <= Int(starts[limit]) {
      for index in 0..<4 {
        let bit: UInt64 = index < count ? 1 : 0
        bits[Int(row[index] >> 6)] |= bit &<< UInt64(row[index] & 63)
      }
    } else {
      or(start..<start + count, into: bits)
    }
  }

  /// The same for the rows of all terms from one to another, which lie one behind the other.
  func or(_ terms: ClosedRange<UInt32>, into bits: UnsafeMutablePointer<UInt64>) {
    let (start, end) = (starts[min(limit, Int(terms.lowerBound))], starts[min(limit, Int(terms.upperBound) + 1)])
    or(Int(start)..<Int(end), into: bits)
  }

  /// Adds all rows to a bitmap from the word 0 on, which spans them.
  func orAll(into bits: UnsafeMutablePointer<UInt64>) { or(0..<count, into: bits) }

  @inline(__always) private func or(_ places: Range<Int>, into bits: UnsafeMutablePointer<UInt64>) {
    for index in places { bits[Int(numbers[index] >> 6)] |= 1 &<< UInt64(numbers[index] & 63) }
  }

  /// The number of pairs.
  var count: Int { Int(starts[limit]) }

  /// The least and the greatest number in any row; `nil` where there is none.
  var bounds: (least: UInt32, greatest: UInt32)? {
    var (least, greatest) = (UInt32.max, UInt32(0))
    for index in 0..<count {
      least = min(least, numbers[index])
      greatest = max(greatest, numbers[index])
    }
    return count == 0 ? nil : (least, greatest)
  }

  /// The terms that have a row, as the words of a bitmap from 0 on.
  var keyWords: [UInt64] {
    (0..<(limit + 63) / 64).map { word in
      var bits: UInt64 = 0
      for term in word * 64..<min(limit, word * 64 + 64) {
        bits |= (starts[term] == starts[term + 1] ? 0 : 1) &<< UInt64(term & 63)
      }
      return bits
    }
  }

  var byteCount: Int { limit * 4 + 4 + count * 4 }

  func deallocate() {
    if owner != nil { return }
    starts.deallocate()
    numbers.deallocate()
  }

  /// Rows as they lie in memory of something else: `limit + 1` starts from 0 on, none below the one before it, and as many
  /// numbers as the last one says, those of each row ascending.
  init(
    borrowing starts: UnsafePointer<UInt32>, limit: Int, numbers: UnsafePointer<UInt32>, from owner: AnyObject
  ) {
    self.starts = UnsafeMutablePointer(mutating: starts)
    self.numbers = UnsafeMutablePointer(mutating: numbers)
    self.limit = limit
    self.owner = owner
  }

  /// The rows of pairs, which may come in any order and repeat; `nil` where the first terms are so few of many that a
  /// table of all would waste memory, or the pairs too many to be numbered.
  ///
  /// Two passes over the pairs put each beside its term (counting sort), one over the rows sorts them.
  init?(_ pairs: Pairs) {
    guard pairs.count > 0, pairs.count < UInt32.max, Pace.threadHasRoom(for: 8 * pairs.count),
      let counts = FirstCounts(pairs)
    else { return nil }
    limit = Int(counts.greatest) + 1
    owner = nil
    starts = counts.memory
    numbers = .allocate(capacity: pairs.count)
    if place(pairs) && sortRows() { return }
    deallocate()
    return nil
  }

  /// The rows of pairs the other way round; `nil` as for pairs in any order.
  ///
  /// Two passes over the pairs as well; but each row comes in order. Each of several threads makes the rows of some terms.
  init?(reversing rows: Rows, threads: Int = 1) {
    var greatest: UInt32?
    rows.forEachRow { _, row in greatest = max(greatest ?? 0, row.bounds.greatest) }
    guard let greatest, rows.count < UInt32.max, TermIndex.isDense(below: Int(greatest) + 1, rows.count),
      Pace.threadHasRoom(for: 4 * (rows.count + Int(greatest)))
    else { return nil }
    limit = Int(greatest) + 1
    owner = nil
    starts = .allocate(capacity: limit + 1)
    starts.initialize(repeating: 0, count: limit + 1)
    numbers = .allocate(capacity: rows.count)
    let (starts, numbers) = (starts, numbers)
    let isCounted = Self.forEachPair(of: rows, below: limit, threads: threads) { _, number in
      starts[Int(number) + 1] &+= 1
    }
    if isCounted { beginRows() }
    let isWhole =
      isCounted
      && Self.forEachPair(of: rows, below: limit, threads: threads) { term, number in
        let place = starts + Int(number) + 1
        numbers[Int(place.pointee)] = term
        place.pointee &+= 1
      }
    if isWhole { return }
    deallocate()
    return nil
  }

  /// Calls `body` with each pair, those of one number ascending by their terms on one thread; false if the work was ended before.
  @inline(__always) private static func forEachPair(
    of rows: Rows, below limit: Int, threads: Int, _ body: (_ term: UInt32, _ number: UInt32) -> Void
  ) -> Bool {
    let pace = Pace.ofThread
    guard threads > 1, rows.count >= manyPairs, rows.count >= longRow * rows.keys.count else {
      rows.forEachRow { term, row in
        if let pace, !pace.goesOn(after: row.count) { return }
        row.forEachNumber {
          body(term, $0)
          return true
        }
      }
      return pace?.failure == nil
    }
    // Where some numbers are in far more rows than others, whoever is done with the others goes on.
    let share = limit / 64 / (2 * threads) + 1
    SharedTasks.forEach(below: 2 * threads, threads: threads) { part in
      rows.forEachRow { term, row in
        row.forEachNumber(inWords: part * share..<(part + 1) * share) { body(term, $0) }
      }
    }
    return pace?.goesOn(after: rows.count) ?? true
  }

  /// To turn so many round takes several times as long as to start a thread.
  private static let manyPairs = 1 << 16
  /// To find where a row of fewer numbers is to be divided takes as long as to go through it.
  private static let longRow = 32

  /// The rows of two together; `nil` where the pairs are too many to be numbered.
  init?(_ one: PackedRows, _ two: PackedRows) {
    let most = one.count + two.count
    guard most < UInt32.max, Pace.threadHasRoom(for: 4 * most) else { return nil }
    limit = max(one.limit, two.limit)
    owner = nil
    starts = .allocate(capacity: limit + 1)
    numbers = .allocate(capacity: max(1, most))
    var count = 0
    for term in 0..<limit {
      starts[term] = UInt32(count)
      let (left, right) = (one[UInt32(term)], two[UInt32(term)])
      if right.isEmpty {
        if !left.isEmpty { (numbers + count).update(from: left.array, count: left.count) }
        count += left.count
      } else {
        count += SortedNumbers.union(
          left.isEmpty ? right.array : left.array, left.count, right.array, right.count, into: numbers + count)
      }
    }
    starts[limit] = UInt32(count)
  }

  /// The same rows in memory of their own.
  init(copying other: PackedRows) {
    limit = other.limit
    owner = nil
    let count = other.count
    starts = .allocate(capacity: limit + 1)
    starts.initialize(from: other.starts, count: limit + 1)
    numbers = .allocate(capacity: max(1, count))
    numbers.initialize(from: other.numbers, count: count)
  }

  /// Pairs as they lie among the terms of tuples.
  struct Pairs {
    var tuples: UnsafeBufferPointer<UInt32>
    /// The columns that the first and the second term are of, of the two that there are.
    var isBackward: Bool

    var count: Int { tuples.count / 2 }
    @inline(__always) func first(_ index: Int) -> UInt32 { tuples[2 * index + (isBackward ? 1 : 0)] }
    @inline(__always) func second(_ index: Int) -> UInt32 { tuples[2 * index + (isBackward ? 0 : 1)] }

    /// Calls `body` with the places of pairs that follow one another and have the same first term, as most do in tables that are
    /// in order: what is known of a term is then fetched once.
    ///
    /// False if the work was ended before the last.
    @inline(__always) func forEachRun(_ body: (Range<Int>) -> Void) -> Bool {
      Pace.forEachStretch(below: count) { stretch in
        var start = stretch.lowerBound
        while start < stretch.upperBound {
          let term = first(start)
          var end = start &+ 1
          while end < stretch.upperBound && first(end) == term { end &+= 1 }
          body(start..<end)
          start = end
        }
      }
    }

    /// The greatest first term of some of the pairs, which is near the greatest of all in any usual order.
    fileprivate var roughGreatestFirst: UInt32 {
      let step = max(1, count / 64)
      return stride(from: 0, to: count, by: step).reduce(first(count - 1)) { max($0, first($1)) }
    }
  }

  /// How many of some pairs each term is the first of, behind the place of the term, and the greatest such term. It is not known
  /// before: to look for it would take as long as to count.
  private struct FirstCounts {
    private(set) var memory: UnsafeMutablePointer<UInt32>
    private(set) var greatest: UInt32 = 0
    private var room: Int

    /// `nil` where the terms are so few of many that a table of all would waste memory.
    init?(_ pairs: Pairs) {
      let most = TermIndex.greatestDenseLimit(pairs.count)
      room = min(most, Int(pairs.roughGreatestFirst) + 1)
      memory = .allocate(capacity: room + 1)
      memory.initialize(repeating: 0, count: room + 1)
      let isWhole = pairs.forEachRun { run in
        let term = pairs.first(run.lowerBound)
        greatest = max(greatest, term)
        if Int(term) >= room { grow(below: most) }
        if Int(term) < room { memory[Int(term) + 1] &+= UInt32(truncatingIfNeeded: run.count) }
      }
      if !isWhole || Int(greatest) >= most {
        memory.deallocate()
        return nil
      }
    }

    private mutating func grow(below most: Int) {
      let needed = min(most, Int(greatest) + 1 + Int(greatest) / 8)
      if needed <= room { return }
      let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: needed + 1)
      larger.update(from: memory, count: room + 1)
      (larger + room + 1).initialize(repeating: 0, count: needed - room)
      memory.deallocate()
      (memory, room) = (larger, needed)
    }
  }

  private func place(_ pairs: Pairs) -> Bool {
    beginRows()
    return pairs.forEachRun { run in
      let term = Int(pairs.first(run.lowerBound)) + 1
      let row = numbers + Int(starts[term])
      for index in run { row[index &- run.lowerBound] = pairs.second(index) }
      starts[term] += UInt32(run.count)
    }
  }

  /// Turns the number of pairs of each term, which stands in the place of the next one's start, into the start of its row. That
  /// moves on as the row fills, and ends where the next row begins.
  private func beginRows() {
    var sum: UInt32 = 0
    for term in 0..<limit {
      let count = starts[term + 1]
      starts[term + 1] = sum
      sum += count
    }
  }

  /// Sorts each row, drops repetitions and closes the gaps; false if the work was ended before.
  private func sortRows() -> Bool {
    var start = 0
    var kept = 0
    let isWhole = Pace.forEachStretch(below: limit) { stretch in
      for term in stretch {
        let end = Int(starts[term + 1])
        starts[term] = UInt32(kept)
        if end - start <= 4 {
          kept = sortFew(start..<end, to: kept)
        } else {
          SortedNumbers.sort(numbers + start, end - start)
          for index in start..<end where index == start || numbers[index] != numbers[index - 1] {
            numbers[kept] = numbers[index]
            kept += 1
          }
        }
        start = end
      }
    }
    starts[limit] = UInt32(kept)
    return isWhole
  }

  /// Sorts up to four numbers, and puts each once at a place that is not behind theirs; returns the place behind them.
  ///
  /// No branch depends on the numbers, which no processor could foresee: four are sorted by five comparisons, of which the last
  /// one may stand for several, and what repeats another is overwritten by the next or by itself.
  @inline(__always) private func sortFew(_ places: Range<Int>, to start: Int) -> Int {
    if places.isEmpty { return start }
    let last = places.upperBound &- 1
    @inline(__always) func number(_ index: Int) -> UInt32 { numbers[min(places.lowerBound &+ index, last)] }
    let (a, b, c, d) = (number(0), number(1), number(2), number(3))
    let (low, high) = ((min(a, b), min(c, d)), (max(a, b), max(c, d)))
    let middle = (max(low.0, low.1), min(high.0, high.1))
    let least = min(low.0, low.1)
    let (second, third) = (min(middle.0, middle.1), max(middle.0, middle.1))
    let greatest = max(high.0, high.1)
    numbers[start] = least
    var kept = start &+ 1
    @inline(__always) func keep(_ number: UInt32, behind other: UInt32) {
      numbers[min(kept, last)] = number
      kept &+= number == other ? 0 : 1
    }
    keep(second, behind: least)
    keep(third, behind: second)
    keep(greatest, behind: third)
    return kept
  }

  /// Calls `body` with each term that has a row, ascending, and the row.
  @inline(__always) func forEachRow(_ body: (UInt32, SetView) -> Void) {
    for term in 0..<limit where starts[term] < starts[term + 1] {
      body(UInt32(term), self[UInt32(term)])
    }
  }
}
