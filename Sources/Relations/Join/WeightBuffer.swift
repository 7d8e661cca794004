/// How many solutions there are for each of some terms: a count by term, kept from use to use.
///
/// The memory is eight bytes for each number up to the greatest term that was ever added; pages that no term falls on are
/// never touched.
public final class WeightBuffer {
  @exclusivity(unchecked) private var weights: UnsafeMutablePointer<Int>
  @exclusivity(unchecked) private var capacity: Int
  @exclusivity(unchecked) private var touched: UnsafeMutablePointer<UInt32>
  @exclusivity(unchecked) private var touchedCapacity: Int
  /// How many terms have a weight.
  @exclusivity(unchecked) private(set) var count = 0

  public init() {
    capacity = 1024
    weights = .allocate(capacity: capacity)
    weights.initialize(repeating: 0, count: capacity)
    touchedCapacity = 256
    touched = .allocate(capacity: touchedCapacity)
  }

  deinit {
    weights.deallocate()
    touched.deallocate()
  }

  /// The weight of a term, 0 where it was not added.
  @inline(__always) subscript(term: UInt32) -> Int { Int(term) < capacity ? weights[Int(term)] : 0 }

  /// The terms that have a weight, in no order.
  var terms: UnsafeBufferPointer<UInt32> { UnsafeBufferPointer(start: touched, count: count) }

  /// The weights of a set's terms together; `nil` where they don't fit 64 bits.
  func sum(of set: SetView) -> Int? {
    var sum = 0
    var overflows = false
    @inline(__always) func add(_ term: UInt32) {
      let (next, isOver) = sum.addingReportingOverflow(self[term])
      sum = next
      overflows = overflows || isOver
    }
    // To search a set for a term takes some steps, to look at the weight of one a single step.
    if set.count > 8 * count {
      for term in terms where set.contains(term) { add(term) }
    } else {
      set.forEachNumber {
        add($0)
        return true
      }
    }
    return overflows ? nil : sum
  }

  func clear() {
    for position in 0..<count { weights[Int(touched[position])] = 0 }
    count = 0
  }

  /// Adds one to the weight of each term of a set.
  func add(_ set: SetView) {
    if set.isEmpty { return }
    makeRoom(upTo: set.bounds.greatest, more: set.count)
    set.forEachNumber {
      addOne($0)
      return true
    }
  }

  /// Adds one to the weight of a term.
  func add(_ term: UInt32) {
    makeRoom(upTo: term, more: 1)
    addOne(term)
  }

  @inline(__always) private func addOne(_ term: UInt32) {
    let weight = weights[Int(term)]
    weights[Int(term)] = weight + 1
    // Written always and counted where it is the first time: there is no branch to be guessed.
    touched[count] = term
    count += weight == 0 ? 1 : 0
  }

  private func makeRoom(upTo term: UInt32, more: Int) {
    if Int(term) >= capacity {
      let wanted = max(Int(term) + 1, capacity * 2)
      let larger = UnsafeMutablePointer<Int>.allocate(capacity: wanted)
      larger.initialize(from: weights, count: capacity)
      (larger + capacity).initialize(repeating: 0, count: wanted - capacity)
      weights.deallocate()
      weights = larger
      capacity = wanted
    }
    if count + more >= touchedCapacity {
      let wanted = max(count + more + 1, touchedCapacity * 2)
      let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: wanted)
      larger.initialize(from: touched, count: count)
      touched.deallocate()
      touched = larger
      touchedCapacity = wanted
    }
  }
}
