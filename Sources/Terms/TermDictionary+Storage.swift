extension TermDictionary {
  /// The dictionary's memory as a file holds it.
  ///
  /// Texts lie in `texts` end to end, in the order of their terms. The payload of a name or string is
  /// `offset << 28 | length`, that of any other term its bits. `slots` is a hash table with linear probing, which holds a
  /// term's number + 1 in the first free slot from its hash on, where terms come in the order of their numbers.
  public struct Storage {
    public var kinds: UnsafeBufferPointer<UInt8>
    public var payloads: UnsafeBufferPointer<UInt64>
    public var texts: UnsafeBufferPointer<UInt8>
    public var slots: UnsafeBufferPointer<UInt32>

    public init(
      kinds: UnsafeBufferPointer<UInt8>, payloads: UnsafeBufferPointer<UInt64>, texts: UnsafeBufferPointer<UInt8>,
      slots: UnsafeBufferPointer<UInt32>
    ) {
      self.kinds = kinds
      self.payloads = payloads
      self.texts = texts
      self.slots = slots
    }
  }

  /// The part of a ``Storage`` that cannot be a dictionary's, and why.
  public struct StorageFault: Error {
    public enum Part: Sendable { case kinds, payloads, texts, slots }
    public var part: Part
    /// The rest of a sentence that begins with `term 5`, or a sentence of its own.
    public var reason: String
  }

  /// Gives the dictionary's memory to a function, during which nothing may be interned.
  public func withStorage<Result>(_ body: (Storage) throws -> Result) rethrows -> Result {
    try kinds.withUnsafeBufferPointer { kinds in
      try kinds.withMemoryRebound(to: UInt8.self) { kinds in
        try payloads.withUnsafeBufferPointer { payloads in
          try arena.withUnsafeBufferPointer { texts in
            try slots.map { UInt32(truncatingIfNeeded: $0) }.withUnsafeBufferPointer { slots in
              try body(Storage(kinds: kinds, payloads: payloads, texts: texts, slots: slots))
            }
          }
        }
      }
    }
  }

  /// A copy of the dictionary that a storage is of. Linear; each text is looked at twice, to check and to hash it.
  public convenience init(copying storage: Storage) throws(StorageFault) {
    self.init()
    let count = storage.kinds.count
    guard storage.payloads.count == count, count < UInt32.max else {
      throw StorageFault(part: .payloads, reason: "there are \(storage.payloads.count) for \(count) terms")
    }
    kinds = try Self.checkedKinds(storage.kinds)
    try Self.checkPayloads(storage, kinds)
    payloads = Array(storage.payloads)
    arena = Array(storage.texts)
    try fillSlots()
    guard slots.elementsEqual(storage.slots, by: { UInt32(truncatingIfNeeded: $0) == $1 }) else {
      throw StorageFault(part: .slots, reason: "they do not lead to the terms")
    }
  }

  /// Takes all terms over from another dictionary, which is empty afterwards. This one must be empty. Constant time.
  public func takeTerms(from other: TermDictionary) {
    let empty = TermDictionary()
    (kinds, payloads, arena) = (other.kinds, other.payloads, other.arena)
    (slots, mask) = (other.slots, other.mask)
    (other.kinds, other.payloads, other.arena) = (empty.kinds, empty.payloads, empty.arena)
    (other.slots, other.mask) = (empty.slots, empty.mask)
  }

  private static func checkedKinds(_ kinds: UnsafeBufferPointer<UInt8>) throws(StorageFault) -> [Kind] {
    if let bad = kinds.firstIndex(where: { Kind(rawValue: $0) == nil }) {
      throw StorageFault(part: .kinds, reason: "term \(bad) is of the unknown kind \(kinds[bad])")
    }
    return [Kind](unsafeUninitializedCapacity: kinds.count) { buffer, count in
      for index in 0..<kinds.count { buffer[index] = Kind(rawValue: kinds[index]) ?? .name }
      count = kinds.count
    }
  }

  private static func checkPayloads(_ storage: Storage, _ kinds: [Kind]) throws(StorageFault) {
    let texts = storage.texts
    if let bad = Text.firstInvalidUTF8(texts) {
      throw StorageFault(part: .texts, reason: "byte \(bad) is not valid UTF-8")
    }
    var end = 0
    for (index, kind) in kinds.enumerated() {
      let payload = storage.payloads[index]
      if kind == .name || kind == .string {
        guard Int(payload >> 28) == end, length(payload) <= texts.count - end else {
          throw StorageFault(part: .payloads, reason: "term \(index) does not begin where the text before it ends")
        }
        end += length(payload)
        // All the texts are valid together, so one is valid by itself where it is cut between scalars.
        if end < texts.count && texts[end] & 0xC0 == 0x80 {
          throw StorageFault(part: .payloads, reason: "term \(index) ends within a character")
        }
      } else if !isValid(payload, kind) {
        throw StorageFault(part: .payloads, reason: "term \(index) has a value that no \(kind) has")
      }
    }
    guard end == texts.count else {
      throw StorageFault(part: .texts, reason: "\(texts.count - end) bytes at the end belong to no term")
    }
  }

  private static func isValid(_ payload: UInt64, _ kind: Kind) -> Bool {
    switch kind {
    case .name, .string, .integer: return true
    case .boolean: return payload <= 1
    case .date: return DateSpan(checking: payload) != nil
    case .decimal:
      let decimal = Double(bitPattern: payload)
      return decimal.isFinite && Int64(exactly: decimal) == nil
    }
  }

  /// Makes the hash table that interning the terms one after the other would have made.
  private func fillSlots() throws(StorageFault) {
    var capacity = Self.fewestSlots
    while payloads.count * 2 > capacity { capacity *= 2 }
    mask = capacity - 1
    slots = [UInt64](repeating: 0, count: capacity)
    var twice: (Int, Int)?
    arena.withUnsafeBufferPointer { arena in
      terms: for (index, (kind, payload)) in zip(kinds, payloads).enumerated() {
        let isText = kind == .name || kind == .string
        let bytes = isText ? Self.bytes(payload, in: arena) : UnsafeBufferPointer(start: nil, count: 0)
        let hash = isText ? Self.hash(bytes, kind) : Self.hash(payload, kind)
        let slot = probe(hash) { other in
          kinds[other] == kind && (isText ? holds(payloads[other], bytes) : payloads[other] == payload)
        }
        if slots[slot] != 0 {
          twice = (Int(UInt32(truncatingIfNeeded: slots[slot])) - 1, index)
          break terms
        }
        slots[slot] = Self.entry(hash, number: index)
      }
    }
    if let twice {
      throw StorageFault(part: .payloads, reason: "the terms \(twice.0) and \(twice.1) are the same")
    }
  }
}
