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
    let isClosure = base === edges
    let result = Rows()
    result.expect(base.keys, edges.keys)
    let sum = SetBuffer()
    var steps = 0
    let complete = Components.forEach(in: edges, and: base.keys, proceed: proceed) { members in
      sum.clear()
      for member in members {
        // What leads into the component itself has no row yet.
        let complete = edges[member].forEachNumber { target in
          steps += 1
          if steps & 1023 == 0 && !proceed() { return false }
          if isClosure && sum.isBitmap && sum.contains(target) { return true }
          sum.formUnion(result[target])
          return true
        }
        if !complete { return false }
      }
      for member in members { sum.formUnion(base[member]) }
      result.append(members[0], sum.view)
      if members.count == 1 { return true }
      let shared = result[members[0]]
      for member in members[1...] { result.append(member, shared, sharing: true) }
      return true
    }
    return complete ? result : nil
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
