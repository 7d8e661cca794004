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
    var way = [start]
    try extend(&way, steps, radius, distances)
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

  /// As deep as the ways are long.
  /// - Parameter radius: within so many steps of the end all distances are known.
  private mutating func extend(
    _ way: inout [UInt32], _ stepsLeft: Int, _ radius: Int, _ distances: [UInt32: Int]
  ) throws {
    guard let last = way.last else { return }
    if last == end {
      count += 1
      return
    }
    for other in try neighbours(of: last) where count < most && visitsLeft > 0 && !way.contains(other) {
      let left = stepsLeft - 1
      if left <= radius, distances[other].map({ $0 <= left }) != true { continue }
      if other != end && left == 0 { continue }
      way.append(other)
      try extend(&way, left, radius, distances)
      way.removeLast()
    }
  }
}
