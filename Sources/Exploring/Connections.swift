import Terms

/// A way from one entity to another, by facts that share an entity with the one before.
public struct Connection {
  public var steps: [Step]

  /// From one entity to the next; the facts that lead there, of which there is at least one.
  public struct Step {
    public var from: Term
    public var to: Term
    public var facts: [Fact]
  }
}

/// How two entities are connected.
public struct Connections {
  /// The closest first; empty where nothing connects the two.
  public var ways: [Connection] = []
  /// How many other ways there are that have no more steps than the first one, as far as they were counted.
  public var otherCount = 0
  /// Whether there may be more of them.
  public var isCut = false
}

extension Explorer {
  /// Ways between two entities, the closest first: as many as are asked for, of which the longest have at most
  /// ``mostDetour`` steps more than the first. No way passes an entity twice.
  ///
  /// A step costs the more the more facts the entity has through which it leads: what few things have in common connects
  /// them closely, what a country has with all its inhabitants does not. Only where no stated facts connect the two, those
  /// that rules derive are followed too.
  public func connections(from start: Term, to end: Term, limit: Int = 1) throws -> Connections {
    if start == end { return Connections(ways: [Connection(steps: [])]) }
    for followsInferred in inferences == nil ? [false] : [false, true] {
      var search = WaySearch(self, start.number, end.number, followsInferred: followsInferred)
      let ways = try search.ways(limit: limit)
      guard let first = ways.first else { continue }
      var connections = Connections()
      connections.ways = try ways.map { way in
        Connection(
          steps: try zip(way, way.dropFirst()).map { from, to in
            .init(from: Term(from), to: Term(to), facts: try facts(between: Term(from), Term(to)))
          })
      }
      let told = ways.count { $0.count <= first.count }
      var counting = WayCount(self, start.number, end.number, followsInferred: followsInferred)
      let (count, isCut) = try counting.count(steps: first.count - 1, most: told + Self.mostOthers)
      connections.otherCount = max(0, count - told)
      connections.isCut = isCut
      return connections
    }
    return Connections()
  }

  static let mostDetour = 3
  /// So many other ways are counted.
  static let mostOthers = 99

  /// Calls `body` with what one fact leads to.
  func forEachNeighbour(of entity: UInt32, inferred: Bool, _ body: (UInt32) throws -> Void) throws {
    try forEachNeighbour(of: entity) { other, _ in
      try body(other)
      return true
    }
    guard inferred else { return }
    try forEachInferredNeighbour(of: entity) { other, _ in
      try body(other)
      return true
    }
  }
}
