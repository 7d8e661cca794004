import Relations
import Terms

/// An entity with those near it and the facts among them: what a picture shows.
public struct Surroundings {
  /// The nearest first; the entity itself is the first.
  public var entities: [Term]
  /// Each fact of two or more of the entities, once: those that are stated, and those that rules derive and that alone lead
  /// to one of the entities.
  public var facts: [Fact]
  /// How many entities were left out for there being too many.
  public var leftOut: Int
  /// Whether there are more that were not counted.
  public var isCut = false
}

extension Explorer {
  /// The entities within some steps of one, at most so many of them, and all facts that connect any of these.
  ///
  /// Of too many the nearest are taken, of these first those to which seldom relations lead, and within a relation those
  /// that the fewest facts connect with others.
  public func surroundings(of entity: Term, steps: Int, limit: Int) throws -> Surroundings {
    let near = try self.near(entity, steps: steps, limit: Self.mostCandidates)
    let chosen = try mostTelling(near.neighbours, limit - 1)
    let entities = [entity] + chosen.map(\.entity)
    return Surroundings(
      entities: entities, facts: try facts(among: entities) + chosen.map(\.by).filter(\.isInferred),
      leftOut: near.count - chosen.count, isCut: near.isCut)
  }

  /// So many are compared.
  private static let mostCandidates = 2_000

  private func mostTelling(_ neighbours: [Neighbour], _ limit: Int) throws -> [Neighbour] {
    if neighbours.count <= limit { return neighbours }
    struct Kind: Hashable {
      var steps: Int
      var relation: String
    }
    var counts: [Kind: Int] = [:]
    for neighbour in neighbours {
      counts[Kind(steps: neighbour.steps, relation: neighbour.by.relation), default: 0] += 1
    }
    let ranked = try neighbours.enumerated().map { offset, neighbour in
      try step()
      let kind = Kind(steps: neighbour.steps, relation: neighbour.by.relation)
      return (neighbour.steps, counts[kind] ?? 0, degree(of: neighbour.entity.number), offset)
    }
    let best = ranked.sorted { $0 < $1 }.prefix(limit).map(\.3).sorted()
    return best.map { neighbours[$0] }
  }

  /// The stated facts among some entities, each met at the first of its entities.
  private func facts(among entities: [Term]) throws -> [Fact] {
    var places: [UInt32: Int] = [:]
    for (number, entity) in entities.enumerated() { places[entity.number] = number }
    let ascending = entities.map(\.number).sorted()
    var facts: [Fact] = []
    for (number, entity) in entities.enumerated() {
      for link in links {
        try step()
        func take(_ tuple: [UInt32]) throws {
          try step()
          let others = tuple.compactMap { $0 == entity.number ? nil : places[$0] }
          if others.isEmpty || others.contains(where: { $0 < number }) { return }
          if tuple.firstIndex(of: entity.number) != link.column { return }
          facts.append(Fact(graph.statement(link.relation, tuple), in: graph))
        }
        if link.relation.arity == 2 {
          // Whichever is fewer is gone through: those to which facts lead, or those that are looked for.
          let facts = link.relation.facts
          if facts.roughCount(where: link.column, is: entity.number) > ascending.count {
            for other in ascending {
              let tuple = link.column == 0 ? [entity.number, other] : [other, entity.number]
              try step()
              if facts.contains(tuple) { try take(tuple) }
            }
            continue
          }
        }
        var met = 0
        try link.relation.forEachFact(where: link.column, is: entity) { tuple in
          try take(tuple)
          met += 1
          return met < Self.mostCandidates
        }
      }
    }
    return facts
  }
}
