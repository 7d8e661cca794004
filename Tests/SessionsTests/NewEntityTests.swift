import Diagnostics
import Sessions
import Testing

@Suite("New entities")
struct NewEntityTests {
  private static func news(_ entry: String, after facts: String) throws -> [String] {
    let session = Session()
    try session.load(SourceFile(name: "a.dl", text: facts))
    return try session.enter(entry, answer: { _ in }).newEntities.map { $0.name + ($0.near.map { " (\($0))" } ?? "") }
  }

  private static let facts =
    "attended(jonas_petraitis, gintarine_jurmyle_2012). kind(X, guest) :- attended(X, _)."

  @Test("an entry tells those that it brings, with the name that may have been meant")
  func near() throws {
    #expect(
      try Self.news("+attended(jonas_petratis, gintarine_jurmyle_2012).", after: Self.facts)
        == ["jonas_petratis (jonas_petraitis)"])
    #expect(
      try Self.news("+attended(ona, gintarine_jurmyle_2013) @ {source: reprt}.", after: Self.facts)
        == ["ona", "gintarine_jurmyle_2013", "reprt"])
  }

  @Test(
    "the name that may have been meant is in any alphabet, in a small graph and in a large one", arguments: [0, 3_000])
  func alphabets(others: Int) throws {
    let facts = "p(žiema). p(зима). p(weg_7)." + (0..<others).map { " q(other\($0))." }.joined()
    #expect(
      try Self.news("+p(žiemaa). p(зма). p(weg7). p(weg_8).", after: facts) == [
        "žiemaa (žiema)", "зма (зима)", "weg7 (weg_7)", "weg_8",
      ])
  }

  @Test(
    "not those of facts that are known, of rules, of names that are looked up, of facts that are taken back, and of files"
  )
  func known() throws {
    let facts = Self.facts + " type person. relation met(person, person). person(ona). label(ona, \"Ona\")."
    #expect(try Self.news("+attended(jonas_petraitis, guest).", after: facts) == [])
    #expect(try Self.news("+met(\"Ona\", ona). p(1, \"text\")", after: facts) == [])
    #expect(try Self.news("-attended(nobody, guest).", after: facts) == [])
    #expect(try Self.news("q(X) :- attended(X, E), E = guest.", after: facts) == [])
  }

  @Test("each once, and again after it was taken back")
  func again() throws {
    #expect(try Self.news("+p(new). q(new). -p(new). -q(new). +p(new).", after: Self.facts) == ["new"])
    let session = Session()
    _ = try session.enter("+p(new).", answer: { _ in })
    _ = try session.enter("-p(new).", answer: { _ in })
    #expect(try session.enter("+p(new).", answer: { _ in }).newEntities.map(\.name) == ["new"])
  }

  @Test(
    "a relation that an entry brings is told with the name of another of as many arguments that may have been meant")
  func relations() throws {
    func near(_ entry: String) throws -> [String] {
      let session = Session()
      try session.load(
        SourceFile(
          name: "a.dl",
          text: """
            type city. relation neighbour(city, city). city(vilnius). district(vilnius, antakalnis). route_7(vilnius).
            large(X) :- city(X), X != kaunas.
            """))
      return try session.enter(entry, answer: { _ in }).newRelations.map {
        $0.name + ($0.near.map { " (\($0))" } ?? "")
      }
    }
    #expect(try near("+ctiy(kaunas).") == ["ctiy (city)"])
    #expect(try near("+Neighbor(vilnius, kaunas). largee(vilnius).") == ["Neighbor (neighbour)", "largee (large)"])
    #expect(try near("+lable(vilnius, \"Wilna\").") == ["lable (label)"])
    #expect(try near("+district(vilnius, centre). river(vilnius).") == ["river"])
    // Of other arguments, or with another number, it is another thing; so is what an entry declares.
    #expect(try near("+citys(vilnius, kaunas). route_8(vilnius).") == ["citys", "route_8"])
    #expect(try near("relation citty(any). +citty(vilnius).") == [])
    // Both are new, and neither is meant by the other.
    #expect(try near("+parish(a). parishs(a).") == ["parish", "parishs"])
    #expect(try near("+ctiy(a). -ctiy(a). ctiy(a).").first == "ctiy (city)")
    #expect(try near("-city(vilnius). q(X) :- city(X).") == [])
  }

  @Test("a check warns of those without a type, and no entity has one by standing where one is expected")
  func check() throws {
    let session = Session()
    try session.load(
      SourceFile(
        name: "a.dl",
        text: """
          type person. type event. relation attended(person, event).
          person(jonas_petraitis). event(fair). attended(jonas_petratis, fair).
          attended(zita, fair). label(zita, "Zita"). seen(town, 3). label(town, "Town").
          """))
    let problems = try session.check()
    #expect(problems.isEmpty)
    #expect(
      problems.warnings.map(\.message) == [
        "2 entities are of no type: `person(X)` and the like don't find them"
      ])
    #expect(
      problems.warnings.first?.notes.map(\.message) == [
        "`jonas_petratis` in attended(jonas_petratis, fair); near: `jonas_petraitis`", "`zita` in attended(zita, fair)",
      ])
    #expect(try session.query("person(X)").rowCount == 1)
  }

  @Test("a check lists ten at most, and warns of none in a graph where nothing has a type")
  func bounded() throws {
    let session = Session()
    let facts = (10..<35).map { "p(x\($0))." }.joined()
    try session.load(SourceFile(name: "a.dl", text: facts))
    #expect(try session.check().warnings.isEmpty)
    try session.load(SourceFile(name: "b.dl", text: "type person. person(a)."))
    let notes = try session.check().warnings.first?.notes.map(\.message)
    #expect(notes?.count == 11)
    #expect(notes?.first == "`x10` in p(x10)")
    #expect(notes?.last == "and 15 more")
    try session.load(SourceFile(name: "c.dl", text: "person(X) :- p(X)."))
    #expect(try session.check().warnings.isEmpty)
  }
}
