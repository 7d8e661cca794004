import Relations
import Terms

/// Which names the facts speak of. Every name that was ever read has a term; those that may stand in no fact are remembered
/// as doubtful, and looked for in the facts when somebody asks.
extension Graph {
  /// The term of a name that need not stand in any fact, as of one that a query compares with.
  public func coin(_ name: String) -> Term {
    if let term = terms.find(.name(name)) { return term }
    let term = terms.intern(.name(name))
    doubtfulNames.insert(term.number)
    return term
  }

  /// Notes that terms were read for a fact that was not stated, or is no more.
  public func doubt(_ terms: some Sequence<Term>) {
    for term in terms where self.terms.isName(term) { doubtfulNames.insert(term.number) }
  }

  /// Whether a fact or an annotation of one has a name in it. Constant time, but linear in the graph for a doubtful name.
  public func speaksOf(_ name: String) -> Bool {
    guard let term = terms.find(.name(name)) else { return false }
    guard doubtfulNames.contains(term.number) else { return true }
    guard relations.values.contains(where: { hasTerm(term, $0) }) else { return false }
    doubtfulNames.remove(term.number)
    return true
  }

  private func hasTerm(_ term: Term, _ relation: StoredRelation) -> Bool {
    if !relation.facts.forEachTuple({ !$0.contains(term.number) }) { return true }
    return Set(relation.statements.annotations).contains { set in
      annotationSets.entries(set).contains { $0.value == term }
    }
  }
}
