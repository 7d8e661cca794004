/// Blocks of memory that rows share which are made in bulk.
struct RowBlocks {
  private var blocks: [UnsafeMutableRawPointer] = []
  private var free: UnsafeMutableRawPointer?
  private var freeBytes = 0
  /// The memory that they have taken.
  private(set) var byteCount = 0

  /// A copy of a set, in the shape of its density.
  mutating func copy(_ set: SetView) -> RowStorage {
    let (least, greatest) = set.bounds
    let words = Int(least >> 6)..<Int(greatest >> 6) + 1
    guard SetShape.isDense(set.count, words: words.count) else {
      let numbers = allocate(set.count * 4).assumingMemoryBound(to: UInt32.self)
      set.write(to: numbers)
      return RowStorage(array: numbers, count: set.count)
    }
    let memory = allocate(words.count * 8).assumingMemoryBound(to: UInt64.self)
    if set.isBitmap {
      memory.update(from: set.words + (words.lowerBound - set.firstWord), count: words.count)
    } else {
      memory.update(repeating: 0, count: words.count)
      for place in 0..<set.count {
        memory[Int(set.array[place] >> 6) - words.lowerBound] |= 1 << UInt64(set.array[place] & 63)
      }
    }
    return RowStorage(words: memory, words, count: set.count)
  }

  private mutating func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
    let bytes = (bytes + 7) & ~7
    if bytes > freeBytes {
      let size = max(bytes, min(1 << 20, max(4096, blocks.count * 65536)))
      let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
      blocks.append(block)
      byteCount += size
      if bytes == size { return block }
      free = block
      freeBytes = size
    }
    guard let start = free else { fatalError("internal error: RowBlocks.allocate has no block") }
    free = start + bytes
    freeBytes -= bytes
    return start
  }

  /// Takes the blocks of others, which have none then.
  mutating func absorb(_ other: inout RowBlocks) {
    blocks += other.blocks
    byteCount += other.byteCount
    other = RowBlocks()
  }

  mutating func deallocate() {
    for block in blocks { block.deallocate() }
    self = RowBlocks()
  }
}
