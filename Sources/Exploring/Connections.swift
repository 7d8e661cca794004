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

extension Explorer {
  /// Ways between two entities, the shortest first: as many as are asked for, of which the longest have at most
  /// ``mostDetour`` steps more than the shortest. No way passes an entity twice. Empty where nothing connects the two.
  ///
  /// It is looked for from both ends, a step at a time from the side that has fewer entities at its edge.
  public func connections(from start: Term, to end: Term, limit: Int = 1) throws -> [Connection] {
    if start == end { return [Connection(steps: [])] }
    var search = ConnectionSearch(self, start.number, end.number)
    guard let shortest = try search.meet() else { return [] }
    var ways: [[UInt32]] = []
    for length in shortest...shortest + Self.mostDetour where ways.count < limit {
      if length > shortest { try search.widen() }
      ways += try search.ways(ofLength: length, limit: limit - ways.count)
    }
    return ways.map { way in
      Connection(
        steps: zip(way, way.dropFirst()).map { from, to in
          .init(from: Term(from), to: Term(to), facts: facts(between: Term(from), Term(to)))
        })
    }
  }

  private static let mostDetour = 3
}

/// The search for ways from both of their ends.
private struct ConnectionSearch {
  private let explorer: Explorer
  private let start: UInt32
  private let end: UInt32
  private var fromStart: Distances
  private var fromEnd: Distances

  init(_ explorer: Explorer, _ start: UInt32, _ end: UInt32) {
    self.explorer = explorer
    self.start = start
    self.end = end
    fromStart = Distances(start)
    fromEnd = Distances(end)
  }

  /// The entities within some steps of an end.
  private struct Distances {
    var known: [UInt32: Int]
    var edge: [UInt32]
    var radius = 0

    init(_ origin: UInt32) {
      known = [origin: 0]
      edge = [origin]
    }

    /// Goes a step further, where `isWithin` allows.
    mutating func widen(_ explorer: Explorer, _ isWithin: (UInt32) -> Bool = { _ in true }) throws {
      radius += 1
      var next: [UInt32] = []
      for entity in edge {
        try explorer.forEachNeighbour(of: entity) { other in
          if known[other] == nil && isWithin(other) {
            known[other] = radius
            next.append(other)
          }
          return true
        }
      }
      edge = next
    }
  }

  /// Widens both sides until they meet; the length of the shortest ways, or `nil` where there is none.
  mutating func meet() throws -> Int? {
    while !fromStart.edge.isEmpty && !fromEnd.edge.isEmpty {
      if fromStart.edge.count <= fromEnd.edge.count {
        try fromStart.widen(explorer)
        if fromStart.edge.contains(where: { fromEnd.known[$0] != nil }) { return fromStart.radius + fromEnd.radius }
      } else {
        try fromEnd.widen(explorer)
        if fromEnd.edge.contains(where: { fromStart.known[$0] != nil }) { return fromStart.radius + fromEnd.radius }
      }
    }
    return nil
  }

  mutating func widen() throws { try fromEnd.widen(explorer) }

  /// The ways of just this length, of which the last steps lie within the radius about the end, the others about the start.
  func ways(ofLength length: Int, limit: Int) throws -> [[UInt32]] {
    // The distances from the end go on through what lies about the start, so that no step leads astray.
    var left = fromEnd
    while left.radius < length && !left.edge.isEmpty {
      try left.widen(explorer) { fromStart.known[$0] != nil }
    }
    var ways: [[UInt32]] = []
    var way = [start]
    try extend(&way, length, left.known, limit, &ways)
    return ways
  }

  /// As deep as the way is long.
  private func extend(
    _ way: inout [UInt32], _ length: Int, _ left: [UInt32: Int], _ limit: Int, _ ways: inout [[UInt32]]
  ) throws {
    guard let last = way.last else { return }
    if last == end {
      if way.count == length + 1 { ways.append(way) }
      return
    }
    let remaining = length - (way.count - 1)
    var tried: Set<UInt32> = []
    var next: [UInt32] = []
    try explorer.forEachNeighbour(of: last) { other in
      if let distance = left[other], distance < remaining, !way.contains(other), tried.insert(other).inserted {
        next.append(other)
      }
      return true
    }
    for other in next where ways.count < limit {
      way.append(other)
      try extend(&way, length, left, limit, &ways)
      way.removeLast()
    }
  }
}
