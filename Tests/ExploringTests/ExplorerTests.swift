import Diagnostics
import Sessions
import Testing

/// Two cities, two visits, and who came: small enough to see every answer in the facts.
@Suite("Exploring")
struct ExplorerTests {
  private let session = Session()

  init() throws {
    try session.load(
      SourceFile(
        name: "small.dl",
        text: """
          type person. type city. type event.
          relation held_on(event, date). relation attended(person, event). relation mayor_of(person, city).
          relation twin(city, city, date).
          @ {source: record, line: 1}.
          person(ona). label(ona, "Ona Šimkė"). alias(ona, "O. Šimkė").
          person(jonas). label(jonas, "Jonas").
          person(petras).
          city(vilnius). city(riga).
          event(spring). event(autumn).
          held_on(spring, 2011-04). held_on(autumn, 2010-10-02).
          @ {source: record, line: 2}.
          attended(ona, spring) @ {role: guest}.
          attended(ona, autumn).
          attended(jonas, autumn) @ {source: letters}.
          attended(petras, spring).
          mayor_of(ona, vilnius) @ {from: 2009-01, until: 2012-12}.
          twin(vilnius, riga, 2008-05-01).
          @ {source: letters, line: 7}.
          attended(ona, spring) @ {role: guest}.
          """))
  }

  private func term(_ name: String) throws -> Term { try #require(session.graph.terms.find(.name(name))) }

  private func explore<Result>(_ body: (Explorer) throws -> Result) throws -> Result { try session.explore(body) }

  private func id(_ term: Term) -> String { session.graph.terms.value(term).plainText }

  @Test("a description has the facts by relation and argument, and what has a date in its order")
  func describes() throws {
    let description = try explore { try $0.describe(term("ona")) }
    #expect(description.label == "Ona Šimkė")
    #expect(description.aliases == ["O. Šimkė"])
    #expect(description.types == ["person"])
    #expect(description.groups.map(\.relation) == ["attended", "mayor_of", "person"])
    let attended = description.groups[0].entries
    #expect(attended.map { id($0.fact.arguments[1]) } == ["autumn", "spring"])
    #expect(attended.map { $0.date?.description } == ["2010-10-02", "2011-04"])
  }

  @Test("a short name that ends with what is sought goes before names that merely have it")
  func lastNames() throws {
    try session.load(
      SourceFile(
        name: "more.dl",
        text: """
          event(meeting_with_simke). label(meeting_with_simke, "Susitikimas su mere Ona Šimke ir kitais").
          event(talk_of_simke). label(talk_of_simke, "Ilga ir įdomi mero kalba: Šimkė").
          person(jonas_sala). label(jonas_sala, "Jonas Sala"). person(ona_sala). label(ona_sala, "Ona Sala").
          event(sala_fair). label(sala_fair, "Sala ir jos mugė").
          """))
    func meant(_ text: String) throws -> [String] { try explore { $0.entities(meantBy: text, limit: 9) }.map(id) }
    #expect(try meant("Šimkė") == ["ona"])
    #expect(try meant("simke") == ["ona"])
    #expect(try meant("sala") == ["jonas_sala", "ona_sala"])
    #expect(try meant("Ona Šimkė") == ["ona"])
    #expect(try meant("šim").count == 3)
    #expect(try explore { $0.countOfOthers(withWordsOf: "simke") } == 2)
    #expect(try explore { $0.countOfOthers(withWordsOf: "Ona Šimkė") } == 0)
    let problem = #expect(throws: Diagnostic.self) { try explore { _ = try $0.entity(named: "sala") } }
    #expect(problem?.message == "`sala` may be any of these")
    #expect(problem?.notes.map(\.message) == ["jonas_sala: Jonas Sala; person", "ona_sala: Ona Sala; person"])
  }

  @Test("of a name that is spelt otherwise those are told that it may be")
  func misspelt() throws {
    func help(_ text: String) throws -> String? {
      #expect(throws: Diagnostic.self) { try explore { _ = try $0.entity(named: text) } }?.help
    }
    #expect(try help("Shimke") == "did you mean `ona` (Ona Šimkė)?")
    #expect(try help("qqqqqqqq") == nil)
  }

  @Test("statements of a fact with the same remarks are told together, with all their places")
  func joinsStatements() throws {
    let description = try explore { try $0.describe(term("spring")) }
    let attended = try #require(description.groups.first { $0.relation == "attended" })
    #expect(attended.position == 1)
    #expect(
      attended.entries.map { "\(id($0.fact.arguments[0])) \($0.places)" } == [
        "ona record 2; letters 7", "petras record 2",
      ])
  }

  @Test("`from` and `until` make the date of a statement")
  func spans() throws {
    let description = try explore { try $0.describe(term("vilnius")) }
    let mayor = try #require(description.groups.first { $0.relation == "mayor_of" })
    #expect(mayor.entries[0].fact.statements[0].remark == "from: 2009-01; until: 2012-12")
  }

  @Test("what is near comes by its distance, each entity once, with the fact that leads to it")
  func near() throws {
    let near = try explore { try $0.near(term("jonas"), steps: 3) }.neighbours
    #expect(
      near.map { "\($0.steps) \(id($0.entity)) \($0.by.relation)" } == [
        "1 autumn attended", "2 ona attended", "3 spring attended", "3 vilnius mayor_of",
      ])
  }

  @Test("the closest ways come first, then others, and none passes an entity twice")
  func connections() throws {
    let ways = try explore { try $0.connections(from: term("jonas"), to: term("riga"), limit: 5) }.ways
    #expect(ways.map { $0.steps.map { id($0.to) } } == [["autumn", "ona", "vilnius", "riga"]])
    #expect(ways[0].steps.map { $0.facts[0].relation } == ["attended", "attended", "mayor_of", "twin"])
  }

  @Test("of several ways of one length as many are found as are asked for")
  func alternatives() throws {
    _ = try session.enter(
      "+person(rasa). +attended(rasa, spring). +attended(rasa, autumn). +attended(petras, autumn).", answer: { _ in })
    let two = try explore { try $0.connections(from: term("spring"), to: term("autumn"), limit: 2) }.ways
    #expect(two.map { $0.steps.count } == [2, 2])
    let all = try explore { try $0.connections(from: term("spring"), to: term("autumn"), limit: 9) }.ways
    #expect(Set(all.map { id($0.steps[0].to) }) == ["ona", "petras", "rasa"])
    #expect(all.map { $0.steps.count } == [2, 2, 2])
  }

  @Test("a way that is longer than the shortest goes round")
  func detours() throws {
    _ = try session.enter("+near(a, b). +near(b, c). +near(a, d). +near(d, e). +near(e, c).", answer: { _ in })
    let ways = try explore { try $0.connections(from: term("a"), to: term("c"), limit: 3) }.ways
    #expect(ways.map { $0.steps.map { id($0.to) } } == [["b", "c"], ["d", "e", "c"]])
  }

  @Test("what nothing connects has no way, and an entity is no steps from itself")
  func noWay() throws {
    _ = try session.enter("+person(alone).", answer: { _ in })
    #expect(try explore { try $0.connections(from: term("alone"), to: term("riga")) }.ways.isEmpty)
    #expect(try explore { try $0.connections(from: term("riga"), to: term("riga")) }.ways.map(\.steps.count) == [0])
  }

  @Test("two have in common what facts connect with both")
  func common() throws {
    let common = try explore { try $0.common(term("ona"), term("jonas")) }
    #expect(common.map { id($0.shared) } == ["autumn"])
    #expect(common[0].first.map(\.relation) == ["attended"])
    #expect(common[0].second.map(\.places) == ["letters 2"])
  }

  @Test("a timeline has what is dated by itself, by a statement or by an event, and may be of one year")
  func timeline() throws {
    let all = try explore { try $0.timeline() }
    #expect(
      all.map { "\($0.date) \($0.fact.relation)" } == [
        "2008-05-01 twin", "2009-01/2012-12 mayor_of", "2010-10-02 held_on", "2011-04 held_on",
      ])
    let year = try #require(DateSpan("2010"))
    let ona = try explore { try $0.timeline(of: term("ona"), during: year) }
    #expect(ona.map { "\($0.date) \($0.fact.relation)" } == ["2009-01/2012-12 mayor_of", "2010-10-02 attended"])
  }

  @Test("of the facts of a line the names come last")
  func namesOfALine() throws {
    let relations = try explore { try $0.facts(restingOn: 1...1) }.map(\.relation)
    #expect(
      relations == [
        "city", "city", "event", "event", "held_on", "held_on", "person", "person", "person", "label", "label", "alias",
      ])
  }

  @Test("the facts of a line are those with a statement that rests on it, of one source where it is named")
  func sourceLines() throws {
    let both = try explore { try $0.facts(restingOn: 7...7) }
    #expect(both.map(\.relation) == ["attended"])
    #expect(both[0].statements.map(\.place) == ["letters 7"])
    let letters = try explore { try $0.facts(restingOn: 2...2, of: .name("letters")) }
    #expect(letters.map { id($0.arguments[0]) } == ["jonas"])
    #expect(try explore { try $0.facts(restingOn: 99...99) }.isEmpty)
  }

  @Test("an entity is found by its id, a name without diacritics, and words; else the nearest is suggested")
  func entityNames() throws {
    let explorer = Explorer(session.graph)
    #expect(try explorer.entity(named: "ona") == term("ona"))
    #expect(try explorer.entity(named: "\"o. simke\"") == term("ona"))
    #expect(try explorer.entity(named: "simke") == term("ona"))
    let error = #expect(throws: Diagnostic.self) { try explorer.entity(named: "vilnus") }
    #expect(error?.help == "did you mean `vilnius`?")
  }

  @Test("words that find nothing find the names that are nearly so")
  func nearMisses() throws {
    let found = try explore { $0.find("simkke", limit: 5) }
    #expect(found.areNearMisses)
    #expect(found.entities.map { id($0) } == ["ona"])
    #expect(try explore { $0.find("qqqqqq", limit: 5) }.entities.isEmpty)
  }

  @Test("a picture has the facts among the entities that it shows, and tells how many were left out")
  func surroundings() throws {
    let found = try explore { try $0.surroundings(of: term("ona"), steps: 1, limit: 3) }
    #expect(found.entities.map { id($0) } == ["ona", "spring", "vilnius"])
    #expect(found.facts.map(\.relation) == ["attended", "mayor_of"])
    #expect(found.leftOut == 1)
  }

  @Test(
    "a relation's words make a sentence, with dashes where they are no verb",
    arguments: [
      ("attended(ona, autumn)", "Ona Šimkė attended autumn"),
      ("mayor_of(ona, vilnius)", "Ona Šimkė is mayor of vilnius"),
      ("spouse(ona, jonas)", "Ona Šimkė – spouse – Jonas"),
      ("cooperates_with(ona, jonas)", "Ona Šimkė cooperates with Jonas"),
      ("person(ona)", "Ona Šimkė is a person"),
    ])
  func sentences(_ fact: String, _ sentence: String) throws {
    _ = try session.enter("+\(fact).", answer: { _ in })
    let relation = String(fact.prefix { $0 != "(" })
    let shown = try explore { explorer in
      try explorer.describe(term("ona")).groups.first { $0.relation == relation }?.entries
        .map { explorer.sentence($0.fact) } ?? []
    }
    #expect(shown.contains(sentence))
  }

  @Test("exploring ends when it is interrupted")
  func interrupted() throws {
    _ = try session.enter("+n(0). n(X + 1) :- n(X), X < 9000.", answer: { _ in })
    _ = try session.enter((0..<6000).map { "+edge(a\($0), a\($0 + 1))." }.joined(), answer: { _ in })
    session.interruption.set()
    #expect(throws: QueryFailure.self) { try session.explore { try $0.near(term("a0"), steps: 9000) } }
  }
}
