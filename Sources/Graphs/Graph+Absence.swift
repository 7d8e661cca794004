import Terms

extension Graph {
  /// The term in a column of a fact that says nothing there; `nil` as long as there is no such fact.
  public var absentTerm: Term? { terms.find(.absent) }

  /// The columns of a relation in which a fact may say nothing. Linear after each change of the graph, but only in a graph that
  /// has such facts.
  public func absentColumns(of name: String) -> Set<Int> {
    guard let absent = absentTerm, let relation = relations[name] else { return [] }
    if let known = relation.absence, known.version == version { return known.columns }
    let columns = Set((0..<relation.arity).filter { relation.facts.terms(ofColumn: $0).contains(absent.number) })
    relation.absence = (version, columns)
    return columns
  }
}
