import Diagnostics
import Sessions
import Testing

/// A graph in which very much leads to one entity: what is shown of it fits a screen, and work grows with the facts and not with
/// their square.
@Suite("Hubs")
struct HubTests {
  private let session = Session()
  private static let size = 6_000

  init() throws {
    var text = """
      type person. type city. type club.
      relation based_in(person, city). relation twin(city, city). relation member_of(person, club).
      city(hub). city(riga). twin(hub, riga). club(chess). club(golf).
      member_of(p1, chess). member_of(p2, chess).

      """
    for number in 0..<Self.size { text += "person(p\(number)). based_in(p\(number), hub).\n" }
    try session.load(SourceFile(name: "hub.dl", text: text))
  }

  private func term(_ name: String) throws -> Term { try #require(session.graph.terms.find(.name(name))) }
  private func id(_ term: Term) -> String { session.graph.terms.value(term).plainText }

  /// How many times it was asked whether to go on: every 4,096 facts.
  private func asked(_ work: (Explorer) throws -> Void) throws -> Int {
    var count = 0
    let question = session.graph.pace.question
    defer { session.graph.pace.question = question }
    session.graph.pace.question = {
      count += 1
      return nil
    }
    try session.explore { try work($0) }
    return count
  }

  @Test("a description has the number of facts of each relation and the first of them")
  func describe() throws {
    let hub = try term("hub")
    let groups = try session.explore { try $0.describe(hub, limit: 20) }.groups
    #expect(
      groups.map { "\($0.relation) \($0.factCount) \($0.leftOut)" } == ["city 1 0", "twin 1 0", "based_in 6000 5980"])
    #expect(id(groups[2].entries[0].fact.arguments[0]) == "p1")
    let all = try session.explore { try $0.describe(hub) }.groups
    #expect(all[2].entries.count == Self.size)
  }

  @Test("of what is near each relation has its part, and the rest is counted")
  func near() throws {
    let hub = try term("hub")
    let found = try session.explore { try $0.near(hub, steps: 1, limit: 10) }
    #expect(found.neighbours.count == 10)
    #expect(found.neighbours.map { id($0.entity) }.contains("riga"))
    #expect(found.leftOut.map { "\($0.steps) \($0.relation) \($0.count)" } == ["1 based_in 5991"])
    #expect(found.count == Self.size + 1)
    #expect(!found.isCut)
  }

  @Test("what lies further away is counted by its steps")
  func further() throws {
    let found = try session.explore { try $0.near(term("riga"), steps: 2, limit: 3) }
    #expect(found.neighbours.map { "\($0.steps) \(id($0.entity))" }.prefix(1) == ["1 hub"])
    #expect(found.neighbours.count == 3)
    #expect(found.leftOut.map { "\($0.steps) \($0.relation) \($0.count)" } == ["2 based_in 5998"])
  }

  @Test("what is near a hub is found with as much work as there are facts")
  func linear() throws {
    let hub = try term("hub")
    // The first makes the indexes.
    _ = try session.explore { try $0.near(hub, steps: 1) }
    #expect(try asked { _ = try $0.near(hub, steps: 1) } <= 4)
    #expect(try asked { _ = try $0.near(hub, steps: 2) } <= 10)
    #expect(try asked { _ = try $0.describe(hub, limit: 20) } <= 4)
    #expect(try asked { _ = try $0.surroundings(of: hub, steps: 1, limit: 40) } <= 4)
    #expect(try asked { _ = try $0.connections(from: term("p1"), to: hub) } <= 4)
  }

  @Test(
    "a picture has as many as are wanted, those of the rarest relations first, and tells how many there are besides")
  func picture() throws {
    let found = try session.explore { try $0.surroundings(of: term("hub"), steps: 1, limit: 5) }
    #expect(found.entities.count == 5)
    #expect(found.entities.map { id($0) }.contains("riga"))
    #expect(found.leftOut == Self.size + 1 - 4)
    #expect(found.facts.count == 4)
  }

  @Test("two are connected by what few share, and not by the city of all")
  func closeWay() throws {
    let found = try session.explore { try $0.connections(from: term("p1"), to: term("p2")) }
    #expect(found.ways[0].steps.map { id($0.to) } == ["chess", "p2"])
    #expect(found.otherCount == 1)
    let two = try session.explore { try $0.connections(from: term("p1"), to: term("p2"), limit: 2) }
    #expect(two.ways.map { $0.steps.map { id($0.to) } } == [["chess", "p2"], ["hub", "p2"]])
    #expect(two.otherCount == 0)
  }

  @Test("a longer way through little is closer than a short one through a hub")
  func longerWay() throws {
    _ = try session.enter("+friend(p30, p31). +friend(p31, p32). +friend(p32, p33).") { _ in }
    let found = try session.explore { try $0.connections(from: term("p30"), to: term("p33")) }
    #expect(found.ways[0].steps.map { id($0.to) } == ["p31", "p32", "p33"])
    // p30, hub, p33; p30, p31, hub, p33; p30, hub, p32, p33.
    #expect(found.otherCount == 3)
  }

  @Test("entities of one name are told apart by what is not said of all of them")
  func traits() throws {
    _ = try session.enter(
      """
      type place. relation born(person, date). relation lives_in(person, place).
      +person(zofia_1). +person(zofia_2). +place(riga_1).
      +label(zofia_1, "Zofia Müller"). +label(zofia_2, "Zofia Müller").
      +born(zofia_1, 1871-02-03). +born(zofia_2, 1890-01-01). +lives_in(zofia_1, riga_1). +lives_in(zofia_2, riga_1).
      """
    ) { _ in }
    let both = [try term("zofia_1"), try term("zofia_2")]
    #expect(session.graph.traits(of: both) == ["born 1871-02-03", "born 1890-01-01"])
    #expect(session.graph.homonyms(among: both + [try term("hub")]) == Set(both))
    let error = #expect(throws: Diagnostic.self) { try Explorer(session.graph).entity(named: "zofia muller") }
    #expect(error?.message == "`zofia muller` may be any of these")
    #expect(
      error?.notes.map(\.message)
        == ["zofia_1: Zofia Müller; born 1871-02-03", "zofia_2: Zofia Müller; born 1890-01-01"])
  }
}
