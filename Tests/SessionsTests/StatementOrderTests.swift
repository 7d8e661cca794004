import Diagnostics
import Sessions
import Testing

@Suite("The order of statements")
struct StatementOrderTests {
  private static let statements = [
    "relation held(any, any).", "relation near(any, any).", "held(fair, 2013-02-14).",
    "near(fair, town) @ {seen: ann}.",
    "near(town, show).", "held(X, feast) :- held(X, 2013-02-14).", "held(X, K) :- near(X, show), K = dance.",
    "?- near(X, Y), Y = ball.",
    "?- held(X, picnic).", "?- held(fair, _).", "?- near(ball, _).", "?- near(show, _).", "?- near(_, feast).",
    "?- near(dance, _).", "?- near(_, _) @ {seen: ann}.", "?- near(_, _) @ {see: ann}.", "?- near(seen, _).",
  ]

  private static func errors(in statements: [String]) throws -> [String] {
    let session = Session()
    do {
      try session.run(
        SourceFile(name: "shuffled.dl", text: statements.joined(separator: "\n")), answer: { _ in })
      return []
    } catch let problems as Diagnostic {
      return problems.all.map(\.message).sorted()
    }
  }

  @Test("does not decide which names and annotation keys are unknown", arguments: 0..<60)
  func names(_ shuffle: Int) throws {
    var state = UInt64(shuffle) &* 0x9E37_79B9_7F4A_7C15
    var statements = Self.statements
    for index in statements.indices.dropLast() {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      statements.swapAt(index, index + Int((state >> 33) % UInt64(statements.count - index)))
    }
    #expect(
      try Self.errors(in: statements) == [
        "no statement has the annotation key `see`", "nothing in the graph is named `ball`",
        "nothing in the graph is named `ball`", "nothing in the graph is named `picnic`",
        "nothing in the graph is named `seen`",
      ])
  }

  @Test("a name of a fact that was taken back is unknown again")
  func retracted() throws {
    let session = Session()
    _ = try session.enter("+p(a). +p(b). +q(b) @ {of: c}.", answer: { _ in })
    _ = try session.enter("p(b), q(c).", answer: { _ in })
    _ = try session.enter("-q(b).", answer: { _ in })
    _ = try session.enter("p(b).", answer: { _ in })
    #expect(throws: Diagnostic.self) { try session.enter("p(c).", answer: { _ in }) }
    _ = try session.enter("-p(b).", answer: { _ in })
    #expect(throws: Diagnostic.self) { try session.enter("p(b).", answer: { _ in }) }
    _ = try session.enter("p(a).", answer: { _ in })
  }

  @Test("names of a file whose facts are not kept, and of facts that do not fit, are unknown after it")
  func notKept() throws {
    let session = Session()
    try session.run(SourceFile(name: "passing.dl", text: "p(a). p(b)."), keeps: false, answer: { _ in })
    #expect(throws: Diagnostic.self) { try session.query("p(a)") }
    let misfit = SourceFile(name: "misfit.dl", text: "relation age(any, integer). age(ann, 1). age(bob, old).")
    #expect(throws: Diagnostic.self) { try session.run(misfit, answer: { _ in }) }
    #expect(throws: Diagnostic.self) { try session.query("age(bob, _)") }
    #expect(try session.query("age(ann, _)").holds)
  }
}
