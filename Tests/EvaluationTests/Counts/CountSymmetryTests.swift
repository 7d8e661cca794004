import Diagnostics
import TestSupport
import Testing

@testable import Evaluation
@testable import Sessions

/// Variables that can change places are counted by the solutions in which one has the least term.
@Suite("Counts of what can change places", .tellsSeed)
struct CountSymmetryTests {
  // MARK: Ties

  @Test("of two variables one is before the other, twice, or both are one")
  func tiesOfTwo() {
    #expect(
      CountSymmetry(cycle: [4, 7]).ties == [
        .init(times: 2, least: [4], greater: [7]), .init(times: 1, least: [4, 7], greater: []),
      ])
  }

  @Test("of three variables one is before the others, or two are, or all are one")
  func tiesOfThree() {
    #expect(
      CountSymmetry(cycle: [0, 1, 2]).ties == [
        .init(times: 3, least: [0], greater: [1, 2]), .init(times: 1, least: [0, 1, 2], greater: []),
        .init(times: 3, least: [0, 1], greater: [2]),
      ])
  }

  @Test("of four variables two that are one stand beside each other, or across")
  func tiesOfFour() {
    #expect(
      CountSymmetry(cycle: [0, 1, 2, 3]).ties == [
        .init(times: 4, least: [0], greater: [1, 2, 3]), .init(times: 1, least: [0, 1, 2, 3], greater: []),
        .init(times: 4, least: [0, 1, 2], greater: [3]), .init(times: 2, least: [0, 2], greater: [1, 3]),
        .init(times: 4, least: [0, 1], greater: [2, 3]),
      ])
  }

  // MARK: Counts

  /// A dense graph with edges from nodes to themselves, so large that ties are worth their plans.
  private static let nodes = 300
  private static let edges: Set<[Int]> = {
    var random = SplitMix64(usually: 23)
    func node() -> Int { min(random.number(0...(nodes - 1)), random.number(0...(nodes - 1))) }
    return Set((0..<14_000).map { _ in [node(), node()] })
  }()

  private func session(threads: Int = 1) throws -> Session {
    let session = Session()
    session.limits.threads = threads
    session.threadPatience = 0
    // Numbers come up in an order of their own, which is also that of their terms.
    let edges = Self.edges.sorted { ($0[0] * 7919 % 301, $0[1]) < ($1[0] * 7919 % 301, $1[1]) }
    try load(edges.map { "e(\($0[0]), \($0[1])). " }.joined(), session)
    try load(edges.map { "t(\($0[0]), \($0[1]), \(($0[0] + $0[1]) % 40)). " }.joined(), session)
    return session
  }

  private func load(_ text: String, _ session: Session) throws {
    try session.load(SourceFile(name: "graph.dl", text: text))
  }

  private func count(_ variables: String, _ body: String, _ session: Session) throws -> Int64 {
    let answers = try session.query("N = count{ \(variables) : \(body) }")
    guard case .integer(let number) = answers.value(row: 0, column: 0) else { return -1 }
    return number
  }

  private func isByTies(_ variables: String, _ body: String, _ session: Session) throws -> Bool {
    let steps = try session.plan("N = count{ \(variables) : \(body) }").stages.last?.rules.first?.steps ?? []
    return steps.contains { $0.text.contains("can change places") }
  }

  /// Bodies in which variables can change places, with all of their variables.
  private static let bodies = [
    ("X, Y, Z", "e(X, Y), e(Y, Z), e(Z, X)"),
    ("X, Y, Z", "e(X, Y), e(Y, X), e(X, Z), e(Y, Z)"),
    ("X, Y, Z", "e(X, Y), e(Y, X), e(X, Z), e(Z, X), e(Y, Z), e(Z, Y)"),
    ("X, Y, Z", "e(X, Y), e(Y, Z), e(Z, X), e(X, 3), e(Y, 3), e(Z, 3)"),
    ("X, Y, Z", "t(X, Y, A), t(Y, Z, A), t(Z, X, A), A = 8"),
    ("X, Y, Z, A", "t(X, Y, A), t(Y, Z, A), t(Z, X, A)"),
    ("X, Y, Z, A, B, C", "t(X, Y, A), t(Y, Z, B), t(Z, X, C)"),
  ]

  @Test("a count is the number of rows of a rule with the same body", arguments: [1, 2])
  func rows(threads: Int) throws {
    let session = try session(threads: threads)
    for (number, (variables, body)) in Self.bodies.enumerated() {
      try load("r\(number)(\(variables)) :- \(body).", session)
      let rows = try count(variables, "r\(number)(\(variables))", session)
      #expect(try count(variables, body, session) == rows, "\(body)")
      #expect(rows > 0, "\(body)")
    }
  }

  @Test("4-cycles are as many as pairs of ways of two edges there and back")
  func cycles() throws {
    let nodes = 0..<Self.nodes
    var ways = nodes.map { _ in nodes.map { _ in 0 } }
    let next = Dictionary(grouping: Self.edges) { $0[0] }
    for edge in Self.edges {
      for other in next[edge[1], default: []] { ways[edge[0]][other[1]] += 1 }
    }
    var sum = 0
    for one in nodes {
      for other in nodes { sum += ways[one][other] * ways[other][one] }
    }
    let body = "e(X, Y), e(Y, Z), e(Z, W), e(W, X)"
    for threads in [1, 2] {
      let session = try session(threads: threads)
      #expect(try count("X, Y, Z, W", body, session) == Int64(sum))
      #expect(try isByTies("X, Y, Z, W", body, session))
    }
  }

  @Test("it is told which variables can change places, and which solutions are counted how often")
  func plan() throws {
    let session = try session()
    let steps = try session.plan("N = count{ X, Y, Z : e(X, Y), e(Y, Z), e(Z, X) }").stages.last?.rules.first?.steps
    let texts = steps?.map { String(repeating: "  ", count: $0.depth) + $0.text } ?? []
    #expect(
      texts.prefix(5).dropFirst() == [
        "  as X, Y, Z can change places, count 3 times what has X before the others:",
        "    for each X of e(X, Y) and e(Z, X)",
        "      for each Z of e(Y, Z) and e(Z, X)",
        "        count all Y of e(X, Y) and e(Y, Z), as a set",
      ])
    #expect(texts.contains("  count once what has X = Y = Z:"))
    #expect(texts.contains("  count 3 times what has X = Y before Z:"))
  }

  @Test(
    "all solutions are gone through where no variables can change places, or some are not counted",
    arguments: [
      ("X, Y, Z", "e(X, Y), e(Y, Z), e(X, Z)"), ("X, Y", "e(X, Y), e(Y, X), e(X, Z), e(Y, Z)"),
      ("X, Y, Z", "e(X, Y), e(Y, Z), e(Z, X), X != Y"),
    ])
  func others(variables: String, body: String) throws {
    let session = try session()
    #expect(try !isByTies(variables, body, session))
    try load("r(\(variables)) :- \(body).", session)
    #expect(try count(variables, body, session) == count(variables, "r(\(variables))", session))
  }

  @Test("where a variable in the middle makes a count short, it is not taken by ties")
  func short() throws {
    #expect(try !isByTies("X, Y, Z", "e(X, Y), e(Z, Y)", session()))
  }
}
