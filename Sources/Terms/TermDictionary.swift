/// A value's number in a ``TermDictionary``: dense from 0, so that sets of terms can be arrays and bitmaps.
public struct Term: Hashable, Sendable {
  public let number: UInt32
  public init(_ number: UInt32) { self.number = number }
}

/// The values that a graph speaks of, each stored once and numbered from 0 in order of first appearance.
///
/// Names, strings, numbers, booleans and dates share one numbering. Text lies in one arena; a term costs 9 bytes, its
/// text and two to four bytes a slot of the hash table. A dictionary only grows. It belongs to one thread at a time.
public final class TermDictionary {
  enum Kind: UInt8 { case name, string, integer, decimal, boolean, date }

  private var kinds: [UInt8] = []
  /// The bits of a number or date, or for text `offset << 28 | length`.
  private var payloads: [UInt64] = []
  private var arena: [UInt8] = []
  /// Open addressing by linear probing; a slot holds a number + 1, or 0 where it is free.
  private var slots: [UInt32]
  private var mask: Int

  /// The greatest length of a text in bytes.
  public static let longestText = 1 << 28 - 1

  public init() {
    slots = [UInt32](repeating: 0, count: 1024)
    mask = 1023
  }

  public var count: Int { payloads.count }

  /// The term of a value, new where the value was not known. Constant time on average.
  public func intern(_ value: Value) -> Term {
    switch value {
    case .name(let text): return internText(text, .name)
    case .string(let text): return internText(text, .string)
    case .integer(let integer): return internBits(UInt64(bitPattern: integer), .integer)
    case .decimal(let decimal): return internBits(decimal.bitPattern, .decimal)
    case .boolean(let boolean): return internBits(boolean ? 1 : 0, .boolean)
    case .date(let date): return internBits(date.bits, .date)
    }
  }

  /// The term of a value, or `nil` where the value is not known.
  public func find(_ value: Value) -> Term? {
    switch value {
    case .name(let text): return findText(text, .name)
    case .string(let text): return findText(text, .string)
    case .integer(let integer): return findBits(UInt64(bitPattern: integer), .integer)
    case .decimal(let decimal): return findBits(decimal.bitPattern, .decimal)
    case .boolean(let boolean): return findBits(boolean ? 1 : 0, .boolean)
    case .date(let date): return findBits(date.bits, .date)
    }
  }

  /// The term of a name or string given by its UTF-8 bytes, which must be valid and in NFC.
  public func intern(utf8 bytes: UnsafeBufferPointer<UInt8>, asName: Bool) -> Term {
    internBytes(bytes, asName ? .name : .string)
  }

  public func intern(integer: Int64) -> Term { internBits(UInt64(bitPattern: integer), .integer) }

  /// What a term stands for.
  public func value(_ term: Term) -> Value {
    let index = Int(term.number)
    let payload = payloads[index]
    switch Kind(rawValue: kinds[index]) {
    case .name: return .name(text(payload))
    case .string: return .string(text(payload))
    case .integer: return .integer(Int64(bitPattern: payload))
    case .decimal: return .decimal(Double(bitPattern: payload))
    case .boolean: return .boolean(payload != 0)
    case .date, nil: return .date(DateSpan(bits: payload))
    }
  }

  public func isName(_ term: Term) -> Bool { kinds[Int(term.number)] == Kind.name.rawValue }

  /// The 64-bit integer that a term stands for, or `nil`.
  public func integer(_ term: Term) -> Int64? {
    kinds[Int(term.number)] == Kind.integer.rawValue ? Int64(bitPattern: payloads[Int(term.number)]) : nil
  }

  private func text(_ payload: UInt64) -> String {
    let offset = Int(payload >> 28)
    let length = Int(payload & 0xFFF_FFFF)
    return arena.withUnsafeBufferPointer { String(decoding: UnsafeBufferPointer(rebasing: $0[offset..<offset + length]), as: UTF8.self) }
  }

  private func internText(_ text: String, _ kind: Kind) -> Term {
    var text = text
    return text.withUTF8 { internBytes($0, kind) }
  }

  private func findText(_ text: String, _ kind: Kind) -> Term? {
    var text = text
    return text.withUTF8 { bytes in
      let slot = slotOfText(bytes, kind)
      return slots[slot] == 0 ? nil : Term(slots[slot] - 1)
    }
  }

  private func internBytes(_ bytes: UnsafeBufferPointer<UInt8>, _ kind: Kind) -> Term {
    let slot = slotOfText(bytes, kind)
    if slots[slot] != 0 { return Term(slots[slot] - 1) }
    let payload = UInt64(arena.count) << 28 | UInt64(bytes.count)
    arena.append(contentsOf: bytes)
    return append(kind, payload, at: slot)
  }

  private func internBits(_ bits: UInt64, _ kind: Kind) -> Term {
    let slot = slotOfBits(bits, kind)
    return slots[slot] != 0 ? Term(slots[slot] - 1) : append(kind, bits, at: slot)
  }

  private func findBits(_ bits: UInt64, _ kind: Kind) -> Term? {
    let slot = slotOfBits(bits, kind)
    return slots[slot] == 0 ? nil : Term(slots[slot] - 1)
  }

  private func slotOfBits(_ bits: UInt64, _ kind: Kind) -> Int {
    var slot = Int(truncatingIfNeeded: Self.mix(bits &+ UInt64(kind.rawValue) &* 0x9E37_79B9)) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if payloads[index] == bits && kinds[index] == kind.rawValue { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func slotOfText(_ bytes: UnsafeBufferPointer<UInt8>, _ kind: Kind) -> Int {
    var slot = Int(truncatingIfNeeded: Self.hash(bytes, kind)) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if kinds[index] == kind.rawValue && holds(payloads[index], bytes) { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func holds(_ payload: UInt64, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard Int(payload & 0xFFF_FFFF) == bytes.count else { return false }
    let offset = Int(payload >> 28)
    for index in 0..<bytes.count where arena[offset + index] != bytes[index] { return false }
    return true
  }

  private func append(_ kind: Kind, _ payload: UInt64, at slot: Int) -> Term {
    kinds.append(kind.rawValue)
    payloads.append(payload)
    slots[slot] = UInt32(payloads.count)
    if payloads.count * 2 > slots.count { grow() }
    return Term(UInt32(payloads.count - 1))
  }

  private func grow() {
    mask = slots.count * 2 - 1
    slots = [UInt32](repeating: 0, count: mask + 1)
    arena.withUnsafeBufferPointer { arena in
      for index in 0..<payloads.count {
        let kind = Kind(rawValue: kinds[index]) ?? .name
        let payload = payloads[index]
        let hash: UInt64
        switch kind {
        case .name, .string:
          let offset = Int(payload >> 28)
          hash = Self.hash(UnsafeBufferPointer(rebasing: arena[offset..<offset + Int(payload & 0xFFF_FFFF)]), kind)
        default: hash = Self.mix(payload &+ UInt64(kind.rawValue) &* 0x9E37_79B9)
        }
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(index + 1)
      }
    }
  }

  /// Eight bytes at a step, mixed by a 64 by 64 bit multiplication.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ kind: Kind) -> UInt64 {
    var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(kind.rawValue)
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    while index + 8 <= raw.count {
      hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index += 8
    }
    var rest: UInt64 = 0
    while index < raw.count {
      rest = rest << 8 | UInt64(raw[index])
      index += 1
    }
    return mix(hash ^ rest)
  }

  private static func mix(_ bits: UInt64) -> UInt64 {
    let product = bits.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
