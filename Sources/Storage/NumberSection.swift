/// The `u32` numbers of a section, in memory of its own, with checks that run over them at the speed of memory.
struct NumberSection {
  let memory: Memory
  let name: String

  init(_ memory: Memory, name: String) {
    self.memory = memory
    self.name = name
  }

  var byteCount: Int { memory.bytes.count }

  /// The numbers from a byte on, which must be a multiple of 4; throws where they are not all there.
  func numbers(from start: Int, count: Int) throws -> UnsafeBufferPointer<UInt32> {
    guard start <= byteCount, count >= 0, count <= (byteCount - start) / 4 else { throw damage("it ends too early") }
    let bytes = UnsafeRawBufferPointer(rebasing: memory.bytes[start..<start + count * 4])
    return bytes.bindMemory(to: UInt32.self)
  }

  /// A `u64` at the section's beginning, as a count that can be one of numbers here or of terms.
  func size(at place: Int) throws -> Int {
    var reader = ByteReader(UnsafeRawBufferPointer(memory.bytes), section: name)
    _ = try reader.bytes(place * 8)
    let size = try reader.size()
    guard size < 1 << 32 else { throw damage("\(size) is too great a count") }
    return size
  }

  func damage(_ reason: String) -> Damage { Damage(section: name, reason: reason) }

  /// Throws where a number is not that of a term.
  func checkTerms(_ numbers: UnsafeBufferPointer<UInt32>, below termCount: Int) throws {
    var greatest: UInt32 = 0
    for number in numbers { greatest = max(greatest, number) }
    guard numbers.isEmpty || Int(greatest) < termCount else { throw damage("a term that there is not occurs") }
  }

  /// Throws where starts do not ascend from 0 to the count of the numbers that they divide.
  func checkStarts(_ starts: UnsafeBufferPointer<UInt32>, of count: Int) throws {
    guard starts[0] == 0, Int(starts[starts.count - 1]) == count else {
      throw damage("the rows do not span the terms")
    }
    guard Self.sum(starts, { ($1 &- $0) >> 63 }) == 0 else { throw damage("the rows are not in their order") }
  }

  /// How many rows have numbers; throws where those of a row do not ascend. The starts are checked already.
  func checkRows(_ starts: UnsafeBufferPointer<UInt32>, _ numbers: UnsafeBufferPointer<UInt32>) throws -> Int {
    let rowCount = starts.count - 1
    let filled = Self.sum(starts) { (($0 ^ $1) &+ 0xFFFF_FFFF) >> 32 }
    // Numbers may descend between the last of a row and the first of the next one only.
    var descentsBetween: UInt64 = 0
    if let starts = starts.baseAddress, let numbers = numbers.baseAddress {
      for row in 0..<rowCount where starts[row] > 0 && starts[row] != starts[row + 1] {
        let start = Int(starts[row])
        descentsBetween &+= Self.descent(UInt64(numbers[start - 1]), UInt64(numbers[start]))
      }
    }
    guard Self.sum(numbers, Self.descent) == descentsBetween else { throw damage("the terms of a row do not ascend") }
    return Int(filled)
  }

  /// Throws where numbers do not ascend.
  func checkAscent(_ numbers: UnsafeBufferPointer<UInt32>) throws {
    guard Self.sum(numbers, Self.descent) == 0 else { throw damage("the terms of a row do not ascend") }
  }

  // What is counted is the highest bit of a difference or the carry of a sum: there is no branch, which no processor could
  // foresee, and there are vector instructions for it on every machine.

  /// 1 where a number is not below the one behind it, else 0.
  @inline(__always) private static func descent(_ number: UInt64, _ next: UInt64) -> UInt64 {
    1 &- ((number &- next) >> 63)
  }

  /// The sum of what `measure` gives for each number and the one behind it.
  @inline(__always) private static func sum(
    _ numbers: UnsafeBufferPointer<UInt32>, _ measure: (UInt64, UInt64) -> UInt64
  ) -> UInt64 {
    guard let start = numbers.baseAddress, numbers.count > 1 else { return 0 }
    var sum: UInt64 = 0
    for index in 1..<numbers.count { sum &+= measure(UInt64(start[index &- 1]), UInt64(start[index])) }
    return sum
  }
}
