import Evaluation

/// Which relations of an explanation recur through one another, found in linear time by two walks (Kosaraju and Sharir).
struct Recursions {
  private var names: [String] = []
  private var numbers: [String: Int] = [:]
  private var premises: [Set<Int>] = []
  /// For each relation that recurs, one of those that it recurs through: the same for all of them.
  private(set) var representatives: [String: String] = [:]

  init(_ nodes: [Explanation.Node]) {
    for node in nodes {
      guard let relation = node.relation else { continue }
      let number = number(relation)
      for case let other? in node.premises.map({ nodes[$0].relation }) {
        let target = self.number(other)
        premises[number].insert(target)
      }
    }
    for group in groups where group.count > 1 || premises[group[0]].contains(group[0]) {
      let members = group.map { names[$0] }
      let first = members.min()
      for member in members { representatives[member] = first }
    }
  }

  private mutating func number(_ name: String) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = names.count
    names.append(name)
    premises.append([])
    return names.count - 1
  }

  /// The relations, those that rest on one another together.
  private var groups: [[Int]] {
    var backward = [[Int]](repeating: [], count: names.count)
    for (number, targets) in premises.enumerated() {
      for target in targets { backward[target].append(number) }
    }
    var seen = Set<Int>()
    let forward = premises.map { Array($0) }
    let finished = names.indices.flatMap { Self.walk(from: $0, forward, &seen) }
    seen = []
    return finished.reversed().map { Self.walk(from: $0, backward, &seen) }.filter { !$0.isEmpty }
  }

  /// What is reached from a relation and was not seen, each behind all that is reached from it.
  private static func walk(from start: Int, _ edges: [[Int]], _ seen: inout Set<Int>) -> [Int] {
    guard seen.insert(start).inserted else { return [] }
    var finished: [Int] = []
    var path = [(node: start, next: 0)]
    while let (node, next) = path.last {
      if next == edges[node].count {
        finished.append(node)
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      let target = edges[node][next]
      if seen.insert(target).inserted { path.append((target, 0)) }
    }
    return finished
  }
}
