import Terms
import Testing

/// What the reference itself must get right, written out by hand.
@Suite("The reference evaluator")
struct ReferenceEvaluatorTests {
  private static func names(_ rows: [[String]]) -> Set<[Value]> { Set(rows.map { $0.map(Value.name) }) }

  private static func atom(_ relation: String, _ arguments: Operand...) -> ReferenceAtom {
    ReferenceAtom(relation: relation, arguments: arguments)
  }

  private static let edges: ReferenceProgram = {
    var program = ReferenceProgram()
    program.arities = ["edge": 2, "path": 2, "other": 2, "degree": 2]
    program.facts = [["a", "b"], ["b", "c"], ["b", "d"]].map { .init(relation: "edge", values: $0.map(Value.name)) }
    let edge = ReferenceLiteral.atom(atom("edge", .variable(0), .variable(1)))
    program.rules = [ReferenceRule(head: atom("path", .variable(0), .variable(1)), body: [edge])]
    return program
  }()

  @Test("a closure holds every pair that a path joins")
  func closure() throws {
    var program = Self.edges
    let first = ReferenceLiteral.atom(Self.atom("path", .variable(0), .variable(1)))
    let second = ReferenceLiteral.atom(Self.atom("path", .variable(1), .variable(2)))
    program.rules.append(ReferenceRule(head: Self.atom("path", .variable(0), .variable(2)), body: [first, second]))
    let rows = try ReferenceEvaluator.relations(of: program)["path"]
    #expect(rows == Self.names([["a", "b"], ["b", "c"], ["b", "d"], ["a", "c"], ["a", "d"]]))
  }

  @Test("a negation waits for the whole of its relation")
  func negation() throws {
    var program = Self.edges
    let edge = ReferenceLiteral.atom(Self.atom("edge", .wildcard, .variable(0)))
    let leaf = ReferenceLiteral.not([.atom(Self.atom("path", .variable(0), .wildcard))])
    program.rules.insert(
      ReferenceRule(head: Self.atom("other", .variable(0), .variable(0)), body: [leaf, edge]), at: 0)
    let rows = try ReferenceEvaluator.relations(of: program)["other"]
    #expect(rows == Self.names([["c", "c"], ["d", "d"]]))
  }

  @Test("a count is of distinct tuples, for each value of what stands outside")
  func count() throws {
    var program = Self.edges
    let edge = ReferenceLiteral.atom(Self.atom("edge", .wildcard, .variable(0)))
    let inner = ReferenceLiteral.atom(Self.atom("edge", .variable(0), .variable(20)))
    let count = ReferenceLiteral.aggregate(result: 10, .count, columns: [20], [inner])
    program.rules.append(
      ReferenceRule(head: Self.atom("degree", .variable(0), .variable(10)), body: [count, edge]))
    let rows = try ReferenceEvaluator.relations(of: program)["degree"]
    #expect(rows == [[.name("b"), .integer(2)], [.name("c"), .integer(0)], [.name("d"), .integer(0)]])
  }

  @Test("recursion through negation has no strata")
  func unstratified() {
    var program = Self.edges
    let edge = ReferenceLiteral.atom(Self.atom("edge", .variable(0), .variable(1)))
    let not = ReferenceLiteral.not([.atom(Self.atom("other", .variable(0), .variable(1)))])
    program.rules.append(ReferenceRule(head: Self.atom("other", .variable(0), .variable(1)), body: [edge, not]))
    #expect(throws: ReferenceEvaluator.Failure.unstratified) { try ReferenceEvaluator.relations(of: program) }
  }
}
