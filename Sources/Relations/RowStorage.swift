import Glibc

/// The set beside one term, in the shape of its density: an array of its numbers, or a bitmap.
///
/// Its memory is its own where it has room there, else that of something else, such as a block or another row. It is freed by
/// ``release()`` alone.
struct RowStorage {
  private var memory: UnsafeMutableRawPointer?
  private(set) var count: UInt32 = 0
  private var firstWord: UInt32 = 0
  /// 0 of an array.
  private var wordCount: UInt32 = 0
  /// The numbers or words that fit where the memory is its own; 0 where it is not.
  private var capacity: UInt32 = 0

  init() {}

  /// An array in memory of something else, or with a capacity in memory of its own.
  init(array: UnsafeMutablePointer<UInt32>, count: Int, capacity: Int = 0) {
    memory = UnsafeMutableRawPointer(array)
    self.count = UInt32(count)
    self.capacity = UInt32(capacity)
  }

  /// The same of a bitmap.
  init(words: UnsafeMutablePointer<UInt64>, _ range: Range<Int>, count: Int, capacity: Int = 0) {
    memory = UnsafeMutableRawPointer(words)
    self.count = UInt32(count)
    firstWord = UInt32(range.lowerBound)
    wordCount = UInt32(range.count)
    self.capacity = UInt32(capacity)
  }

  /// A set in its own memory, which must outlive this.
  init(sharing set: SetView) {
    memory = UnsafeMutableRawPointer(mutating: set.memory)
    count = UInt32(set.count)
    firstWord = UInt32(set.firstWord)
    wordCount = UInt32(set.wordCount)
  }

  @inline(__always) var view: SetView {
    guard let memory, count > 0 else { return .empty }
    if wordCount > 0 {
      return SetView(
        words: memory.assumingMemoryBound(to: UInt64.self), firstWord: Int(firstWord), wordCount: Int(wordCount),
        count: Int(count))
    }
    return SetView(array: memory.assumingMemoryBound(to: UInt32.self), count: Int(count))
  }

  /// The bytes of its own memory.
  var byteCount: Int { Int(capacity) * (wordCount > 0 ? 8 : 4) }

  /// The words of a bitmap in memory of its own, and the range that they span.
  var ownWords: (words: UnsafeMutablePointer<UInt64>, range: Range<Int>)? {
    guard wordCount > 0, capacity > 0, count > 0, let memory else { return nil }
    return (memory.assumingMemoryBound(to: UInt64.self), range)
  }

  private var range: Range<Int> { Int(firstWord)..<Int(firstWord + wordCount) }

  /// Becomes empty, and frees its own memory.
  mutating func release() {
    if capacity > 0 { Glibc.free(memory) }
    self = RowStorage()
  }

  /// The same set with the memory, which is not this one's own any more.
  mutating func handOver() -> RowStorage {
    defer { capacity = 0 }
    return self
  }

  /// Takes out a number that is in it, but is not all of it.
  mutating func remove(_ number: UInt32) {
    own()
    guard let memory else { return }
    if wordCount > 0 {
      memory.assumingMemoryBound(to: UInt64.self)[Int(number >> 6) - Int(firstWord)] &= ~(1 << UInt64(number & 63))
    } else {
      let place = view.lowerBound(number, from: 0)
      let numbers = memory.assumingMemoryBound(to: UInt32.self) + place
      numbers.update(from: numbers + 1, count: Int(count) - place - 1)
    }
    count -= 1
  }

  /// Adds a set of which nothing is in it.
  /// - Parameter words: those that the set's numbers lie in.
  mutating func add(_ set: SetView, in words: Range<Int>) {
    let total = Int(count) + set.count
    if wordCount > 0 {
      if becomesSparse(with: words, total: total) {
        merge(set)
      } else {
        widen(to: words)
        addBits(set, words)
      }
    } else if becomesDense(with: words, total: total) {
      addBits(set, words)
    } else {
      merge(set)
    }
    count = UInt32(total)
  }

  /// Tells that so many numbers were added to its own words.
  mutating func grow(by more: Int) { count += UInt32(more) }

  // MARK: Memory

  /// Swift's `allocate` asks the system for aligned memory here, which takes twice as long.
  private static func memory<Element: BitwiseCopyable>(
    of type: Element.Type, _ count: Int
  ) -> UnsafeMutablePointer<Element> {
    guard let memory = malloc(count * MemoryLayout<Element>.stride) else {
      fatalError("internal error: no memory for a row")
    }
    return memory.bindMemory(to: type, capacity: count)
  }

  /// Takes another shape or other memory with the same numbers, and frees what it had.
  private mutating func become(_ other: RowStorage) {
    release()
    self = other
  }

  /// Takes memory of its own, in the shape that it has.
  private mutating func own() {
    guard capacity == 0, let memory else { return }
    capacity = wordCount > 0 ? wordCount : count
    let copy = Self.memory(of: UInt8.self, byteCount)
    UnsafeMutableRawPointer(copy).copyMemory(from: memory, byteCount: byteCount)
    self.memory = UnsafeMutableRawPointer(copy)
  }

  // MARK: Bitmaps

  private func addBits(_ set: SetView, _ range: Range<Int>) {
    guard let memory else { return }
    let words = memory.assumingMemoryBound(to: UInt64.self)
    let first = Int(firstWord)
    if set.isBitmap {
      let start = range.lowerBound
      return Words.or(words + (start - first), set.words + (start - set.firstWord), range.count)
    }
    for index in 0..<set.count { words[Int(set.array[index] >> 6) - first] |= 1 << UInt64(set.array[index] & 63) }
  }

  /// Has the bitmap span some words as well, in memory of its own.
  private mutating func widen(to words: Range<Int>) {
    let first = min(Int(firstWord), words.lowerBound)
    let end = max(Int(firstWord + wordCount), words.upperBound)
    if capacity > 0 && first == Int(firstWord) && end - first <= Int(capacity) {
      wordCount = UInt32(end - first)
      return
    }
    let room = (end - first) + (end - first) / 4
    let wider = Self.memory(of: UInt64.self, room)
    wider.update(repeating: 0, count: room)
    if let memory {
      (wider + (Int(firstWord) - first)).update(
        from: memory.assumingMemoryBound(to: UInt64.self), count: Int(wordCount))
    }
    become(RowStorage(words: wider, first..<end, count: Int(count), capacity: room))
  }

  /// Makes the array a bitmap where it would be dense with numbers of some words; whether it is.
  private mutating func becomesDense(with range: Range<Int>, total: Int) -> Bool {
    guard SetShape.mayBeDense(total) else { return false }
    let old = view
    var (first, end) = (range.lowerBound, range.upperBound)
    if !old.isEmpty {
      let bounds = old.bounds
      first = min(first, Int(bounds.least >> 6))
      end = max(end, Int(bounds.greatest >> 6) + 1)
    }
    guard SetShape.isDense(total, words: end - first) else { return false }
    let words = Self.memory(of: UInt64.self, end - first)
    words.update(repeating: 0, count: end - first)
    old.forEachNumber {
      words[Int($0 >> 6) - first] |= 1 << UInt64($0 & 63)
      return true
    }
    become(RowStorage(words: words, first..<end, count: Int(count), capacity: end - first))
    return true
  }

  // MARK: Arrays

  /// Makes the bitmap an array with room for numbers of some words as well, where the bitmap would be far larger; whether it is.
  private mutating func becomesSparse(with words: Range<Int>, total: Int) -> Bool {
    let first = min(Int(firstWord), words.lowerBound)
    let end = max(Int(firstWord + wordCount), words.upperBound)
    guard end - first > Int(wordCount), SetShape.isSparse(total + 16, words: end - first) else { return false }
    let numbers = Self.memory(of: UInt32.self, total)
    view.write(to: numbers)
    become(RowStorage(array: numbers, count: Int(count), capacity: total))
    return true
  }

  /// Merges a set's numbers into the array, from the end.
  private mutating func merge(_ set: SetView) {
    if !set.isBitmap { return merge(set.array, set.count) }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: set.count) { numbers in
      guard let start = numbers.baseAddress else { return }
      set.write(to: start)
      merge(start, set.count)
    }
  }

  private mutating func merge(_ numbers: UnsafePointer<UInt32>, _ more: Int) {
    let total = Int(count) + more
    if total > Int(capacity) {
      let room = count == 0 ? total : max(total, Int(count) * 2)
      let array = Self.memory(of: UInt32.self, room)
      if let memory { array.update(from: memory.assumingMemoryBound(to: UInt32.self), count: Int(count)) }
      become(RowStorage(array: array, count: Int(count), capacity: room))
    }
    guard let array = memory?.assumingMemoryBound(to: UInt32.self) else { return }
    SortedNumbers.merge(array, Int(count), with: numbers, more)
  }
}

extension SetView {
  /// Writes the numbers into memory that has room for them.
  func write(to numbers: UnsafeMutablePointer<UInt32>) {
    if !isBitmap { return numbers.update(from: array, count: count) }
    var place = 0
    forEachNumber {
      numbers[place] = $0
      place += 1
      return true
    }
  }
}
