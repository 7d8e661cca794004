import Graphs
import Terms

/// An entity that lies some steps away from another, and the fact by which the last step leads to it.
public struct Neighbour {
  public var entity: Term
  public var steps: Int
  public var by: Fact
}

/// What lies near an entity, or of very much that the part that fits what was asked for.
public struct Neighbourhood {
  public var neighbours: [Neighbour] = []
  /// How many there are besides, by the steps and the relation that lead to them.
  public var leftOut: [(steps: Int, relation: String, count: Int)] = []
  /// Whether there are more that were not counted.
  public var isCut = false
  /// How many there are, as far as they were counted.
  public var count: Int { neighbours.count + leftOut.reduce(0) { $0 + $1.count } }
}

extension Explorer {
  /// The entities that at most so many facts lead to from one, the nearest first, and of one distance those to which a stated
  /// fact leads before the others, in the order of the relations.
  /// - Parameter limit: how many are wanted. Each relation then has its part, of what is nearest first, and no more than
  ///   ``mostCounted`` are counted.
  public func near(_ entity: Term, steps: Int, limit: Int? = nil) throws -> Neighbourhood {
    var walk = Walk(from: entity.number, most: limit == nil ? .max : Self.mostCounted)
    var distance = 0
    while distance < steps && !walk.isCut && !walk.frontier.isEmpty {
      distance += 1
      try walk.go(self, distance)
    }
    var neighbourhood = Neighbourhood(isCut: walk.isCut)
    var room = limit ?? .max
    for group in walk.found.chunked(by: { $0.steps }) {
      let chosen = Self.share(group, room)
      room -= chosen.count { $0 }
      var leftOut: [(relation: String, count: Int)] = []
      for (reached, isChosen) in zip(group, chosen) {
        try step()
        if isChosen {
          neighbourhood.neighbours.append(
            Neighbour(
              entity: Term(reached.entity), steps: reached.steps,
              by: reached.edge.fact(from: reached.from, to: reached.entity, in: graph)))
        } else if let index = leftOut.lastIndex(where: { $0.relation == reached.edge.relation }) {
          leftOut[index].count += 1
        } else {
          leftOut.append((reached.edge.relation, 1))
        }
      }
      let steps = group[group.startIndex].steps
      neighbourhood.leftOut += leftOut.map { (steps, $0.relation, $0.count) }
    }
    return neighbourhood
  }

  /// So many are counted where only some are wanted.
  static let mostCounted = 200_000

  /// Which of some entities are among so many: relations that lead to few come first, and the others share what is left.
  private static func share(_ group: ArraySlice<Walk.Reached>, _ room: Int) -> [Bool] {
    if group.count <= room { return group.map { _ in true } }
    var counts: [String: Int] = [:]
    for reached in group { counts[reached.edge.relation, default: 0] += 1 }
    var parts: [String: Int] = [:]
    var left = room
    for (number, entry) in counts.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }).enumerated() {
      let part = min(entry.value, left / (counts.count - number))
      parts[entry.key] = part
      left -= part
    }
    return group.map { reached in
      guard let part = parts[reached.edge.relation], part > 0 else { return false }
      parts[reached.edge.relation] = part - 1
      return true
    }
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
    func take(_ fact: Fact) {
      for argument in Set(fact.arguments) where argument != entity { facts[argument, default: []].append(fact) }
    }
    for statement in graph.statements(about: entity) where !["label", "alias"].contains(statement.relation) {
      try step()
      take(Fact(statement, in: graph))
    }
    try forEachInferredFact(about: entity) { relation, _, row in
      take(Fact(relation, row.map { Term($0) }, isInferred: true, in: graph))
      return true
    }
    return facts
  }
}

/// Goes from one entity to others, a step at a time: linear in the facts that it meets.
private struct Walk {
  struct Reached {
    var entity: UInt32
    var from: UInt32
    var steps: Int
    var edge: Explorer.Edge
  }

  private(set) var found: [Reached] = []
  private(set) var frontier: [UInt32]
  private(set) var isCut = false
  private let most: Int
  private var seen: Set<UInt32>

  init(from entity: UInt32, most: Int) {
    frontier = [entity]
    seen = [entity]
    self.most = most
  }

  mutating func go(_ explorer: Explorer, _ distance: Int) throws {
    var next: [UInt32] = []
    func take(_ from: UInt32, _ other: UInt32, _ edge: Explorer.Edge) -> Bool {
      guard seen.insert(other).inserted else { return true }
      next.append(other)
      found.append(Reached(entity: other, from: from, steps: distance, edge: edge))
      isCut = found.count >= most
      return !isCut
    }
    for from in frontier where !isCut {
      try explorer.forEachNeighbour(of: from) { take(from, $0, $1) }
    }
    for from in frontier where !isCut {
      try explorer.forEachInferredNeighbour(of: from) { take(from, $0, $1) }
    }
    frontier = next
  }
}

extension Array {
  /// Its stretches of elements that are alike in something.
  fileprivate func chunked(by mark: (Element) -> Int) -> [ArraySlice<Element>] {
    var chunks: [ArraySlice<Element>] = []
    var start = 0
    for index in indices.dropFirst() where mark(self[index]) != mark(self[index - 1]) {
      chunks.append(self[start..<index])
      start = index
    }
    return isEmpty ? [] : chunks + [self[start...]]
  }
}
