internal import Evaluation
internal import Terms

/// The answers of a query: a collection of rows, in the order in which the shell shows them.
///
/// Answers are a value of their own: they stay as they are if the database changes, and any task may read them. They take four bytes
/// for a cell and each distinct value once. For answers too many to be kept, see ``Database/forEachAnswer(to:_:_:)``.
///
/// ```swift
/// let answers = try db.query("partner(Org, Project)")
/// for row in answers { print(try row["Org"], try row["Project"]) }
/// ```
public struct Answers: RandomAccessCollection, Sendable {
  let table: AnswerTable

  init(_ answers: Evaluation.Answers) { table = AnswerTable(answers, rows: 0..<answers.rowCount) }

  /// The names of the columns; empty for a query that answers yes or no.
  public var columns: [String] { table.columns }
  /// Whether there is an answer: what a query without columns answers.
  public var holds: Bool { table.holds }
  /// Whether `limit` leaves rows out.
  public var hasMore: Bool { table.hasMore }

  public var startIndex: Int { 0 }
  public var endIndex: Int { table.rowCount }
  public subscript(position: Int) -> Row { Row(table, position) }

  /// The rows as values of a type: by the names of its properties (`day` or `Day` for the column `Day`), or if there is
  /// one column by that alone.
  ///
  /// ```swift
  /// struct Partner: Decodable { var org: String; var project: Entity }
  /// let partners = try db.query("partner(Org, Project)").decoded(as: Partner.self)
  /// ```
  /// Throws ``TiltasError`` with the column that does not fit. Linear in the rows.
  public func decoded<Element: Decodable>(as type: Element.Type = Element.self) throws -> [Element] {
    try map { try $0.decoded(as: type) }
  }
}

/// Some rows of answers, with the values that stand in them.
final class AnswerTable: Sendable {
  let columns: [String]
  let holds: Bool
  let hasMore: Bool
  let rowCount: Int
  /// For each cell, row by row, which of the values stands there.
  private let cells: [UInt32]
  private let values: [Value]
  let origin: AnswerOrigin
  /// Which row of the answers is the first one here.
  let firstRow: Int

  init(_ answers: Evaluation.Answers, rows: Range<Int>) {
    columns = answers.columns
    holds = answers.holds
    hasMore = answers.hasMore
    rowCount = rows.count
    firstRow = rows.lowerBound
    origin = AnswerOrigin(answers)
    var numbers: [Term: UInt32] = [:]
    var cells: [UInt32] = []
    var values: [Value] = []
    cells.reserveCapacity(rows.count * answers.columns.count)
    for row in rows {
      for column in answers.columns.indices {
        let term = answers.term(row: row, column: column)
        if let number = numbers[term] {
          cells.append(number)
        } else {
          numbers[term] = UInt32(values.count)
          cells.append(UInt32(values.count))
          values.append(Value(answers.value(row: row, column: column)))
        }
      }
    }
    (self.cells, self.values) = (cells, values)
  }

  func value(row: Int, column: Int) -> Value { values[Int(cells[row * columns.count + column])] }
}

/// The answers in the engine's own form, to be explained later. Only who has the database's turn reads them, which makes them safe to
/// be kept by any task.
final class AnswerOrigin: @unchecked Sendable {
  let answers: Evaluation.Answers
  init(_ answers: Evaluation.Answers) { self.answers = answers }
}
