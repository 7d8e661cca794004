import Relations

/// How the rows of a relation have changed.
struct RelationDelta {
  var added: Relation
  var removed: Relation

  init(arity: Int) { self.init(added: Relation(arity: arity), removed: Relation(arity: arity)) }

  init(added: Relation, removed: Relation) {
    self.added = added
    self.removed = removed
  }

  var isEmpty: Bool { added.isEmpty && removed.isEmpty }
}
