import Diagnostics
import SessionSupport
import Sessions
import TestSupport
import Testing

/// Recursions whose relations grow from few rows to many while they run, so that their clauses are planned anew.
@Suite("Growing recursions", .tellsSeed)
struct GrowingRecursionTests {
  private static func rows(_ session: Session, _ query: String) throws -> Set<[Int]> {
    Set(try session.query(query).texts.map { $0.map { Int($0) ?? -1 } })
  }

  private static func session(_ facts: [String], _ rules: String) throws -> Session {
    let session = Session()
    try session.load(SourceFile(name: "growing.dl", text: facts.joined(separator: "\n") + "\n" + rules))
    return session
  }

  @Test("nodes at the same depth of a tree, from one pair to thousands")
  func sameGeneration() throws {
    var random = SplitMix64(usually: 4)
    let parents = (1..<160).map { ($0, random.number((($0 - 1) / 3)...(($0 - 1) / 2))) }
    let session = try Self.session(
      parents.map { "parent(\($0.0), \($0.1))." },
      "same(0, 0). same(X, Y) :- parent(X, A), same(A, B), parent(Y, B).")
    var depth = [0: 0]
    for (child, parent) in parents { depth[child] = depth[parent, default: 0] + 1 }
    let expected = (0..<160).flatMap { one in (0..<160).filter { depth[one] == depth[$0] }.map { [one, $0] } }
    #expect(expected.count > 1000)
    #expect(try Self.rows(session, "same(X, Y)") == Set(expected))
  }

  @Test("nodes of one generation in a random graph, of which nearly all pairs are some", arguments: [1, 2])
  func denseGenerations(threads: Int) throws {
    var random = SplitMix64(usually: 5)
    let edges = Set((0..<900).map { _ in [random.number(0...299), random.number(0...299)] })
    let session = try Self.session(
      edges.map { "e(\($0[0]), \($0[1]))." },
      "same(X, Y) :- e(P, X), e(P, Y). same(X, Y) :- e(P, X), same(P, Q), e(Q, Y).")
    session.limits.threads = threads
    session.threadPatience = 0
    let expected = Self.generations(Dictionary(grouping: edges, by: \.[0]).mapValues { $0.map { $0[1] } })
    #expect(expected.count > 50_000)
    #expect(try Self.rows(session, "same(X, Y)") == expected)
  }

  /// The pairs that any number of steps lead to from one node, found pair by pair.
  private static func generations(_ children: [Int: [Int]]) -> Set<[Int]> {
    var found: Set<[Int]> = []
    var left = children.keys.map { [$0, $0] }
    while let pair = left.popLast() {
      for one in children[pair[0], default: []] {
        for other in children[pair[1], default: []] where found.insert([one, other]).inserted {
          left.append([one, other])
        }
      }
    }
    return found
  }

  @Test("a relation of three columns that reads itself twice, and one that grows with it")
  func threeColumns() throws {
    var random = SplitMix64(usually: 6)
    let edges = Set((0..<60).map { _ in [random.number(0...29), random.number(0...29)] })
    let session = try Self.session(
      edges.map { "e(\($0[0]), \($0[1]))." },
      """
      steps(X, Y, 1) :- e(X, Y).
      steps(X, Z, N) :- steps(X, Y, A), steps(Y, Z, B), near(Y), N = A + B, N <= 6.
      near(Y) :- e(Y, _).
      near(Y) :- steps(_, Y, N), N > 3.
      """)
    #expect(try Self.rows(session, "steps(X, Y, N)") == Self.walks(edges, upTo: 6))
  }

  /// The ends of each walk of up to so many steps, whose inner nodes all lead on.
  private static func walks(_ edges: Set<[Int]>, upTo most: Int) -> Set<[Int]> {
    var layer = Set(edges.map { [$0[0], $0[1]] })
    var all = Set(layer.map { $0 + [1] })
    for steps in 2...most {
      layer = Set(layer.flatMap { pair in edges.filter { $0[0] == pair[1] }.map { [pair[0], $0[1]] } })
      all.formUnion(layer.map { $0 + [steps] })
    }
    return all
  }

  @Test("two relations that feed each other through a relation of facts, thousands of rows from one")
  func mutual() throws {
    let session = try Self.session(
      (0..<40).map { "next(\($0), \($0 + 1))." },
      """
      even(0, Y) :- next(Y, _).
      even(X, Y) :- odd(Z, Y), next(Z, X), X != Y.
      odd(X, Y) :- even(Z, Y), next(Z, X), not never(X, Y).
      never(7, 3).
      """)
    var even = Set((0..<40).map { [0, $0] })
    var odd: Set<[Int]> = []
    for first in 1...40 {
      for second in 0..<40 {
        if even.contains([first - 1, second]) && [first, second] != [7, 3] { odd.insert([first, second]) }
        if odd.contains([first - 1, second]) && first != second { even.insert([first, second]) }
      }
    }
    #expect(try Self.rows(session, "even(X, Y)") == even)
    #expect(try Self.rows(session, "odd(X, Y)") == odd)
  }

  @Test(
    "a failure in a clause that has been planned anew is that of the first plan: only of a row that all else admits")
  func failure() throws {
    let facts = (0..<60).map { "e(\($0), \(($0 + 1) % 60))." } + ["ok(0)."]
    let session = try Self.session(
      facts, "r(X, Y) :- e(X, Y). r(X, Z) :- r(X, Y), r(Y, Z). far(X, Y) :- r(X, Y), ok(Y), 10 / X > 2.")
    #expect(throws: Diagnostic.self) { try session.query("far(X, Y)") }
    #expect(try Self.rows(session, "r(X, Y), ok(Y), X > 0, 10 / X > 2") == [[1, 0], [2, 0], [3, 0], [4, 0]])
  }
}
