import Diagnostics
import Sessions
import Terms
import TestSupport
import Testing

@Suite("Explanations of each construct", .tellsSeed)
struct ConstructExplanationTests {
  /// What is derived from random edges in every way that the language has.
  private static let rules = """
    type thing. type gadget : thing. type device : thing.
    left(X, Y) :- edge(X, Y).
    left(X, Z) :- left(X, Y), edge(Y, Z).
    right(X, Y) :- edge(X, Y).
    right(X, Z) :- edge(X, Y), right(Y, Z).
    both(X, Y) :- edge(X, Y).
    both(X, Z) :- both(X, Y), both(Y, Z).
    odd(X, Y) :- edge(X, Y).
    odd(X, Z) :- even(X, Y), edge(Y, Z).
    even(X, Z) :- odd(X, Y), edge(Y, Z).
    same(X, Y) :- edge(P, X), edge(P, Y), X != Y.
    same(X, Y) :- edge(P, X), same(P, Q), edge(Q, Y).
    steps(X, Y, 1) :- edge(X, Y).
    steps(X, Z, N + 1) :- steps(X, Y, N), edge(Y, Z), N < 4.
    unreached(X, Y) :- thing(X), thing(Y), not left(X, Y), X != Y.
    lonely(X) :- thing(X), not (edge(X, Y), edge(Y, _)).
    degree(X, N) :- thing(X), N = count{ Y : edge(X, Y) }.
    widest(N) :- N = max{ D, X : degree(X, D) }.
    names(X, L) :- thing(X), L = list{ Y : edge(X, Y) ; edge(Y, X) }.
    near(X, Y) :- thing(X), (edge(X, Y) ; edge(Y, X), not edge(X, Y)).
    along(X, Y) :- edge+(X, Y).
    around(X, Y) :- thing(X), (edge | ^edge)*(X, Y).
    far(X, Y, D) :- thing(X), thing(Y), D = distance{ edge : X -> Y }.
    early(X, Y, T) :- edge(X, Y) @ {line: L, source: S}, T = S ++ "!", L < 9.
    told(X, R, Y) :- gadget(X), triple(X, R, Y).
    named(X, W) :- word(W), thing(X), X ~ W.
    twice(X) :- left(X, Y), left(Y, X).
    """

  private static func session(seed: UInt64) throws -> Session {
    var random = SplitMix64(seed: seed)
    var text = rules + "\nword(\"one\"). word(\"of two\").\n"
    let count = 8
    for number in 0..<count {
      text += number % 3 == 0 ? "gadget(t\(number)).\n" : "device(t\(number)).\n"
      text += "label(t\(number), \"\(number % 2 == 0 ? "One" : "Number") of \(number % 4 == 0 ? "two" : "many")\").\n"
    }
    for _ in 0..<random.number(8...12) {
      let edge = "edge(t\(random.number(0...count - 1)), t\(random.number(0...count - 1)))"
      text += edge + " @ {source: \"s\(random.number(0...1))\", line: \(random.number(1...12))}.\n"
    }
    let session = Session()
    // Half of them explain what a query demands, which small graphs would never do by themselves.
    if seed % 2 == 0 { session.demandThreshold = 0 }
    try session.load(SourceFile(name: "constructs.dl", text: text))
    return session
  }

  private static let relations = [
    "left/2", "right/2", "both/2", "odd/2", "even/2", "same/2", "steps/3", "unreached/2", "lonely/1", "degree/2",
    "widest/1", "names/2", "near/2", "along/2", "around/2", "far/3", "early/3", "told/3", "named/2", "twice/1",
    "thing/1",
  ]

  private static func query(_ relation: String) -> String {
    let parts = relation.split(separator: "/")
    let arity = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    return "\(parts[0])(\((0..<arity).map { "X\($0)" }.joined(separator: ", ")))"
  }

  @Test("each row of each construct is explained by its rules and facts", arguments: relations)
  func explained(relation: String) throws {
    var explained = 0
    for seed in Seed.each(1...4) {
      let session = try Self.session(seed: seed)
      let answers = try session.query(Self.query(relation))
      for row in 0..<min(answers.rowCount, 8) {
        let cells = answers.columns.indices.map { answers.value(row: row, column: $0).description }
        let fact = "\(relation.prefix { $0 != "/" })(\(cells.joined(separator: ", ")))"
        for explanation in [try session.why(fact), try session.why(answers, row: row, showingAll: true)] {
          let explanation = try #require(explanation)
          let flaw = try ExplanationChecker(session: session, explanation: explanation).flaw()
          #expect(flaw == nil, "seed \(seed), \(fact)")
        }
        explained += 1
      }
    }
    #expect(explained > 3)
  }

  @Test("a recursion is explained by a shortest way", arguments: ["left", "right", "both"])
  func shortest(relation: String) throws {
    for seed in Seed.each(20...24) {
      let session = try Self.session(seed: seed)
      let answers = try session.query("\(relation)(X, Y), X != Y, D = distance{ edge : X -> Y }")
      #expect(answers.rowCount > 0)
      for row in 0..<answers.rowCount {
        let (from, to) = (answers.value(row: row, column: 0), answers.value(row: row, column: 1))
        let explanation = try session.why("\(relation)(\(from.description), \(to.description))")
        let edges = explanation.nodes.count { $0.relation == "edge" }
        #expect(.integer(Int64(edges)) == answers.value(row: row, column: 2))
      }
    }
  }

  @Test("of several derivations the one with the fewest nodes is shown, however deep they differ")
  func smallest() throws {
    let session = Session()
    try session.load(
      SourceFile(
        name: "ways.dl",
        text: """
          base(a). other(a). third(a).
          one(X) :- base(X).
          two(X) :- one(X), other(X).
          short(X) :- base(X), other(X), third(X).
          goal(X) :- two(X), two(X), one(X).
          goal(X) :- short(X).
          goal(X) :- two(X), one(X), base(X).
          """))
    let explanation = try session.why("goal(a)")
    #expect(explanation.nodes.map(\.conclusion) == ["goal(a)", "short(a)", "base(a)", "other(a)", "third(a)"])
  }

  @Test("a count shows its first rows, and all where all are asked for")
  func counts() throws {
    let session = Session()
    let facts = (1...9).map { "p(a, \($0))." }.joined(separator: " ")
    try session.load(SourceFile(name: "counts.dl", text: "\(facts)\nn(X, N) :- p(X, 1), N = count{ Y : p(X, Y) }."))
    for (all, shown) in [(false, 5), (true, 9)] {
      let explanation = try session.why("n(a, 9)", showingAll: all)
      let aggregate = try #require(explanation.nodes.first { $0.relation == nil })
      #expect(aggregate.premises.count == shown)
      #expect(aggregate.conclusion == "9 = count{ Y : p(a, Y) }")
    }
  }
}
