import Terms

/// The halves of hashes that the index of a snapshot's terms holds, by which a term in a damaged block can be told to be as it
/// was written. One that is not would pass once in 2^32 times.
struct TermHashes {
  /// By the numbers of the terms; 0 where it is not known.
  private var hashes: [UInt32]

  init(_ file: SalvageFile, _ layout: SnapshotLayout, termCount: Int) throws {
    hashes = [UInt32](repeating: 0, count: termCount)
    // The slots of version 1 have no hashes.
    guard layout.version > 1 else { return }
    let section = layout.section(.termSlots)
    let isWhole = try file.isWhole(section)
    let checksums = isWhole ? [] : try Self.checksums(file, layout)
    let size = 8 * TermDictionary.slotBlockSize
    for (number, start) in stride(from: 0, to: min(section.length, file.count), by: size).enumerated() {
      let end = min(section.length, start + size) & ~7
      guard isWhole || number < checksums.count, start < end,
        let slots = try file.bytes(section.offset + start..<section.offset + end),
        isWhole || slots.withBytes({ Checksum.of($0) }) == checksums[number]
      else { continue }
      slots.withNumbers(UInt64.self, count: (end - start) / 8) { note($0) }
    }
  }

  func hash(of term: Int) -> UInt32? { hashes[term] == 0 ? nil : hashes[term] }

  private mutating func note(_ slots: UnsafeBufferPointer<UInt64>) {
    for slot in slots {
      let number = Int(UInt32(truncatingIfNeeded: slot))
      if number > 0 && number <= hashes.count { hashes[number - 1] = UInt32(truncatingIfNeeded: slot >> 32) }
    }
  }

  /// The checksums of the blocks of slots, which lie behind those of the blocks of terms.
  private static func checksums(_ file: SalvageFile, _ layout: SnapshotLayout) throws -> [UInt64] {
    guard layout.version > 2, let memory = try file.bytes(layout.section(.termBlocks).range) else { return [] }
    let start = 32 * TermDictionary.blockCount(layout.section(.termKinds).length, TermDictionary.blockSize)
    guard start <= memory.bytes.count else { return [] }
    return memory.withNumbers(UInt64.self, from: start, count: (memory.bytes.count - start) / 8) { Array($0) }
  }
}
