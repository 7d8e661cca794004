import Diagnostics
import SessionSupport
import Sessions
import Testing

/// What is computed of a term or a set is remembered: it must be what would be computed anew.
@Suite("Remembered computations")
struct RememberedComputationTests {
  private static func rows(_ session: Session, _ query: String) throws -> Set<[String]> {
    Set(try session.query(query).texts)
  }

  /// A relation `p` of each of some numbers with each of others, so that conditions on one column repeat.
  private static func repeating() throws -> Session {
    let session = Session()
    let facts = (0..<12).flatMap { first in (-3..<20).map { "p(\(first), \($0))." } }
    try session.load(SourceFile(name: "p.dl", text: facts.joined(separator: "\n")))
    return session
  }

  private static func pairs(_ holds: (Int, Int) -> Bool) -> Set<[String]> {
    Set((0..<12).flatMap { first in (-3..<20).filter { holds(first, $0) }.map { ["\(first)", "\($0)"] } })
  }

  @Test("a condition on one variable that holds for some of its values holds for them in each row")
  func conditions() throws {
    let session = try Self.repeating()
    #expect(try Self.rows(session, "p(X, Y), Y mod 3 = 1") == Self.pairs { (($1 % 3) + 3) % 3 == 1 })
    #expect(try Self.rows(session, "p(X, Y), Y * Y < 50, X > 3") == Self.pairs { $1 * $1 < 50 && $0 > 3 })
    #expect(try Self.rows(session, "p(X, Y), Y - 1 != 4, abs(Y) <= 4") == Self.pairs { $1 - 1 != 4 && abs($1) <= 4 })
    #expect(try Self.rows(session, "p(X, Y), contains(to_string(Y), \"1\")") == Self.pairs { "\($1)".contains("1") })
    #expect(try Self.rows(session, "p(X, Y), not (Y < 5), X < 2") == Self.pairs { $1 >= 5 && $0 < 2 })
    #expect(try Self.rows(session, "p(X, Y), X + 1 = Y") == Self.pairs { $0 + 1 == $1 })
  }

  @Test("a value computed of one variable is bound to what its term gives, whichever row comes first")
  func values() throws {
    let session = try Self.repeating()
    let doubled = Self.pairs { _, _ in true }.map { [$0[0], $0[1], "\(2 * (Int($0[1]) ?? 0))"] }
    #expect(try Self.rows(session, "p(X, Y), Z = Y + Y") == Set(doubled))
    let both = Self.pairs { $0 * $0 == $1 - 2 }.map { [$0[0], $0[1], "\((Int($0[0]) ?? 0) * (Int($0[0]) ?? 0))"] }
    #expect(try Self.rows(session, "p(X, Y), Z = X * X, Z = Y - 2") == Set(both))
    #expect(
      try Self.rows(session, "p(X, _), Z = X / 4, Z < 1") == [
        ["0", "0"], ["1", "0.25"], ["2", "0.5"], ["3", "0.75"],
      ])
  }

  @Test("a computation that fails fails each time, and for a row only that all else admits")
  func failures() throws {
    let session = try Self.repeating()
    for _ in 0..<2 { #expect(throws: Diagnostic.self) { try session.query("p(X, Y), 6 / Y > 1") } }
    #expect(try Self.rows(session, "p(X, Y), 6 / Y > 2, Y > 0") == Self.pairs { $1 > 0 && $1 < 3 })
  }

  /// A graph of 150 nodes in three circles, of which the first leads to the others, and 60 nodes that lead there.
  private static let circles: [(Int, Int)] = {
    var edges: [(Int, Int)] = []
    for (first, size) in [(0, 70), (70, 64), (134, 16)] {
      edges += (0..<size).map { (first + $0, first + ($0 + 1) % size) }
    }
    return edges + [(5, 80), (69, 140)] + (0..<60).map { (200 + $0, [0, 71, 140, 201 + $0][$0 % 4]) }
  }()

  private static func reached(_ edges: [(Int, Int)]) -> [Int: Set<Int>] {
    let next = Dictionary(grouping: edges, by: \.0).mapValues { $0.map(\.1) }
    var result: [Int: Set<Int>] = [:]
    for node in next.keys {
      var open = next[node, default: []]
      var found: Set<Int> = []
      while let last = open.popLast() {
        if found.insert(last).inserted { open += next[last, default: []] }
      }
      result[node] = found
    }
    return result
  }

  @Test("the least, the greatest, the number and the sum of what each node of a graph with circles reaches")
  func closures() throws {
    let session = Session()
    let facts = Self.circles.map { "e(\($0.0), \($0.1))." }.joined(separator: "\n")
    let rules = """
      reach(A, B) :- e(A, B). reach(A, C) :- reach(A, B), e(B, C).
      node(A) :- e(A, _).
      """
    try session.load(SourceFile(name: "circles.dl", text: facts + "\n" + rules))
    let reached = Self.reached(Self.circles)
    func expect(_ aggregate: String, _ value: (Set<Int>) -> Int?) throws {
      let rows = Set(reached.compactMap { node, set in value(set).map { ["\(node)", "\($0)"] } })
      #expect(try Self.rows(session, "node(A), N = \(aggregate)") == rows, "\(aggregate)")
    }
    for closure in ["reach", "e+"] {
      try expect("min{ B : \(closure)(A, B) }") { $0.min() }
      try expect("max{ B : \(closure)(A, B) }") { $0.max() }
      try expect("count{ B : \(closure)(A, B) }") { $0.count }
      try expect("sum{ B : \(closure)(A, B) }") { $0.reduce(0, +) }
      try expect("min{ B : \(closure)(A, B), B > 60 }") { $0.filter { $0 > 60 }.min() }
    }
    let back = try Self.rows(session, "node(B), N = count{ A : reach(A, B) }")
    #expect(back == Set(reached.keys.map { node in ["\(node)", "\(reached.values.count { $0.contains(node) })"] }))
  }

  @Test("two aggregates of one set, and one of a set that a fact has changed, are each their own")
  func several() throws {
    let session = Session()
    let facts = (0..<100).map { "e(a, \($0)). e(b, \($0))." }.joined(separator: "\n")
    try session.load(SourceFile(name: "e.dl", text: facts + " s(a). s(b)."))
    let query = "s(X), L = min{ Y : e(X, Y) }, G = max{ Y : e(X, Y) }, N = count{ Y : e(X, Y) }"
    #expect(try Self.rows(session, query) == [["a", "0", "99", "100"], ["b", "0", "99", "100"]])
    _ = try session.enter("+e(a, 100). -e(b, 0). +e(b, 50).") { _ in }
    #expect(try Self.rows(session, query) == [["a", "0", "100", "101"], ["b", "1", "99", "99"]])
    let bound = "s(X), e(X, N), N = count{ Y : e(X, Y) }"
    #expect(try Self.rows(session, bound) == [["b", "99"]])
  }
}
