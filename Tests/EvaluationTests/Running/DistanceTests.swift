import Diagnostics
import SessionSupport
import Sessions
import TestSupport
import Testing

/// Distances as queries ask for them, against a search of the graph layer by layer.
@Suite("Distances", .tellsSeed)
struct DistanceTests {
  /// A random graph `e` and random nodes `s`, one of which is not in the graph.
  private struct World {
    var edges: Set<[String]> = []
    var some: [String] = ["outside"]
    let session = Session()

    init(seed: UInt64, isOnDemand: Bool) throws {
      var random = SplitMix64(seed: seed)
      for _ in 0..<60 { edges.insert(["n\(random.number(0...39))", "n\(random.number(0...39))"]) }
      some += Set((0..<5).map { _ in "n\(random.number(0...39))" }).sorted()
      let facts = edges.sorted { $0.lexicographicallyPrecedes($1) }.map { "e(\($0[0]), \($0[1]))." }
      let source = facts + some.map { "s(\($0))." } + ["seen(n1)."]
      if isOnDemand { session.demandThreshold = 0 }
      try session.load(SourceFile(name: "distances.dl", text: source.joined(separator: "\n")))
    }

    var nodes: Set<String> { Set(edges.joined()) }

    /// The steps from each node to each that it reaches; from what no step touches to itself there are none.
    func distances(bothWays: Bool = false) -> [String: [String: Int]] {
      var next: [String: Set<String>] = [:]
      for edge in edges {
        next[edge[0], default: []].insert(edge[1])
        if bothWays { next[edge[1], default: []].insert(edge[0]) }
      }
      return Dictionary(uniqueKeysWithValues: nodes.union(some).map { ($0, Self.search(from: $0, next)) })
    }

    private static func search(from node: String, _ next: [String: Set<String>]) -> [String: Int] {
      var found = [node: 0]
      var layer: Set<String> = [node]
      for steps in 1... where !layer.isEmpty {
        layer = Set(layer.flatMap { next[$0, default: []] }).subtracting(found.keys)
        if layer.isEmpty { break }
        for node in layer { found[node] = steps }
      }
      return found
    }

    /// - Parameter columns: the query's variables in the order of the rows.
    func expect(
      _ columns: String, _ query: String, _ rows: some Sequence<[String]>,
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      // Variables that live only inside braces are no columns of a query, but may be a rule's.
      let rule = "answer\(session.rules.count)(\(columns))"
      try session.load(SourceFile(name: "rule.dl", text: "\(rule) :- \(query)."))
      let answers = try session.query(rule)
      #expect(Set(answers.texts) == Set(rows), "\(query)", sourceLocation: sourceLocation)
    }
  }

  private static func each(_ body: (World, [String: [String: Int]]) throws -> Void) throws {
    for seed in Seed.each(1...2) {
      for isOnDemand in [false, true] {
        let world = try World(seed: seed, isOnDemand: isOnDemand)
        try body(world, world.distances())
      }
    }
  }

  /// The rows of an origin, a target and their distance.
  private static func rows(_ all: [String: [String: Int]], from origins: some Sequence<String>) -> [[String]] {
    origins.flatMap { origin in all[origin, default: [:]].map { [origin, $0.key, "\($0.value)"] } }
  }

  @Test("the origin may be bound by another literal, be a constant, or be open")
  func origins() throws {
    try Self.each { world, all in
      try world.expect(
        "X, D, Y", "s(X), D = distance{ e : X -> Y }", Self.rows(all, from: world.some).map { [$0[0], $0[2], $0[1]] })
      for origin in world.some {
        let rows = Self.rows(all, from: [origin]).map { [$0[2], $0[1]] }
        try world.expect("D, Y", "D = distance{ e : \(origin) -> Y }", rows)
      }
      try world.expect(
        "D, X, Y", "D = distance{ e : X -> Y }", Self.rows(all, from: world.nodes).map { [$0[2], $0[0], $0[1]] })
      try world.expect("D, X", "D = distance{ e : X -> X }", world.nodes.map { ["0", $0] })
    }
  }

  @Test("the target may be bound by another literal or be a constant, and the steps may be bound")
  func targets() throws {
    try Self.each { world, all in
      let rows = Self.rows(all, from: world.nodes.union(world.some))
      let targets = rows.filter { world.some.contains($0[1]) }
      try world.expect("Y, D, X", "s(Y), D = distance{ e : X -> Y }", targets.map { [$0[1], $0[2], $0[0]] })
      try world.expect("D, X", "D = distance{ e : X -> n5 }", rows.filter { $0[1] == "n5" }.map { [$0[2], $0[0]] })
      let both = targets.filter { world.some.contains($0[0]) }
      try world.expect("X, Y, D", "s(X), s(Y), D = distance{ e : X -> Y }", both.map { [$0[0], $0[1], $0[2]] })
      try world.expect(
        "X, Y", "2 = distance{ e : X -> Y }, s(X)",
        rows.filter { $0[2] == "2" && world.some.contains($0[0]) }.map { [$0[0], $0[1]] })
      try world.expect(
        "X, Y, D", "e(X, Y), D = distance{ e : Y -> X }",
        rows.filter { world.edges.contains([$0[1], $0[0]]) }.map { [$0[1], $0[0], $0[2]] })
    }
  }

  @Test("under a negation a distance rules out what it reaches, and nothing else")
  func negations() throws {
    try Self.each { world, all in
      let pairs = world.some.flatMap { one in world.some.map { [one, $0] } }
      let apart = pairs.filter { all[$0[0]]?[$0[1]] == nil }
      try world.expect("X, Y", "s(X), s(Y), not (_ = distance{ e : X -> Y })", apart)
      let near = pairs.filter { (all[$0[0]]?[$0[1]] ?? .max) >= 3 }
      try world.expect("X, Y", "s(X), s(Y), not (D = distance{ e : X -> Y }, D < 3)", near)
      try world.expect(
        "X", "s(X), not (D = distance{ e : X -> _ }, D > 2)",
        world.some.filter { origin in all[origin, default: [:]].values.allSatisfy { $0 <= 2 } }.map { [$0] })
      try world.expect(
        "Y", "s(Y), not (1 = distance{ e : _ -> Y })",
        world.some.filter { target in !all.values.contains { $0[target] == 1 } }.map { [$0] })
    }
  }

  @Test("an aggregate is over all that an origin reaches")
  func aggregates() throws {
    try Self.each { world, all in
      let reached = world.some.compactMap { origin in all[origin].map { (origin, $0) } }
      try world.expect(
        "X, N", "s(X), N = max{ D : D = distance{ e : X -> Y } }", reached.map { [$0, "\($1.values.max() ?? 0)"] })
      try world.expect(
        "X, N", "s(X), N = count{ Y : D = distance{ e : X -> Y } }",
        world.some.map { [$0, "\(all[$0, default: [:]].count)"] })
      try world.expect(
        "X, N", "s(X), N = count{ Y, D : D = distance{ e : X -> Y }, D > 1 }",
        world.some.map { [$0, "\(all[$0, default: [:]].values.count { $0 > 1 })"] })
      try world.expect(
        "X, N", "s(X), N = sum{ D, Y : D = distance{ e : X -> Y } }",
        world.some.map { [$0, "\(all[$0, default: [:]].values.reduce(0, +))"] })
      let pairs = world.nodes.reduce(0) { $0 + all[$1, default: [:]].count }
      try world.expect("N", "N = count{ X, Y : D = distance{ e : X -> Y } }", [["\(pairs)"]])
      try world.expect(
        "Y, N", "s(Y), N = count{ X : D = distance{ e : X -> Y } }",
        world.some.map { target in [target, "\(all.values.count { $0[target] != nil })"] })
    }
  }

  @Test("one body may have several distances, of one graph or of two")
  func several() throws {
    try Self.each { world, all in
      let rows = Self.rows(all, from: world.some)
      try world.expect(
        "X, A, Y, B", "s(X), A = distance{ e : X -> Y }, B = distance{ e : Y -> X }",
        rows.compactMap { row in all[row[1]]?[row[0]].map { [row[0], row[2], row[1], "\($0)"] } })
      try world.expect(
        "A, X, Y", "A = distance{ e : X -> Y }, A = distance{ e : Y -> X }, A > 0",
        Self.rows(all, from: world.nodes).filter { $0[2] != "0" && all[$0[1]]?[$0[0]] == Int($0[2]) }.map {
          [$0[2], $0[0], $0[1]]
        })
      let around = world.distances(bothWays: true)
      try world.expect(
        "X, Y, A", "s(X), s(Y), A = distance{ e | ^e : X -> Y }, not (_ = distance{ e : X -> Y })",
        Self.rows(around, from: world.some).filter { world.some.contains($0[1]) && all[$0[0]]?[$0[1]] == nil })
      try world.expect(
        "X, A, Y", "s(X), A = distance{ ^e : X -> Y }, A = 2",
        all.flatMap { origin, found in
          found.filter { $0.value == 2 && world.some.contains($0.key) }.map { [$0.key, "2", origin] }
        })
      try world.expect(
        "X, Y, Z", "s(X), 1 = distance{ e : X -> Y }, 2 = distance{ e : Y -> Z }",
        rows.filter { $0[2] == "1" }.flatMap { row in
          all[row[1], default: [:]].filter { $0.value == 2 }.map { [row[0], row[1], $0.key] }
        })
    }
  }
}
