import Graphs
import Relations

/// Makes the changes of a damaged journal on a graph that may lack what they rest on: what they need is declared, and what can't
/// be is left out and told.
struct SalvagedChanges {
  private let graph: Graph
  /// How many records were made, all of what they hold.
  private(set) var made = 0
  /// Why a change or a record could not be made, one sentence each.
  private(set) var faults: [String] = []
  /// The texts of the rules where they have changed.
  private(set) var rules: [(name: String, text: String)]?

  init(_ records: some Sequence<JournalLayout.Record>, on graph: Graph) {
    self.graph = graph
    for record in records where record.kind == .changes {
      guard let changes = try? Self.changes(record) else {
        faults.append("record \(record.sequence) of the journal: it holds no changes that this program knows")
        continue
      }
      let faultsBefore = faults.count
      for change in changes { make(change, record.sequence) }
      if faults.count == faultsBefore { made += 1 }
    }
  }

  private static func changes(_ record: JournalLayout.Record) throws -> [ValueChange] {
    var changes: [ValueChange] = []
    try JournalContents.forEachChange(of: record) { changes.append($0) }
    return changes
  }

  private mutating func make(_ change: ValueChange, _ sequence: UInt64) {
    prepare(change)
    if let fault = fault(change) ?? change.apply(to: graph) {
      faults.append("a change of record \(sequence) of the journal can't be made: \(fault)")
    } else if case .rules(let texts) = change {
      rules = texts.map { ($0.name, $0.text) }
    }
  }

  /// What is wrong with a change that a graph would take, and no snapshot could hold.
  private func fault(_ change: ValueChange) -> String? {
    guard case .type(let name, let supertypes) = change else { return nil }
    return supertypes.first { !graph.isType($0) }.map { "`\(name)` is beneath `\($0)`, which is no type" }
  }

  private func declare(_ name: String, arity: Int) {
    if arity <= Relation.mostColumns { graph.addRelation(name, arity: arity) }
  }

  /// Declares what a change rests on where it is not there any more.
  private func prepare(_ change: ValueChange) {
    switch change {
    case .type(_, let supertypes):
      for type in supertypes where !graph.isType(type) && graph.relation(named: type)?.arity ?? 1 == 1 {
        graph.declareType(type, supertypes: [])
      }
    case .state(let name, let tuples, _):
      if let tuple = tuples.first { declare(name, arity: tuple.count) }
    case .retract(let name, let values), .takeBackStatement(let name, let values, _):
      declare(name, arity: values.count)
    case .relation, .rules: break
    }
  }
}
