import Testing
import Tiltas

/// Partners of three projects, with a rule and a parameter.
private func partners() throws -> Database {
  let db = Database()
  try db.run(
    """
    relation partner(entity, entity).
    param min = 2.
    +partner(klaipeda, harbour) @ {source: report, line: 6}. +partner(klaipeda, water). +partner(nida, water).
    +label(klaipeda, "Klaipėda").
    active(O) :- partner(O, _), count{ P : partner(O, P) } >= $min.
    """)
  return db
}

@Suite("Database: asking")
struct DatabaseAskingTests {
  @Test("answers are rows of values by the names of the columns")
  func rows() throws {
    let answers = try partners().query("partner(Org, Project)")
    #expect(answers.columns == ["Org", "Project"])
    #expect(answers.count == 3)
    #expect(try answers[0]["Org"] == .entity(Entity("klaipeda")))
    #expect(try answers.map { try $0["Project", as: String.self] } == ["harbour", "water", "water"])
    #expect(answers[2].description == "Org: nida, Project: water")
  }

  @Test("a query without columns holds or does not")
  func yesOrNo() throws {
    let db = try partners()
    #expect(try db.query("partner(nida, water)").holds)
    #expect(try !db.query("partner(nida, harbour)").holds)
  }

  @Test("a parameter is a value, whatever its characters")
  func parameters() throws {
    let db = Database()
    let text = #"a", "b") ; p(X, Y) % \ ' "#
    try db.add("p", 1, text)
    try db.add("p", 2, "other")
    #expect(try db.query("p(N, $text)", ["text": text]).decoded(as: Int.self) == [1])
    #expect(try db.query("p(N, _), N > $least | limit $most", ["least": 1, "most": 5]).decoded(as: Int.self) == [2])
  }

  @Test("a parameter that rules declare is set for the query alone")
  func declaredParameters() throws {
    let db = try partners()
    #expect(try db.query("active(O)", ["min": 1]).count == 2)
    #expect(try db.query("active(O)").count == 1)
  }

  @Test("a parameter that nothing asks for is a mistake")
  func unknownParameter() throws {
    let error = #expect(throws: TiltasError.self) { try partners().query("active(O)", ["mni": 1]) }
    #expect(error?.message == "no parameter is called `mni`")
    #expect(error?.help == "did you mean `min`?")
  }

  @Test("an entity that is given as a value need not be known, and one that is written must be")
  func unknownEntities() throws {
    let db = try partners()
    #expect(try db.query("partner($org, P)", ["org": Entity("nobody")]).isEmpty)
    #expect(try !db.query("partner($org, water)", ["org": Entity("nobody")]).holds)
    #expect(throws: TiltasError.self) { try db.query("partner(nobody, P)") }
  }

  @Test("answers stay as they were when the database changes")
  func answersAreValues() throws {
    let db = try partners()
    let answers = try db.query("partner(O, P)")
    try db.remove("partner", Entity("nida"), Entity("water"))
    #expect(answers.count == 3)
    #expect(try db.query("partner(O, P)").count == 2)
  }

  @Test("many answers come one after the other, also while others change the database")
  func streaming() throws {
    let db = Database()
    try db.add("n", rows: (0..<2_500).map { [$0] })
    var seen: [Int] = []
    try db.forEachAnswer(to: "n(N)") { row in
      if seen.isEmpty { try db.add("n", 9_999) }
      seen.append(try row["N", as: Int.self])
    }
    #expect(seen == Array(0..<2_500))
  }

  @Test("an entity has the name of its label")
  func names() throws {
    let db = try partners()
    #expect(try db.name(of: Entity("klaipeda")) == "Klaipėda")
    #expect(try db.name(of: Entity("nobody")) == "nobody")
  }

  @Test("relations are told with their facts, and whether rules define them")
  func relations() throws {
    let relations = try partners().relations
    #expect(relations.map(\.name) == ["active", "label", "partner"])
    #expect(relations.map(\.factCount) == [0, 1, 3])
    #expect(relations.map(\.isDerived) == [true, false, false])
    #expect(relations[2].columnCount == 2)
  }
}

@Suite("Database: rows of a type")
struct DatabaseDecodingTests {
  struct Visit: Decodable, Equatable {
    var who: Entity
    var day: DateSpan
    var guests: Int?
    var rate: Double
    var isPublic: Bool
  }

  private func visits() throws -> Database {
    let db = Database()
    try db.add("visit", Entity("anna"), try #require(DateSpan("2013-02")), 12, 2.5, true)
    return db
  }

  @Test("a row is read by the names of the properties")
  func properties() throws {
    let found = try visits().query("visit(Who, Day, Guests, Rate, IsPublic)", as: Visit.self)
    let day = try #require(DateSpan("2013-02"))
    #expect(found == [Visit(who: Entity("anna"), day: day, guests: 12, rate: 2.5, isPublic: true)])
    #expect(day.firstDay?.description == "2013-02-01")
    #expect(day.lastDay?.description == "2013-02-28")
    let born = try #require(DateSpan("1870~/.."))
    #expect(born.firstDay?.description == "1870-01-01" && born.lastDay == nil)
    #expect(born.isApproximate && !born.isUncertain)
  }

  @Test("a column that is not there is nil for an optional property, and else a mistake")
  func missing() throws {
    let db = try visits()
    #expect(try db.query("visit(Who, Day, _, Rate, IsPublic)", as: Visit.self)[0].guests == nil)
    let error = #expect(throws: TiltasError.self) {
      try db.query("visit(Who, _, Guests, Rate, IsPublic)", as: Visit.self)
    }
    #expect(error?.message == "the answers have no column `day`")
    #expect(error?.help == "the columns are `Who`, `Guests`, `Rate`, `IsPublic`")
  }

  @Test("a value of another kind is told with its column")
  func wrongKind() throws {
    let error = #expect(throws: TiltasError.self) {
      try visits().query("visit(Guests, Day, _, Rate, Public), Who = Guests", as: Visit.self)
    }
    #expect(error?.message == "the column `Guests` holds an entity, anna, which is no Int")
  }

  @Test("one column is read into one value")
  func single() throws {
    #expect(try visits().query("visit(W, _, _, _, _)", as: String.self) == ["anna"])
    #expect(try visits().query("visit(_, _, G, _, _)", as: UInt8.self) == [12])
    #expect(throws: TiltasError.self) { try visits().query("visit(_, _, G, R, _)", as: Int.self) }
  }

  @Test("a misspelt column is told with the one that was meant")
  func misspelt() throws {
    let row = try visits().query("visit(Who, Day, _, _, _)")[0]
    let error = #expect(throws: TiltasError.self) { try row["Woh"] }
    #expect(error?.help == "did you mean `Who`?")
  }
}

@Suite("Database: mistakes")
struct DatabaseErrorTests {
  @Test("a mistake has a message, a place, help and the text that the shell shows")
  func place() throws {
    let db = try partners()
    let found = #expect(throws: TiltasError.self) { try db.query("partner(O, P),\n  partnr(O, Q)") }
    let error = try #require(found)
    #expect(error.message == "unknown relation `partnr`")
    let place = try #require(error.place)
    #expect((place.file, place.line, place.column) == ("<query>", 2, 3))
    #expect(error.help == "did you mean `partner`?")
    #expect(error.description.contains("2 |   partnr(O, Q)"))
  }

  @Test("all mistakes of a text are told")
  func others() throws {
    let db = try partners()
    let error = #expect(throws: TiltasError.self) { try db.run("+p(X). +q(Y).") }
    #expect(error?.others.count == 1)
  }

  @Test("a limit of time is an error with what to do")
  func limit() throws {
    var options = Database.Options()
    options.seconds = 0
    let db = Database(options)
    let error = #expect(throws: TiltasError.self) {
      try db.add("n", rows: (0..<50_000).map { [$0] })
      _ = try db.query("n(X), n(Y), X + Y = 3")
    }
    #expect(error?.message == "the work takes longer than 0.0 s")
  }

  @Test("numbers that are none are refused")
  func notFinite() {
    #expect(throws: TiltasError.self) { try Database().add("p", Double.nan) }
    #expect(throws: TiltasError.self) { try Database().query("X = $x", ["x": Double.infinity]) }
  }
}
