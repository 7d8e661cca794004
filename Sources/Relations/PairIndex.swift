/// A hash table from pairs of numbers to dense numbers, in order of first appearance: the inner nodes of an ``Index``.
struct PairIndex {
  private var keys: [UInt64] = []
  /// A number + 1, or 0 where the slot is free.
  private var slots: [UInt32] = [UInt32](repeating: 0, count: 16)
  private var slotKeys: [UInt64] = [UInt64](repeating: 0, count: 16)

  var count: Int { keys.count }

  /// The number of a pair, or `nil`.
  @inline(__always) func find(_ first: UInt32, _ second: UInt32) -> UInt32? {
    let key = UInt64(first) << 32 | UInt64(second)
    let row = slots[slot(of: key)]
    return row == 0 ? nil : row - 1
  }

  /// The number of a pair, new where the pair was not known.
  mutating func intern(_ first: UInt32, _ second: UInt32) -> UInt32 {
    let key = UInt64(first) << 32 | UInt64(second)
    let slot = slot(of: key)
    if slots[slot] != 0 { return slots[slot] - 1 }
    keys.append(key)
    slots[slot] = UInt32(keys.count)
    slotKeys[slot] = key
    if keys.count * 2 > slots.count { grow() }
    return UInt32(keys.count - 1)
  }

  @inline(__always) private func slot(of key: UInt64) -> Int {
    let product = key.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    var slot = Int(truncatingIfNeeded: product.high ^ product.low) & (slots.count - 1)
    while slots[slot] != 0 && slotKeys[slot] != key { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private mutating func grow() {
    let capacity = slots.count * 2
    slots = [UInt32](repeating: 0, count: capacity)
    slotKeys = [UInt64](repeating: 0, count: capacity)
    for (number, key) in keys.enumerated() {
      let slot = slot(of: key)
      slots[slot] = UInt32(number + 1)
      slotKeys[slot] = key
    }
  }
}
