/// Where the terms of a dictionary come from when they are first asked for, such as a file.
///
/// Terms come in blocks of ``TermDictionary/blockSize`` by their numbers, and the slots of the hash table in blocks of
/// ``TermDictionary/slotBlockSize``; the last block of each may be shorter. ``TermDictionary/Storage`` tells what they are.
public protocol TermSupply: AnyObject {
  /// Where the texts of each block of terms begin, and behind the last one, how many bytes all texts have. They ascend from 0.
  var textStarts: [Int] { get }

  /// Puts blocks of terms into memory for just them. What is read must be what was stored, but need not make sense; false
  /// where it cannot be read, which the supply tells elsewhere.
  func readTerms(
    _ blocks: Range<Int>, kinds: UnsafeMutableBufferPointer<UInt8>, payloads: UnsafeMutableBufferPointer<UInt64>,
    texts: UnsafeMutableBufferPointer<UInt8>
  ) -> Bool

  /// Puts blocks of slots into memory for just them; as ``readTerms(_:kinds:payloads:texts:)`` else.
  func readSlots(_ blocks: Range<Int>, into slots: UnsafeMutableBufferPointer<UInt64>) -> Bool

  /// Is told that what was read makes no sense.
  func refuse(_ fault: TermDictionary.StorageFault)
}

/// What of a dictionary's memory still lies in a store.
final class UnreadTerms {
  let supply: any TermSupply
  /// The numbers of terms and slots that are stored.
  let count: (terms: Int, slots: Int)
  /// Whether each block is still to be read.
  var blocks: [Bool]
  var slotBlocks: [Bool]

  init(_ supply: any TermSupply, terms: Int, slots: Int) {
    self.supply = supply
    count = (terms, slots)
    blocks = Array(repeating: true, count: TermDictionary.blockCount(terms, TermDictionary.blockSize))
    slotBlocks = Array(repeating: true, count: TermDictionary.blockCount(slots, TermDictionary.slotBlockSize))
  }

  /// The numbers of the terms of blocks.
  func terms(of blocks: Range<Int>) -> Range<Int> { Self.numbers(of: blocks, TermDictionary.blockSize, count.terms) }

  func slots(of blocks: Range<Int>) -> Range<Int> {
    Self.numbers(of: blocks, TermDictionary.slotBlockSize, count.slots)
  }

  private static func numbers(of blocks: Range<Int>, _ size: Int, _ count: Int) -> Range<Int> {
    blocks.lowerBound * size..<min(count, blocks.upperBound * size)
  }
}
