import Relations
import Terms

/// The places of terms in the order of values.
struct TermRanks {
  /// By the number of a term.
  private var ranks: [UInt32]
  /// By rank.
  private var ordered: [UInt32]

  /// - Parameter proceed: asked now and then; where it answers false, ``JoinMachine/Stopped`` is thrown.
  init(_ numbers: [UInt32], _ terms: TermDictionary, _ pace: Pace, _ proceed: () -> Bool) throws {
    var steps = 0
    func tick() throws {
      steps += 1
      if steps & 0xFFF == 0 && !proceed() { throw JoinMachine.Stopped() }
    }
    let distinct = SetBuffer()
    for number in numbers {
      try pace.step()
      distinct.insert(number)
    }
    var entries: [(number: UInt32, value: Value, key: [UInt8])] = []
    try pace.reserve(MemoryLayout<(UInt32, Value, [UInt8])>.stride * distinct.view.count)
    entries.reserveCapacity(distinct.view.count)
    for number in distinct.view.elements {
      try tick()
      let value = terms.value(Term(number))
      entries.append((number, value, Self.key(value)))
    }
    try entries.sort { left, right in
      try tick()
      switch (left.value, right.value) {
      case (.string, .string), (.name, .name): return left.key.lexicographicallyPrecedes(right.key)
      default: return Value.order(left.value, right.value) < 0
      }
    }
    ordered = entries.map(\.number)
    ranks = Array(repeating: 0, count: (ordered.max().map { Int($0) } ?? -1) + 1)
    for (rank, number) in ordered.enumerated() { ranks[Int(number)] = UInt32(truncatingIfNeeded: rank) }
  }

  var count: Int { ordered.count }

  /// The place of a term, one of those that are ranked.
  func rank(_ number: UInt32) -> UInt32 { ranks[Int(number)] }

  func term(_ rank: UInt32) -> UInt32 { ordered[Int(rank)] }

  /// The collation's key of a text, by which many are sorted faster than by comparing.
  private static func key(_ value: Value) -> [UInt8] {
    switch value {
    case .name(let text), .string(let text): Collation.sortKey(text)
    default: []
    }
  }
}
