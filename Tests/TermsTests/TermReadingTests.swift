import Testing

@testable import Terms

/// Terms come from a store block by block when they are first looked at.
@Suite struct TermReadingTests {
  /// A store in memory that keeps which blocks it was asked for.
  private final class Store: TermSupply {
    var kinds: [UInt8] = []
    var payloads: [UInt64] = []
    var texts: [UInt8] = []
    var slots: [UInt64] = []
    var textStarts: [Int] = []
    var isBroken = false
    var blocksRead: [Int] = []
    var slotBlocksRead: [Int] = []
    var faults: [String] = []

    init(_ terms: TermDictionary) {
      terms.withStorage { storage in
        kinds = Array(storage.kinds)
        payloads = Array(storage.payloads)
        texts = Array(storage.texts)
        slots = Array(storage.slots)
        textStarts = [0]
        for start in stride(from: 0, to: kinds.count, by: TermDictionary.blockSize) {
          let terms = start..<min(kinds.count, start + TermDictionary.blockSize)
          textStarts.append(storage.textEnd(of: terms, from: textStarts.last ?? 0))
        }
      }
    }

    func readTerms(
      _ blocks: Range<Int>, kinds: UnsafeMutableBufferPointer<UInt8>, payloads: UnsafeMutableBufferPointer<UInt64>,
      texts: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
      blocksRead += blocks
      let start = blocks.lowerBound * TermDictionary.blockSize
      _ = kinds.update(fromContentsOf: self.kinds[start..<start + kinds.count])
      _ = payloads.update(fromContentsOf: self.payloads[start..<start + payloads.count])
      let texts = UnsafeMutableBufferPointer(rebasing: texts[...])
      _ = texts.update(fromContentsOf: self.texts[textStarts[blocks.lowerBound]..<textStarts[blocks.upperBound]])
      return !isBroken
    }

    func readSlots(_ blocks: Range<Int>, into slots: UnsafeMutableBufferPointer<UInt64>) -> Bool {
      slotBlocksRead += blocks
      let start = blocks.lowerBound * TermDictionary.slotBlockSize
      _ = slots.update(fromContentsOf: self.slots[start..<start + slots.count])
      return !isBroken
    }

    func refuse(_ fault: TermDictionary.StorageFault) { faults.append("\(fault.part): \(fault.reason)") }
  }

  private static let count = 20_000

  private func store() -> Store {
    let terms = TermDictionary()
    for index in 0..<Self.count { _ = terms.intern(sampleValue(index)) }
    return Store(terms)
  }

  private func dictionary(_ store: Store) -> TermDictionary { TermDictionary(store.kinds.count, from: store) }

  @Test("nothing is read before a term is looked at, and then its block")
  func oneBlock() {
    let store = store()
    let terms = dictionary(store)
    #expect(terms.count == Self.count)
    #expect(store.blocksRead == [])
    #expect(terms.value(Term(5121)) == .string("Klaipėda 5121"))
    #expect(terms.value(Term(6140)) == .name("entity_6140"))
    #expect(store.blocksRead == [5])
    #expect(store.slotBlocksRead == [])
  }

  @Test("a value is found by some slots and the block of its term")
  func finding() {
    let store = store()
    let terms = dictionary(store)
    #expect(terms.find(.name("entity_12000")) == Term(12000))
    #expect(store.blocksRead == [11])
    #expect(store.slotBlocksRead.count == 1)
    #expect(terms.find(.name("nobody")) == nil)
  }

  @Test("every value is found, and none that is not there")
  func findingAll() {
    let terms = dictionary(store())
    for index in (0..<Self.count).reversed() where terms.find(sampleValue(index)) != Term(UInt32(index)) {
      Issue.record("\(sampleValue(index)) is not found")
    }
    #expect(terms.find(.integer(1)) == nil)
  }

  @Test("new terms are numbered behind those of the store, whether these were read or not")
  func interning() {
    let store = store()
    let terms = dictionary(store)
    #expect(terms.intern(.name("new")) == Term(20_000))
    #expect(terms.intern(sampleValue(7)) == Term(7))
    #expect(terms.intern(.name("new")) == Term(20_000))
    #expect(terms.value(Term(20_000)) == .name("new"))
    #expect(store.blocksRead.count < 3)
    #expect(terms.checkInvariants() == nil)
    #expect(terms.value(Term(19_999)) == .decimal(19_999.5))
  }

  @Test("a dictionary that grows beyond its hash table reads all before")
  func growing() {
    let store = store()
    let terms = dictionary(store)
    for number in 0..<20_000 { _ = terms.intern(.name("new_\(number)")) }
    #expect(store.blocksRead.sorted() == Array(0..<20))
    #expect(store.slotBlocksRead.sorted() == Array(0..<32))
    #expect(terms.checkInvariants() == nil)
    #expect((0..<Self.count).allSatisfy { terms.find(sampleValue($0)) == Term(UInt32($0)) })
  }

  @Test("the memory of a dictionary of which some was read is that of one that was never stored")
  func sameStorage() {
    let store = store()
    let terms = dictionary(store)
    _ = terms.value(Term(3000))
    _ = terms.find(.name("entity_16"))
    let again = Store(terms)
    #expect(again.kinds == store.kinds)
    #expect(again.payloads == store.payloads)
    #expect(again.texts == store.texts)
    #expect(again.slots == store.slots)
    #expect(store.blocksRead.sorted() == Array(0..<20))
  }

  @Test("a batch of values is interned as if all had been read")
  func batch() {
    let terms = dictionary(store())
    var batch = TermBatch()
    batch.add(integer: -50_000_000 + 2 * 1_000_003, place: 0)
    batch.add(integer: 1, place: 1)
    var numbers: [UInt32] = [0, 0]
    batch.intern(by: terms, into: &numbers)
    #expect(numbers == [2, 20_000])
  }

  @Test("a dictionary that takes over the terms of another reads on")
  func takingOver() {
    let store = store()
    let (terms, other) = (TermDictionary(), dictionary(store))
    terms.takeTerms(from: other)
    #expect(other.count == 0)
    #expect(terms.value(Term(4)) == .name("entity_4"))
    #expect(store.blocksRead == [0])
    #expect(other.find(.name("entity_4")) == nil)
  }

  @Test("few terms are read at once")
  func fewTerms() {
    let small = TermDictionary()
    _ = small.intern(.name("a"))
    let store = Store(small)
    let terms = dictionary(store)
    #expect(store.blocksRead == [0])
    #expect(terms.find(.name("a")) == Term(0))
    #expect(dictionary(Store(TermDictionary())).count == 0)
  }

  @Test("a block that cannot be read has no values, and nothing else is touched")
  func brokenStore() {
    let store = store()
    let terms = dictionary(store)
    #expect(terms.value(Term(1)) == sampleValue(1))
    store.isBroken = true
    #expect(terms.value(Term(2001)) == .name(""))
    #expect(terms.find(.integer(3)) == nil)
    store.isBroken = false
    #expect(terms.value(Term(4001)) == sampleValue(4001))
    #expect(store.faults == [])
  }

  @Test("what makes no sense is told and left out")
  func nonsense() {
    for (change, fault) in [
      ({ $0.kinds[3000] = 9 }, "kinds: term 3000 is of the unknown kind 9"),
      ({ $0.payloads[3000] += 1 }, "payloads: term 3001 does not begin where the text before it ends"),
      ({ $0.texts[$0.textStarts[2] + 5] = 0xFF }, "texts: byte "),
      ({ $0.textStarts[3] -= 1 }, "payloads: term 3069 does not begin where the text before it ends"),
    ] as [((Store) -> Void, String)] {
      let store = store()
      change(store)
      let terms = dictionary(store)
      #expect(terms.value(Term(1)) == sampleValue(1))
      #expect(store.faults == [])
      #expect(terms.value(Term(3001)) == .name(""))
      #expect(store.faults.count == 1)
      #expect(store.faults[0].hasPrefix(fault), "\(store.faults)")
    }
  }

  @Test("an index without a free slot, or with terms that there are not, ends each search")
  func endlessIndex() {
    for entry in [1 as UInt64, 20_001, 1 << 63] {
      let store = store()
      for slot in store.slots.indices where entry > 1 || store.slots[slot] == 0 { store.slots[slot] = entry }
      let terms = dictionary(store)
      #expect(terms.find(.name("nobody")) == nil)
      _ = terms.intern(.name("new"))
      terms.readAll()
      #expect(store.faults.first == "slots: they do not lead to the terms")
      for number in 0..<30_000 { _ = terms.intern(.name("new_\(number)")) }
      #expect(terms.find(.name("new_29999")) != nil)
    }
  }

  @Test("an index that leads elsewhere is a broken invariant")
  func wrongIndex() {
    let store = store()
    let used = store.slots.indices.filter { store.slots[$0] != 0 }
    store.slots.swapAt(used[0], used[1])
    #expect(dictionary(store).checkInvariants() == "slots: they do not lead to the terms")
  }
}
