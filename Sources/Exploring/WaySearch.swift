/// The search for the ways between two entities that cost least: a step costs one, and to pass through an entity costs the
/// logarithm of the number of its facts.
///
/// The least cost is found from both ends (Dijkstra's search, bidirectional): each time that side goes on which will then have
/// met fewer facts, so that a hub at one end is not gone through unless nothing else leads there. Then ways are built step by
/// step, the one first that can become the cheapest (A*), for which what was found from the end tells how far it is.
struct WaySearch {
  private let explorer: Explorer
  private let start: UInt32
  private let end: UInt32
  private let followsInferred: Bool
  private var degrees: [UInt32: Int] = [:]

  init(_ explorer: Explorer, _ start: UInt32, _ end: UInt32, followsInferred: Bool) {
    self.explorer = explorer
    self.start = start
    self.end = end
    self.followsInferred = followsInferred
  }

  /// What was found from one end: for each entity the least cost of getting there, without that of passing through it.
  private struct Side {
    var costs: [UInt32: Double]
    var settled: Set<UInt32> = []
    var open = Heap<UInt32>()

    init(_ origin: UInt32) {
      costs = [origin: 0]
      open.insert(origin, 0)
    }

    /// The entity that is nearest of those from which nothing was followed yet.
    mutating func next() -> (entity: UInt32, cost: Double)? {
      while let (entity, cost) = open.first {
        if !settled.contains(entity) { return (entity, cost) }
        _ = open.removeFirst()
      }
      return nil
    }
  }

  private mutating func degree(_ entity: UInt32) -> Int {
    if let known = degrees[entity] { return known }
    let degree = explorer.degree(of: entity)
    degrees[entity] = degree
    return degree
  }

  /// What it costs to pass through an entity.
  private mutating func passingCost(_ entity: UInt32) -> Double {
    if entity == start || entity == end { return 0 }
    // The two facts by which a way comes and goes are no choice.
    return Self.logarithm(max(1, degree(entity) - 1))
  }

  /// About the logarithm to the base 2, the same on each machine.
  private static func logarithm(_ number: Int) -> Double {
    let value = Double(number)
    return Double(value.exponent) + value.significand - 1
  }

  /// The cheapest ways, as many as are asked for.
  mutating func ways(limit: Int) throws -> [[UInt32]] {
    guard let (least, fromEnd) = try meet() else { return [] }
    return try build(limit: limit, least, fromEnd)
  }

  /// The least cost of a way, and what was found from the end; `nil` where nothing connects the two.
  private mutating func meet() throws -> (least: Double, fromEnd: Side)? {
    var sides = [Side(start), Side(end)]
    var least = Double.infinity
    var work = [0, 0]
    while let first = sides[0].next(), let second = sides[1].next(), first.cost + second.cost < least {
      let costs = [work[0] + degree(first.entity), work[1] + degree(second.entity)]
      let side = costs[0] <= costs[1] ? 0 : 1
      work[side] = costs[side]
      let (entity, cost) = side == 0 ? first : second
      sides[side].settled.insert(entity)
      let leaving = cost + passingCost(entity) + 1
      try explorer.forEachNeighbour(of: entity, inferred: followsInferred) { other in
        if leaving < sides[side].costs[other] ?? .infinity {
          sides[side].costs[other] = leaving
          sides[side].open.insert(other, leaving)
        }
        if let rest = sides[1 - side].costs[other] { least = min(least, leaving + rest + passingCost(other)) }
      }
    }
    return least < .infinity ? (least, sides[1]) : nil
  }

  /// Parts of ways, each with the one before it.
  private struct Part {
    var entity: UInt32
    var before: Int?
    var length: Int
    /// What it cost to get there.
    var cost: Double
    /// What it costs at least to go on to the end.
    var rest: Double
    /// What it costs to pass through the entity, once that was asked.
    var passing: Double?
  }

  /// How many parts of ways are looked at.
  private static let mostParts = 200_000

  private mutating func build(limit: Int, _ least: Double, _ fromEnd: Side) throws -> [[UInt32]] {
    var fromEnd = fromEnd
    // What lies beyond it costs at least as much.
    let radius = fromEnd.next()?.cost ?? .infinity
    // Where one way is sought, its cost is known.
    let bound = limit == 1 ? least + 1e-6 : .infinity
    var parts = [Part(entity: start, before: nil, length: 0, cost: 0, rest: 0)]
    var open = Heap<Int>()
    open.insert(0, 0)
    var ways: [[UInt32]] = []
    var mostSteps = Int.max
    // What was never come to is on no way, so that long ways are not gone back for it.
    var met: Set<UInt32> = [start]
    while ways.count < limit, let (number, _) = open.removeFirst() {
      let part = parts[number]
      if part.entity == end {
        ways.append(way(to: number, parts))
        if ways.count == 1 { mostSteps = part.length + Explorer.mostDetour }
        continue
      }
      guard let passing = part.passing else {
        // It is asked of those only that come to be the cheapest.
        let passing = passingCost(part.entity)
        parts[number].passing = passing
        if part.cost + passing + part.rest <= bound { open.insert(number, part.cost + passing + part.rest) }
        continue
      }
      if part.length >= mostSteps || parts.count >= Self.mostParts { continue }
      var taken: Set<UInt32> = []
      let cost = part.cost + passing + 1
      try explorer.forEachNeighbour(of: part.entity, inferred: followsInferred) { other in
        guard taken.insert(other).inserted, met.insert(other).inserted || !isOnWay(other, to: number, parts) else {
          return
        }
        let known = fromEnd.settled.contains(other) || other == end ? fromEnd.costs[other] : nil
        let rest = known ?? radius
        if cost + rest > bound { return }
        parts.append(Part(entity: other, before: number, length: part.length + 1, cost: cost, rest: rest))
        open.insert(parts.count - 1, cost + rest)
      }
    }
    return ways
  }

  private func isOnWay(_ entity: UInt32, to number: Int, _ parts: [Part]) -> Bool {
    var next: Int? = number
    while let number = next {
      if parts[number].entity == entity { return true }
      next = parts[number].before
    }
    return false
  }

  private func way(to number: Int, _ parts: [Part]) -> [UInt32] {
    var way: [UInt32] = []
    var next: Int? = number
    while let number = next {
      way.append(parts[number].entity)
      next = parts[number].before
    }
    return way.reversed()
  }
}

/// What is open, the cheapest first, of equal ones what came first.
private struct Heap<Element> {
  private var entries: [(cost: Double, number: Int, element: Element)] = []
  private var count = 0

  var first: (element: Element, cost: Double)? { entries.first.map { ($0.element, $0.cost) } }

  mutating func insert(_ element: Element, _ cost: Double) {
    entries.append((cost, count, element))
    count += 1
    var place = entries.count - 1
    while place > 0, precedes(place, (place - 1) / 2) {
      entries.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func removeFirst() -> (element: Element, cost: Double)? {
    guard let first else { return nil }
    entries.swapAt(0, entries.count - 1)
    entries.removeLast()
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < entries.count && precedes(child, least) {
        least = child
      }
      if least == place { return first }
      entries.swapAt(place, least)
      place = least
    }
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    (entries[left].cost, entries[left].number) < (entries[right].cost, entries[right].number)
  }
}
