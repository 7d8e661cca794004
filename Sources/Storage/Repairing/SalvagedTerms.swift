import Terms

/// The terms of a snapshot that can be read, block by block, as terms of another graph.
///
/// A part of a block is whole if it has the checksum in the section of blocks, or if its whole section has its own. In a damaged
/// block the terms are kept that have the hash in the index, and where only its texts are damaged, its numbers and dates.
struct SalvagedTerms {
  /// How many terms there were, as far as is known.
  let count: Int
  /// The new numbers of the terms by the old ones.
  private var numbers: [UInt32] = []
  private(set) var lost = 0
  /// How many of them the file can have, as long as it is.
  private let present: Int
  private var hashes: TermHashes?
  /// How many bytes of texts may be read yet. In what was made up, each term may claim all of them: that takes time and memory, of
  /// which there is an end.
  private var textBudget: Int

  private static let unknown = UInt32.max

  private let file: SalvageFile
  private let layout: SnapshotLayout

  /// The checksums that the section of blocks holds of a block.
  private struct Block {
    var kinds: UInt64
    var payloads: UInt64
    var texts: UInt64
  }

  /// Whether all bytes of a section are as they were written.
  private struct Wholes {
    var kinds: Bool
    var payloads: Bool
    var texts: Bool
  }

  /// Reads the terms, and adds those that can be read to a graph's.
  init(_ file: SalvageFile, _ layout: SnapshotLayout, into terms: TermDictionary) throws {
    self.file = file
    self.layout = layout
    textBudget = 16 * file.count
    let (kinds, payloads) = (layout.section(.termKinds), layout.section(.termPayloads))
    let wholes = Wholes(
      kinds: try file.isWhole(kinds), payloads: try file.isWhole(payloads),
      texts: try file.isWhole(layout.section(.texts)))
    // A section that is not whole may only be damaged in its entry of the table, with its length.
    count = min(wholes.kinds || !wholes.payloads ? kinds.length : payloads.length / 8, Self.mostTerms)
    // Of a file that was cut short those behind the end are lost, however many there are said to be.
    present = min(count, max(0, file.count - kinds.offset))
    lost = count - present
    numbers.reserveCapacity(present)
    let blocks = try blocks(present)
    for start in stride(from: 0, to: present, by: TermDictionary.blockSize) {
      let range = start..<min(present, start + TermDictionary.blockSize)
      let number = start / TermDictionary.blockSize
      try read(range, number < blocks.count ? blocks[number] : nil, wholes, into: terms)
    }
  }

  /// The new number of a term; `nil` if it can't be read.
  func number(_ old: UInt32) -> UInt32? {
    guard old < numbers.count, numbers[Int(old)] != Self.unknown else { return nil }
    return numbers[Int(old)]
  }

  private static let mostTerms = 1 << 31 - 1

  private func blocks(_ termCount: Int) throws -> [Block] {
    guard layout.version > 2, let memory = try file.bytes(layout.section(.termBlocks).range) else { return [] }
    let count = min(TermDictionary.blockCount(termCount, TermDictionary.blockSize), memory.bytes.count / 32)
    return memory.withNumbers(UInt64.self, count: count * 4) { numbers in
      (0..<count).map { block in
        Block(kinds: numbers[4 * block + 1], payloads: numbers[4 * block + 2], texts: numbers[4 * block + 3])
      }
    }
  }

  /// Adds the terms of a block.
  private mutating func read(
    _ range: Range<Int>, _ block: Block?, _ wholes: Wholes, into terms: TermDictionary
  ) throws {
    for value in try values(range, block, wholes) {
      numbers.append(value.map { terms.intern($0).number } ?? Self.unknown)
      if value == nil { lost += 1 }
    }
  }

  private mutating func values(_ range: Range<Int>, _ block: Block?, _ wholes: Wholes) throws -> [Value?] {
    guard let kinds = try part(.termKinds, range, 1, block?.kinds, wholes.kinds),
      let payloads = try part(.termPayloads, range, 8, block?.payloads, wholes.payloads)
    else { return try range.map { try hashedValue($0) } }
    let source = TermBlock(
      kinds: kinds.array, payloads: payloads.withNumbers(UInt64.self, count: range.count) { Array($0) })
    let texts = try texts(source.textStart ?? 0, source.textLength, block, wholes.texts)
    let values = source.values(texts?.array)
    return texts != nil ? values : try zip(range, values).map { try $1 ?? hashedValue($0) }
  }

  /// The value of a term in a damaged block; `nil` if it has not the hash in the index.
  private mutating func hashedValue(_ term: Int) throws -> Value? {
    if hashes == nil { hashes = try TermHashes(file, layout, termCount: present) }
    guard let hash = hashes?.hash(of: term),
      let kind = try file.bytes(at(.termKinds, term, 1))?.array.first,
      let payload = try file.bytes(at(.termPayloads, term, 8))?.withBytes({ $0.load(as: UInt64.self) })
    else { return nil }
    var text: [UInt8] = []
    if TermBlock.isText(kind) {
      let section = layout.section(.texts)
      let start = section.offset + Int(payload >> 28)
      let range = start..<start + TermBlock.length(payload)
      guard range.upperBound <= section.range.upperBound, let bytes = try textBytes(range) else { return nil }
      text = bytes.array
    }
    return TermBlock.value(kind, payload, text: text, hash: hash)
  }

  private func at(_ kind: SnapshotLayout.Kind, _ term: Int, _ size: Int) -> Range<Int> {
    let start = layout.section(kind).offset + term * size
    return start..<start + size
  }

  /// The bytes of some terms in a section; `nil` if they are damaged.
  private func part(
    _ kind: SnapshotLayout.Kind, _ range: Range<Int>, _ size: Int, _ checksum: UInt64?, _ isWhole: Bool
  ) throws -> Memory? {
    let start = layout.section(kind).offset
    guard let memory = try file.bytes(start + range.lowerBound * size..<start + range.upperBound * size) else {
      return nil
    }
    return isWhole || memory.withBytes { Checksum.of($0) } == checksum ? memory : nil
  }

  private mutating func texts(_ start: Int, _ length: Int, _ block: Block?, _ isWhole: Bool) throws -> Memory? {
    let section = layout.section(.texts)
    guard start >= 0, start <= file.count, length <= file.count,
      let memory = try textBytes(section.offset + start..<section.offset + start + length)
    else { return nil }
    if isWhole && start + length <= section.length { return memory }
    return memory.withBytes { Checksum.of($0) } == block?.texts ? memory : nil
  }

  private mutating func textBytes(_ range: Range<Int>) throws -> Memory? {
    guard range.count <= textBudget else { return nil }
    textBudget -= range.count
    return try file.bytes(range)
  }
}
