import Diagnostics
import Sessions
import Testing

/// What the planner expects, where numbers of rows and of distinct terms alone would mislead it.
@Suite("Statistics")
struct StatisticsTests {
  private func session(_ facts: [String]) throws -> Session {
    let session = Session()
    try session.load(SourceFile(name: "facts.dl", text: facts.joined(separator: "\n")))
    return session
  }

  /// The steps of the query itself.
  private func steps(_ query: String, _ session: Session) throws -> [QueryPlan.Step] {
    try session.plan(query).stages.last?.rules.first?.steps ?? []
  }

  @Test("a name that most facts speak of is expected to have as many, and a rare one few")
  func skew() throws {
    let session = try session((0..<3000).map { "at(hub, event_\($0)). at(person_\($0), event_\($0))." })
    #expect(try steps("at(hub, E)", session).first?.estimate == 3000)
    #expect(try steps("at(person_7, E)", session).first?.estimate == 1)
  }

  @Test("what few terms of two columns are the same is gone through first")
  func fewCommonTerms() throws {
    let session = try session(
      (0..<2000).map { "wrote(\($0), a\($0)). printed(\($0 + 1990), \($0 % 700)). sold(\($0 % 700), b\($0))." })
    let first = try #require(try steps("sold(P, S), printed(L, P), wrote(L, A)", session).first)
    #expect(first.text == "for each L of printed(L, P) and wrote(L, A)")
    #expect(first.estimate ?? .infinity < 100)
    #expect(
      try session.query("N = count{ S, L, A : sold(P, S), printed(L, P), wrote(L, A) }").value(row: 0, column: 0)
        == .integer(30))
  }

  @Test("columns that have the same terms are expected to have all in common")
  func allCommonTerms() throws {
    let session = try session((0..<2000).map { "wrote(\($0), a\($0)). printed(\($0))." })
    let first = try #require(try steps("printed(L), wrote(L, A)", session).first)
    #expect(first.text == "for each L of printed(L) and wrote(L, A)")
    #expect(first.estimate == 2000)
  }

  @Test("a set is gathered in the order in which a derived relation lies, and not put in another one first")
  func existingOrder() throws {
    let session = try session(
      (0..<80).map { "next(\($0 % 2), \(10 + $0)). start(\($0 % 2))." }
        + ["far(X, Y, D) :- start(X), D = distance{ next : X -> Y }."])
    let stages = try session.plan("N = count{ X, Y : far(X, Y, _) }", running: true).stages
    #expect(stages.last?.rules.first?.steps.contains { $0.text == "gather as a set all Y:" } == true)
    for (query, count) in [("X, Y : far(X, Y, _)", 82), ("Y : far(1, Y, _)", 41), ("Y : far(_, Y, _)", 82)] {
      #expect(try session.query("N = count{ \(query) }").value(row: 0, column: 0) == .integer(Int64(count)))
    }
    #expect(try session.query("far(1, Y, _)").rowCount == 41)
  }
}
