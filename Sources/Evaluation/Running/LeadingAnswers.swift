import Relations
import Terms

/// The first rows of a query that has a limit: of many rows only those are computed that may be among them.
///
/// Where there are not so many they are computed as always. Else the values of the column that is ordered by first are found,
/// and the rows of the first of them, until there are enough; if there are too many rows of one value, the next column
/// decides in the same way. So the rows are those that all rows in order begin with, whatever the plan.
struct LeadingAnswers {
  private let rows: GoalRows
  private let order: [(column: Int, descending: Bool)]
  private let leading: LeadingRows
  /// How many rows are computed at once.
  private let most: Int
  /// How many values of a column are looked at, where another order would do as well.
  private let mostValues: Int

  /// There are too many values for the first ones to be found.
  struct TooManyValues: Error {}

  init(
    _ rows: GoalRows, order: [(column: Int, descending: Bool)], most: Int, mostValues: Int, _ leading: LeadingRows
  ) {
    self.rows = rows
    self.order = order
    self.most = most
    self.mostValues = mostValues
    self.leading = leading
  }

  /// At least so many rows that come first, if there are as many; one behind the other.
  func first(_ wanted: Int) throws -> [UInt32] { try first(wanted, from: 0, []) }

  /// - Parameter prefix: the values of the columns before the place.
  private func first(_ wanted: Int, from place: Int, _ prefix: [GoalRows.Choice]) throws -> [UInt32] {
    let (column, descending) = order[place]
    let (values, isFull) = try rows.rows(ofColumns: [column], among: prefix, most: mostValues)
    if isFull && mostValues < .max { throw TooManyValues() }
    let candidates = try leading.first(wanted, of: values.terms(ofColumn: 0).elements, descending: descending)
    var found: [UInt32] = []
    if place == order.count - 1 {
      for value in candidates { found += row(prefix + [(column, [value])]) }
      return found
    }
    var next = 0
    var width = 1
    while next < candidates.count, found.count < wanted * rows.arity {
      let chosen = candidates[next..<min(next + width, candidates.count)]
      let choices = prefix + [(column, Array(chosen))]
      let (part, isFull) = try rows.rows(among: choices, most: most)
      if isFull && chosen.count > 1 {
        width = max(1, chosen.count / 4)
        continue
      }
      if isFull {
        found += try first(wanted - found.count / rows.arity, from: place + 1, choices)
      } else {
        part.forEachTuple { tuple in
          found += tuple
          return true
        }
        width *= 4
      }
      next += chosen.count
    }
    return found
  }

  private func row(_ values: [GoalRows.Choice]) -> [UInt32] {
    var row = [UInt32](repeating: 0, count: rows.arity)
    for (column, terms) in values { row[column] = terms[0] }
    return row
  }
}
