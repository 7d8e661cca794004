/// The distinct words of many names, each with a number.
struct WordTable {
  private var arena: [UInt8] = []
  /// Where each word begins in the arena, and at the end where the last one ends.
  private var starts: [Int] = [0]
  /// A word's number + 1, or 0 where the slot is free.
  private var slots = [UInt32](repeating: 0, count: 1024)

  var count: Int { starts.count - 1 }

  func bytes(_ word: Int) -> ArraySlice<UInt8> { arena[starts[word]..<starts[word + 1]] }

  func text(_ word: Int) -> String { String(decoding: bytes(word), as: UTF8.self) }

  /// The number of a word, new where it was not known.
  mutating func intern(_ word: some Collection<UInt8>) -> UInt32 {
    var slot = Self.hash(word) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot] - 1)
      if starts[number + 1] - starts[number] == word.count && bytes(number).elementsEqual(word) {
        return slots[slot] - 1
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    arena.append(contentsOf: word)
    starts.append(arena.count)
    slots[slot] = UInt32(count)
    let number = UInt32(count - 1)
    if count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 4)
    for number in 0..<count {
      var slot = Self.hash(bytes(number)) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }

  private static func hash(_ word: some Collection<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return Int(truncatingIfNeeded: (hash ^ (hash >> 32)) >> 1)
  }

  /// The numbers of the words in the order of their bytes.
  var sorted: [UInt32] {
    // By the first eight bytes as a number, and only where they are equal by the rest.
    let keys = (0..<count).map { word -> UInt64 in
      let bytes = bytes(word)
      return (0..<8).reduce(0) { $0 << 8 | ($1 < bytes.count ? UInt64(bytes[bytes.startIndex + $1]) : 0) }
    }
    return (0..<UInt32(count)).sorted { left, right in
      let (first, second) = (keys[Int(left)], keys[Int(right)])
      return first != second ? first < second : bytes(Int(left)).lexicographicallyPrecedes(bytes(Int(right)))
    }
  }
}
