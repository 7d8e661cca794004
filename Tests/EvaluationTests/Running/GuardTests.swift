import Diagnostics
import SessionSupport
import Sessions
import Testing

/// What keeps a computation from a row for which it fails does so whatever the graph's size, and while facts come and go.
@Suite("Guards")
struct GuardTests {
  private static let source = """
    p(6, 3). p(1, 0). z(0).
    share(X, X / Y) :- p(X, Y).
    guarded(X, D) :- p(X, Y), D = X / Y, not z(Y).
    """

  private static func session(others count: Int) throws -> Session {
    let session = Session()
    let facts = (0..<count).map { "pad(\($0))." }.joined(separator: " ")
    try session.load(SourceFile(name: "guards.dl", text: source + "\n" + facts))
    return session
  }

  private static func rows(_ session: Session, _ query: String) throws -> [[String]] {
    try session.query(query).texts
  }

  @Test("a question has the same answer on a graph of few facts and of many", arguments: [0, 25_000])
  func sizes(count: Int) throws {
    let session = try Self.session(others: count)
    #expect(try Self.rows(session, "share(6, D)") == [["2"]])
    #expect(try Self.rows(session, "p(6, Y), share(6, D)") == [["3", "2"]])
    #expect(try Self.rows(session, "guarded(X, D)") == [["6", "2"]])
    #expect(throws: Diagnostic.self) { try session.query("share(1, D)") }
    #expect(throws: Diagnostic.self) { try session.query("share(X, D)") }
    #expect(throws: Diagnostic.self) { try session.query("share(X, D) | limit 1") }
    #expect(try Self.rows(session, "share(6, D)") == [["2"]])
  }

  @Test(
    "relations that may fail are asked alike, in whatever order they are written and whatever was asked before",
    arguments: [["inw(3, 9)", "ag(B, 3)"], ["ag(B, 3)", "inw(3, 9)"], ["A > 2", "inw(3, A)", "ag(B, 3)"]])
  func order(literals: [String]) throws {
    let session = Session()
    let rules = "inw(X, Y) :- f(X, Y), 12 / X > 0. ag(X, 1 / N) :- f(X, N)."
    try session.load(SourceFile(name: "order.dl", text: "f(3, 2). f(3, 0). f(4, 0). " + rules))
    for body in [literals, literals.reversed(), literals] {
      let error = #expect(throws: Diagnostic.self) { try session.query(body.joined(separator: ", ")) }
      #expect(error?.all.map(\.message) == ["1 / 0: division by zero"])
    }
    #expect(try Self.rows(session, "inw(X, Y)").count == 3)
    #expect(throws: Diagnostic.self) { try session.query(literals.joined(separator: ", ")) }
  }

  @Test("a row comes to be in error with a fact, or without one that kept it from that, and back")
  func changes() throws {
    let session = try Self.session(others: 0)
    func enter(_ change: String) throws { _ = try session.enter(change) { _ in } }
    #expect(try Self.rows(session, "guarded(X, D)") == [["6", "2"]])
    try enter("-z(0).")
    #expect(throws: Diagnostic.self) { try session.query("guarded(X, D)") }
    try enter("+z(0).")
    #expect(try Self.rows(session, "guarded(X, D)") == [["6", "2"]])
    try enter("+p(8, 2).")
    #expect(try Self.rows(session, "guarded(X, D)") == [["6", "2"], ["8", "4"]])
    try enter("-p(1, 0).")
    #expect(try Self.rows(session, "share(X, D)") == [["6", "2"], ["8", "4"]])
  }

  @Test("what is guarded is explained, and so is why it does not hold")
  func explanations() throws {
    let session = try Self.session(others: 0)
    var replies = 0
    for question in ["?why guarded(6, 2).", "?why not guarded(1, 5).", "?why not guarded(6, 3)."] {
      _ = try session.enter(question, answer: { _ in }, explain: { _ in replies += 1 })
    }
    #expect(replies == 3)
  }

  @Test("a failure that some rows have is looked for once, and no row is multiplied by others", arguments: [1, 2])
  func joins(threads: Int) throws {
    let session = Session()
    session.limits.threads = threads
    session.threadPatience = 0
    let facts = (0..<3_000).map { number in
      "t(x\(number), \"\(number % 2 == 0 ? "" : "x")\(number)\"). big(\(number), y\(number % 7))."
    }
    try session.load(SourceFile(name: "texts.dl", text: facts.joined(separator: "\n")))
    let guarded = "N = count{ X : t(X, T), D = to_number(T), big(D, _), not contains(T, \"x\") }"
    #expect(try Self.rows(session, guarded) == [["1500"]])
    let late = "t(X, T), D = to_number(T), E = D + 1, big(E, y3), big(D, y2), starts_with(T, \"20\")"
    #expect(try Self.rows(session, late + " | select D").first == ["2004"])
    #expect(throws: Diagnostic.self) { try session.query("t(X, T), D = to_number(T), big(D, y2)") }
  }
}
