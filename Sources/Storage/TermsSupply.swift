import Terms

/// Reads the terms of a snapshot block by block when they are first asked for, and compares the checksums of each block.
final class TermsSupply: TermSupply {
  let textStarts: [Int]
  private let reader: SnapshotReader
  private let supply: SnapshotSupply
  /// Four numbers for each block of terms: where its texts begin, and the checksums of its kinds, values and texts.
  private let blocks: ArraySlice<UInt64>
  private let slotChecksums: [UInt64]

  /// The section of blocks is read; it is consistent with the lengths of those that it is about.
  init(_ reader: SnapshotReader, _ supply: SnapshotSupply) throws {
    self.reader = reader
    self.supply = supply
    let layout = reader.layout
    func check(_ kind: SnapshotLayout.Kind, _ length: Int) throws {
      let actual = layout.section(kind).length
      guard actual == length else {
        throw Self.damage(kind, "it has \(actual) bytes in place of \(length) for \(layout.termCount) terms")
      }
    }
    guard layout.termCount < 1 << 31 else { throw Self.damage(.termKinds, "there are \(layout.termCount)") }
    let slotCount = TermDictionary.slotCount(forTerms: layout.termCount)
    let blockCount = TermDictionary.blockCount(layout.termCount, TermDictionary.blockSize)
    try check(.termPayloads, 8 * layout.termCount)
    try check(.termSlots, 8 * slotCount)
    try check(
      .termBlocks, 32 * blockCount + 8 * TermDictionary.blockCount(slotCount, TermDictionary.slotBlockSize))
    let numbers = try reader.numbers(.termBlocks, UInt64.self)
    blocks = numbers[..<(4 * blockCount)]
    slotChecksums = Array(numbers[(4 * blockCount)...])
    let ends = stride(from: 4, to: blocks.count, by: 4).map { Int(truncatingIfNeeded: numbers[$0]) }
    textStarts = [0] + (blockCount == 0 ? [] : ends + [layout.section(.texts).length])
    guard blocks.first ?? 0 == 0, zip(textStarts, textStarts.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw Self.damage(.termBlocks, "the texts do not begin one behind the other")
    }
    guard textStarts.last == layout.section(.texts).length else {
      throw Self.damage(.texts, "they belong to no term")
    }
  }

  func readTerms(
    _ blocks: Range<Int>, kinds: UnsafeMutableBufferPointer<UInt8>, payloads: UnsafeMutableBufferPointer<UInt64>,
    texts: UnsafeMutableBufferPointer<UInt8>
  ) -> Bool {
    let size = TermDictionary.blockSize
    let ends = { (block: Int) in self.textStarts[block] - self.textStarts[blocks.lowerBound] }
    return supply.succeeds {
      try read(.termKinds, blocks, size, kinds) { self.blocks[4 * $0 + 1] }
      try read(.termPayloads, blocks, size, payloads) { self.blocks[4 * $0 + 2] }
      try read(.texts, from: textStarts[blocks.lowerBound], texts)
      for block in blocks {
        try compare(.texts, texts[ends(block)..<ends(block + 1)], self.blocks[4 * block + 3])
      }
    }
  }

  func readSlots(_ blocks: Range<Int>, into slots: UnsafeMutableBufferPointer<UInt64>) -> Bool {
    supply.succeeds {
      try read(.termSlots, blocks, TermDictionary.slotBlockSize, slots) { slotChecksums[$0] }
    }
  }

  func refuse(_ fault: TermDictionary.StorageFault) { supply.refuse(Self.damage(fault)) }

  static func damage(_ fault: TermDictionary.StorageFault) -> Damage {
    let kind: SnapshotLayout.Kind =
      switch fault.part {
      case .kinds: .termKinds
      case .payloads: .termPayloads
      case .texts: .texts
      case .slots: .termSlots
      }
    return damage(kind, fault.reason)
  }

  /// Reads blocks of `size` numbers and compares the checksum of each.
  private func read<Number>(
    _ kind: SnapshotLayout.Kind, _ blocks: Range<Int>, _ size: Int, _ numbers: UnsafeMutableBufferPointer<Number>,
    _ checksum: (Int) -> UInt64
  ) throws {
    try read(kind, from: blocks.lowerBound * size, numbers)
    for block in blocks {
      let start = (block - blocks.lowerBound) * size
      try compare(kind, numbers[start..<min(numbers.count, start + size)], checksum(block))
    }
  }

  /// Reads numbers from a place of a section on.
  private func read<Number>(
    _ kind: SnapshotLayout.Kind, from index: Int, _ numbers: UnsafeMutableBufferPointer<Number>
  ) throws {
    let bytes = UnsafeMutableRawBufferPointer(numbers)
    let start = reader.layout.section(kind).offset + index * MemoryLayout<Number>.stride
    try reader.file.read(start..<start + bytes.count, into: bytes)
  }

  private func compare<Number>(
    _ kind: SnapshotLayout.Kind, _ numbers: Slice<UnsafeMutableBufferPointer<Number>>, _ checksum: UInt64
  ) throws {
    guard Checksum.of(UnsafeRawBufferPointer(UnsafeMutableBufferPointer(rebasing: numbers))) == checksum else {
      throw Self.damage(kind, "the checksum differs")
    }
  }

  private static func damage(_ kind: SnapshotLayout.Kind, _ reason: String) -> Damage {
    Damage(section: SnapshotReader.name(kind), reason: reason)
  }
}
