import Terms

/// An entity that lies some steps away from another, and the fact by which the last step leads to it.
public struct Neighbour {
  public var entity: Term
  public var steps: Int
  public var by: Fact
}

extension Explorer {
  /// The entities that at most so many facts lead to from one, the nearest first, and of one distance in the order of the
  /// relations.
  public func near(_ entity: Term, steps: Int) throws -> [Neighbour] {
    var seen: Set<UInt32> = [entity.number]
    var found: [Neighbour] = []
    var frontier = [entity.number]
    var distance = 0
    while distance < steps && !frontier.isEmpty {
      distance += 1
      var next: [UInt32] = []
      for from in frontier {
        try forEachNeighbour(of: from) { other in
          guard seen.insert(other).inserted else { return true }
          next.append(other)
          guard let fact = facts(between: Term(from), Term(other)).first else { return true }
          found.append(Neighbour(entity: Term(other), steps: distance, by: fact))
          return true
        }
      }
      frontier = next
    }
    return found
  }

  /// What two entities share: the entities and values that facts connect with both, with these facts.
  public func common(_ first: Term, _ second: Term) throws -> [(shared: Term, first: [Fact], second: [Fact])] {
    let ofFirst = try factsByPartner(of: first)
    let ofSecond = try factsByPartner(of: second)
    return ofFirst.keys.filter { $0 != second && $0 != first && ofSecond[$0] != nil }
      .sorted { left, right in
        let order = Value.order(graph.terms.value(left), graph.terms.value(right))
        return order < 0 || (order == 0 && left.number < right.number)
      }
      .map { ($0, ofFirst[$0] ?? [], ofSecond[$0] ?? []) }
  }

  private func factsByPartner(of entity: Term) throws -> [Term: [Fact]] {
    var facts: [Term: [Fact]] = [:]
    for statement in graph.statements(about: entity) where !["label", "alias"].contains(statement.relation) {
      try step()
      let fact = Fact(statement, in: graph)
      for argument in Set(fact.arguments) where argument != entity { facts[argument, default: []].append(fact) }
    }
    return facts
  }
}
