/// A set of term numbers that owns its memory, keeps it from use to use and takes the shape that its density asks for.
///
/// It serves as the result of an operation on sets, as the union that a rule gathers, and as the members of a unary
/// relation. Numbers may be appended in any order; ``view`` puts them in order first.
public final class SetBuffer {
  private var numbers: UnsafeMutablePointer<UInt32>
  private var capacity: Int
  private var length = 0
  /// How many numbers at the beginning are ascending and without repetition.
  private var sorted = 0
  private var bits: UnsafeMutablePointer<UInt64>?
  private var bitCapacity = 0
  /// The words of `bits` that may be other than zero; empty while the shape is an array.
  private var low = 0
  private var high = 0
  private(set) var isBitmap = false
  private var bitCount = -1

  public init() {
    capacity = 16
    numbers = .allocate(capacity: 16)
  }

  deinit {
    numbers.deallocate()
    bits?.deallocate()
  }

  public var isEmpty: Bool { isBitmap ? view.isEmpty : length == 0 }

  /// Makes the set empty and keeps its memory.
  public func clear() {
    if isBitmap, let bits {
      (bits + low).update(repeating: 0, count: high - low)
      low = 0
      high = 0
      isBitmap = false
    }
    length = 0
    sorted = 0
  }

  /// The set as it stands now; valid until the buffer changes.
  public var view: SetView {
    if isBitmap, let bits {
      if bitCount < 0 { bitCount = Words.count(bits + low, high - low) }
      if bitCount == 0 { return .empty }
      return SetView(words: bits + low, firstWord: low, wordCount: high - low, count: bitCount)
    }
    settle()
    return SetView(array: numbers, count: length)
  }

  public func contains(_ number: UInt32) -> Bool { view.contains(number) }

  @inline(__always) public func insert(_ number: UInt32) {
    if isBitmap { return insertBit(number) }
    if length == capacity { makeRoom(1) }
    if isBitmap { return insertBit(number) }
    numbers[length] = number
    if sorted == length && (length == 0 || numbers[length - 1] < number) { sorted += 1 }
    length += 1
  }

  public func remove(_ number: UInt32) {
    if isBitmap, let bits {
      let word = Int(number >> 6)
      if word >= low && word < high { bits[word] &= ~(1 << UInt64(number & 63)) }
      bitCount = -1
      return
    }
    settle()
    let view = SetView(array: numbers, count: length)
    guard length > 0 else { return }
    let index = view.lowerBound(number, from: 0)
    guard index < length, numbers[index] == number else { return }
    (numbers + index).update(from: numbers + index + 1, count: length - index - 1)
    length -= 1
    sorted = length
  }

  /// Adds all of another set.
  public func formUnion(_ other: SetView) {
    if other.isEmpty { return }
    if other.isBitmap {
      becomeBitmap(spanning: other.firstWord, other.endWord)
      guard let bits else { return }
      Words.or(bits + other.firstWord, other.words, other.wordCount)
      bitCount = -1
      return
    }
    if !isBitmap {
      if length + other.count > capacity { makeRoom(other.count) }
      if !isBitmap {
        if sorted == length && (length == 0 || numbers[length - 1] < other.array[0]) { sorted += other.count }
        (numbers + length).update(from: other.array, count: other.count)
        length += other.count
        return
      }
    }
    let array = other.array
    becomeBitmap(spanning: Int(array[0] >> 6), Int(array[other.count - 1] >> 6) + 1)
    guard let bits else { return }
    for index in 0..<other.count { bits[Int(array[index] >> 6)] |= 1 << UInt64(array[index] & 63) }
    bitCount = -1
  }

  /// Makes this the given set.
  public func assign(_ other: SetView) {
    clear()
    formUnion(other)
  }

  /// Makes this the intersection of two sets, neither of which may be a view of this.
  public func assignIntersection(_ left: SetView, _ right: SetView) {
    clear()
    if left.isEmpty || right.isEmpty { return }
    if left.isBitmap && right.isBitmap {
      let first = max(left.firstWord, right.firstWord)
      let end = min(left.endWord, right.endWord)
      if first >= end { return }
      becomeBitmap(spanning: first, end)
      guard let bits else { return }
      Words.and(
        bits + first, left.words + (first - left.firstWord), right.words + (first - right.firstWord), end - first)
      bitCount = -1
      return
    }
    let (small, large) = !left.isBitmap && (right.isBitmap || left.count <= right.count) ? (left, right) : (right, left)
    if small.count > capacity { makeCapacity(small.count) }
    length = Self.intersect(small, large, into: numbers)
    sorted = length
  }

  /// Takes all of another set away.
  public func subtract(_ other: SetView) {
    if other.isEmpty || isEmpty { return }
    if isBitmap, let bits {
      if other.isBitmap {
        let first = max(low, other.firstWord)
        let end = min(high, other.endWord)
        if first < end { Words.andNot(bits + first, other.words + (first - other.firstWord), end - first) }
      } else {
        other.forEachNumber { number in
          let word = Int(number >> 6)
          if word >= low && word < high { bits[word] &= ~(1 << UInt64(number & 63)) }
          return true
        }
      }
      bitCount = -1
      return
    }
    settle()
    var kept = 0
    var position = 0
    for index in 0..<length {
      let number = numbers[index]
      if other.isBitmap {
        if other.contains(number) { continue }
      } else {
        position = other.lowerBound(number, from: position)
        if position < other.count && other.array[position] == number { continue }
      }
      numbers[kept] = number
      kept += 1
    }
    length = kept
    sorted = kept
  }

  private static func intersect(_ small: SetView, _ large: SetView, into result: UnsafeMutablePointer<UInt32>) -> Int {
    var count = 0
    let array = small.array
    if large.isBitmap {
      for index in 0..<small.count where large.contains(array[index]) {
        result[count] = array[index]
        count += 1
      }
      return count
    }
    var position = 0
    for index in 0..<small.count {
      position = large.lowerBound(array[index], from: position)
      if position == large.count { break }
      if large.array[position] == array[index] {
        result[count] = array[index]
        count += 1
      }
    }
    return count
  }

  private func insertBit(_ number: UInt32) {
    let word = Int(number >> 6)
    if word < low || word >= high { becomeBitmap(spanning: word, word + 1) }
    guard let bits else { return }
    bits[word] |= 1 << UInt64(number & 63)
    bitCount = -1
  }

  /// Sorts what was appended out of order and drops repetitions.
  private func settle() {
    guard sorted < length else { return }
    var buffer = UnsafeMutableBufferPointer(start: numbers, count: length)
    buffer.sort()
    var kept = 1
    for index in 1..<length where numbers[index] != numbers[kept - 1] {
      numbers[kept] = numbers[index]
      kept += 1
    }
    length = kept
    sorted = kept
  }

  /// Room for more numbers: settles first; a set that stays dense becomes a bitmap.
  private func makeRoom(_ more: Int) {
    settle()
    if length > 64 {
      let span = Int(numbers[length - 1] - numbers[0]) / 64 + 2
      if span < length {
        becomeBitmap(spanning: Int(numbers[0] >> 6), Int(numbers[length - 1] >> 6) + 1)
        return
      }
    }
    if length + more > capacity / 2 { makeCapacity(max(length + more, capacity) * 2) }
  }

  private func makeCapacity(_ wanted: Int) {
    guard wanted > capacity else { return }
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: wanted)
    larger.update(from: numbers, count: length)
    numbers.deallocate()
    numbers = larger
    capacity = wanted
  }

  private func becomeBitmap(spanning first: Int, _ end: Int) {
    if !isBitmap { settle() }
    var first = first
    var end = end
    if !isBitmap && length > 0 {
      first = min(first, Int(numbers[0] >> 6))
      end = max(end, Int(numbers[length - 1] >> 6) + 1)
    }
    if end > bitCapacity {
      let wanted = max(end + 64, bitCapacity * 2)
      let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: wanted)
      larger.update(repeating: 0, count: wanted)
      if let bits {
        (larger + low).update(from: bits + low, count: high - low)
        bits.deallocate()
      }
      bits = larger
      bitCapacity = wanted
    }
    if isBitmap {
      low = min(low, first)
      high = max(high, end)
      return
    }
    low = first
    high = end
    isBitmap = true
    bitCount = -1
    guard let bits else { return }
    for index in 0..<length { bits[Int(numbers[index] >> 6)] |= 1 << UInt64(numbers[index] & 63) }
    length = 0
    sorted = 0
  }
}
