extension TermDictionary {
  /// The dictionary's memory as a file holds it.
  ///
  /// Texts lie in `texts` end to end, in the order of their terms. The payload of a name or string is
  /// `offset << 28 | length`, that of any other term its bits. `slots` is a hash table with linear probing, which holds the
  /// lower half of a term's hash above its number + 1 in the first free slot from its hash on, where terms come in the order
  /// of their numbers.
  public struct Storage {
    public var kinds: UnsafeBufferPointer<UInt8>
    public var payloads: UnsafeBufferPointer<UInt64>
    public var texts: UnsafeBufferPointer<UInt8>
    public var slots: UnsafeBufferPointer<UInt64>

    public init(
      kinds: UnsafeBufferPointer<UInt8>, payloads: UnsafeBufferPointer<UInt64>, texts: UnsafeBufferPointer<UInt8>,
      slots: UnsafeBufferPointer<UInt64>
    ) {
      self.kinds = kinds
      self.payloads = payloads
      self.texts = texts
      self.slots = slots
    }

    /// Where the texts of some terms end, which begin at `start`.
    public func textEnd(of terms: Range<Int>, from start: Int) -> Int {
      let texts = terms.filter { kinds[$0] == Kind.name.rawValue || kinds[$0] == Kind.string.rawValue }
      return texts.reduce(start) { $0 + TermDictionary.length(payloads[$1]) }
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
    readAll()
    if unindexed > 0 { indexAll() }
    return try kinds.withUnsafeBufferPointer { kinds in
      try kinds.withMemoryRebound(to: UInt8.self) { kinds in
        try payloads.withUnsafeBufferPointer { payloads in
          try arena.withUnsafeBufferPointer { texts in
            try slots.withUnsafeBufferPointer { slots in
              try body(Storage(kinds: kinds, payloads: payloads, texts: texts, slots: slots))
            }
          }
        }
      }
    }
  }

  /// The dictionary of arrays as ``Storage`` tells them but for the index, which is made. Linear; each text is hashed.
  public convenience init(
    indexing kinds: [UInt8], payloads: [UInt64], texts: [UInt8]
  ) throws(StorageFault) {
    self.init()
    try adopt(kinds, payloads, texts)
    try fillSlots()
  }

  /// The half of a term's hash that the index holds above its number.
  public func indexedHash(of term: Term) -> UInt32 {
    let hash =
      isText(term)
      ? withUTF8(of: term) { Self.hash($0, kind(of: term)) } : Self.hash(payloads[Int(term.number)], kind(of: term))
    return UInt32(truncatingIfNeeded: hash)
  }

  /// Throws where the index is not the one that interning the terms one after the other makes. Linear; each text is hashed.
  public func checkIndex() throws(StorageFault) {
    readAll()
    if unindexed > 0 { return try checkNotes() }
    let storedSlots = slots
    defer {
      slots = storedSlots
      mask = storedSlots.count - 1
    }
    try fillSlots()
    if slots != storedSlots { throw StorageFault(part: .slots, reason: "they do not lead to the terms") }
  }

  /// Makes the index anew, of all terms.
  private func indexAll() {
    do { try fillSlots() } catch { preconditionFailure("internal error: \(error.reason)") }
  }

  /// Throws where the index or the tables of those that are noted do not lead to a term.
  private func checkNotes() throws(StorageFault) {
    let used = slots.withUnsafeBufferPointer { Self.usedSlots($0, terms: count) }
    let isWhole = used == count - unindexed
    guard isWhole, (0..<UInt32(count)).allSatisfy({ find(value(Term($0))) == Term($0) }) else {
      throw StorageFault(part: .slots, reason: "they do not lead to the terms")
    }
  }

  private func adopt(_ kinds: [UInt8], _ payloads: [UInt64], _ texts: [UInt8]) throws(StorageFault) {
    guard payloads.count == kinds.count, kinds.count < 1 << 31 else {
      throw StorageFault(part: .payloads, reason: "there are \(payloads.count) for \(kinds.count) terms")
    }
    // One without room would be the one that all empty arrays share, and be written to.
    if !kinds.isEmpty {
      try kinds.withUnsafeBufferPointer { kinds throws(StorageFault) in
        try Self.checkKinds(kinds)
        self.kinds = kinds.withMemoryRebound(to: Kind.self) { Array($0) }
      }
    }
    self.payloads = payloads
    arena = texts
    hasNotedAll = false
    try checkPayloads()
  }

  /// Throws where the payloads are not of their kinds, or do not divide the texts.
  func checkPayloads() throws(StorageFault) {
    try payloads.withUnsafeBufferPointer { payloads throws(StorageFault) in
      try arena.withUnsafeBufferPointer { texts throws(StorageFault) in
        try kinds.withUnsafeBufferPointer { kinds throws(StorageFault) in
          try Self.checkPayloads(payloads, texts, kinds)
        }
      }
    }
  }

  /// How many of some slots lead to terms; `nil` where one leads to no term that there is.
  static func usedSlots(_ slots: UnsafeBufferPointer<UInt64>, terms count: Int) -> Int? {
    // The highest bit of a difference, and the carry of a sum, tell without a branch, which no processor could foresee.
    var beyond: UInt64 = 0
    var used: UInt64 = 0
    var numbered: UInt64 = 0
    for slot in slots {
      let number = slot & 0xFFFF_FFFF
      beyond &+= (UInt64(count) &- number) >> 63
      used &+= (slot | (0 &- slot)) >> 63
      numbered &+= (number &+ 0xFFFF_FFFF) >> 32
    }
    // A slot with a hash and no number would be free to one search and taken to another.
    return beyond == 0 && used == numbered ? Int(used) : nil
  }

  /// How many slots the hash table of so many terms has.
  public static func slotCount(forTerms count: Int) -> Int {
    var capacity = fewestSlots
    while count * 2 > capacity { capacity *= 2 }
    return capacity
  }

  /// Takes all terms over from another dictionary, which is empty afterwards. This one must be empty. Constant time.
  public func takeTerms(from other: TermDictionary) {
    let empty = TermDictionary()
    (kinds, payloads, arena) = (other.kinds, other.payloads, other.arena)
    (slots, mask, unread) = (other.slots, other.mask, other.unread)
    (numbered, unindexed) = (other.numbered, other.unindexed)
    swap(&smallIntegers, &other.smallIntegers)
    swap(&hasNotedAll, &other.hasNotedAll)
    (other.kinds, other.payloads, other.arena) = (empty.kinds, empty.payloads, empty.arena)
    (other.slots, other.mask, other.unread) = (empty.slots, empty.mask, nil)
    (other.numbered, other.unindexed) = ([], 0)
  }

  /// Throws where one of some kinds is unknown, the first of which is that of the term `start`.
  static func checkKinds(_ kinds: UnsafeBufferPointer<UInt8>, from start: Int = 0) throws(StorageFault) {
    if let bad = kinds.firstIndex(where: { Kind(rawValue: $0) == nil }) {
      throw StorageFault(part: .kinds, reason: "term \(start + bad) is of the unknown kind \(kinds[bad])")
    }
  }

  /// Throws where the payloads of some terms are not of their kinds, or do not divide their texts.
  /// - Parameters:
  ///   - start: the number of the first of them.
  ///   - textStart: where its text begins among all.
  static func checkPayloads(
    _ payloads: UnsafeBufferPointer<UInt64>, _ texts: UnsafeBufferPointer<UInt8>, _ kinds: UnsafeBufferPointer<Kind>,
    from start: Int = 0, textStart: Int = 0
  ) throws(StorageFault) {
    if let bad = Text.firstInvalidUTF8(texts) {
      throw StorageFault(part: .texts, reason: "byte \(textStart + bad) is not valid UTF-8")
    }
    var end = 0
    for (index, kind) in kinds.enumerated() {
      let payload = payloads[index]
      if kind == .name || kind == .string {
        guard Int(payload >> 28) == textStart + end, length(payload) <= texts.count - end else {
          throw StorageFault(
            part: .payloads, reason: "term \(start + index) does not begin where the text before it ends")
        }
        end += length(payload)
        // All the texts are valid together, so one is valid by itself where it is cut between scalars.
        if end < texts.count && texts[end] & 0xC0 == 0x80 {
          throw StorageFault(part: .payloads, reason: "term \(start + index) ends within a character")
        }
      } else if !isValid(payload, kind) {
        throw StorageFault(part: .payloads, reason: "term \(start + index) has a value that no \(kind) has")
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
    slots = [UInt64](repeating: 0, count: Self.slotCount(forTerms: payloads.count))
    mask = slots.count - 1
    unindexed = 0
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
