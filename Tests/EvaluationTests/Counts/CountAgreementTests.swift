import Diagnostics
import SessionSupport
import Sessions
import TestSupport
import Testing

/// Counts are taken without rows where that can be done; rules of the same body make the rows.
@Suite("Counts without rows", .tellsSeed)
struct CountAgreementTests {
  private struct Facts: CustomTestStringConvertible {
    var seed: UInt64
    var count: Int
    var nodes: Int
    var skew = 1
    var testDescription: String { "\(count) facts of \(nodes) nodes, skewed by \(skew)" }
  }

  private static let facts = [
    Facts(seed: 1, count: 1300, nodes: 900), Facts(seed: 2, count: 150, nodes: 70, skew: 2),
    Facts(seed: 3, count: 120, nodes: 25), Facts(seed: 4, count: 200, nodes: 90, skew: 3),
  ]

  @Test("a count is the number of rows of a rule with the same body", arguments: facts)
  private func counts(of facts: Facts) throws {
    let session = Session()
    try load(RandomFacts(seed: facts.seed, count: facts.count, nodes: facts.nodes, skew: facts.skew).source, session)
    for seed in Seed.each(0..<2) {
      for shape in RandomConjunction.Shape.allCases where shape != .apart || facts.count < 1000 {
        var conjunction = RandomConjunction(shape, seed: facts.seed &* 1000 &+ seed)
        let counted = conjunction.someVariables(atLeast: 2).joined(separator: ", ")
        let rule = "r_\(shape)\(seed)(\(counted)) :- \(conjunction.body)."
        try load(rule, session)
        let rows = try session.query("N = count{ \(counted) : r_\(shape)\(seed)(\(counted)) }")
        let count = try session.query("N = count{ \(counted) : \(conjunction.body) }")
        #expect(count.texts == rows.texts, "\(rule)")
      }
    }
  }

  /// From a hub an edge leads to each of many nodes, from each of these to the next one, and from every tenth to the hub.
  @Test("triangles and 4-cycles through a hub are counted, whose row is long where the others are short")
  func hub() throws {
    let session = Session()
    let edges = (1...3000).map { node in
      "edge(0, \(node)). edge(\(node), \(node + 1)). " + (node % 10 == 0 ? "edge(\(node), 0). " : "")
    }
    try load(edges.joined(separator: "\n"), session)
    // From the hub to each of the 300 nodes that lead back, by the one node or the two nodes before it. Each cycle is
    // counted once for each of its nodes.
    let triangles = try session.query("N = count{ X, Y, Z : edge(X, Y), edge(Y, Z), edge(Z, X) }")
    #expect(triangles.texts == [["\(3 * 300)"]])
    // Beside these one may go from the hub to one of them, back, to another or the same, and back; or begin at the node.
    let cycles = try session.query("N = count{ X, Y, Z, W : edge(X, Y), edge(Y, Z), edge(Z, W), edge(W, X) }")
    #expect(cycles.texts == [["\(4 * 300 + 2 * 300 * 300)"]])
  }

  private func load(_ text: String, _ session: Session) throws {
    try session.load(SourceFile(name: "count.dl", text: text))
  }
}
