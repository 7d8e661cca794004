import Graphs
import Relations

extension SnapshotReader {
  /// Reads the facts and statements of a relation from a file of version 1.
  func readVersion1(_ number: Int, into graph: Graph) throws {
    let entry = catalogue.relations[number]
    let relation = graph.restoreRelation(
      entry.name, arity: entry.arity, declaration: entry.declaration, isType: entry.isType)
    try RowsReader(self, number, relation.facts, termCount: graph.terms.count).read()
    let statements = try StatementsSection(self, number).table(
      termCount: graph.terms.count, setCount: graph.annotationSets.count)
    graph.restoreStatements(relation, statements)
  }
}
