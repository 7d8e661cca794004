/// How many solutions there are for each of some terms: a count by term, kept from use to use.
///
/// The memory is eight bytes for each number up to the greatest term that was ever added; pages that no term falls on are
/// never touched.
final class WeightBuffer {
  /// By term its weight more than `base`; what is less was there before the weights were last cleared, and stands for none.
  @exclusivity(unchecked) private var weights: UnsafeMutablePointer<Int>
  @exclusivity(unchecked) private var capacity: Int
  @exclusivity(unchecked) private var base = 0
  /// The sum of all weights.
  @exclusivity(unchecked) private var total = 0
  @exclusivity(unchecked) private var touched: UnsafeMutablePointer<UInt32>
  @exclusivity(unchecked) private var touchedCapacity: Int
  /// How many terms have a weight.
  @exclusivity(unchecked) private(set) var count = 0

  init() {
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
  @inline(__always) subscript(term: UInt32) -> Int { Int(term) < capacity ? max(weights[Int(term)], base) &- base : 0 }

  /// The terms that have a weight, in no order.
  var terms: UnsafeBufferPointer<UInt32> { UnsafeBufferPointer(start: touched, count: count) }

  /// The weights of a set's terms together; they are no more than all, of which each was added by itself.
  func sum(of set: SetView) -> Int {
    var sum = 0
    // To search a set for a term takes some steps, to look at the weight of one a single step.
    if set.count > 8 * count {
      for term in terms where set.contains(term) { sum &+= self[term] }
    } else if set.isBitmap {
      set.forEachNumber {
        sum &+= self[$0]
        return true
      }
    } else if !set.isEmpty {
      let (array, weights, base) = (set.array, weights, base)
      for index in 0..<set.count(below: capacity) { sum &+= max(weights[Int(array[index])], base) &- base }
    }
    return sum
  }

  /// Takes all weights away, and writes none of them.
  func clear() {
    base += total
    total = 0
    count = 0
  }

  /// Adds one to the weight of each term of a set.
  func add(_ set: SetView) {
    if set.isEmpty { return }
    makeRoom(upTo: set.isBitmap ? UInt32(set.endWord << 6 - 1) : set.array[set.count - 1], more: set.count)
    // What the loop reads is held by names of its own: else it would be fetched anew for each term.
    let (weights, touched, base) = (weights, touched, base)
    var count = count
    set.forEachNumber {
      Self.addOne($0, weights, base, touched, &count)
      return true
    }
    self.count = count
    total += set.count
  }

  /// Adds one to the weight of a term.
  func add(_ term: UInt32) {
    makeRoom(upTo: term, more: 1)
    Self.addOne(term, weights, base, touched, &count)
    total += 1
  }

  @inline(__always) private static func addOne(
    _ term: UInt32, _ weights: UnsafeMutablePointer<Int>, _ base: Int, _ touched: UnsafeMutablePointer<UInt32>,
    _ count: inout Int
  ) {
    let weight = max(weights[Int(term)], base)
    weights[Int(term)] = weight &+ 1
    // Written always and counted where it is the first time: there is no branch to be guessed.
    touched[count] = term
    count &+= weight == base ? 1 : 0
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
