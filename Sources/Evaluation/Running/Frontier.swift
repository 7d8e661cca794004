import Relations

/// The rows of a recursive component's relations from which a round goes on, and the clauses that read them.
///
/// A component of thousands of relations may take thousands of rounds that each add to few of them: only these are looked
/// at, and what reads them.
struct Frontier {
  /// The new rows of each relation that has any.
  private(set) var rows: [RelationKey: Relation]
  private let slots: [RelationKey: RelationSlot]
  private let all: [ClauseVariant]
  /// The places of the variants that read each relation.
  private let readers: [RelationKey: [Int]]

  init(of component: [RelationKey], _ evaluator: Evaluator, rows: [RelationKey: Relation] = [:]) {
    let slots = component.map { ($0, RelationSlot(rows[$0] ?? Relation(arity: evaluator.base.arity(of: $0) ?? 0))) }
    self.slots = Dictionary(uniqueKeysWithValues: slots)
    all = evaluator.variants(of: component, reading: self.slots)
    let all = all
    readers = Dictionary(grouping: all.indices) { all[$0].read }
    self.rows = rows.filter { !$0.value.isEmpty }
  }

  var isEmpty: Bool { rows.isEmpty }

  /// The clauses that read the new rows, in their order.
  var variants: [ClauseVariant] { rows.keys.flatMap { readers[$0] ?? [] }.sorted().map { all[$0] } }

  /// Puts what a round has added in the place of what it went on from.
  mutating func advance(to new: [RelationKey: Relation]) {
    for (key, rows) in rows where new[key] == nil { slots[key]?.relation = Relation(arity: rows.arity) }
    rows = new.filter { !$0.value.isEmpty }
    for (key, rows) in rows { slots[key]?.relation = rows }
  }
}
