/// Set algebra on the words of bitmaps. Loops are plain so that the compiler turns them into vector instructions.
enum Words {
  static func or(_ target: UnsafeMutablePointer<UInt64>, _ other: UnsafePointer<UInt64>, _ count: Int) {
    for index in 0..<count { target[index] |= other[index] }
  }

  static func and(
    _ target: UnsafeMutablePointer<UInt64>, _ left: UnsafePointer<UInt64>, _ right: UnsafePointer<UInt64>, _ count: Int
  ) {
    for index in 0..<count { target[index] = left[index] & right[index] }
  }

  static func andNot(_ target: UnsafeMutablePointer<UInt64>, _ other: UnsafePointer<UInt64>, _ count: Int) {
    for index in 0..<count { target[index] &= ~other[index] }
  }

  /// Whether no bit is in both; asked for some words at once, so that what is apart is gone through without a branch for each.
  static func areDisjoint(_ left: UnsafePointer<UInt64>, _ right: UnsafePointer<UInt64>, _ count: Int) -> Bool {
    var start = 0
    while start < count {
      var common: UInt64 = 0
      let end = min(start + 8, count)
      for index in start..<end { common |= left[index] & right[index] }
      if common != 0 { return false }
      start = end
    }
    return true
  }

  static func count(_ words: UnsafePointer<UInt64>, _ count: Int) -> Int {
    var result = 0
    for index in 0..<count { result &+= words[index].nonzeroBitCount }
    return result
  }

  /// Adds a bitmap without another one, which is given by the words that it spans; returns how many bits were new.
  /// - Parameter target: where the first word of the set goes.
  static func orNew(_ target: UnsafeMutablePointer<UInt64>, _ set: SetView, without known: SetView) -> Int {
    let words = set.words
    let start = min(max(known.firstWord - set.firstWord, 0), set.wordCount)
    let end = known.isEmpty ? start : max(start, min(known.endWord - set.firstWord, set.wordCount))
    var new = orNew(target, words, start)
    new += orNew(target + end, words + end, set.wordCount - end)
    guard start < end else { return new }
    let others = known.words + (set.firstWord - known.firstWord)
    for index in start..<end {
      let added = words[index] & ~others[index] & ~target[index]
      target[index] |= added
      new &+= added.nonzeroBitCount
    }
    return new
  }

  private static func orNew(
    _ target: UnsafeMutablePointer<UInt64>, _ words: UnsafePointer<UInt64>, _ count: Int
  ) -> Int {
    var new = 0
    for index in 0..<count {
      let added = words[index] & ~target[index]
      target[index] |= added
      new &+= added.nonzeroBitCount
    }
    return new
  }

  /// Turns 64 words round as a matrix of bits: the bit k of the word j becomes the bit j of the word k. By halves of halves,
  /// as in Warren, "Hacker's Delight", 7-3.
  static func turn(_ words: UnsafeMutablePointer<UInt64>) {
    var width = 32
    var mask: UInt64 = 0xffff_ffff
    while width > 0 {
      for start in stride(from: 0, to: 64, by: 2 * width) {
        for index in start..<start + width {
          let swapped = (words[index] >> UInt64(width) ^ words[index + width]) & mask
          words[index] ^= swapped << UInt64(width)
          words[index + width] ^= swapped
        }
      }
      width /= 2
      mask ^= mask << UInt64(width)
    }
  }

  static func countAnd(_ left: UnsafePointer<UInt64>, _ right: UnsafePointer<UInt64>, _ count: Int) -> Int {
    var result = 0
    for index in 0..<count { result &+= (left[index] & right[index]).nonzeroBitCount }
    return result
  }

  /// Sets the bits of numbers, of which `first` is the first word's; returns how many were not set before.
  static func insert(
    _ numbers: UnsafePointer<UInt32>, _ count: Int, into words: UnsafeMutablePointer<UInt64>, first: Int
  ) -> Int {
    count - change(numbers, count, in: words, first: first) { old, bit in old | bit }
  }

  /// Clears the bits of numbers, each of which comes once; returns how many were set before.
  static func remove(
    _ numbers: UnsafePointer<UInt32>, _ count: Int, from words: UnsafeMutablePointer<UInt64>, first: Int
  ) -> Int {
    change(numbers, count, in: words, first: first) { old, bit in old & ~bit }
  }

  /// Changes the words of numbers by their bits; returns how many of the bits were set before.
  @inline(__always) private static func change(
    _ numbers: UnsafePointer<UInt32>, _ count: Int, in words: UnsafeMutablePointer<UInt64>, first: Int,
    _ change: (_ old: UInt64, _ bit: UInt64) -> UInt64
  ) -> Int {
    var known: UInt64 = 0
    for index in 0..<count {
      let number = numbers[index]
      let bit = UInt64(number & 63)
      let word = Int(number >> 6) &- first
      let old = words[word]
      known &+= old >> bit & 1
      words[word] = change(old, 1 << bit)
    }
    return Int(known)
  }
}
