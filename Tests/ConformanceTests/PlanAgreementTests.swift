import Diagnostics
import Relations
import Sessions
import Testing

@testable import Evaluation
@testable import Sessions

/// What `plan` shows is what runs.
@Suite("Plans of the conformance cases")
struct PlanAgreementTests {
  /// A plan without counts and times.
  private static func shape(_ plan: QueryPlan) -> [String] {
    plan.stages.flatMap { stage in
      ["\(stage.name): \(stage.manner)"]
        + stage.rules.flatMap { rule in
          ["rule at \(rule.place?.start ?? -1), reading \(rule.delta ?? "all")"]
            + rule.steps.map { String(repeating: "  ", count: $0.depth) + $0.text }
        }
    }
  }

  /// The queries of a case that are answered, without `?-`.
  private static func queries(_ conformanceCase: ConformanceCase) throws -> [String] {
    var queries: [String] = []
    try Session().run(path: conformanceCase.path) { answers in
      let span = answers.query.span
      let text = String(decoding: span.file.bytes[span.start..<span.end], as: UTF8.self)
      queries.append(String(text.drop { "?- ".contains($0) }))
    }
    return queries
  }

  private static func shape(_ query: String, of conformanceCase: ConformanceCase, running: Bool) throws -> [String] {
    let session = Session()
    session.valueJoinCost = -.infinity
    try session.load(path: conformanceCase.path)
    return shape(try session.plan(query, running: running))
  }

  private static let cases = ConformanceCase.all.filter {
    $0.path.hasSuffix(".dl") && $0.errors.isEmpty && $0.parameters.isEmpty && $0.brokenConstraints == nil
  }

  @Test("a plan has the steps that are run, in their order", arguments: cases)
  func agreement(_ conformanceCase: ConformanceCase) throws {
    for query in try Self.queries(conformanceCase) {
      let shown = try Self.shape(query, of: conformanceCase, running: false)
      let run = try Self.shape(query, of: conformanceCase, running: true)
      #expect(shown == run, "\(conformanceCase.name): \(query)")
    }
  }

  /// A program, with the words in which it is told.
  private struct Told: Equatable {
    var program: JoinProgram
    var steps: [String]

    init(_ program: JoinProgram, _ steps: [QueryPlan.Step]) {
      self.program = program
      self.steps = steps.map { String(repeating: "  ", count: $0.depth) + $0.text }
    }
  }

  /// The programs that answering a query runs, those left out that a plan only names: of what is demanded, and of the parts of
  /// closures and of joins by values.
  private static func run(_ query: String, _ session: Session, of shown: [QueryPlan.Stage]) throws -> [Told] {
    let records = PlanRecords(isCounting: false)
    try session.engine.watched { $0.records = records }
    _ = try session.query(query)
    let silent = Set(shown.filter(\.rules.isEmpty).map(\.name))
    return try session.engine.watched { evaluator in
      records.ran.compactMap { record in
        let key = record.program.clause.head.relation
        let name = evaluator.base.name(of: key.whole)
        if silent.contains(name) || key.isDemanded { return nil }
        return Told(
          record.program.join, PlanSteps(record.program, evaluator.base, counts: nil, parts: record.parts).steps)
      }
    }
  }

  @Test("what a query runs are the programs that its plan is told from", arguments: cases)
  func sameProgram(_ conformanceCase: ConformanceCase) throws {
    for query in try Self.queries(conformanceCase) {
      let (one, other) = (Session(), Session())
      for session in [one, other] { try session.load(path: conformanceCase.path) }
      let shown = try one.plan(query).stages
      let told = shown.flatMap(\.rules).map { Told($0.program, $0.steps) }
      let run = try Self.run(query, other, of: shown)
      #expect(!run.isEmpty || shown.last?.rules.isEmpty == true, "\(conformanceCase.name): \(query)")
      for run in run {
        #expect(told.contains(run), "\(conformanceCase.name): \(query)\n\(run.steps.joined(separator: "\n"))")
      }
    }
  }

  @Test("a plan that is run tells the counts of the program that it shows")
  func counts() throws {
    let session = Session()
    try session.load(SourceFile(name: "c.dl", text: "e(a, b). e(a, c). e(b, c). n(b)."))
    let plan = try session.plan("e(X, Y), not n(Y), S = count{ Z : e(Y, Z) }", running: true)
    let rule = try #require(plan.stages.last?.rules.first)
    #expect(rule.runs == 1)
    #expect(
      rule.steps.map { "\($0.text): \($0.outcome.map { "\($0.count)" } ?? "-")" } == [
        "for each Y of e(X, Y), without n(Y): 1", "compute _3 = count{ Z : e(Y, Z) }: 1", "all of e(Y, Z), as a set: 1",
        "with S = _3: 1", "rows with all X of e(X, Y), as a set: 1",
      ])
  }

  @Test("a plan says if an atom is not to hold, and if the rows of a relation are counted as they are")
  func phrases() throws {
    let session = Session()
    try session.load(SourceFile(name: "c.dl", text: "e(a, b). e(a, c). e(b, c). n(b)."))
    func steps(_ query: String) throws -> [String] {
      try session.plan(query).stages.last?.rules.first?.steps.map(\.text) ?? []
    }
    #expect(try steps("n(X), not e(a, c)") == ["where not e(a, c)", "rows with all X of n(X), as a set"])
    #expect(
      try steps("N = count{ X, Y : e(X, Y) }") == [
        "compute _1 = count{ X, Y : e(X, Y) }", "count all rows of e(X, Y), without going through them", "with N = _1",
        "a row",
      ])
  }

  @Test("in a recursion each plan is of what the round before brings")
  func recursion() throws {
    let session = Session()
    let source = "e(a, b). e(b, c). e(c, a). p(a, b). p(X, Z) :- p(X, Y), e(Y, Z), X != Z."
    try session.load(SourceFile(name: "p.dl", text: source))
    let shown = try session.plan("p(X, Z)")
    #expect(shown.stages.first { $0.name == "p" }?.rules.map(\.delta) == ["p(X, Y)"])
    let other = Session()
    try other.load(SourceFile(name: "p.dl", text: source))
    #expect(Self.shape(shown) == Self.shape(try other.plan("p(X, Z)", running: true)))
  }

  @Test("a query that would take long is planned soon, by guesses where need be")
  func large() throws {
    let session = Session()
    let facts = (0..<1000).map { "b(\($0)). c(\($0))." }.joined()
    let source = facts + "d(X, Y) :- b(X), c(Y). t(X, Y) :- d(X, Y), d(Y, X)."
    try session.load(SourceFile(name: "large.dl", text: source))
    let plan = try session.plan("t(X, Y), d(Y, _)")
    #expect(plan.stages.map(\.name) == ["b", "c", "d", "t", "the query"])
    #expect(plan.stages.allSatisfy { $0.outcome == nil })
    #expect(plan.stages.last?.rules.first?.steps.isEmpty == false)
    #expect(try session.query("N = count{ X : d(X, 5) }").value(row: 0, column: 0) == .integer(1000))
  }
}
