import Diagnostics
import Sessions
import Terms
import Testing

/// The dates beside what is listed are those of the statements, and never those of whatever else they name.
@Suite("Dates of statements")
struct DatingTests {
  private func session(_ text: String) throws -> Session {
    let session = Session()
    try session.load(SourceFile(name: "dates.dl", text: text))
    return session
  }

  private func term(_ name: String, _ session: Session) throws -> Term {
    try #require(session.graph.terms.find(.name(name)))
  }

  /// What a description tells, as `DATE of EVENT: relation(arguments)`.
  private func described(_ name: String, _ session: Session) throws -> [String] {
    try session.explore { explorer in
      try explorer.describe(term(name, session)).groups.flatMap(\.entries).map { entry in
        let event = entry.event.map { " of \(explorer.id(of: $0))" } ?? ""
        let arguments = entry.fact.arguments.map { explorer.id(of: $0) }.joined(separator: ", ")
        return (entry.date.map { "\($0)\(event): " } ?? "") + "\(entry.fact.relation)(\(arguments))"
      }
    }
  }

  private func timeline(_ name: String, _ session: Session) throws -> [String] {
    try session.explore { explorer in
      try explorer.timeline(of: term(name, session)).map { "\($0.date) \($0.fact.relation)" }
    }
  }

  private static let people = """
    born(ona, 1868~). born(jonas, 187X). born(petras, 1870-05). born(kazys, 1870?). born(marija, date("1870/")).
    born(elena, ../1850). born(ieva, date("1870-XX")). born(adomas, 1870/..).
    lived(ona, vilnius) @ {from: "1865-01", until: "1875-03"}. lived(jonas, kaunas) @ {from: "1869~", until: "1872?"}.
    """

  @Test("what is dated uncertainly stands at its first day, what begins openly first")
  func uncertain() throws {
    let entries = try session(Self.people).explore { explorer in
      try explorer.timeline().map { "\($0.date) \($0.fact.relation)" }
    }
    #expect(
      entries == [
        "../1850 born", "1865-01/1875-03 lived", "1868~ born", "1869~/1872? lived", "1870-XX born", "1870? born",
        "187X born",
        "1870/.. born", "1870/ born", "1870-05 born",
      ])
  }

  @Test("a timeline of a span has what may be of it, and tells what is so for certain")
  func uncertainInASpan() throws {
    func certainty(_ text: String) throws -> [String] {
      let span = try #require(DateSpan(text))
      return try session(Self.people).explore { explorer in
        try explorer.timeline(during: span).map { "\($0.date)\($0.isCertain(in: span) ? "" : " perhaps")" }
      }
    }
    #expect(
      try certainty("1870") == [
        "1865-01/1875-03", "1869~/1872? perhaps", "1870-XX", "1870? perhaps", "187X perhaps", "1870/..",
        "1870/ perhaps", "1870-05",
      ])
    #expect(try certainty("1880") == ["1870/..", "1870/ perhaps"])
    #expect(try certainty("1868") == ["1865-01/1875-03", "1868~ perhaps"])
  }

  @Test("who sued a company did not do so when it was founded")
  func dateOfTheObject() throws {
    let session = try session("person(ann). company(acme). sued(ann, acme). founded(acme, 1999-02-21).")
    #expect(try described("ann", session) == ["person(ann)", "sued(ann, acme)"])
    #expect(try timeline("ann", session) == [])
    #expect(try timeline("acme", session) == ["1999-02-21 founded"])
    let ways = try session.explore { try $0.connections(from: term("ann", session), to: term("acme", session)).ways }
    let fact = ways[0].steps[0].facts[0]
    #expect(try session.explore { try $0.datings(of: fact).count } == 0)
  }

  @Test("whoever took part in an event did so when it was held, and it is told whose date that is")
  func dateOfAnEvent() throws {
    let session = try session(
      """
      type agent. type person : agent. type event. type fair : event.
      relation held_on(event, date). relation ran(person, fair). relation planned(any, event). relation founded(any, date).
      person(ona). fair(may). held_on(may, 2011-05). founded(may, 1873-01).
      ran(ona, may). planned(ona, may).
      """)
    #expect(try described("ona", session) == ["person(ona)", "planned(ona, may)", "2011-05 of may: ran(ona, may)"])
    // At the event itself its date is not told again beside each fact.
    #expect(try described("may", session).filter { $0.contains("ran") } == ["ran(ona, may)"])
  }

  @Test("the vocabulary needs no declaration: what was done at an event and where it was is of its date")
  func vocabulary() throws {
    let session = try session(
      """
      attended(ona, party). held_in(party, riga). signed_at(deal, party). held_on(party, 2011-05-01).
      period(deal, 2012-03). signed(ona, deal).
      """)
    #expect(try described("ona", session) == ["2011-05-01 of party: attended(ona, party)", "signed(ona, deal)"])
    #expect(try described("riga", session) == ["2011-05-01 of party: held_in(party, riga)"])
    #expect(try timeline("deal", session) == ["2011-05-01 signed_at", "2012-03 period"])
  }

  @Test("of several statements each has its own date, and one without has none of the others")
  func severalStatements() throws {
    let session = try session(
      """
      holds(ona, mayor) @ {at: 2010-06-08, line: 6}.
      holds(ona, mayor) @ {at: 2011-10-10, line: 19}.
      holds(ona, mayor) @ {line: 20, note: "again"}.
      """)
    #expect(
      try described("ona", session) == [
        "holds(ona, mayor)", "2010-06-08: holds(ona, mayor)", "2011-10-10: holds(ona, mayor)",
      ])
    let facts = try session.explore { try $0.facts(restingOn: 19...19) }
    let dating = try session.explore { try $0.dating(of: facts[0], facts[0].statements[0]) }
    #expect(dating?.date.description == "2011-10-10")
  }

  @Test("the date of an event may follow by a rule")
  func inferredDate() throws {
    let session = try session(
      """
      held_on(E, D) :- part_of(E, W), held_on(W, D).
      held_on(visit, 2013-02-14). part_of(talk, visit). attended(ona, talk).
      """)
    #expect(try described("ona", session) == ["2013-02-14 of talk: attended(ona, talk)"])
  }
}
