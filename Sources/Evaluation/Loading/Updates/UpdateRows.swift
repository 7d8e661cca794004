import Diagnostics
import Language
import Terms

/// The rows of the answer to an update's body.
struct UpdateRows {
  let count: Int
  private let cells: [Term]
  private let width: Int
  private let terms: TermDictionary

  init(_ plan: UpdatePlan, _ knowledge: Knowledge) throws {
    terms = knowledge.graph.terms
    guard let query = plan.query else {
      (count, cells, width) = (1, [], 0)
      return
    }
    let rows = try knowledge.rows(query)
    (cells, width) = (rows.cells, rows.width)
    count = width == 0 ? (rows.holds ? 1 : 0) : cells.count / width
  }

  /// What stands in a place of a head for a row.
  func term(_ cell: UpdatePlan.Cell, _ row: Int, _ entities: [Term]) -> Term {
    switch cell {
    case .column(let number): cells[row * width + number]
    case .constant(let value): terms.intern(value)
    case .entity(let number): entities[number]
    case .anything: preconditionFailure("internal error: `_` has no value")
    }
  }
}

/// What a query gives, row by row.
struct QueryRows {
  var cells: [Term] = []
  var width: Int
  /// Whether there is a row, of a query without variables too.
  var holds: Bool
}
