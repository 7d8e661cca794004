import Relations
import Terms

/// The aggregates of large sets that lie in a relation, by where they lie: the rows of a strongly connected component in a
/// closure, say, are one set, whose least member need not be looked for again from each of them.
///
/// It serves one clause, while the relations that it aggregates do not change.
final class SetMemo {
  private struct Place: Hashable {
    var memory: UnsafeRawPointer?
    var count: Int
  }

  private var known: [Place: Term?] = [:]
  /// What was asked for last, which most often is asked for again.
  @exclusivity(unchecked) private var last: (place: Place, term: Term?)?

  /// Sets of fewer terms are not worth to be remembered.
  private static let fewTerms = 64

  /// What `compute` gives for a set, which is asked once for each place.
  func term(of set: SetView, _ compute: () throws -> Term?) rethrows -> Term? {
    if set.count < Self.fewTerms { return try compute() }
    let place = Place(memory: set.place, count: set.count)
    if let last, last.place == place { return last.term }
    let term: Term?
    if let remembered = known[place] {
      term = remembered
    } else {
      term = try compute()
      known[place] = term
    }
    last = (place, term)
    return term
  }
}
