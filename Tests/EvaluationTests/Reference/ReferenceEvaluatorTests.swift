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
    let count = ReferenceLiteral.aggregate(result: 10, .count, columns: [.variable(20)], [inner])
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

  @Test("keys of two statements of a fact never mix")
  func annotations() throws {
    var program = ReferenceProgram()
    program.arities = ["holds": 1, "since": 2]
    program.facts = [
      .init(relation: "holds", values: [.name("a")], annotations: ["line": .integer(1)]),
      .init(relation: "holds", values: [.name("a")], annotations: ["from": .integer(2)]),
      .init(relation: "holds", values: [.name("b")], annotations: ["line": .integer(3), "from": .integer(4)]),
    ]
    let atom = ReferenceAtom(
      relation: "holds", arguments: [.variable(0)],
      annotations: [.init(key: "line", value: .wildcard), .init(key: "from", value: .variable(1))])
    program.rules = [ReferenceRule(head: Self.atom("since", .variable(0), .variable(1)), body: [.atom(atom)])]
    let rows = try ReferenceEvaluator.relations(of: program)["since"]
    #expect(rows == [[.name("b"), .integer(4)]])
  }

  @Test("a member of a subtype is one of its supertypes, and a string names an entity where one is expected")
  func typesAndNames() throws {
    var program = ReferenceProgram()
    program.types = [("agent", []), ("person", ["agent"])]
    program.arities = ["agent": 1, "person": 1, "label": 2, "knows": 2]
    program.declarations = ["knows": [["person"], ["person"]]]
    program.facts = [
      .init(relation: "person", values: [.name("ana")]),
      .init(relation: "label", values: [.name("ana"), .string("Ana Žuk")]),
      .init(relation: "knows", values: [.string("ANA ŽUK"), .name("jonas")]),
    ]
    let relations = try ReferenceEvaluator.relations(of: program)
    #expect(relations["agent"] == Self.names([["ana"]]))
    #expect(relations["knows"] == Self.names([["ana", "jonas"]]))
    #expect(ReferenceNames(program).similar(to: "zuk") == [.name("ana")])
  }

  @Test("a distance is the least number of steps, 0 from a thing to itself, and none where no steps lead")
  func distance() throws {
    var program = Self.edges
    program.facts.append(.init(relation: "edge", values: [.name("a"), .name("c")]))
    let path = ReferencePath(steps: [.init(relation: "edge", isBackward: false)], repetition: .once)
    let ends = ["a", "c", "d"].map { Operand.constant(.name($0)) }
    program.queries = [0, 1, 2].map { place in
      ReferenceQuery(
        body: [.distance(result: 10, path, from: ends[place == 2 ? 1 : 0], to: ends[place])], columns: [10])
    }
    var evaluator = try ReferenceEvaluator.evaluated(program)
    #expect(try evaluator.answers() == [[[.integer(0)]], [[.integer(1)]], []])
  }

  /// What `d(V0) :- p(V0, V1), …` gives of the pairs (6, 3) and (1, 0), and whether it is in error.
  private static func dividing(_ literals: ReferenceLiteral...) throws -> (rows: Set<[Value]>?, inError: Bool) {
    var program = ReferenceProgram()
    program.arities = ["p": 2, "q": 2, "d": 1]
    program.facts = [[6, 3], [1, 0]].map { .init(relation: "p", values: $0.map { .integer($0) }) }
    program.facts += [[2, 1], [2, 4]].map { .init(relation: "q", values: $0.map { .integer($0) }) }
    let pairs = ReferenceLiteral.atom(atom("p", .variable(0), .variable(1)))
    program.rules = [ReferenceRule(head: atom("d", .variable(0)), body: literals + [pairs])]
    let evaluator = try ReferenceEvaluator.evaluated(program)
    return (evaluator.relations["d"], evaluator.inError == ["d"])
  }

  private static let quotient = Operand.binary(.divide, .variable(0), .variable(1))
  private static func number(_ number: Int64) -> Operand { .constant(.integer(number)) }
  private static let rowOfSix: Set<[Value]> = [[.integer(6)]]
  private static let rowOfOne: Set<[Value]> = [[.integer(1)]]

  @Test("a computation that fails is an error only for a row for which all else holds")
  func guards() throws {
    let quotient = ReferenceLiteral.comparison(.greater, Self.quotient, Self.number(1))
    #expect(try Self.dividing(quotient) == (Self.rowOfSix, true))
    let notZero = ReferenceLiteral.not([.comparison(.equal, .variable(1), Self.number(0))])
    #expect(try Self.dividing(quotient, notZero) == (Self.rowOfSix, false))
  }

  @Test("what has no value is passed over, and a variable that an atom holds has its values")
  func valuesThatAreNotThere() throws {
    let quotient = ReferenceLiteral.comparison(.equal, .variable(10), Self.quotient)
    let next = ReferenceLiteral.comparison(.equal, .variable(11), .binary(.add, .variable(10), Self.number(1)))
    let more = ReferenceLiteral.comparison(.greater, .variable(11), Self.number(9))
    #expect(try Self.dividing(quotient, next, more) == ([], true))
    let held = ReferenceLiteral.atom(Self.atom("q", .variable(10), .wildcard))
    #expect(try Self.dividing(quotient, held) == (Self.rowOfSix, true))
    let less = ReferenceLiteral.comparison(.less, .variable(10), Self.number(2))
    #expect(try Self.dividing(quotient, held, less) == ([], false))
  }

  @Test("a negation is false where one row holds, and else fails where one fails; an aggregate fails where one does")
  func failingGroups() throws {
    let row = ReferenceLiteral.atom(Self.atom("q", .wildcard, .variable(20)))
    let product = Operand.binary(.divide, .variable(20), .variable(1))
    func quotient(_ comparison: ReferenceComparison, _ number: Int64) -> ReferenceLiteral {
      .comparison(comparison, product, Self.number(number))
    }
    #expect(try Self.dividing(.not([row, quotient(.greater, 9)])) == (Self.rowOfSix, true))
    #expect(
      try Self.dividing(.not([row, quotient(.greater, 9), .comparison(.greater, .variable(1), Self.number(0))]))
        == (Self.rowOfSix.union(Self.rowOfOne), false))
    let count = ReferenceLiteral.aggregate(
      result: 10, .count, columns: [.variable(20)], [row, quotient(.greater, 9)])
    #expect(try Self.dividing(count) == (Self.rowOfSix, true))
  }

  @Test("a span begins with its first day and ends with its last")
  func dates() {
    let month = Value.string("2012-02")
    #expect(ReferenceFunction.end.value([month]) == DateSpan("2012-02-29").map { .date($0) })
    #expect(ReferenceFunction.during.value([.string("2012-02-14"), month]) == .boolean(true))
    #expect(ReferenceFunction.daysBetween.value([month, .string("2012-03-01")]) == .integer(29))
  }
}
