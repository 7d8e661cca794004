import TestSupport

/// A conjunction of random literals over the relations of ``RandomFacts``, whose variables are `X0`, `X1` and so on.
struct RandomConjunction {
  enum Shape: CaseIterable {
    case path, cycle, clique, star, tree, apart
  }

  private(set) var literals: [String] = []
  private(set) var variables: [String] = []
  private var random: SplitMix64

  init(_ shape: Shape, seed: UInt64) {
    random = SplitMix64(seed: seed)
    for (first, second) in edges(of: shape) { addEdge("X\(first)", "X\(second)") }
    for _ in 0..<random.number(0...2) { addCondition() }
    literals.shuffle(using: &random)
  }

  var body: String { literals.joined(separator: ", ") }

  /// Some of the variables, at least so many, in random order.
  mutating func someVariables(atLeast count: Int) -> [String] {
    let wanted = random.happens(60) ? variables.count : random.number(min(count, variables.count)...variables.count)
    return Array(variables.shuffled(using: &random).prefix(wanted))
  }

  private mutating func edges(of shape: Shape) -> [(Int, Int)] {
    switch shape {
    case .path: return (0..<random.number(2...5)).map { ($0, $0 + 1) }
    case .cycle:
      let length = random.number(3...6)
      return (0..<length).map { ($0, ($0 + 1) % length) }
    case .clique: return (0..<4).flatMap { first in (0..<first).map { ($0, first) } }
    case .star: return (1...random.number(2...3)).map { (0, $0) }
    case .tree: return (1...random.number(3...5)).map { (random.number(0...($0 - 1)), $0) }
    case .apart: return [(0, 1), (2, 3)] + (random.happens(50) ? [(3, 4)] : [])
    }
  }

  private mutating func addEdge(_ first: String, _ second: String) {
    for variable in [first, second] where !variables.contains(variable) { variables.append(variable) }
    let (from, to) = random.happens(30) ? (second, first) : (first, second)
    switch random.number(0...9) {
    case 0:
      let extra = "X\(9 + variables.count)"
      variables.append(extra)
      literals.append("t(\(from), \(extra), \(to))")
    case 1: literals.append("t(\(from), _, \(to))")
    case 2: literals.append("t(\(to), \(from), _)")
    default: literals.append("\(["e", "f", "g"][random.number(0...2)])(\(from), \(to))")
    }
  }

  private mutating func addCondition() {
    let first = variables[random.number(0...(variables.count - 1))]
    let second = variables[random.number(0...(variables.count - 1))]
    let conditions = [
      "\(first) != \(second)", "\(first) != \(second)", "\(first) < \(second)", "\(first) >= 20",
      "not f(\(first), \(second))",
      "not (e(\(first), Hidden), g(Hidden, \(second)))", "not u(\(first))", "u(\(first))", "e(\(first), 7)",
      "g(3, \(first))",
      "e(\(first), _)", "f(_, \(first))", "e(\(first), Inner), u(Inner)", "\(first) mod 2 = \(second) mod 2",
      "\(first) != 4",
    ]
    literals.append(conditions[random.number(0...(conditions.count - 1))])
  }
}
