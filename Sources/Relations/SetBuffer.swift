/// A set of term numbers that owns its memory, keeps it from use to use and takes the shape that its density asks for.
///
/// It serves as the result of an operation on sets, as the union that a rule gathers, and as the members of a unary
/// relation. Numbers may be appended in any order; ``view`` puts them in order first.
public final class SetBuffer {
  // No method gives its caller a reference to these, so that checking exclusive access while running finds nothing.
  @exclusivity(unchecked) private(set) var numbers: UnsafeMutablePointer<UInt32>
  @exclusivity(unchecked) private var capacity: Int
  @exclusivity(unchecked) private(set) var length = 0
  /// How many numbers at the beginning are ascending and without repetition.
  @exclusivity(unchecked) private var sorted = 0
  /// The bitmap's memory, which begins with the word `origin`. All is zero but the words from `low` to `high`.
  @exclusivity(unchecked) private var bits: UnsafeMutablePointer<UInt64>?
  @exclusivity(unchecked) private var bitCapacity = 0
  @exclusivity(unchecked) private var origin = 0
  @exclusivity(unchecked) private(set) var low = 0
  @exclusivity(unchecked) private(set) var high = 0
  @exclusivity(unchecked) private(set) var isBitmap = false
  /// The number of bits set; negative where it is to be counted first.
  @exclusivity(unchecked) private var bitCount = -1

  public init() {
    capacity = 16
    numbers = .allocate(capacity: 16)
  }

  deinit {
    numbers.deallocate()
    bits?.deallocate()
  }

  /// The memory that the set has taken.
  var byteCount: Int { capacity * 4 + bitCapacity * 8 }

  public var isEmpty: Bool { isBitmap ? view.isEmpty : length == 0 }

  /// Makes the set empty and keeps its memory.
  public func clear() {
    if isBitmap {
      words(from: low).update(repeating: 0, count: high - low)
      low = 0
      high = 0
      isBitmap = false
    }
    length = 0
    sorted = 0
  }

  /// The set as it stands now; valid until the buffer changes.
  public var view: SetView {
    settle()
    if !isBitmap { return SetView(array: numbers, count: length) }
    if bitCount < 0 { bitCount = Words.count(words(from: low), high - low) }
    if bitCount == 0 { return .empty }
    return SetView(words: words(from: low), firstWord: low, wordCount: high - low, count: bitCount)
  }

  public func contains(_ number: UInt32) -> Bool {
    settle()
    if !isBitmap { return SetView(array: numbers, count: length).contains(number) }
    let word = Int(number >> 6)
    return word >= low && word < high && words(from: word).pointee & (1 << UInt64(number & 63)) != 0
  }

  @inline(__always) public func insert(_ number: UInt32) {
    if isBitmap || (length == capacity && !makeRoom(1)) { return insertBit(number) }
    numbers[length] = number
    if sorted == length && (length == 0 || numbers[length - 1] < number) { sorted += 1 }
    length += 1
  }

  public func remove(_ number: UInt32) {
    settle()
    if isBitmap { return removeBit(number) }
    let index = SetView(array: numbers, count: length).lowerBound(number, from: 0)
    guard index < length, numbers[index] == number else { return }
    (numbers + index).update(from: numbers + index + 1, count: length - index - 1)
    length -= 1
    sorted = length
  }

  /// Takes all numbers away that are not above one.
  func removeAll(through number: UInt32) {
    settle()
    if isBitmap {
      let word = Int(number >> 6)
      words(from: low).update(repeating: 0, count: max(0, min(word, high) - low))
      if word >= low && word < high { words(from: word).pointee &= ~1 << UInt64(number & 63) }
      return forgetCount()
    }
    let kept = SetView(array: numbers, count: length).elements(above: number)
    numbers.update(from: numbers + (length - kept.count), count: kept.count)
    length = kept.count
    sorted = length
  }

  // MARK: Arrays

  /// Adds an ascending array to an array, for which there must be room.
  func appendArray(_ array: UnsafePointer<UInt32>, _ count: Int) {
    if sorted == length && (length == 0 || numbers[length - 1] < array[0]) { sorted += count }
    (numbers + length).update(from: array, count: count)
    length += count
  }

  /// Merges an ascending array into a short one in order, which is sooner done than to append it and sort; false, and nothing
  /// is done, for others.
  func mergeShort(_ array: UnsafePointer<UInt32>, _ count: Int) -> Bool {
    guard length > 0, length <= Self.shortLength, count <= Self.shortLength, sorted == length,
      array[0] <= numbers[length - 1]
    else { return false }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.shortLength) { copy in
      guard let copy = copy.baseAddress else { return }
      copy.update(from: numbers, count: length)
      length = SortedNumbers.union(copy, length, array, count, into: numbers)
      sorted = length
    }
    return true
  }

  private static let shortLength = 64

  /// Gives an empty set room for an array, which `fill` then writes; it returns the count.
  func assignArray(atMost count: Int, _ fill: (UnsafeMutablePointer<UInt32>) -> Int) {
    if count > capacity { makeCapacity(count) }
    length = fill(numbers)
    sorted = length
  }

  /// Keeps the numbers of a settled array that another set has not.
  func subtractFromArray(_ other: SetView) {
    length = SortedNumbers.difference(numbers, length, other, into: numbers)
    sorted = length
  }

  /// Sorts what was appended out of order and drops repetitions; a bitmap serves for that where numbers are dense.
  @inline(__always) func settle() {
    if !isBitmap && sorted < length { sortIn() }
  }

  private func sortIn() {
    if SetShape.mayBeDense(length) {
      var least = numbers[0]
      var greatest = numbers[max(0, sorted - 1)]
      for index in sorted..<length {
        least = min(least, numbers[index])
        greatest = max(greatest, numbers[index])
      }
      if SetShape.isDense(length, words: Int(greatest >> 6) - Int(least >> 6) + 1) {
        makeBitmap(Int(least >> 6), Int(greatest >> 6) + 1)
        return
      }
    }
    SortedNumbers.sort(numbers + sorted, length - sorted)
    if sorted < Self.mergeRatio * (length - sorted) { mergeTail() } else { insertTail() }
  }

  /// With fewer sorted numbers than so many times those behind them, all are gone through; else the places of these are
  /// looked for.
  private static let mergeRatio = 16

  /// Brings the numbers behind the sorted ones, which ascend and may repeat some, to their places in one pass over all.
  private func mergeTail() {
    let tail = numbers + sorted
    let count = SortedNumbers.difference(tail, length - sorted, .empty, into: tail)
    if sorted == 0 || numbers[sorted - 1] < tail[0] {
      sorted += count
    } else {
      let merged = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
      sorted = SortedNumbers.union(numbers, sorted, tail, count, into: merged)
      numbers.deallocate()
      numbers = merged
    }
    length = sorted
  }

  /// Brings them to their places one by one.
  private func insertTail() {
    let tail = numbers + sorted
    let new = SortedNumbers.difference(tail, length - sorted, SetView(array: numbers, count: sorted), into: tail)
    if new > 0 && tail[0] < numbers[sorted - 1] {
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: new) { copy in
        guard let copy = copy.baseAddress else { return }
        copy.update(from: tail, count: new)
        SortedNumbers.merge(numbers, sorted, with: copy, new)
      }
    }
    sorted += new
    length = sorted
  }

  /// Room for more numbers; where the set is dense it becomes a bitmap instead, and the answer is false.
  func makeRoom(_ more: Int) -> Bool {
    if length + more <= capacity { return true }
    settle()
    if isBitmap { return false }
    if length > 0 {
      let (first, end) = (Int(numbers[0] >> 6), Int(numbers[length - 1] >> 6) + 1)
      if SetShape.isDenseWhileGrowing(length, words: end - first) {
        makeBitmap(first, end)
        return false
      }
    }
    if length + more > capacity / 2 { makeCapacity(max(length + more, capacity) * 2) }
    return true
  }

  private func makeCapacity(_ wanted: Int) {
    guard wanted > capacity else { return }
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: wanted)
    larger.update(from: numbers, count: length)
    numbers.deallocate()
    numbers = larger
    capacity = wanted
  }

  // MARK: Bitmaps

  /// The bitmap's memory from a word on.
  @inline(__always) func words(from word: Int) -> UnsafeMutablePointer<UInt64> {
    bits.unsafelyUnwrapped + (word - origin)
  }

  /// The memory of the set as a bitmap, from the word 0 on, of which the words of a range may be written; then
  /// ``forgetCount()`` is to be called. `nil` where a bitmap would be far larger than what is to be added.
  func bitmap(spanning range: Range<Int>, for more: Int) -> UnsafeMutablePointer<UInt64>? {
    if range.isEmpty || range.count > 64 * more || !span(range.lowerBound, range.upperBound, for: more) { return nil }
    return words(from: 0)
  }

  /// Tells that words were changed.
  func forgetCount() { bitCount = -1 }

  /// Tells how many bits are set.
  func noteCount(_ count: Int) { bitCount = count }

  @inline(__always) private func setBit(_ number: UInt32) {
    let word = words(from: Int(number >> 6))
    let changed = word.pointee | 1 << UInt64(number & 63)
    if bitCount >= 0 && changed != word.pointee { bitCount += 1 }
    word.pointee = changed
  }

  func setBits(_ array: UnsafePointer<UInt32>, _ count: Int) {
    let new = Words.insert(array, count, into: words(from: low), first: low)
    if bitCount >= 0 { bitCount += new }
  }

  /// Takes the numbers of an array away, all of which lie in the bitmap's words.
  func removeBits(_ set: SetView) {
    if set.isEmpty { return }
    let removed = Words.remove(set.array, set.count, from: words(from: low), first: low)
    if bitCount >= 0 { bitCount -= removed }
  }

  private func insertBit(_ number: UInt32) {
    let word = Int(number >> 6)
    if (word < low || word >= high) && !span(word, word + 1, for: 1) { return insert(number) }
    setBit(number)
  }

  @inline(__always) func removeBit(_ number: UInt32) {
    guard Int(number >> 6) >= low && Int(number >> 6) < high else { return }
    let word = words(from: Int(number >> 6))
    let changed = word.pointee & ~(1 << UInt64(number & 63))
    if bitCount >= 0 && changed != word.pointee { bitCount -= 1 }
    word.pointee = changed
  }

  /// Makes the set, of either shape, a bitmap that spans words as well; or, where that would be far larger than an array
  /// of its numbers and of `more`, an array with room for those, and answers false.
  func span(_ first: Int, _ end: Int, for more: Int) -> Bool {
    settle()
    var (first, end) = (first, end)
    if isBitmap {
      first = min(first, low)
      end = max(end, high)
    } else if length > 0 {
      first = min(first, Int(numbers[0] >> 6))
      end = max(end, Int(numbers[length - 1] >> 6) + 1)
    }
    if !SetShape.isSmallBitmap(end - first) && isSparse(end - first, more) {
      becomeArray(more)
      return false
    }
    makeBitmap(first, end)
    return true
  }

  /// Whether a bitmap of so many words would waste memory. The numbers of a bitmap are only counted where that costs
  /// little beside what is to be done.
  private func isSparse(_ words: Int, _ more: Int) -> Bool {
    if !isBitmap { return SetShape.isSparse(length + more, words: words) }
    if bitCount < 0 && words <= bitCapacity { return false }
    return SetShape.isSparse(view.count + more, words: words)
  }

  private func becomeArray(_ more: Int) {
    let view = view
    makeCapacity(view.count + more)
    guard isBitmap else { return }
    let old = (low, high)
    length = 0
    view.forEachNumber {
      numbers[length] = $0
      length += 1
      return true
    }
    words(from: old.0).update(repeating: 0, count: old.1 - old.0)
    isBitmap = false
    sorted = length
    low = 0
    high = 0
  }

  /// Makes the set a bitmap of words that span all that it has.
  private func makeBitmap(_ first: Int, _ end: Int) {
    if bits == nil || first < origin || end > origin + bitCapacity { makeBits(first, end) }
    if isBitmap {
      low = min(low, first)
      high = max(high, end)
      return
    }
    low = first
    high = end
    isBitmap = true
    bitCount = 0
    setBits(numbers, length)
    length = 0
    sorted = 0
  }

  /// Memory for the words from `first` to `end`, which span those in use.
  private func makeBits(_ first: Int, _ end: Int) {
    if !isBitmap && end - first <= bitCapacity {
      origin = max(0, first - (bitCapacity - (end - first)) / 2)
      return
    }
    let wanted = max(end - first + 64, bitCapacity * 2)
    let room = wanted - (end - first)
    let newOrigin = max(0, isBitmap && first < origin ? first - room : first - min(room / 2, first))
    let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: wanted)
    larger.update(repeating: 0, count: wanted)
    if isBitmap { (larger + (low - newOrigin)).update(from: words(from: low), count: high - low) }
    bits?.deallocate()
    bits = larger
    bitCapacity = wanted
    origin = newOrigin
  }

  // MARK: Invariants

  /// What is wrong with the set's memory; `nil` where all is well.
  func checkInvariants() -> String? {
    if isBitmap {
      if length != 0 || sorted != 0 { return "a bitmap has numbers in its array" }
      guard let bits, low >= origin, low <= high, high <= origin + bitCapacity else { return "words out of memory" }
      for word in 0..<bitCapacity where bits[word] != 0 && (origin + word < low || origin + word >= high) {
        return "word \(origin + word) is set outside \(low)..<\(high)"
      }
      let counted = Words.count(bits + (low - origin), high - low)
      return bitCount < 0 || bitCount == counted ? nil : "counts \(bitCount) bits of \(counted)"
    }
    if sorted > length || length > capacity { return "\(sorted) sorted of \(length) in \(capacity)" }
    for index in 1..<max(1, sorted) where numbers[index - 1] >= numbers[index] { return "not ascending at \(index)" }
    for word in 0..<bitCapacity where bits?[word] != 0 { return "an array has bits" }
    return nil
  }
}
