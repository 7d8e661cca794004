/// A map from term numbers to row numbers: a table where the terms are dense, a hash table where they are few of many.
struct TermIndex {
  /// A row number + 1, or 0: at the term itself where direct, else in the slot beside `slotTerms`.
  private var slots: [UInt32] = []
  private var slotTerms: [UInt32] = []
  private var isDirect = true
  private(set) var count = 0

  /// Whether a table of all terms below a limit is in proportion to how many of them there are.
  static func isDense(below limit: Int, _ count: Int) -> Bool { limit <= greatestDenseLimit(count) }

  /// The greatest limit for which that is so.
  static func greatestDenseLimit(_ count: Int) -> Int { 8 * count + 4096 }

  @inline(__always) func find(_ term: UInt32) -> Int? {
    if isDirect {
      guard Int(term) < slots.count else { return nil }
      let row = slots[Int(term)]
      return row == 0 ? nil : Int(row) - 1
    }
    var slot = Self.hash(term) & (slots.count - 1)
    while slots[slot] != 0 {
      if slotTerms[slot] == term { return Int(slots[slot]) - 1 }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Makes room for so many terms, none of them greater than one, so that these may come in any order.
  mutating func reserve(_ more: Int, greatest: UInt32) {
    let wanted = Int(greatest) + 1
    guard isDirect, wanted > slots.count, Self.isDense(below: wanted, count + more) else { return }
    slots.append(contentsOf: repeatElement(0, count: wanted - slots.count))
  }

  /// Maps a term that is not yet mapped to the next row number.
  mutating func append(_ term: UInt32) {
    if isDirect {
      if Int(term) >= slots.count {
        let wanted = max(Int(term) + 1, slots.count + slots.count / 2)
        if !Self.isDense(below: wanted, count + 1) {
          becomeHashed()
          return append(term)
        }
        slots.append(contentsOf: repeatElement(0, count: wanted - slots.count))
      }
      slots[Int(term)] = UInt32(count + 1)
    } else {
      if (count + 1) * 2 > slots.count { rehash(slots.count * 2) }
      place(term, UInt32(count + 1))
    }
    count += 1
  }

  private static func hash(_ term: UInt32) -> Int {
    Int(truncatingIfNeeded: (UInt64(term) &* 0x9E37_79B9_7F4A_7C15) >> 32)
  }

  private mutating func place(_ term: UInt32, _ row: UInt32) {
    var slot = Self.hash(term) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = row
    slotTerms[slot] = term
  }

  private mutating func becomeHashed() {
    let old = slots
    isDirect = false
    var capacity = 16
    while capacity < (count + 1) * 2 { capacity *= 2 }
    slots = [UInt32](repeating: 0, count: capacity)
    slotTerms = slots
    for (term, row) in old.enumerated() where row != 0 { place(UInt32(term), row) }
  }

  private mutating func rehash(_ capacity: Int) {
    let oldSlots = slots
    let oldTerms = slotTerms
    slots = [UInt32](repeating: 0, count: capacity)
    slotTerms = slots
    for (slot, row) in oldSlots.enumerated() where row != 0 { place(oldTerms[slot], row) }
  }
}
