import Relations

/// One direction of a relation with two columns: rows of terms, with where each begins.
struct RowsSection {
  let rows: BorrowedRows

  /// Whether the rows of so many terms are found by a start for each term below a limit: where that takes little memory.
  static func isDense(limit: Int, keys: Int) -> Bool { limit <= 4 * keys }

  static let headerLength = 16

  init(
    _ section: NumberSection, _ entry: Catalogue.RelationEntry, isBackward: Bool, termCount: Int
  ) throws {
    let (limit, keys) = (try section.size(at: 0), try section.size(at: 1))
    guard limit <= termCount, keys == entry.distinctTerms[isBackward ? 1 : 0],
      limit == 0 || Self.isDense(limit: limit, keys: keys)
    else { throw section.damage("it is not of \(keys) terms of \(termCount)") }
    var place = Self.headerLength
    let listed = try section.numbers(from: place, count: limit == 0 ? keys : 0)
    place += listed.count * 4
    let starts = try section.numbers(from: place, count: (limit == 0 ? keys : limit) + 1)
    place += starts.count * 4
    let numbers = try section.numbers(from: place, count: (section.byteCount - place) / 4)
    guard section.byteCount % 4 == 0, numbers.count == entry.facts else {
      throw section.damage("its length is not that of \(entry.facts) facts")
    }
    try section.checkAscent(listed)
    try section.checkTerms(listed, below: termCount)
    try section.checkTerms(numbers, below: termCount)
    try section.checkStarts(starts, of: numbers.count)
    guard try section.checkRows(starts, numbers) == keys else { throw section.damage("there are not \(keys) rows") }
    guard let firstStart = starts.baseAddress, let firstNumber = numbers.baseAddress else {
      throw section.damage("it ends too early")
    }
    rows = BorrowedRows(
      form: limit == 0 ? .listed(listed) : .dense(limit: limit), starts: firstStart, numbers: firstNumber,
      owner: section.memory)
  }
}
