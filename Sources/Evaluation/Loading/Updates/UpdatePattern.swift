import Diagnostics
import Graphs
import Relations
import Terms

/// Which facts an update's head takes back: those with given terms in the columns where no `_` stands.
struct UpdatePattern {
  private let columns: [Int]
  private let arity: Int

  init(_ cells: [UpdatePlan.Cell]) {
    arity = cells.count
    columns = cells.indices.filter { if case .anything = cells[$0] { false } else { true } }
  }

  func key(
    of head: UpdatePlan.Head, _ rows: UpdateRows, _ row: Int, _ relation: StoredRelation, _ graph: Graph
  ) throws(Diagnostic) -> [UInt32] {
    let fit = PositionFit(graph)
    var key: [UInt32] = []
    for column in columns {
      let value = graph.terms.value(rows.term(head.cells[column], row, []))
      let fitted = try fit.fit(value, to: relation.types(at: column), at: head.atom.arguments[column].span)
      key.append(graph.terms.intern(fitted).number)
    }
    return key
  }

  /// The facts that have one of the keys, each once.
  func matches(_ keys: Set<[UInt32]>, _ relation: StoredRelation, _ graph: Graph) throws -> [[UInt32]] {
    if columns.count == arity {
      return keys.filter { relation.facts.contains($0) }.sorted { $0.lexicographicallyPrecedes($1) }
    }
    var found: [[UInt32]] = []
    relation.facts.forEachTuple { tuple in
      guard graph.pace.goesOn(after: 4) else { return false }
      if keys.contains(columns.map { tuple[$0] }) { found.append(Array(tuple)) }
      return true
    }
    try graph.pace.check()
    return found
  }
}
