/// The distinct words of many names, each with a number.
struct WordTable {
  private var arena: [UInt8] = []
  /// Where each word begins in the arena, and at the end where the last one ends.
  private var starts: [Int] = [0]
  /// The lower half of a word's hash above its number + 1, or 0 where the slot is free.
  private var slots = [UInt64](repeating: 0, count: 1024)

  var count: Int { starts.count - 1 }

  func text(_ word: Int) -> String { String(decoding: arena[starts[word]..<starts[word + 1]], as: UTF8.self) }

  /// Gives the bytes of a word to a function.
  func withBytes<Result>(of word: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    arena.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[starts[word]..<starts[word + 1]])) }
  }

  /// The number of a word, new where it was not known.
  mutating func intern(_ word: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let hash = Self.hash(word)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = UInt32(truncatingIfNeeded: slots[slot]) - 1
      if slots[slot] >> 32 == hash && withBytes(of: Int(number), { $0.elementsEqual(word) }) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    arena.append(contentsOf: word)
    starts.append(arena.count)
    slots[slot] = hash << 32 | UInt64(count)
    if count * 2 > slots.count { grow() }
    return UInt32(count - 1)
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 4)
    for entry in old where entry != 0 {
      var slot = Int(entry >> 32) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }

  /// 32 bits, as many as a slot has room for.
  private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return (hash ^ (hash >> 29)) & 0xFFFF_FFFF
  }

  /// The words in the order of their bytes, with the old number of each.
  func sorted() -> (table: WordTable, order: [UInt32]) {
    // By the first eight bytes as a number, and only where they are equal by the rest.
    var keyed = (0..<count).map { word in
      (key: withBytes(of: word) { Self.key($0) }, word: UInt32(word))
    }
    keyed.sort { left, right in
      if left.key != right.key { return left.key < right.key }
      return withBytes(of: Int(left.word)) { left in
        withBytes(of: Int(right.word)) { left.lexicographicallyPrecedes($0) }
      }
    }
    var sorted = WordTable()
    sorted.arena.reserveCapacity(arena.count)
    sorted.starts.reserveCapacity(starts.count)
    sorted.slots = []
    for entry in keyed {
      withBytes(of: Int(entry.word)) { sorted.arena.append(contentsOf: $0) }
      sorted.starts.append(sorted.arena.count)
    }
    return (sorted, keyed.map(\.word))
  }

  private static func key(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    (0..<8).reduce(0) { $0 << 8 | ($1 < bytes.count ? UInt64(bytes[$1]) : 0) }
  }

  /// In a sorted table, the words that begin with some bytes.
  func words(beginningWith bytes: [UInt8]) -> Range<Int> {
    bytes.withUnsafeBufferPointer { bytes in
      let lower = partition { $0.lexicographicallyPrecedes(bytes) }
      return lower..<partition { $0.lexicographicallyPrecedes(bytes) || $0.starts(with: bytes) }
    }
  }

  private func partition(_ isBefore: (UnsafeBufferPointer<UInt8>) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if withBytes(of: middle, isBefore) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
