import Relations
import Terms

/// The rows of a query's relation in the order in which they are shown.
struct AnswerRows {
  private let terms: TermDictionary
  private let query: LoweredQuery
  private let proceed: () -> Bool

  /// - Parameter proceed: asked now and then; where it answers false, ``JoinMachine/Stopped`` is thrown.
  init(_ query: LoweredQuery, _ terms: TermDictionary, proceed: @escaping () -> Bool) {
    self.query = query
    self.terms = terms
    self.proceed = proceed
  }

  /// The cells of the answer, row by row: ordered as the query says and then by all columns, each row once, as many as
  /// `limit` and `offset` leave.
  func cells(of relation: Relation) throws -> [Term] {
    let width = relation.arity
    var rows: [UInt32] = []
    rows.reserveCapacity(relation.count * width)
    var steps = 0
    func tick() throws {
      steps += 1
      if steps & 0x3FFF == 0 && !proceed() { throw JoinMachine.Stopped() }
    }
    try relation.forEachTuple {
      try tick()
      rows.append(contentsOf: $0)
      return true
    }
    let ranks = TermRanks(rows, terms)
    let keys = query.order + (0..<width).map { ($0, false) }
    let order = try (0..<relation.count).map { UInt32($0) }.sorted { left, right in
      try tick()
      for key in keys {
        let one = ranks.rank(rows[Int(left) * width + key.column])
        let other = ranks.rank(rows[Int(right) * width + key.column])
        if one != other { return (one < other) != key.descending }
      }
      return false
    }
    return choose(rows, order, width)
  }

  private func choose(_ rows: [UInt32], _ order: [UInt32], _ width: Int) -> [Term] {
    let shown = query.columns.count
    var cells: [Term] = []
    var seen: Set<[UInt32]> = []
    var skipped = 0
    var taken = 0
    for number in order {
      if let limit = query.limit, taken == limit { break }
      let row = rows[Int(number) * width..<Int(number) * width + shown]
      if shown < width, !seen.insert(Array(row)).inserted { continue }
      if skipped < query.offset {
        skipped += 1
        continue
      }
      taken += 1
      for cell in row { cells.append(Term(cell)) }
    }
    return cells
  }
}

/// The places of terms in the order of values.
struct TermRanks {
  private var ranks: [UInt32: UInt32] = [:]

  init(_ numbers: [UInt32], _ terms: TermDictionary) {
    let distinct = SetBuffer()
    for number in numbers { distinct.insert(number) }
    var entries: [(number: UInt32, value: Value, key: [UInt8])] = []
    for number in distinct.view.elements {
      let value = terms.value(Term(number))
      entries.append((number, value, Self.key(value)))
    }
    entries.sort { left, right in
      switch (left.value, right.value) {
      case (.string, .string), (.name, .name): left.key.lexicographicallyPrecedes(right.key)
      default: Value.order(left.value, right.value) < 0
      }
    }
    ranks.reserveCapacity(entries.count)
    for (rank, entry) in entries.enumerated() { ranks[entry.number] = UInt32(rank) }
  }

  func rank(_ number: UInt32) -> UInt32 { ranks[number] ?? 0 }

  /// The collation's key of a text, by which many are sorted faster than by comparing.
  private static func key(_ value: Value) -> [UInt8] {
    switch value {
    case .name(let text), .string(let text): Collation.sortKey(text)
    default: []
    }
  }
}
