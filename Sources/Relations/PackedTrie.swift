import Terms

/// The tuples of a relation of three columns or more as a tree whose nodes lie level by level in arrays: the form of an
/// ``Index`` as it was loaded, at four to eight bytes a node. It does not change.
///
/// A node is named by its place in the array of its level. The nodes beneath it follow one another on the next level,
/// their terms ascending.
public final class PackedTrie {
  private struct Level {
    var terms: UnsafeMutablePointer<UInt32>
    var count = 0
    /// Where the nodes beneath each node begin on the next level, and behind the last one where they end; not on the last
    /// level.
    var starts: UnsafeMutablePointer<UInt32>?
  }

  @exclusivity(unchecked) private var levels: [Level] = []
  /// What owns the memory of the levels where the trie does not.
  private var owner: AnyObject?
  /// From the terms of the first level to their nodes.
  @exclusivity(unchecked) private var rootIndex = TermIndex()
  private let rootBuffer = SetBuffer()

  /// The number of tuples.
  var count: Int { levels[levels.count - 1].count }

  /// The terms of the first column.
  var roots: SetView { rootBuffer.view }

  deinit {
    if owner != nil { return }
    for level in levels {
      level.terms.deallocate()
      level.starts?.deallocate()
    }
  }

  /// - Parameters:
  ///   - order: the columns of the tuples in the order of the levels.
  ///   - known: an order of the columns by which the tuples ascend.
  init?(_ tuples: UnsafeBufferPointer<UInt32>, order: [Int], ascendingBy known: [Int]? = nil) {
    let total = tuples.count / order.count
    guard total > 0, total < UInt32.max, Pace.threadHasRoom(for: 8 * tuples.count) else { return nil }
    for level in order.indices {
      levels.append(
        Level(
          terms: .allocate(capacity: total), starts: level == order.count - 1 ? nil : .allocate(capacity: total + 1)))
    }
    guard TupleSort.withSorted(tuples, order: order, ascendingBy: known, { Self.fill(&levels, $0) }) == true else {
      return nil
    }
    shrink()
    indexRoots()
  }

  /// A level as it lies in memory of something else: the terms of its nodes, and but for the last level where the nodes
  /// beneath each begin, and behind the last where they end.
  public struct BorrowedLevel {
    public var terms: UnsafeBufferPointer<UInt32>
    public var starts: UnsafePointer<UInt32>?

    public init(terms: UnsafeBufferPointer<UInt32>, starts: UnsafePointer<UInt32>?) {
      self.terms = terms
      self.starts = starts
    }
  }

  /// A trie of levels that `owner` owns, none of them empty. Each node but those of the last level has nodes beneath it,
  /// and their terms ascend.
  public init(borrowing levels: [BorrowedLevel], from owner: AnyObject) {
    self.owner = owner
    self.levels = levels.compactMap { level in
      level.terms.baseAddress.map {
        Level(
          terms: UnsafeMutablePointer(mutating: $0), count: level.terms.count,
          starts: level.starts.map { UnsafeMutablePointer(mutating: $0) })
      }
    }
    indexRoots()
  }

  private func indexRoots() {
    for node in 0..<levels[0].count {
      rootIndex.append(levels[0].terms[node])
      rootBuffer.insert(levels[0].terms[node])
    }
  }

  /// Gives `body` the terms of each level, and where the nodes beneath each begin and end.
  public func forEachLevel(_ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>?) -> Void) {
    for level in levels {
      body(
        UnsafeBufferPointer(start: level.terms, count: level.count),
        level.starts.map { UnsafeBufferPointer(start: $0, count: level.count + 1) })
    }
  }

  /// Fills levels with tuples that ascend and have their columns in the order of the levels; false if the work was ended before.
  private static func fill(_ levels: inout [Level], _ tuples: UnsafeBufferPointer<UInt32>) -> Bool {
    levels.withUnsafeMutableBufferPointer { levels in
      let arity = levels.count
      let isWhole = Pace.forEachStretch(below: tuples.count / arity) { stretch in
        for start in stride(from: stretch.lowerBound * arity, to: stretch.upperBound * arity, by: arity) {
          var level = 0
          if start > 0 {
            while level < arity && tuples[start - arity + level] == tuples[start + level] { level += 1 }
          }
          while level < arity {
            let count = levels[level].count
            levels[level].terms[count] = tuples[start + level]
            levels[level].count = count + 1
            level += 1
            if level < arity { levels[level - 1].starts?[count] = UInt32(levels[level].count) }
          }
        }
      }
      for level in 1..<arity { levels[level - 1].starts?[levels[level - 1].count] = UInt32(levels[level].count) }
      return isWhole
    }
  }

  /// Gives back the memory that levels of few nodes do not need.
  private func shrink() {
    for level in levels.indices.dropLast() {
      levels[level].terms = Self.copy(levels[level].terms, levels[level].count)
      levels[level].starts = levels[level].starts.map { Self.copy($0, levels[level].count + 1) }
    }
  }

  private static func copy(_ memory: UnsafeMutablePointer<UInt32>, _ count: Int) -> UnsafeMutablePointer<UInt32> {
    let copy = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
    copy.initialize(from: memory, count: count)
    memory.deallocate()
    return copy
  }

  /// The terms beneath a node of the level above; on level 0 all.
  @inline(__always) func set(level: Int, node: UInt32) -> SetView {
    if level == 0 { return roots }
    let above = levels[level - 1]
    guard Int(node) < above.count, let starts = above.starts else { return .empty }
    let start = starts[Int(node)]
    return SetView(array: levels[level].terms + Int(start), count: Int(starts[Int(node) + 1] - start))
  }

  /// The node of a term beneath a node of the level above.
  @inline(__always) func child(level: Int, node: UInt32, term: UInt32) -> UInt32? {
    if level == 0 { return rootIndex.find(term).map { UInt32($0) } }
    let set = set(level: level, node: node)
    if set.isEmpty { return nil }
    let place = set.lowerBound(term, from: 0)
    guard place < set.count, set.array[place] == term else { return nil }
    return UInt32(set.array + place - UnsafePointer(levels[level].terms))
  }

  /// Adds the terms of a level to a set.
  func gather(level: Int, into buffer: SetBuffer) {
    for node in 0..<levels[level].count { buffer.insert(levels[level].terms[node]) }
  }

  /// Calls `body` with each prefix, all terms but the last, and the set of last terms beside it, until it returns false.
  func forEachRow(_ body: (UnsafeBufferPointer<UInt32>, SetView) throws -> Bool) rethrows -> Bool {
    let width = levels.count - 1
    return try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: width) { prefix in
      // The node of each level that the prefix is at; they move on as their ranges end.
      var nodes = [Int](repeating: 0, count: width)
      for row in 0..<levels[width - 1].count {
        nodes[width - 1] = row
        for level in (0..<(width - 1)).reversed() {
          while let starts = levels[level].starts, Int(starts[nodes[level] + 1]) <= nodes[level + 1] {
            nodes[level] += 1
          }
        }
        for level in 0..<width { prefix[level] = levels[level].terms[nodes[level]] }
        if try !body(UnsafeBufferPointer(prefix), set(level: width, node: UInt32(row))) { return false }
      }
      return true
    }
  }

  /// What is wrong with the tree; `nil` where all is well.
  func checkInvariants() -> String? {
    for level in 1..<levels.count {
      for node in 0..<levels[level - 1].count {
        let terms = set(level: level, node: UInt32(node)).elements
        if terms.isEmpty { return "node \(node) of level \(level - 1) leads nowhere" }
        for place in 1..<terms.count where terms[place - 1] >= terms[place] { return "level \(level) is unsorted" }
      }
    }
    return nil
  }
}
