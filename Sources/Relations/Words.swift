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

  static func count(_ words: UnsafePointer<UInt64>, _ count: Int) -> Int {
    var result = 0
    for index in 0..<count { result &+= words[index].nonzeroBitCount }
    return result
  }
}
