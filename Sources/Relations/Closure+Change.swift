extension Closure {
  /// Pairs that a change adds to rows or takes from them.
  public struct Change {
    public let added = Relation(arity: 2)
    public let removed = Relation(arity: 2)
  }

  /// How a transitive closure changes with its edges: `closure` is that of the edges before, `edges` are those after.
  ///
  /// An edge changes nothing where its end is reached without it. Of the others, only the rows of terms that reach their
  /// beginnings are computed anew, over the rows of all others, which stay what they are.
  /// - Parameter backward: the edges from their ends to their beginnings.
  /// - Returns: `nil` where it is cheaper to compute all of it anew.
  public static func change(
    of closure: Rows, edges: Rows, backward: Rows, added: Relation, removed: Relation, proceed: () -> Bool
  ) -> Change? {
    let beginnings = SetBuffer()
    added.forEachTuple { edge in
      if !closure[edge[0]].contains(edge[1]) { beginnings.insert(edge[0]) }
      return true
    }
    removed.forEachTuple { edge in
      if !isReached(edge[1], from: edge[0], edges: edges, proceed: proceed) { beginnings.insert(edge[0]) }
      return true
    }
    if beginnings.isEmpty { return Change() }
    guard let terms = terms(reaching: beginnings.view, backward, in: closure, proceed),
      let rows = rows(of: terms.view, closure, edges, proceed)
    else { return nil }
    return difference(terms.view, closure, rows)
  }

  private static func isReached(_ end: UInt32, from beginning: UInt32, edges: Rows, proceed: () -> Bool) -> Bool {
    var isReached = false
    _ = layers(
      from: edges[beginning], edges: edges, proceed: { !isReached && proceed() },
      { layer in isReached = isReached || layer.contains(end) })
    return isReached
  }

  /// Some terms and all that reach one of them, with the edges as they are now or were before: who came to one over an edge that
  /// is gone comes to where that began, which is among them or leads on without it. `nil` where their rows are much of the closure.
  private static func terms(
    reaching ends: SetView, _ backward: Rows, in closure: Rows, _ proceed: () -> Bool
  ) -> SetBuffer? {
    let result = SetBuffer()
    var pairs = 0
    let mostPairs = max(fewPairs, closure.count / 4)
    func add(_ layer: SetView) {
      result.formUnion(layer)
      layer.forEachNumber { term in
        pairs += closure[term].count
        return true
      }
    }
    let complete = layers(from: ends, edges: backward, proceed: { pairs <= mostPairs && proceed() }, add)
    return complete && pairs <= mostPairs ? result : nil
  }

  private static let fewPairs = 10_000

  /// The rows of some terms, of which no other term's row depends.
  private static func rows(of terms: SetView, _ closure: Rows, _ edges: Rows, _ proceed: () -> Bool) -> Rows? {
    let inner = Rows()
    let targets = SetBuffer()
    terms.forEachNumber { term in
      targets.assignIntersection(edges[term], terms)
      inner.append(term, targets.view)
      return true
    }
    let result = Rows()
    let sum = SetBuffer()
    let complete = Components.forEach(in: inner, and: terms, proceed: proceed) { members in
      guard proceed() else { return false }
      sum.clear()
      for member in members {
        sum.formUnion(edges[member])
        edges[member].forEachNumber { target in
          sum.formUnion(terms.contains(target) ? result[target] : closure[target])
          return true
        }
      }
      for member in members { result.append(member, sum.view) }
      return true
    }
    return complete ? result : nil
  }

  private static func difference(_ terms: SetView, _ old: Rows, _ new: Rows) -> Change {
    let change = Change()
    let rest = SetBuffer()
    terms.forEachNumber { term in
      rest.assignDifference(new[term], old[term])
      change.added.appendRow([term], rest.view, order: [0, 1])
      rest.assignDifference(old[term], new[term])
      change.removed.appendRow([term], rest.view, order: [0, 1])
      return true
    }
    return change
  }
}
