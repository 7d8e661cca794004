import Relations

/// A clause that reads one of its literals from rows that are new or gone.
struct ClauseVariant {
  var head: RelationKey
  /// The relation that the literal reads.
  var read: RelationKey
  var compiled: CompiledClause
}

extension Evaluator {
  /// The clauses of some relations, for each literal that reads a relation with rows in `slots`.
  func variants(of heads: [RelationKey], reading slots: [RelationKey: RelationSlot]) -> [ClauseVariant] {
    var variants: [ClauseVariant] = []
    for key in heads {
      for clause in base.clauses(for: key) {
        for (number, literal) in clause.body.enumerated() {
          guard case .atom(let atom) = literal, let slot = slots[atom.relation] else { continue }
          let compiled = compile(clause, delta: (number, slot), addingTo: self.slot(key))
          variants.append(ClauseVariant(head: key, read: atom.relation, compiled: compiled))
        }
      }
    }
    return variants
  }
}
