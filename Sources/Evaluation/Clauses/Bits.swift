/// A set of small numbers, those of a body's variables or literals, below 512.
struct Bits: Hashable {
  private var words = SIMD8<UInt64>(repeating: 0)

  static let capacity = 512

  init() {}

  init(_ elements: some Sequence<Int>) { for element in elements { insert(element) } }

  var isEmpty: Bool { words == SIMD8(repeating: 0) }

  var count: Int { (0..<8).reduce(0) { $0 + words[$1].nonzeroBitCount } }

  func contains(_ element: Int) -> Bool { words[element >> 6] >> UInt64(element & 63) & 1 != 0 }

  mutating func insert(_ element: Int) { words[element >> 6] |= 1 << UInt64(element & 63) }

  mutating func remove(_ element: Int) { words[element >> 6] &= ~(1 << UInt64(element & 63)) }

  func union(_ other: Bits) -> Bits {
    var result = self
    result.words |= other.words
    return result
  }

  func intersection(_ other: Bits) -> Bits {
    var result = self
    result.words &= other.words
    return result
  }

  func subtracting(_ other: Bits) -> Bits {
    var result = self
    result.words &= ~other.words
    return result
  }

  func inserting(_ element: Int) -> Bits {
    var result = self
    result.insert(element)
    return result
  }

  func removing(_ element: Int) -> Bits {
    var result = self
    result.remove(element)
    return result
  }

  func isSubset(of other: Bits) -> Bool { subtracting(other).isEmpty }

  func isDisjoint(with other: Bits) -> Bool { intersection(other).isEmpty }

  func hash(into hasher: inout Hasher) { hasher.combine(words.wrappedSum()) }

  /// The least element.
  var first: Int? {
    var elements = makeIterator()
    return elements.next()
  }
}

extension Bits: Sequence {
  /// The elements, ascending.
  struct Iterator: IteratorProtocol {
    /// The words that were not begun yet; 0 in the place of others.
    private var words: SIMD8<UInt64>
    private var index = 0
    /// What is left of the word at `index`.
    private var word: UInt64

    fileprivate init(_ words: SIMD8<UInt64>) {
      self.words = words
      word = words[0]
      self.words[0] = 0
    }

    mutating func next() -> Int? {
      if word == 0 && !moveOn() { return nil }
      defer { word &= word &- 1 }
      return index * 64 + word.trailingZeroBitCount
    }

    /// Moves to the next word that is not empty; false where there is none, as in most bodies behind the first one.
    private mutating func moveOn() -> Bool {
      if words == SIMD8(repeating: 0) { return false }
      while word == 0 {
        index += 1
        word = words[index]
      }
      words[index] = 0
      return true
    }
  }

  func makeIterator() -> Iterator { Iterator(words) }
}
