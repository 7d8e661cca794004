import Diagnostics
import Testing
import Tiltas

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
