import Language
import Terms

/// The answers of a query: its columns and its rows, in the order in which they are shown.
public struct Answers {
  /// The names of the variables; empty for a query that answers yes or no.
  public let columns: [String]
  /// Row by row, as many terms as there are columns.
  let cells: [Term]
  /// Whether there is an answer at all: the answer of a query without columns.
  public let holds: Bool
  /// Whether `limit` leaves rows out, which need not have been computed.
  public let hasMore: Bool
  /// Whether the rows of a limit are not the first ones in order, since there are too many values to find these.
  public let areAnyRows: Bool
  /// The query that they answer.
  public let query: Query
  /// The values of the parameters that it rests on.
  public let parameters: [(name: String, value: Value)]
  let terms: TermDictionary
  /// The rules and parameters by which it was answered, which may be gone when it is to be explained.
  let program: Program
  /// For each column whether `list{…}` has made what stands there.
  private let areLists: [Bool]

  init(
    _ rows: AnswerRows.Chosen, columns: [String], query: Query, parameters: [(name: String, value: Value)],
    terms: TermDictionary, program: Program
  ) {
    self.columns = columns
    cells = rows.cells
    holds = rows.holds
    hasMore = rows.hasMore
    areAnyRows = rows.areAny
    self.query = query
    self.parameters = parameters
    self.terms = terms
    self.program = program
    var lists = ListColumns(program)
    let names = terms.hasLists ? lists.names(in: query.body) : []
    areLists = columns.map { names.contains($0) }
  }

  /// Of which values a cell is a list, one after another, where some are entities; `nil` of any other cell.
  public func parts(row: Int, column: Int) -> [Term]? {
    areLists[column] ? terms.parts(ofList: term(row: row, column: column)) : nil
  }

  /// The number of rows; 0 for a query without columns.
  public var rowCount: Int { columns.isEmpty ? 0 : cells.count / columns.count }

  public func term(row: Int, column: Int) -> Term { cells[row * columns.count + column] }

  public func value(row: Int, column: Int) -> Value { terms.value(term(row: row, column: column)) }
}
