import Terms

/// An entity with those near it and the facts among them: what a picture shows.
public struct Surroundings {
  /// The nearest first; the entity itself is the first.
  public var entities: [Term]
  /// Each fact of two or more of the entities, once.
  public var facts: [Fact]
  /// How many entities were left out for there being too many.
  public var leftOut: Int
}

extension Explorer {
  /// The entities within some steps of one, at most so many of them, and all facts that connect any of these.
  public func surroundings(of entity: Term, steps: Int, limit: Int) throws -> Surroundings {
    let near = try self.near(entity, steps: steps).map(\.entity)
    let entities = [entity] + near.prefix(limit - 1)
    let shown = Set(entities)
    var facts: [Fact] = []
    for (number, first) in entities.enumerated() {
      for statement in graph.statements(about: first) where statement.arguments.count > 1 {
        try step()
        let others = statement.arguments.filter { graph.terms.isName($0) && $0 != first }
        // A fact is met at each of its entities, and taken at the one that comes first.
        guard others.contains(where: shown.contains), !entities[..<number].contains(where: others.contains) else {
          continue
        }
        facts.append(Fact(statement, in: graph))
      }
    }
    return Surroundings(entities: entities, facts: facts, leftOut: max(0, near.count + 1 - limit))
  }
}
