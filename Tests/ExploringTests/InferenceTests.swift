import Diagnostics
import Sessions
import Testing

/// What rules derive is shown beside what is stated, behind it, and told apart from it.
@Suite("Inferred facts in exploring")
struct InferenceTests {
  private let session = Session()

  init() throws {
    try session.load(
      SourceFile(
        name: "inferred.dl",
        text: """
          type person. type event.
          relation attended(person, event). relation hosted(person, event). relation held_on(event, date).
          relation sub_event_of(event, event). relation spouse(person, person).
          attended(P, E) :- hosted(P, E).
          held_on(E, D) :- sub_event_of(E, Whole), held_on(Whole, D).
          spouse(A, B) :- spouse(B, A).
          met(A, B) :- attended(A, E), attended(B, E), A != B.
          person(ona). person(jonas). person(rasa). event(visit). event(talk).
          attended(ona, visit) @ {line: 1}. hosted(jonas, visit) @ {line: 2}. hosted(ona, talk).
          held_on(visit, 2013-02-14). sub_event_of(talk, visit). spouse(jonas, rasa).
          """))
  }

  private func term(_ name: String) throws -> Term { try #require(session.graph.terms.find(.name(name))) }

  private func text(_ fact: Fact, _ explorer: Explorer) -> String {
    let arguments = fact.arguments.map { explorer.id(of: $0) }.joined(separator: ", ")
    return "\(fact.relation)(\(arguments))" + (fact.isInferred ? "°" : "")
  }

  @Test("a description has them behind what is stated, and a stated fact that rules give too once")
  func describe() throws {
    let told = try session.explore { explorer in
      try explorer.describe(term("ona")).groups.flatMap(\.entries).map { text($0.fact, explorer) }
    }
    #expect(
      told == [
        "attended(ona, visit)", "attended(ona, talk)°", "hosted(ona, talk)", "met(ona, jonas)°", "person(ona)",
        "met(jonas, ona)°",
      ])
  }

  @Test("they lead to what is near, after what stated facts lead to")
  func near() throws {
    let told = try session.explore { explorer in
      try explorer.near(term("ona"), steps: 1).neighbours.map { text($0.by, explorer) }
    }
    #expect(told == ["attended(ona, visit)", "hosted(ona, talk)", "met(ona, jonas)°"])
  }

  @Test("a timeline has what rules date, of an entity and of the whole graph")
  func timeline() throws {
    func told(_ name: String?) throws -> [String] {
      try session.explore { explorer in
        try explorer.timeline(of: name.map { try term($0) }).map { "\($0.date) \(text($0.fact, explorer))" }
      }
    }
    #expect(try told("talk") == ["2013-02-14 held_on(talk, 2013-02-14)°"])
    #expect(
      try told(nil) == ["2013-02-14 held_on(visit, 2013-02-14)", "2013-02-14 held_on(talk, 2013-02-14)°"])
  }

  @Test("a way is by stated facts where there is one, and else by what rules derive")
  func ways() throws {
    func way(_ start: String, _ end: String) throws -> [String] {
      try session.explore { explorer in
        try explorer.connections(from: term(start), to: term(end)).ways.first?.steps
          .map { text($0.facts[0], explorer) } ?? []
      }
    }
    #expect(try way("ona", "jonas") == ["attended(ona, visit)", "hosted(jonas, visit)"])
    _ = try session.enter("+person(solo). +likes(solo, tea). knows(P, Q) :- likes(P, tea), person(Q), Q != P.") { _ in }
    #expect(try way("solo", "rasa") == ["knows(solo, rasa)°"])
  }

  @Test("a rule that is wrong hides nothing that is stated, and is told of once")
  func wrongRule() throws {
    _ = try session.enter("bad(X, Y) :- person(X), Y = 1 / 0.") { _ in }
    try session.explore { explorer in
      let groups = try explorer.describe(term("ona")).groups
      #expect(groups.map(\.relation).contains("attended"))
      let gaps = explorer.inferences?.gaps ?? []
      guard gaps.count == 1, case .wrong("bad", let message) = gaps[0] else {
        Issue.record("\(gaps)")
        return
      }
      #expect(message.contains("division by zero"))
    }
  }

  @Test("on a large graph only what is asked of an entity is derived, and what takes too long is left out and told of")
  func large() throws {
    let session = Session()
    session.demandThreshold = 0
    try session.load(
      SourceFile(
        name: "large.dl",
        text: "type person. relation knows(person, person).\nknows(A, B) :- knows(B, A).\n"
          + "relation number(integer). number(0). number(N + 1) :- number(N), N < 1_000_000_000.\n"
          + "relation far(person, integer). far(A, N) :- person(A), number(N), N > 999_999_999.\n"
          + (0..<400).map { "person(p\($0)). knows(p\($0), p\($0 + 1)).\n" }.joined()))
    let term = try #require(session.graph.terms.find(.name("p7")))
    try session.explore { explorer in
      let knows = try explorer.describe(term).groups.filter { $0.relation == "knows" }
      #expect(knows.map { "\($0.position) \($0.factCount)" } == ["0 2", "1 2"])
      #expect(explorer.inferences?.gaps == [.tooMuch(relation: "far")])
    }
  }
}
