import Diagnostics
import Language
import Relations
import Terms

/// The rows of the answer to an update's body.
struct UpdateRows {
  let count: Int
  private let cells: [Term]
  private let width: Int
  private let terms: TermDictionary

  init(_ plan: UpdatePlan, _ engine: Engine) throws {
    terms = engine.graph.terms
    guard let query = plan.query else {
      (count, cells, width) = (1, [], 0)
      return
    }
    let rows = try engine.rows(of: query)
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

extension Engine {
  /// The rows of a query's variables, in the order in which their terms came into the graph; of a query without variables no cells,
  /// and whether it holds. Throws as ``answer(_:)``.
  func rows(of query: Query) throws -> (cells: [Term], width: Int, holds: Bool) {
    try watched { evaluator in
      let lowered = try lower(query, evaluator.base)
      return try demanding(lowered.relation, evaluator) { goal in
        let relation = try evaluator.relation(goal)
        var cells: [Term] = []
        relation.forEachTuple { tuple in
          cells += tuple.lazy.map { Term($0) }
          return graph.pace.goesOn(after: 2)
        }
        return (cells, lowered.columns.count, !relation.isEmpty)
      }
    }
  }
}
