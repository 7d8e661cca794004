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
    var descents = 0
    for index in 1..<starts.count { descents &+= starts[index - 1] > starts[index] ? 1 : 0 }
    guard descents == 0 else { throw damage("the rows are not in their order") }
  }

  /// How many rows have numbers; throws where those of a row do not ascend. The starts are checked already.
  func checkRows(_ starts: UnsafeBufferPointer<UInt32>, _ numbers: UnsafeBufferPointer<UInt32>) throws -> Int {
    var filled = 0
    var descentsBetween = 0
    for index in 1..<starts.count {
      let start = Int(starts[index - 1])
      if start == Int(starts[index]) { continue }
      filled += 1
      if start > 0, numbers[start - 1] >= numbers[start] { descentsBetween += 1 }
    }
    guard Self.descents(numbers) == descentsBetween else { throw damage("the terms of a row do not ascend") }
    return filled
  }

  /// Throws where numbers do not ascend.
  func checkAscent(_ numbers: UnsafeBufferPointer<UInt32>) throws {
    guard Self.descents(numbers) == 0 else { throw damage("the terms of a row do not ascend") }
  }

  /// How many numbers are not above the one before them.
  private static func descents(_ numbers: UnsafeBufferPointer<UInt32>) -> Int {
    guard numbers.count > 1 else { return 0 }
    var descents: UInt32 = 0
    for index in 1..<numbers.count { descents &+= numbers[index - 1] >= numbers[index] ? 1 : 0 }
    return Int(descents)
  }
}
