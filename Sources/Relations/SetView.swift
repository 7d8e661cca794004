/// A set of term numbers in memory that something else owns: a sorted array, or a bitmap over the words that it spans.
///
/// A view is valid until its owner changes. It never allocates. Sets are dense in one shape and sparse in the other:
/// an array costs 4 bytes an element, a bitmap an eighth of a byte for each number that it spans.
public struct SetView {
  @usableFromInline let memory: UnsafeRawPointer?
  public let count: Int
  /// The word that a bitmap's memory begins with: numbers `64 * firstWord` and up.
  let firstWord: Int
  /// The bitmap's length; 0 where the shape is an array.
  let wordCount: Int

  public static var empty: SetView { SetView(array: nil, count: 0) }

  /// - Parameter array: `count` numbers, ascending, without repetition.
  public init(array: UnsafePointer<UInt32>?, count: Int) {
    memory = UnsafeRawPointer(array)
    self.count = count
    firstWord = 0
    wordCount = 0
  }

  /// - Parameter count: the number of bits set.
  public init(words: UnsafePointer<UInt64>, firstWord: Int, wordCount: Int, count: Int) {
    memory = UnsafeRawPointer(words)
    self.count = count
    self.firstWord = firstWord
    self.wordCount = wordCount
  }

  /// Where the set lies; two sets of one place and count are the same as long as their owner does not change.
  public var place: UnsafeRawPointer? { memory }

  public var isEmpty: Bool { count == 0 }
  public var isBitmap: Bool { wordCount > 0 }

  @inline(__always) var array: UnsafePointer<UInt32> {
    memory.unsafelyUnwrapped.assumingMemoryBound(to: UInt32.self)
  }
  @inline(__always) var words: UnsafePointer<UInt64> {
    memory.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self)
  }
  /// The word after a bitmap's last.
  @inline(__always) var endWord: Int { firstWord + wordCount }

  /// How many numbers the array, or words the bitmap, has.
  var length: Int { isBitmap ? wordCount : count }

  /// The numbers that lie at some places of the array or in some words of the bitmap.
  func slice(_ range: Range<Int>) -> SetView {
    if !isBitmap { return SetView(array: array + range.lowerBound, count: range.count) }
    let words = words + range.lowerBound
    return SetView(
      words: words, firstWord: firstWord + range.lowerBound, wordCount: range.count,
      count: Words.count(words, range.count))
  }

  /// Whether a number is in the set: constant time in a bitmap, logarithmic in an array.
  public func contains(_ number: UInt32) -> Bool {
    if isBitmap {
      let word = Int(number >> 6) - firstWord
      return word >= 0 && word < wordCount && words[word] & (1 << UInt64(number & 63)) != 0
    }
    if count == 0 { return false }
    let index = lowerBound(number, from: 0)
    return index < count && array[index] == number
  }

  /// In an array, the index of the first number that is not below the given one, searched by doubling steps from `from`.
  @inline(__always) func lowerBound(_ number: UInt32, from: Int) -> Int {
    let array = array
    var low = from
    var step = 1
    while low + step < count && array[low + step] < number {
      low += step
      step += step
    }
    var high = Swift.min(low + step, count)
    while low < high {
      let middle = (low + high) >> 1
      if array[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The numbers of an array that are above one.
  func elements(above number: UInt32) -> SetView { isEmpty ? self : slice(count(below: Int(number) + 1)..<count) }

  /// The numbers of an array that lie in some words of a bitmap.
  func between(word first: Int, and end: Int) -> SetView {
    isEmpty ? self : slice(places(ofWords: first, and: end))
  }

  /// The places of an array's numbers that lie in some words of a bitmap; the array must not be empty.
  @inline(__always) func places(ofWords first: Int, and end: Int) -> Range<Int> {
    let start = count(below: first << 6)
    return start..<max(start, count(below: end << 6, from: start))
  }

  /// How many numbers of an array, which must not be empty, are below one, as those up to `from` are; it may be greater than all
  /// that there can be.
  @inline(__always) func count(below number: Int, from: Int = 0) -> Int {
    Int(array[count - 1]) < number ? count : lowerBound(UInt32(number), from: from)
  }

  /// The least and greatest number; the set must not be empty.
  var bounds: (least: UInt32, greatest: UInt32) {
    if !isBitmap { return (array[0], array[count - 1]) }
    var first = 0
    while words[first] == 0 { first += 1 }
    var last = wordCount - 1
    while words[last] == 0 { last -= 1 }
    return (
      UInt32((firstWord + first) << 6 + words[first].trailingZeroBitCount),
      UInt32((firstWord + last) << 6 + 63 - words[last].leadingZeroBitCount)
    )
  }

  /// The least and the greatest number where all between them are in the set.
  var interval: ClosedRange<UInt32>? {
    if isEmpty { return nil }
    let (least, greatest) = bounds
    return Int(greatest - least) == count - 1 ? least...greatest : nil
  }

  /// Calls `body` with each number, ascending, until it returns false.
  @inline(__always) @discardableResult
  public func forEachNumber(_ body: (UInt32) throws -> Bool) rethrows -> Bool {
    if !isBitmap {
      for index in 0..<count where try !body(array[index]) { return false }
      return true
    }
    for index in 0..<wordCount {
      var word = words[index]
      let base = UInt32(truncatingIfNeeded: (firstWord + index) << 6)
      while word != 0 {
        if try !body(base + UInt32(truncatingIfNeeded: word.trailingZeroBitCount)) { return false }
        word &= word &- 1
      }
    }
    return true
  }

  /// Calls `body` with each number, ascending, that lies in some words of a bitmap from 0 on.
  @inline(__always) func forEachNumber(inWords range: Range<Int>, _ body: (UInt32) -> Void) {
    if !isBitmap {
      if !isEmpty { for place in places(ofWords: range.lowerBound, and: range.upperBound) { body(array[place]) } }
      return
    }
    let first = max(firstWord, range.lowerBound)
    for index in first..<max(first, min(endWord, range.upperBound)) {
      Self.forEachBit(of: words[index - firstWord], at: index, body)
    }
  }

  /// Calls `body` with the numbers of the bits of a word, ascending, which is that of a place from 0 on.
  @inline(__always) private static func forEachBit(of word: UInt64, at place: Int, _ body: (UInt32) -> Void) {
    var word = word
    let base = UInt32(truncatingIfNeeded: place << 6)
    while word != 0 {
      body(base + UInt32(truncatingIfNeeded: word.trailingZeroBitCount))
      word &= word &- 1
    }
  }

  /// Calls `body` with numbers of this set, ascending, among them all that another set has: those that it has not are
  /// passed over where that is cheap to tell.
  @inline(__always) func forEachNumber(meeting other: SetView, _ body: (UInt32) -> Void) {
    if isBitmap && other.isBitmap { return forEachCommonBit(other, body) }
    if !other.isBitmap && other.count * (isBitmap ? 1 : 8) < count {
      other.forEachNumber {
        if contains($0) { body($0) }
        return true
      }
    } else {
      forEachNumber {
        body($0)
        return true
      }
    }
  }

  @inline(__always) private func forEachCommonBit(_ other: SetView, _ body: (UInt32) -> Void) {
    let first = max(firstWord, other.firstWord)
    for index in first..<max(first, min(endWord, other.endWord)) {
      Self.forEachBit(of: words[index - firstWord] & other.words[index - other.firstWord], at: index, body)
    }
  }

  /// The number at a cursor, which starts at 0 and is moved on, ascending; `nil` at the end.
  @inline(__always) func next(_ cursor: inout Int) -> UInt32? {
    if !isBitmap {
      if cursor == count { return nil }
      cursor += 1
      return array[cursor - 1]
    }
    var index = cursor >> 6
    if index >= wordCount { return nil }
    var word = words[index] & (~0 << UInt64(cursor & 63))
    while word == 0 {
      index += 1
      if index == wordCount {
        cursor = index << 6
        return nil
      }
      word = words[index]
    }
    let bit = index << 6 + word.trailingZeroBitCount
    cursor = bit + 1
    return UInt32(truncatingIfNeeded: firstWord << 6 + bit)
  }

  /// How many numbers are in both.
  func intersectionCount(_ other: SetView) -> Int {
    if isEmpty || other.isEmpty { return 0 }
    if isBitmap && other.isBitmap {
      let first = max(firstWord, other.firstWord)
      let end = min(endWord, other.endWord)
      if first >= end { return 0 }
      return Words.countAnd(words + (first - firstWord), other.words + (first - other.firstWord), end - first)
    }
    let (small, large) = !isBitmap && (other.isBitmap || count <= other.count) ? (self, other) : (other, self)
    if large.isBitmap { return large.countSet(small.array, small.count) }
    if small.count * Self.searchRatio < large.count { return small.countSearched(in: large) }
    return SortedNumbers.intersectionCount(small.array, small.count, large.array, large.count)
  }

  /// Whether no number is in both; this set is a bitmap.
  func isDisjoint(with other: SetView) -> Bool {
    if other.isBitmap {
      let first = max(firstWord, other.firstWord)
      return Words.areDisjoint(
        words + (first - firstWord), other.words + (first - other.firstWord),
        max(0, min(endWord, other.endWord) - first))
    }
    let numbers = other.between(word: firstWord, and: endWord)
    return (0..<numbers.count).allSatisfy { index in
      let number = numbers.array[index]
      return words[Int(number >> 6) &- firstWord] >> UInt64(number & 63) & 1 == 0
    }
  }

  /// How many times larger an array must be for the numbers of another to be searched in it, and not both walked.
  static let searchRatio = 16

  /// How many of some numbers a bitmap has.
  private func countSet(_ numbers: UnsafePointer<UInt32>, _ count: Int) -> Int {
    let words = words
    var result: UInt64 = 0
    for index in 0..<count {
      let word = Int(numbers[index] >> 6) &- firstWord
      if word >= 0 && word < wordCount { result &+= words[word] >> UInt64(numbers[index] & 63) & 1 }
    }
    return Int(result)
  }

  private func countSearched(in large: SetView) -> Int {
    let array = array
    var result = 0
    var position = 0
    for index in 0..<count {
      position = large.lowerBound(array[index], from: position)
      if position == large.count { break }
      if large.array[position] == array[index] { result += 1 }
    }
    return result
  }

  /// Whether the same numbers are in both.
  func isEqual(to other: SetView) -> Bool {
    count == other.count && forEachNumber { other.contains($0) }
  }

  /// The least number; `nil` where the set is empty.
  public var first: UInt32? { isEmpty ? nil : bounds.least }

  /// The greatest number.
  public var last: UInt32? { isEmpty ? nil : bounds.greatest }

  /// The numbers, ascending.
  public var elements: [UInt32] {
    var result: [UInt32] = []
    result.reserveCapacity(count)
    forEachNumber {
      result.append($0)
      return true
    }
    return result
  }
}
