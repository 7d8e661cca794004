/// What is reached along edges, in one pass over the condensed graph (Tarjan 1972; Nuutila 1995).
///
/// The sets of the nodes of one strongly connected component are the same and share their memory, so the closure of a
/// graph with a large component costs little more than one set.
public enum Closure {
  /// The least solution of `value(x) = base(x) ∪ ⋃ value(y) for y in edges(x)`, for all x.
  ///
  /// With `base` the edges themselves this is the transitive closure. The cost is a union of two sets for each edge
  /// between components; in a closure an edge is passed over whose target was reached through another one already.
  /// - Parameter proceed: asked now and then; where it answers false the result is `nil`.
  public static func reach(base: Rows, edges: Rows, proceed: () -> Bool) -> Rows? {
    guard let components = Components(edges: edges, also: base.keys, proceed: proceed) else { return nil }
    let isClosure = base === edges
    let result = Rows()
    let sum = SetBuffer()
    var steps = 0
    for component in 0..<components.count {
      let members = components.members(component)
      sum.clear()
      for member in members {
        let complete = edges[member].forEachNumber { target in
          steps += 1
          if steps & 1023 == 0 && !proceed() { return false }
          guard let other = components.component(of: target), other != component else { return true }
          if isClosure && sum.isBitmap && sum.contains(target) { return true }
          sum.formUnion(result[components.representative(other)])
          return true
        }
        if !complete { return nil }
      }
      for member in members { sum.formUnion(base[member]) }
      let first = components.representative(component)
      result.append(first, sum.view)
      let shared = result[first]
      for member in members where member != first { result.append(member, shared, sharing: true) }
    }
    return result
  }

  /// `value(x) = base(x) ∪ ⋃ closure(y) for y in base(x)`, for all x: what a left-linear recursion makes of its base.
  ///
  /// A base of few rows is followed row by row, so that only what it reaches is looked at.
  public static func extend(base: Rows, edges: Rows, proceed: () -> Bool) -> Rows? {
    if base.keys.count <= fewRows {
      return follow(base.keys, base: base, edges: edges, baseFirst: true, proceed: proceed)
    }
    guard let reached = reach(base: edges, edges: edges, proceed: proceed) else { return nil }
    let result = Rows()
    let sum = SetBuffer()
    var steps = 0
    let complete = base.keys.forEachNumber { term in
      sum.clear()
      let complete = base[term].forEachNumber { middle in
        steps += 1
        if steps & 1023 == 0 && !proceed() { return false }
        if sum.isBitmap && sum.contains(middle) { return true }
        sum.formUnion(reached[middle])
        return true
      }
      sum.formUnion(base[term])
      result.append(term, sum.view)
      return complete
    }
    return complete ? result : nil
  }

  private static let fewRows = 64

  /// What some terms reach: with `baseFirst`, `value(x) = base(x) ∪ ⋃ closure(y) for y in base(x)`, otherwise
  /// `value(x) = ⋃ base(y)` for x itself and all y in its closure along the edges. Only what is reached is looked at.
  public static func follow(
    _ terms: SetView, base: Rows, edges: Rows, baseFirst: Bool, proceed: () -> Bool
  ) -> Rows? {
    let result = Rows()
    let sum = SetBuffer()
    let origin = SetBuffer()
    let complete = terms.forEachNumber { term in
      sum.clear()
      origin.clear()
      origin.insert(term)
      let start = baseFirst ? base[term] : origin.view
      let complete = layers(from: start, edges: edges, proceed: proceed) { layer in
        if baseFirst { return sum.formUnion(layer) }
        layer.forEachNumber {
          sum.formUnion(base[$0])
          return true
        }
      }
      result.append(term, sum.view)
      return complete
    }
    return complete ? result : nil
  }

  /// Calls `body` with the terms that are nought, one, two and so many steps away from a term, each once, at the least
  /// number of steps; whether it came to the end.
  public static func layers(
    from origin: UInt32, edges: Rows, proceed: () -> Bool, _ body: (SetView) -> Void
  ) -> Bool {
    let start = SetBuffer()
    start.insert(origin)
    return withExtendedLifetime(start) { layers(from: start.view, edges: edges, proceed: proceed, body) }
  }

  static func layers(from start: SetView, edges: Rows, proceed: () -> Bool, _ body: (SetView) -> Void) -> Bool {
    let seen = SetBuffer()
    var layer = SetBuffer()
    var next = SetBuffer()
    var steps = 0
    layer.assign(start)
    while !layer.isEmpty {
      body(layer.view)
      seen.formUnion(layer.view)
      next.clear()
      let complete = layer.view.forEachNumber { term in
        steps += 1
        if steps & 1023 == 0 && !proceed() { return false }
        next.formUnion(edges[term])
        return true
      }
      if !complete { return false }
      next.subtract(seen.view)
      swap(&layer, &next)
    }
    return true
  }
}

/// The strongly connected components of a graph, each after all that it leads to.
struct Components {
  private var index = TermIndex()
  private var nodes: [UInt32] = []
  private var componentOf: [UInt32] = []
  private var memberStarts: [Int] = [0]
  private var orderedMembers: [UInt32] = []

  var count: Int { memberStarts.count - 1 }

  /// The nodes of a component.
  func members(_ component: Int) -> ArraySlice<UInt32> {
    orderedMembers[memberStarts[component]..<memberStarts[component + 1]]
  }

  /// The member that stands for all.
  func representative(_ component: Int) -> UInt32 { orderedMembers[memberStarts[component]] }

  /// `nil` for a term that has no edges and was not named.
  func component(of term: UInt32) -> Int? { index.find(term).map { Int(componentOf[$0]) } }

  /// The components of the nodes that have edges and of those also named; `nil` where `proceed` answers false.
  init?(edges: Rows, also others: SetView, proceed: () -> Bool) {
    for keys in [edges.keys, others] {
      keys.forEachNumber { term in
        if index.find(term) == nil {
          index.append(term)
          nodes.append(term)
        }
        return true
      }
    }
    guard condense(edges, proceed) else { return nil }
  }

  /// Tarjan's algorithm with a stack of its own.
  private mutating func condense(_ edges: Rows, _ proceed: () -> Bool) -> Bool {
    let unvisited = UInt32.max
    var visit = [UInt32](repeating: unvisited, count: nodes.count)
    var low = visit
    var isOpen = [Bool](repeating: false, count: nodes.count)
    componentOf = visit
    var open: [Int] = []
    var path: [(node: Int, cursor: Int)] = []
    var visits: UInt32 = 0
    for start in nodes.indices where visit[start] == unvisited {
      path.append((start, 0))
      while let (node, cursor) = path.last {
        if cursor == 0 && visit[node] == unvisited {
          visits += 1
          if visits & 1023 == 0 && !proceed() { return false }
          visit[node] = visits
          low[node] = visits
          open.append(node)
          isOpen[node] = true
        }
        var position = cursor
        var next: Int?
        let targets = edges[nodes[node]]
        while next == nil, let target = targets.next(&position) {
          guard let other = index.find(target) else { continue }
          if visit[other] == unvisited {
            next = other
          } else if isOpen[other] {
            low[node] = min(low[node], visit[other])
          }
        }
        path[path.count - 1].cursor = position
        if let next {
          path.append((next, 0))
          continue
        }
        path.removeLast()
        if let parent = path.last?.node { low[parent] = min(low[parent], low[node]) }
        if low[node] == visit[node] { close(node, &open, &isOpen) }
      }
    }
    return true
  }

  private mutating func close(_ root: Int, _ open: inout [Int], _ isOpen: inout [Bool]) {
    let component = UInt32(count)
    var node: Int
    repeat {
      node = open.removeLast()
      isOpen[node] = false
      componentOf[node] = component
      orderedMembers.append(nodes[node])
    } while node != root
    memberStarts.append(orderedMembers.count)
  }
}
