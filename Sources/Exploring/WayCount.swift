/// Counts the ways between two entities that have at most so many steps and pass no entity twice.
struct WayCount {
  private let explorer: Explorer
  private let start: UInt32
  private let end: UInt32
  private let followsInferred: Bool
  /// How many facts may still be met.
  private var visitsLeft = WayCount.mostVisits
  private var count = 0
  private var most = 0

  private static let mostVisits = 300_000

  init(_ explorer: Explorer, _ start: UInt32, _ end: UInt32, followsInferred: Bool) {
    self.explorer = explorer
    self.start = start
    self.end = end
    self.followsInferred = followsInferred
  }

  /// How many there are, at most `most` of them, and whether there may be more.
  mutating func count(steps: Int, most: Int) throws -> (count: Int, isCut: Bool) {
    self.most = most
    let radius = steps / 2
    var distances: [UInt32: Int] = [end: 0]
    var edge = [end]
    for distance in 0..<radius {
      var next: [UInt32] = []
      for entity in edge {
        for other in try neighbours(of: entity) where distances[other] == nil {
          distances[other] = distance + 1
          next.append(other)
        }
      }
      edge = next
    }
    try follow(steps, radius, distances)
    return (count, visitsLeft <= 0 || count >= most)
  }

  private mutating func neighbours(of entity: UInt32) throws -> [UInt32] {
    var seen: Set<UInt32> = []
    var found: [UInt32] = []
    guard visitsLeft > 0 else { return [] }
    try explorer.forEachNeighbour(of: entity, inferred: followsInferred) { other in
      visitsLeft -= 1
      if seen.insert(other).inserted { found.append(other) }
    }
    return found
  }

  /// Goes along all ways from the start, depth first with a stack of its own, and counts those that come to the end.
  private mutating func follow(_ steps: Int, _ radius: Int, _ distances: [UInt32: Int]) throws {
    var way: Set<UInt32> = [start]
    var path = [(entity: start, others: try neighbours(of: start), next: 0)]
    while let (entity, others, next) = path.last {
      if next == others.count || count >= most || visitsLeft <= 0 {
        way.remove(entity)
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      let other = others[next]
      let left = steps - path.count
      if way.contains(other) || left <= radius && distances[other].map({ $0 <= left }) != true { continue }
      if other == end {
        count += 1
      } else if left > 0 {
        way.insert(other)
        path.append((other, try neighbours(of: other), 0))
      }
    }
  }
}
