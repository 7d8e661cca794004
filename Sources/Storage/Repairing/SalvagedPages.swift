/// The numbers of a section of which some pages are damaged. What lies in these is `nil`.
struct SalvagedPages {
  private let memory: Memory
  private let isWhole: [Bool]

  /// `nil` if there are no checksums of its pages.
  /// Throws where there is not enough memory.
  init?(_ file: SalvageFile, _ layout: SnapshotLayout, _ section: SnapshotLayout.Section) throws {
    guard section.range.upperBound <= file.count, let place = layout.pageChecksums(of: section) else { return nil }
    guard let memory = Memory(count: section.length) else { throw file.input.noMemory(section.length) }
    var isWhole: [Bool] = []
    for (number, page) in SnapshotPages.ranges(section.length).enumerated() {
      // A wrong checksum has no page that fits it, so they need not be checked themselves.
      let checksum = try file.bytes(place.lowerBound + 8 * number..<place.lowerBound + 8 * number + 8)
      let bytes = try file.bytes(section.offset + page.lowerBound..<section.offset + page.upperBound)
      guard let bytes, let checksum = checksum?.withBytes({ $0.load(as: UInt64.self) }),
        bytes.withBytes({ Checksum.of($0) }) == checksum
      else {
        isWhole.append(false)
        continue
      }
      bytes.withBytes { UnsafeMutableRawBufferPointer(rebasing: memory.bytes[page]).copyMemory(from: $0) }
      isWhole.append(true)
    }
    (self.memory, self.isWhole) = (memory, isWhole)
  }

  var byteCount: Int { memory.bytes.count }

  /// The `u32` at a place, counted in such numbers.
  func number(_ index: Int) -> UInt32? { load(index, UInt32.self) }

  /// The `u64` at a place, counted in such numbers, as a count of what the section holds.
  func size(_ index: Int) -> Int? { load(index, UInt64.self).flatMap { $0 <= byteCount ? Int($0) : nil } }

  private func load<Number: FixedWidthInteger>(_ index: Int, _: Number.Type) -> Number? {
    let size = MemoryLayout<Number>.size
    guard index >= 0, index < byteCount / size, isWhole[index * size / SnapshotPages.length] else { return nil }
    return memory.withBytes { $0.load(fromByteOffset: index * size, as: Number.self) }
  }

  /// The range that two numbers which follow one another tell, if it lies in what is left behind those before it. What is made up
  /// may tell the same range any number of times, and so what lies in it.
  func range(_ index: Int, takenOff rest: inout Range<Int>) -> Range<Int>? {
    guard let start = number(index), let next = number(index + 1), start <= next, start >= rest.lowerBound,
      next <= rest.upperBound
    else { return nil }
    rest = Int(next)..<rest.upperBound
    return Int(start)..<Int(next)
  }
}
