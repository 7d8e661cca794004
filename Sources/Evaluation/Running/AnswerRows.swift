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
    if width == 0 { return [] }
    var keys = query.order
    for column in 0..<width where !keys.contains(where: { $0.column == column }) { keys.append((column, false)) }
    var rows: [UInt32] = []
    rows.reserveCapacity(relation.count * width)
    relation.forEachTuple {
      rows.append(contentsOf: $0)
      return true
    }
    if let limit = query.limit, width == query.columns.count, !query.offset.addingReportingOverflow(limit).overflow {
      rows = try LeadingRows(terms, proceed).cut(rows, width: width, to: query.offset + limit, by: keys)
    }
    return try sorted(rows, keys) { choose($0, width) }
  }

  /// Gives `body` the rows in order. Their terms' places in the order of values are sorted in place of these.
  private func sorted(
    _ rows: [UInt32], _ keys: [(column: Int, descending: Bool)], _ body: ([UInt32]) -> [Term]
  ) throws -> [Term] {
    let ranks = try TermRanks(rows, terms, proceed)
    let width = keys.count
    let last = UInt32(truncatingIfNeeded: ranks.count &- 1)
    var numbers = [UInt32](repeating: 0, count: rows.count)
    for (place, key) in keys.enumerated() {
      for start in stride(from: 0, to: rows.count, by: width) {
        let rank = ranks.rank(rows[start + key.column])
        numbers[start + place] = key.descending ? last - rank : rank
      }
    }
    let order = numbers.withUnsafeBufferPointer { numbers in
      TupleSort.withSorted(numbers, order: Array(keys.indices), proceed: proceed) { Array($0) }
    }
    if !proceed() { throw JoinMachine.Stopped() }
    for (place, key) in keys.enumerated() {
      for start in stride(from: 0, to: rows.count, by: width) {
        let rank = order[start + place]
        numbers[start + key.column] = ranks.term(key.descending ? last - rank : rank)
      }
    }
    return body(numbers)
  }

  /// The first columns of the rows that `limit` and `offset` leave, each once.
  private func choose(_ rows: [UInt32], _ width: Int) -> [Term] {
    let shown = query.columns.count
    var cells: [Term] = []
    var seen: Set<[UInt32]> = []
    var skipped = 0
    var taken = 0
    for start in stride(from: 0, to: rows.count, by: width) {
      if let limit = query.limit, taken == limit { break }
      let row = rows[start..<start + shown]
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
