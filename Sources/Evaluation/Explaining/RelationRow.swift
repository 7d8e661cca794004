/// A row of a relation.
struct RelationRow: Hashable {
  var relation: RelationKey
  var terms: [UInt32]

  /// By its terms alone, for rows of several relations seldom have the same and the relations' names are long.
  func hash(into hasher: inout Hasher) { hasher.combine(terms) }
}

extension Clause {
  /// The body without what a query demands.
  var reasons: [Literal] {
    body.filter { if case .atom(let atom) = $0 { !atom.relation.isDemanded } else { true } }
  }
}
