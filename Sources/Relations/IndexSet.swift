import Terms

/// The indexes of a relation, each by another order of its columns: those that have all of its tuples, and those that idle.
///
/// A recursion's plans change as its relations grow, and with them the orders by which they are read. To fill an index that
/// is not read would take as long as to fill one that is: so an index that nothing has asked for between two unions idles, and
/// gets what it lacks when it is next asked for.
struct IndexSet {
  /// None of these lacks a tuple. The first one says in which order tuples are gone through.
  private(set) var ready: [Index]
  private var idle: [IdleIndex] = []
  /// An index whose making was ended, as long as what is ended may still read it.
  private var unfinished: Index?

  /// An index that nothing asks for at present, with the tuples that it lacks, in the order of the relation's columns.
  private struct IdleIndex {
    let index: Index
    var missing: [UInt32] = []
  }

  init(_ ready: [Index]) { self.ready = ready }

  /// The first of several columns.
  var first: Index {
    get { ready[0] }
    set { ready[0] = newValue }
  }

  /// The only index, with nothing that idles beside it; `nil` if there are others.
  var only: Index? { ready.count == 1 && idle.isEmpty ? ready[0] : nil }

  /// Whether there is one index alone, and it is empty.
  var areUnused: Bool { ready.count == 1 && ready[0].count == 0 }

  var orders: [[Int]] { ready.map(\.order) }

  func contains(_ order: [Int]) -> Bool {
    ready.contains { $0.order == order } || idle.contains { $0.index.order == order }
  }

  func find(_ order: [Int]) -> Index? { ready.first { $0.order == order } }

  mutating func add(_ index: Index) { ready.append(index) }

  /// Takes an index whose making was ended, which nothing else may ask for.
  mutating func keep(unfinished index: Index) { unfinished = index }

  /// Adds tuples, in the order of the relation's columns, to all that are ready.
  func fill(_ tuples: [UInt32], using scratch: SetBuffer) {
    tuples.withUnsafeBufferPointer { tuples in
      for index in ready { index.fill(with: tuples, using: scratch) }
    }
  }

  /// Adds the tuples of an index of another relation to all that are ready.
  func fill(from source: Index, using scratch: SetBuffer) {
    for index in ready { index.fill(from: source, using: scratch) }
  }

  // MARK: Idling

  /// Parts the indexes after a union: those that were asked for since the last one stay, first the ones that were read, and
  /// the others become idle. Returns the ones that stay besides `target`, to which the new tuples were added already.
  /// - Parameter new: the new tuples.
  mutating func rest(but target: Index, lacking new: Index) -> [Index] {
    if target.use == .none { target.use = .gathering }
    for index in ready where index.use == .none { idle.append(IdleIndex(index: index)) }
    ready = ready.filter { $0.use == .reading } + ready.filter { $0.use == .gathering }
    for index in ready { index.use = .none }
    noteMissing(new)
    return ready.filter { $0 !== target }
  }

  /// One that would lack more than it has is given up: to make it anew is no dearer.
  private mutating func noteMissing(_ new: Index) {
    if idle.isEmpty { return }
    guard let tuples = new.tuples else {
      idle = []
      return
    }
    for place in idle.indices { idle[place].missing += tuples }
    idle.removeAll { $0.missing.count > $0.index.count * $0.index.depth }
  }

  /// Brings an idle index up to date; `nil` where there is none of the order.
  mutating func wake(_ order: [Int], using scratch: SetBuffer) -> Index? {
    guard let place = idle.firstIndex(where: { $0.index.order == order }) else { return nil }
    let woken = idle.remove(at: place)
    woken.missing.withUnsafeBufferPointer { woken.index.fill(with: $0, areNew: true, using: scratch) }
    if Pace.hasThreadToEnd { return nil }
    ready.append(woken.index)
    return woken.index
  }

  /// Brings all idle indexes up to date.
  mutating func wakeAll(using scratch: SetBuffer) {
    for order in idle.map(\.index.order) { _ = wake(order, using: scratch) }
  }

  // MARK: Invariants

  /// What is wrong with the indexes; `nil` where all is well. As long as it takes to look each tuple up.
  /// - Parameter contains: whether the relation has a tuple.
  func checkInvariants(_ contains: ([UInt32]) -> Bool) -> String? {
    for index in ready {
      if let problem = index.checkInvariants() { return "index \(index.order): \(problem)" }
      if index.count != first.count { return "index \(index.order) has \(index.count) tuples" }
      var problem: String?
      index.forEachRow { prefix, set in
        for term in set.elements {
          var tuple = [UInt32](repeating: 0, count: index.depth)
          for (level, number) in (Array(prefix) + [term]).enumerated() { tuple[index.order[level]] = number }
          if !contains(tuple) { problem = "index \(index.order) alone has \(tuple)" }
        }
        return problem == nil
      }
      if let problem { return problem }
    }
    for (index, missing) in idle.map({ ($0.index, $0.missing) }) {
      if let problem = index.checkInvariants() { return "idle index \(index.order): \(problem)" }
      let tuples = index.count + missing.count / index.depth
      if tuples != first.count { return "idle index \(index.order) has and lacks \(tuples) tuples" }
    }
    return nil
  }
}
