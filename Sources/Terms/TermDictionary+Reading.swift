/// Terms that are read from a store, block by block, when they are first looked at.
extension TermDictionary {
  #if FUZZING
    // A fuzzer's small files have several blocks too, and are read late.
    public static let blockSize = 4
    public static let slotBlockSize = 256
    private static let fewTerms = 0
  #else
    /// How many terms come from a store at once.
    public static let blockSize = 1024
    /// How many slots of the hash table come from a store at once.
    public static let slotBlockSize = 2048
    /// It takes no longer to read these than to start the program.
    private static let fewTerms = 8 * blockSize
  #endif

  /// How many blocks so many terms or slots make.
  public static func blockCount(_ count: Int, _ size: Int) -> Int { (count + size - 1) / size }

  /// The dictionary of so many terms of a store, which are read when they are first looked at: in time that does not depend
  /// on their number, but where they make few blocks, which are read at once.
  ///
  /// What can't be read, or makes no sense, is left out, and the supply told.
  public convenience init(_ count: Int, from supply: any TermSupply) {
    self.init()
    let slotCount = Self.slotCount(forTerms: count)
    // One without room would be the one that all empty arrays share, and be written to. There is room for an eighth more,
    // so that the first addition doesn't move all; what is not used takes no memory.
    kinds = Self.unread(count)
    payloads = Self.unread(count)
    arena = Self.unread(supply.textStarts.last ?? 0)
    slots = Self.unread(slotCount)
    mask = slotCount - 1
    unread = UnreadTerms(supply, terms: count, slots: slotCount)
    hasNotedAll = false
    if count <= Self.fewTerms { readAll() }
  }

  private static func unread<Element: BitwiseCopyable>(_ count: Int) -> [Element] {
    [Element](unsafeUninitializedCapacity: max(1, count + count / 8)) { $1 = count }
  }

  /// Reads all that still lies in the store, which is needed no longer then. Linear in what is left; nothing else where
  /// there is no store.
  public func readAll() {
    guard let unread else { return }
    forEachRun(of: unread.blocks) { readTerms($0, unread) }
    forEachRun(of: unread.slotBlocks) { readSlots($0, unread) }
    self.unread = nil
    // The index ends each search where it has free slots, as many as there are no terms for.
    if slots.withUnsafeBufferPointer({ Self.usedSlots($0, terms: count) }) == count { return }
    unread.supply.refuse(Self.indexFault)
    // Some index that ends each search: nobody is told what it leads to.
    slots = [UInt64](repeating: 0, count: Self.slotCount(forTerms: count))
    mask = slots.count - 1
  }

  private static var indexFault: StorageFault { StorageFault(part: .slots, reason: "they do not lead to the terms") }

  /// Blocks are read so many at a time, which the processor's own memory holds while they are checked.
  private static let mostBlocks = 32

  private func forEachRun(of isUnread: [Bool], _ body: (Range<Int>) -> Void) {
    var start = 0
    while start < isUnread.count {
      var end = start
      while end < isUnread.count && isUnread[end] && end - start < Self.mostBlocks { end += 1 }
      if end > start { body(start..<end) }
      start = max(end, start + 1)
    }
  }

  /// Reads the block of a term, unless it is there.
  @inline(never) func readTerm(_ index: Int) {
    guard let unread, index < unread.count.terms, unread.blocks[index / Self.blockSize] else { return }
    let block = index / Self.blockSize
    readTerms(block..<block + 1, unread)
  }

  /// Reads all that a search from a hash on may look at: the slots up to a free one, and the terms that have the half of
  /// the hash there.
  @inline(never) func readSearched(_ hash: UInt64) {
    guard let unread else { return }
    for step in 0..<slots.count {
      let slot = (Int(truncatingIfNeeded: hash) &+ step) & mask
      let block = slot / Self.slotBlockSize
      if unread.slotBlocks[block] { readSlots(block..<block + 1, unread) }
      let entry = slots[slot]
      if entry == 0 { return }
      if UInt32(truncatingIfNeeded: entry >> 32) == UInt32(truncatingIfNeeded: hash) {
        readTerm(Int(UInt32(truncatingIfNeeded: entry)) - 1)
      }
    }
    unread.supply.refuse(Self.indexFault)
    slots[Int(truncatingIfNeeded: hash) & mask] = 0
  }

  private func readTerms(_ blocks: Range<Int>, _ unread: UnreadTerms) {
    let range = unread.terms(of: blocks)
    let starts = unread.supply.textStarts
    let textRange = starts[blocks.lowerBound]..<starts[blocks.upperBound]
    kinds.withUnsafeMutableBufferPointer { kinds in
      kinds.withMemoryRebound(to: UInt8.self) { kinds in
        payloads.withUnsafeMutableBufferPointer { payloads in
          arena.withUnsafeMutableBufferPointer { texts in
            let kinds = UnsafeMutableBufferPointer(rebasing: kinds[range])
            let payloads = UnsafeMutableBufferPointer(rebasing: payloads[range])
            let texts = UnsafeMutableBufferPointer(rebasing: texts[textRange])
            let isRead = unread.supply.readTerms(blocks, kinds: kinds, payloads: payloads, texts: texts)
            if !isRead || !Self.isSound(blocks, kinds, payloads, texts, unread) {
              kinds.update(repeating: Kind.name.rawValue)
              payloads.update(repeating: 0)
            }
          }
        }
      }
    }
    for block in blocks { unread.blocks[block] = false }
  }

  /// Whether blocks of terms make sense; else the supply is told.
  private static func isSound(
    _ blocks: Range<Int>, _ kinds: UnsafeMutableBufferPointer<UInt8>, _ payloads: UnsafeMutableBufferPointer<UInt64>,
    _ texts: UnsafeMutableBufferPointer<UInt8>, _ unread: UnreadTerms
  ) -> Bool {
    do throws(StorageFault) {
      let start = unread.terms(of: blocks).lowerBound
      try checkKinds(UnsafeBufferPointer(kinds), from: start)
      try UnsafeBufferPointer(kinds).withMemoryRebound(to: Kind.self) { kinds throws(StorageFault) in
        try checkPayloads(
          UnsafeBufferPointer(payloads), UnsafeBufferPointer(texts), kinds, from: start,
          textStart: unread.supply.textStarts[blocks.lowerBound])
      }
      return true
    } catch {
      unread.supply.refuse(error)
      return false
    }
  }

  private func readSlots(_ blocks: Range<Int>, _ unread: UnreadTerms) {
    let range = unread.slots(of: blocks)
    slots.withUnsafeMutableBufferPointer { slots in
      let slots = UnsafeMutableBufferPointer(rebasing: slots[range])
      if !unread.supply.readSlots(blocks, into: slots) {
        slots.update(repeating: 0)
      } else if Self.usedSlots(UnsafeBufferPointer(slots), terms: unread.count.terms) == nil {
        unread.supply.refuse(Self.indexFault)
        slots.update(repeating: 0)
      }
    }
    for block in blocks { unread.slotBlocks[block] = false }
  }
}
