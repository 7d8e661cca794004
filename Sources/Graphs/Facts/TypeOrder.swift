/// Which types lie beneath which, as they were declared.
struct TypeOrder {
  /// The declared types in the order of their declaration.
  private(set) var names: [String] = []
  /// A number for each type that was declared or named as a supertype.
  private var numbers: [String: Int] = [:]
  private var nodes: [Node] = []
  private var edges: Set<Edge> = []
  /// What lies beneath the types, and above those, of which that was asked more than once.
  private var known = Known()

  private struct Node {
    var name: String
    /// The place in the order of declaration; `nil` for one that is only named.
    var declaration: Int?
    var supertypes: [Int] = []
    var subtypes: [Int] = []
  }

  private struct Edge: Hashable {
    var low: Int
    var high: Int
  }

  private struct Known {
    var beneath: [Int: Set<Int>] = [:]
    var above: [Int: Set<Int>] = [:]
    var askedBeneath: Set<Int> = []
    var askedAbove: Set<Int> = []
    var size = 0
  }

  /// How many types all that is known may have, before it is forgotten.
  private static let mostKnown = 2_000_000

  func isDeclared(_ name: String) -> Bool { numbers[name].map { nodes[$0].declaration != nil } ?? false }

  /// Declares a type; whether it was not before.
  mutating func declare(_ name: String) -> Bool {
    let number = number(name)
    guard nodes[number].declaration == nil else { return false }
    nodes[number].declaration = names.count
    names.append(name)
    return true
  }

  /// Puts a type beneath another.
  mutating func add(_ name: String, beneath supertype: String) {
    let (low, high) = (number(name), number(supertype))
    guard edges.insert(Edge(low: low, high: high)).inserted else { return }
    nodes[low].supertypes.append(high)
    nodes[high].subtypes.append(low)
    known = Known()
  }

  /// Has a type again as it was before it was last declared or put beneath another: with the first of its supertypes, or as none.
  mutating func restore(_ name: String, supertypes count: Int?) {
    guard let low = numbers[name] else { return }
    while nodes[low].supertypes.count > count ?? 0, let high = nodes[low].supertypes.popLast() {
      edges.remove(Edge(low: low, high: high))
      if let place = nodes[high].subtypes.lastIndex(of: low) { nodes[high].subtypes.remove(at: place) }
    }
    known = Known()
    guard count == nil, let place = nodes[low].declaration else { return }
    nodes[low].declaration = nil
    names.remove(at: place)
    for later in names[place...] { if let number = numbers[later] { nodes[number].declaration? -= 1 } }
  }

  private mutating func number(_ name: String) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = nodes.count
    nodes.append(Node(name: name))
    return nodes.count - 1
  }

  /// How many types one was put beneath; `nil` if it is not declared.
  func supertypeCount(of name: String) -> Int? {
    guard let number = numbers[name], nodes[number].declaration != nil else { return nil }
    return nodes[number].supertypes.count
  }

  func supertypes(of name: String) -> [String] {
    numbers[name].map { nodes[$0].supertypes.map { nodes[$0].name } } ?? []
  }

  /// The declared types that were put beneath one, in the order of their declaration.
  func subtypes(of name: String) -> [String] {
    guard let number = numbers[name] else { return [] }
    return nodes[number].subtypes.compactMap { nodes[$0].declaration }.sorted().map { names[$0] }
  }

  // MARK: Ways

  /// Whether a type is another one or lies beneath it. A type that is asked about once more has all types beneath it, or
  /// above it, remembered, so that many questions of one type take constant time each.
  mutating func lies(_ name: String, within other: String) -> Bool {
    if name == other { return true }
    guard let low = numbers[name], let high = numbers[other] else { return false }
    if let beneath = known.beneath[high] { return beneath.contains(low) }
    if let above = known.above[low] { return above.contains(high) }
    if !known.askedBeneath.insert(high).inserted { return beneath(high).contains(low) }
    if !known.askedAbove.insert(low).inserted { return above(low).contains(high) }
    return way(from: low, to: high) != nil
  }

  /// The declared types that are one, or lie above or beneath it.
  mutating func related(to name: String) -> [String] {
    guard let number = numbers[name] else { return [] }
    return beneath(number).union(above(number)).compactMap { nodes[$0].declaration }.sorted().map { names[$0] }
  }

  /// The types on a way from a declared type up to another, or to itself, both of them included.
  func way(from name: String, to other: String) -> [String]? {
    guard let low = numbers[name], let high = numbers[other], nodes[low].declaration != nil else { return nil }
    return way(from: low, to: high)?.map { nodes[$0].name }
  }

  /// Searches from both ends in turns, so that it takes no longer than twice what the shorter search does: to put a new type
  /// beneath one with many above it takes constant time.
  private func way(from low: Int, to high: Int) -> [Int]? {
    if low == high { return [low] }
    var up = Search(low)
    var down = Search(high)
    while true {
      guard let next = up.open.popLast() else { return nil }
      for supertype in nodes[next].supertypes where up.reach(supertype, from: next) {
        if down.before[supertype] != nil {
          return up.way(to: supertype).reversed() + down.way(to: supertype).dropFirst()
        }
      }
      guard let next = down.open.popLast() else { return nil }
      for subtype in nodes[next].subtypes where down.reach(subtype, from: next) {
        if up.before[subtype] != nil { return up.way(to: subtype).reversed() + down.way(to: subtype).dropFirst() }
      }
    }
  }

  private struct Search {
    /// From where each type was reached; the first one from itself.
    var before: [Int: Int]
    var open: [Int]

    init(_ start: Int) {
      before = [start: start]
      open = [start]
    }

    mutating func reach(_ type: Int, from other: Int) -> Bool {
      guard before[type] == nil else { return false }
      before[type] = other
      open.append(type)
      return true
    }

    /// The way back to the start.
    func way(to type: Int) -> [Int] {
      var way = [type]
      while let last = way.last, let next = before[last], next != last { way.append(next) }
      return way
    }
  }

  private mutating func beneath(_ number: Int) -> Set<Int> { all(from: number, \.subtypes, known: \.beneath) }

  private mutating func above(_ number: Int) -> Set<Int> { all(from: number, \.supertypes, known: \.above) }

  /// A type and all that can be reached from it, which is looked for once.
  private mutating func all(
    from number: Int, _ next: KeyPath<Node, [Int]>, known sets: WritableKeyPath<Known, [Int: Set<Int>]>
  ) -> Set<Int> {
    if let found = known[keyPath: sets][number] { return found }
    let found = all(from: number) { nodes[$0][keyPath: next] }
    keep(found)
    known[keyPath: sets][number] = found
    return found
  }

  private mutating func keep(_ found: Set<Int>) {
    if known.size + found.count > Self.mostKnown { known = Known() }
    known.size += found.count
  }

  private func all(from number: Int, _ next: (Int) -> [Int]) -> Set<Int> {
    var found: Set<Int> = [number]
    var open = [number]
    while let type = open.popLast() { open += next(type).filter { found.insert($0).inserted } }
    return found
  }
}
