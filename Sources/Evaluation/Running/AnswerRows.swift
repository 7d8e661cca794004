import Relations
import Terms

/// The rows of a query's relation in the order in which they are shown.
struct AnswerRows {
  private let terms: TermDictionary
  private let query: LoweredQuery
  private let pace: Pace
  private let proceed: () -> Bool
  private let beginOrdering: () -> Void

  /// - Parameters:
  ///   - proceed: asked now and then; where it answers false, ``JoinMachine/Stopped`` is thrown.
  ///   - beginOrdering: told when rows are put in order.
  init(
    _ query: LoweredQuery, _ terms: TermDictionary, _ pace: Pace, proceed: @escaping () -> Bool,
    beginOrdering: @escaping () -> Void
  ) {
    self.pace = pace
    self.beginOrdering = beginOrdering
    self.query = query
    self.terms = terms
    self.proceed = proceed
  }

  /// The answer of a query.
  struct Chosen {
    /// Row by row.
    var cells: [Term] = []
    var holds: Bool
    /// Whether `limit` leaves rows out.
    var hasMore = false
    /// Whether they are not the first ones in order.
    var areAny = false
  }

  /// The answer: ordered as the query says and then by all columns, each row once, as many as `limit` and `offset` leave.
  /// - Parameter most: how many rows are computed where there is a limit, before the first ones alone are looked for.
  func chosen(of goal: RelationKey, _ evaluator: Evaluator, most: Int) throws -> Chosen {
    // Where something may fail all rows are looked at, so that an error does not depend on how many there are.
    guard let wanted, !evaluator.base.mayFail(goal), !query.columns.isEmpty, wanted < Self.mostLeading else {
      return try chosen(of: evaluator.relation(goal))
    }
    let rows = try GoalRows(of: goal, evaluator)
    let most = max(most, 4 * wanted)
    let (relation, isFull) = try rows.rows(most: most)
    if !isFull { return try chosen(of: relation) }
    let leading = LeadingAnswers(
      rows, order: keys(rows.arity), most: most, mostValues: query.order.isEmpty ? Self.mostValues : .max,
      LeadingRows(terms, proceed))
    do {
      return try first(wanted, leading, rows.arity)
    } catch is LeadingAnswers.TooManyValues {
      // One thread, so that each time the same rows are found.
      let threads = evaluator.threads
      evaluator.threads = JoinThreads(count: 1)
      defer { evaluator.threads = threads }
      var found = try chosen(of: rows.rows(most: most).relation)
      found.areAny = true
      return found
    }
  }

  /// The first rows; where columns are ordered by and not shown, more of them until enough differ in what is shown.
  private func first(_ wanted: Int, _ leading: LeadingAnswers, _ width: Int) throws -> Chosen {
    var count = wanted
    while true {
      let rows = try leading.first(count)
      let found = try chosen(rows, width)
      if found.hasMore || rows.count < count * width { return found }
      if found.cells.count / query.columns.count == query.limit, count > Self.mostRepeated * wanted { return found }
      count *= 4
    }
  }

  /// With what is left out and one more, which tells that there are more; `nil` without a limit.
  private var wanted: Int? {
    guard let limit = query.limit else { return nil }
    let (sum, overflows) = query.offset.addingReportingOverflow(limit)
    return overflows || sum == .max ? nil : sum + 1
  }

  /// How many times as many rows as are wanted are looked at for one more that differs.
  private static let mostRepeated = 64
  /// Of more rows than that it is not worth while to look for the first alone.
  private static let mostLeading = 10_000_000
  /// How many rows are gone through for the values of one column.
  private static let mostValues = 5_000_000

  private func keys(_ width: Int) -> [(column: Int, descending: Bool)] {
    var keys = query.order
    for column in 0..<width where !keys.contains(where: { $0.column == column }) { keys.append((column, false)) }
    return keys
  }

  private func chosen(of relation: Relation) throws -> Chosen {
    let width = relation.arity
    if width == 0 { return Chosen(holds: !relation.isEmpty) }
    var rows: [UInt32] = []
    try pace.reserve(4 * relation.count * width)
    rows.reserveCapacity(relation.count * width)
    try relation.forEachTuple {
      try pace.step()
      rows.append(contentsOf: $0)
      return true
    }
    return try chosen(rows, width)
  }

  private func chosen(_ rows: [UInt32], _ width: Int) throws -> Chosen {
    var rows = rows
    let keys = keys(width)
    beginOrdering()
    if let wanted, width == query.columns.count {
      rows = try LeadingRows(terms, proceed).cut(rows, width: width, to: wanted, by: keys)
    }
    return try sorted(rows, keys) { try choose($0, width) }
  }

  /// Gives `body` the rows in order. Their terms' places in the order of values are sorted in place of these.
  private func sorted(
    _ rows: [UInt32], _ keys: [(column: Int, descending: Bool)], _ body: ([UInt32]) throws -> Chosen
  ) throws -> Chosen {
    let ranks = try TermRanks(rows, terms, pace, proceed)
    let width = keys.count
    let last = UInt32(truncatingIfNeeded: ranks.count &- 1)
    // The places, and a copy of them in order.
    try pace.reserve(8 * rows.count)
    var numbers = [UInt32](repeating: 0, count: rows.count)
    for (place, key) in keys.enumerated() {
      for start in stride(from: 0, to: rows.count, by: width) {
        try pace.step()
        let rank = ranks.rank(rows[start + key.column])
        numbers[start + place] = key.descending ? last - rank : rank
      }
    }
    let order = numbers.withUnsafeBufferPointer { numbers in
      TupleSort.withSorted(numbers, order: Array(keys.indices)) { Array($0) }
    }
    guard let order, proceed() else { throw JoinMachine.Stopped() }
    for (place, key) in keys.enumerated() {
      for start in stride(from: 0, to: rows.count, by: width) {
        try pace.step()
        let rank = order[start + place]
        numbers[start + key.column] = ranks.term(key.descending ? last - rank : rank)
      }
    }
    return try body(numbers)
  }

  /// The first columns of the rows that `limit` and `offset` leave, each once.
  private func choose(_ rows: [UInt32], _ width: Int) throws -> Chosen {
    let shown = query.columns.count
    var chosen = Chosen(holds: !rows.isEmpty)
    var seen: Set<[UInt32]> = []
    var skipped = 0
    var taken = 0
    let most = min(rows.count / width, query.limit ?? .max) * shown
    try pace.reserve(MemoryLayout<Term>.stride * most)
    chosen.cells.reserveCapacity(most)
    for start in stride(from: 0, to: rows.count, by: width) {
      try pace.step(shown < width ? 16 : 1)
      let row = rows[start..<start + shown]
      if shown < width, !seen.insert(Array(row)).inserted { continue }
      if skipped < query.offset {
        skipped += 1
        continue
      }
      if let limit = query.limit, taken == limit {
        chosen.hasMore = true
        break
      }
      taken += 1
      for cell in row { chosen.cells.append(Term(cell)) }
    }
    return chosen
  }
}
