import Glibc

/// A value's number in a ``TermDictionary``: dense from 0, so that sets of terms can be arrays and bitmaps.
public struct Term: Hashable, Sendable {
  /// The number, from 0.
  public let number: UInt32

  /// The term of a number.
  public init(_ number: UInt32) { self.number = number }
}

/// The values that a graph speaks of, each stored once and numbered from 0 as they come.
///
/// Names, strings, numbers, booleans and dates share one numbering. A decimal that equals an integer of 64 bits is that
/// integer's term. Text lies in one arena; a term costs 9 bytes, its text, and 16 to 32 bytes of the hash table, or up to
/// 16 where it is an integer or a text with a number at its end by which it is found. A dictionary only grows. It belongs to one thread at a time.
///
/// Callers see to three limits, each beyond what the language reads: a text has at most ``longestText`` bytes, all texts
/// together have less than 2^36, and there are less than 2^31 terms, whose slots the half of a hash tells apart.
public final class TermDictionary {
  /// What sort of value a term stands for.
  public enum Kind: UInt8, Sendable, BitwiseCopyable { case name, string, integer, decimal, boolean, date }

  // Accesses to these never overlap: all functions here end before another begins, on one thread. To have each access
  // checked for that at run time would cost a fifth of the time that loading takes.

  @exclusivity(unchecked) var kinds: [Kind] = []
  /// The bits of a number or date, or for text `offset << 28 | length`.
  @exclusivity(unchecked) var payloads: [UInt64] = []
  /// All texts end to end, in the order of their terms.
  @exclusivity(unchecked) var arena: [UInt8] = []
  /// Open addressing by linear probing; a slot holds the lower half of a term's hash above its number + 1, or 0 where it
  /// is free. So a term is only looked at where it most likely is the one.
  @exclusivity(unchecked) var slots: [UInt64]
  @exclusivity(unchecked) var mask: Int
  /// The terms of integers that were interned lately, their numbers + 1, by the integers themselves: tables name the same
  /// small ones over and over. 0 where the hash table is to be asked. Bare memory, of which the system gives no more than
  /// is written to.
  @usableFromInline @exclusivity(unchecked) var smallIntegers = UnsafeMutableBufferPointer<UInt32>(start: nil, count: 0)
  /// Whether all integers below ``alwaysNoted`` that have a term are noted, so that one that is not is new.
  @exclusivity(unchecked) var hasNotedAll = true
  public static let alwaysNoted: UInt64 = 1 << 20

  /// The terms of texts that end in numbers, by what these begin with.
  @exclusivity(unchecked) var numbered: [NumberedTerms] = []
  /// How many terms are noted by their numbers alone, and not in the hash table.
  @exclusivity(unchecked) var unindexed = 0
  /// What of all that still lies in a store; `nil` where nothing does.
  @exclusivity(unchecked) var unread: UnreadTerms?
  /// Strings that were made as lists, by the numbers of their terms.
  private var lists: [UInt32: [Term]] = [:]

  /// The greatest length of a text in bytes.
  public static let longestText = (1 << 28) - 1

  static let fewestSlots = 1024

  /// A dictionary without terms.
  public init() {
    slots = [UInt64](repeating: 0, count: Self.fewestSlots)
    mask = Self.fewestSlots - 1
  }

  deinit {
    for terms in numbered { free(terms.known.baseAddress) }
    free(smallIntegers.baseAddress)
  }

  /// Whether any string was made as a list.
  public var hasLists: Bool { !lists.isEmpty }

  /// Of which terms a string was made as a list; `nil` of others.
  public func parts(ofList term: Term) -> [Term]? { lists[term.number] }

  /// Notes that a string was made as a list of terms.
  public func noteList(_ term: Term, of parts: [Term]) { lists[term.number] = parts }

  /// How many terms there are; their numbers are 0 up to this.
  public var count: Int { payloads.count }

  /// The term of a value, new where the value was not known. Constant time on average.
  public func intern(_ value: Value) -> Term {
    switch value {
    case .name(let text): return internText(text, .name)
    case .string(let text): return internText(text, .string)
    case .integer(let integer): return intern(integer: integer)
    case .decimal(let decimal):
      if let integer = Int64(exactly: decimal) { return intern(integer: integer) }
      return internBits(decimal.bitPattern, .decimal)
    case .boolean(let boolean): return internBits(boolean ? 1 : 0, .boolean)
    case .date(let date): return internBits(date.bits, .date)
    }
  }

  /// The term of a value, or `nil` where the value is not known.
  public func find(_ value: Value) -> Term? {
    switch value {
    case .name(let text): return findText(text, .name)
    case .string(let text): return findText(text, .string)
    case .integer(let integer): return find(integer: integer)
    case .decimal(let decimal):
      if let integer = Int64(exactly: decimal) { return find(integer: integer) }
      return findBits(decimal.bitPattern, .decimal)
    case .boolean(let boolean): return findBits(boolean ? 1 : 0, .boolean)
    case .date(let date): return findBits(date.bits, .date)
    }
  }

  /// The term of a name or string given by its UTF-8 bytes, which must be valid and in NFC.
  public func intern(utf8 bytes: UnsafeBufferPointer<UInt8>, asName: Bool) -> Term {
    internBytes(bytes, asName ? .name : .string)
  }

  /// The term of a name or string given by its UTF-8 bytes, or `nil` where it is not known.
  public func find(utf8 bytes: UnsafeBufferPointer<UInt8>, asName: Bool) -> Term? {
    findBytes(bytes, asName ? .name : .string)
  }

  /// The term of an integer, new where the integer was not known.
  public func intern(integer: Int64) -> Term {
    let bits = UInt64(bitPattern: integer)
    if let noted = notedTerm(ofInteger: bits) { return noted }
    let term = internBits(bits, .integer)
    noteSmall(bits, term)
    return term
  }

  private func find(integer: Int64) -> Term? {
    let bits = UInt64(bitPattern: integer)
    return notedTerm(ofInteger: bits) ?? findBits(bits, .integer)
  }

  /// The term of an integer with these bits where it is noted.
  @inline(__always) func notedTerm(ofInteger bits: UInt64) -> Term? {
    guard bits < UInt64(smallIntegers.count) else { return nil }
    let number = smallIntegers[Int(bits)]
    return number == 0 ? nil : Term(number - 1)
  }

  /// Gives a function what is known of the terms of small integers, by the integers: the number of a term + 1, or 0 where
  /// ``intern(integer:)`` is to be asked. Nothing may be interned during the call.
  @inlinable public func withNotedIntegers<Result>(_ body: (UnsafeBufferPointer<UInt32>) throws -> Result) rethrows
    -> Result
  {
    try body(UnsafeBufferPointer(smallIntegers))
  }

  /// Whether the term of an integer with these bits would be noted: it is not large for the number of terms that there are.
  @inline(__always) func isNoted(_ bits: UInt64) -> Bool {
    bits < max(UInt64(smallIntegers.count), 2 * UInt64(payloads.count), Self.alwaysNoted)
  }

  /// Whether an integer with these bits has no term, unless that is noted.
  @inline(__always) func isNewUnlessNoted(_ bits: UInt64) -> Bool { hasNotedAll && bits < Self.alwaysNoted }

  /// Notes the term of an integer by its bits, unless it is large.
  @inline(__always) func noteSmall(_ bits: UInt64, _ term: Term) {
    guard isNoted(bits) else { return }
    if bits >= UInt64(smallIntegers.count) { makeRoomForSmall(Int(bits)) }
    smallIntegers[Int(bits)] = term.number + 1
  }

  func makeRoomForSmall(_ integer: Int) {
    var size = max(Self.fewestSlots, smallIntegers.count)
    while size <= integer { size *= 2 }
    smallIntegers.grow(to: size)
  }

  /// What a term stands for.
  public func value(_ term: Term) -> Value {
    let index = Int(term.number)
    need(index)
    let payload = payloads[index]
    switch kinds[index] {
    case .name: return .name(text(payload))
    case .string: return .string(text(payload))
    case .integer: return .integer(Int64(bitPattern: payload))
    case .decimal: return .decimal(Double(bitPattern: payload))
    case .boolean: return .boolean(payload != 0)
    case .date: return .date(DateSpan(bits: payload))
    }
  }

  /// What sort of value a term stands for.
  public func kind(of term: Term) -> Kind {
    need(Int(term.number))
    return kinds[Int(term.number)]
  }

  /// Has a term in memory before it is looked at.
  @inline(__always) private func need(_ index: Int) { if unread != nil { readTerm(index) } }

  /// Whether a term stands for an entity's name.
  public func isName(_ term: Term) -> Bool {
    kind(of: term) == .name && payloads[Int(term.number)] & UInt64(Self.longestText) != 0
  }

  /// Whether a term stands for a name or a string.
  public func isText(_ term: Term) -> Bool {
    let kind = kind(of: term)
    return kind == .name || kind == .string
  }

  /// The 64-bit integer that a term stands for, or `nil`.
  public func integer(_ term: Term) -> Int64? {
    kind(of: term) == .integer ? Int64(bitPattern: payloads[Int(term.number)]) : nil
  }

  /// Gives the UTF-8 bytes of a name or string to a function, or no bytes where the term stands for something else.
  ///
  /// The bytes are those of the dictionary itself: valid during the call, in which nothing may be interned.
  public func withUTF8<Result>(
    of term: Term, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    switch kind(of: term) {
    case .name, .string: try withBytes(payloads[Int(term.number)], body)
    default: try body(UnsafeBufferPointer(start: nil, count: 0))
    }
  }

  private func text(_ payload: UInt64) -> String {
    withBytes(payload) { String(decoding: $0, as: UTF8.self) }
  }

  private func withBytes<Result>(
    _ payload: UInt64, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    try arena.withUnsafeBufferPointer { try body(Self.bytes(payload, in: $0)) }
  }

  static func bytes(
    _ payload: UInt64, in arena: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    let offset = Int(payload >> 28)
    return UnsafeBufferPointer(rebasing: arena[offset..<offset + length(payload)])
  }

  static func length(_ payload: UInt64) -> Int { Int(payload & UInt64(longestText)) }

  private func internText(_ text: String, _ kind: Kind) -> Term {
    var text = text
    return text.withUTF8 { internBytes($0, kind) }
  }

  private func findText(_ text: String, _ kind: Kind) -> Term? {
    var text = text
    return text.withUTF8 { findBytes($0, kind) }
  }

  private func findBytes(_ bytes: UnsafeBufferPointer<UInt8>, _ kind: Kind) -> Term? {
    term(at: slot(of: bytes, kind, Self.hash(bytes, kind))) ?? (unindexed > 0 ? notedTerm(of: bytes, kind) : nil)
  }

  private func internBytes(_ bytes: UnsafeBufferPointer<UInt8>, _ kind: Kind) -> Term {
    intern(bytes, kind, hash: Self.hash(bytes, kind))
  }

  func intern(_ bytes: UnsafeBufferPointer<UInt8>, _ kind: Kind, hash: UInt64) -> Term {
    let slot = slot(of: bytes, kind, hash)
    if let term = term(at: slot) { return term }
    if unindexed > 0, let noted = notedTerm(of: bytes, kind) { return noted }
    return append(kind, addText(bytes), hash, at: slot)
  }

  /// Adds a text to all texts; the payload of its term.
  func addText(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let payload = UInt64(arena.count) << 28 | UInt64(bytes.count)
    arena.append(contentsOf: bytes)
    return payload
  }

  private func internBits(_ bits: UInt64, _ kind: Kind) -> Term { internBits(bits, kind, Self.hash(bits, kind)) }

  func internBits(_ bits: UInt64, _ kind: Kind, _ hash: UInt64) -> Term {
    let slot = slot(of: bits, kind, hash)
    return term(at: slot) ?? append(kind, bits, hash, at: slot)
  }

  private func findBits(_ bits: UInt64, _ kind: Kind) -> Term? { term(at: slot(of: bits, kind, Self.hash(bits, kind))) }

  @inline(__always) func term(at slot: Int) -> Term? {
    let number = UInt32(truncatingIfNeeded: slots[slot])
    return number == 0 ? nil : Term(number - 1)
  }

  func slot(of bits: UInt64, _ kind: Kind, _ hash: UInt64) -> Int {
    probe(hash) { payloads[$0] == bits && kinds[$0] == kind }
  }

  func slot(of bytes: UnsafeBufferPointer<UInt8>, _ kind: Kind, _ hash: UInt64) -> Int {
    probe(hash) { kinds[$0] == kind && holds(payloads[$0], bytes) }
  }

  /// The slot of the term with a hash that `isSought` knows by its number, or the free one where it would go.
  @inline(__always) func probe(_ hash: UInt64, _ isSought: (Int) -> Bool) -> Int {
    if unread != nil { readSearched(hash) }
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let entry = slots[slot]
      if UInt32(truncatingIfNeeded: entry >> 32) == UInt32(truncatingIfNeeded: hash),
        isSought(Int(UInt32(truncatingIfNeeded: entry)) - 1)
      {
        break
      }
      slot = (slot + 1) & mask
    }
    return slot
  }

  func holds(_ payload: UInt64, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard Self.length(payload) == bytes.count else { return false }
    guard let other = bytes.baseAddress, !bytes.isEmpty else { return true }
    return arena.withUnsafeBufferPointer { arena in
      guard let start = arena.baseAddress else { return false }
      return Self.isEqual(start + Int(payload >> 28), other, bytes.count)
    }
  }

  /// Whether two texts of one length are the same. Most are short, and are compared by words that overlap.
  @inline(__always) static func isEqual(_ one: UnsafeRawPointer, _ other: UnsafeRawPointer, _ count: Int) -> Bool {
    func isSame<Word: FixedWidthInteger>(_ offset: Int, _: Word.Type) -> Bool {
      one.loadUnaligned(fromByteOffset: offset, as: Word.self)
        == other.loadUnaligned(fromByteOffset: offset, as: Word.self)
    }
    if count > 32 { return memcmp(one, other, count) == 0 }
    if count >= 8 {
      var offset = 0
      while offset &+ 8 < count {
        if !isSame(offset, UInt64.self) { return false }
        offset &+= 8
      }
      return isSame(count &- 8, UInt64.self)
    }
    if count >= 4 { return isSame(0, UInt32.self) && isSame(count &- 4, UInt32.self) }
    return (0..<count).allSatisfy { isSame($0, UInt8.self) }
  }

  func append(_ kind: Kind, _ payload: UInt64, _ hash: UInt64, at slot: Int) -> Term {
    let term = append(kind, payload)
    slots[slot] = Self.entry(hash, number: payloads.count - 1)
    if (payloads.count - unindexed) * 2 > slots.count { grow() }
    return term
  }

  func append(_ kind: Kind, _ payload: UInt64) -> Term {
    kinds.append(kind)
    payloads.append(payload)
    return Term(UInt32(payloads.count - 1))
  }

  static func entry(_ hash: UInt64, number: Int) -> UInt64 { hash << 32 | UInt64(number + 1) }

  /// Makes the hash table twice as large. Terms go in by the order of their numbers, so that the table does not depend on
  /// how it has grown.
  ///
  /// The terms of slots that follow one another without a free one between them stay by themselves: a term that is found
  /// among them goes to one of two runs of slots, where it meets none from elsewhere. So both tables are read and written
  /// from end to end, and no text is looked at.
  private func grow() {
    readAll()
    var larger = [UInt64](repeating: 0, count: 2 * slots.count)
    slots.withUnsafeMutableBufferPointer { slots in
      larger.withUnsafeMutableBufferPointer { larger in
        let mask = slots.count &- 1
        // Half of the slots are free, so there is one to begin behind, where the last run ends.
        var free = 0
        while slots[free] != 0 { free &+= 1 }
        var start = free &+ 1
        while start <= free &+ mask {
          var end = start
          while slots[end & mask] != 0 { end &+= 1 }
          if end &- start > 1 { Self.sortByNumber(slots, start..<end) }
          for index in start..<end { Self.put(slots[index & mask], into: larger) }
          start = end &+ 1
        }
      }
    }
    mask = larger.count - 1
    slots = larger
  }

  /// Sorts the entries of a run of slots, which may go on from the last to the first, by their terms.
  private static func sortByNumber(_ slots: UnsafeMutableBufferPointer<UInt64>, _ run: Range<Int>) {
    let mask = slots.count &- 1
    // A run is some entries long on average, and as many as one likes where texts are chosen for their hashes.
    if run.count > 32 {
      let sorted = run.map { slots[$0 & mask] }.sorted { number($0) < number($1) }
      for (index, entry) in zip(run, sorted) { slots[index & mask] = entry }
      return
    }
    for index in run.dropFirst() {
      let entry = slots[index & mask]
      var place = index
      while place > run.lowerBound && number(slots[(place &- 1) & mask]) > number(entry) {
        slots[place & mask] = slots[(place &- 1) & mask]
        place &-= 1
      }
      slots[place & mask] = entry
    }
  }

  @inline(__always) private static func number(_ entry: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: entry) }

  @inline(__always) private static func put(_ entry: UInt64, into slots: UnsafeMutableBufferPointer<UInt64>) {
    var slot = Int(truncatingIfNeeded: entry >> 32) & (slots.count &- 1)
    while slots[slot] != 0 { slot = (slot &+ 1) & (slots.count &- 1) }
    slots[slot] = entry
  }

  static func hash(_ bits: UInt64, _ kind: Kind) -> UInt64 {
    mix(bits &+ UInt64(kind.rawValue) &* 0x9E37_79B9)
  }

  /// Eight bytes at a step, mixed by a 64 by 64 bit multiplication.
  @inline(__always) static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ kind: Kind) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(kind.rawValue)
    guard let start = UnsafeRawPointer(bytes.baseAddress) else { return mix(hash) }
    var rest = bytes.count
    var place = start
    while rest >= 8 {
      hash = mix(hash ^ place.loadUnaligned(as: UInt64.self))
      place += 8
      rest &-= 8
    }
    return mix(hash ^ lastBytes(start, bytes.count, rest))
  }

  /// The last bytes of a text of `count`, fewer than 8, as a number with the first of them highest.
  @inline(__always) private static func lastBytes(_ text: UnsafeRawPointer, _ count: Int, _ rest: Int) -> UInt64 {
    func load<Word: FixedWidthInteger>(_ offset: Int, _: Word.Type) -> UInt64 {
      UInt64(truncatingIfNeeded: text.loadUnaligned(fromByteOffset: offset, as: Word.self).byteSwapped)
    }
    let bits = UInt64(truncatingIfNeeded: 8 &* rest)
    if count >= 8 { return load(count &- 8, UInt64.self) & ~(~0 &<< bits) }
    if rest >= 4 { return load(0, UInt32.self) &<< (bits &- 32) | load(rest &- 4, UInt32.self) }
    return (0..<rest).reduce(0) { $0 &<< 8 | UInt64(text.load(fromByteOffset: $1, as: UInt8.self)) }
  }

  private static func mix(_ bits: UInt64) -> UInt64 {
    let product = bits.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
