import Testing
import Tiltas

@Suite("Database: changing")
struct DatabaseChangingTests {
  @Test("a fact is added once, and taken back once")
  func facts() throws {
    let db = Database()
    #expect(try db.add("city", Entity("Žvejų g. 12")))
    #expect(try !db.add("city", Entity("Žvejų g. 12")))
    #expect(try db.query("city(C)", as: Entity.self) == [Entity("Žvejų g. 12")])
    #expect(try db.remove("city", Entity("Žvejų g. 12")))
    #expect(try !db.remove("city", Entity("Žvejų g. 12")))
  }

  @Test(
    "a value that is added is the value that is found",
    arguments: [
      "", "a\nb", "\"", "\\", "'", "%", "\u{0}", "\u{1B}[31m", "ą́", "日本", "1", "true", "2013-02-14", "x: y, z",
    ])
  func texts(_ text: String) throws {
    let db = Database()
    try db.add("p", text)
    #expect(try db.query("p(X)").map { $0[0] } == [.string(text)])
    try db.add("q q", Entity(text.isEmpty ? "e" : text))
    #expect(try db.query("'q q'(X)").count == 1)
    #expect(try db.query("p($x)", ["x": text]).holds)
  }

  @Test("numbers, truth values and dates are added as they are")
  func values() throws {
    let db = Database()
    let values: [Value] = [
      .integer(.min), .integer(.max), .decimal(0.1), .decimal(-1e300), .decimal(.leastNonzeroMagnitude), .boolean(true),
      try #require(DateSpan("2013")).value, try #require(DateSpan("0000-01/9999")).value,
    ]
    try db.add("v", rows: values.map { [$0] })
    #expect(Set(try db.query("v(X)").map { $0[0] }) == Set(values))
    #expect(try db.add("v", 2.0) && !db.add("v", 2))
  }

  @Test("rows are added all or none")
  func rows() throws {
    let db = Database()
    try db.run("relation age(entity, integer).")
    #expect(try db.add("age", rows: [[Entity("anna"), 3], [Entity("boris"), 4]]) == 2)
    #expect(throws: TiltasError.self) { try db.add("age", rows: [[Entity("clara"), 5], [Entity("dan"), "six"]]) }
    #expect(try db.query("age(P, N)").count == 2)
  }

  @Test("a fact has the annotations that it is given")
  func annotations() throws {
    let db = Database()
    try db.add("p", 1, annotations: ["source": "a letter", "line": 3])
    #expect(try db.query("p(X) @ {source: S, line: L}").map(\.description) == [#"X: 1, S: "a letter", L: 3"#])
    #expect(throws: TiltasError.self) { try db.add("p", 1, annotations: ["no key": 1]) }
  }

  @Test("a transaction is done as a whole, or not at all")
  func transactions() throws {
    struct Failure: Error {}
    let db = Database()
    try db.transaction {
      try db.add("p", 1)
      try db.add("p", 2)
    }
    #expect(throws: Failure.self) {
      try db.transaction {
        try db.add("p", 3)
        #expect(try db.query("p(X)").count == 3)
        throw Failure()
      }
    }
    #expect(try db.query("p(X)", as: Int.self) == [1, 2])
  }

  @Test("a mistake within a transaction undoes it, also if the error is caught")
  func caughtMistake() throws {
    let db = Database()
    try db.add("p", 0)
    let error = #expect(throws: TiltasError.self) {
      try db.transaction {
        try db.add("p", 1)
        _ = try? db.run("+p(X).")
        _ = try? db.add("p", 2)
      }
    }
    #expect(error?.message == "the transaction has ended with a mistake, and was undone")
    #expect(try db.query("p(X)", as: Int.self) == [0])
  }

  @Test("a transaction has no other within it")
  func nested() throws {
    let db = Database()
    #expect(throws: TiltasError.self) { try db.transaction { try db.transaction {} } }
    try db.transaction { try db.add("p", 1) }
    #expect(try db.query("p(X)").count == 1)
  }

  @Test("undo takes the last change back, and a transaction as a whole")
  func undo() throws {
    let db = Database()
    #expect(try !db.undo())
    try db.add("p", 1)
    try db.transaction {
      try db.add("p", 2)
      try db.run("q(X) :- p(X).")
    }
    #expect(try db.undo())
    #expect(try db.query("p(X)", as: Int.self) == [1])
    #expect(throws: TiltasError.self) { try db.query("q(X)") }
  }

  @Test("statements that are wrong change nothing")
  func wrongStatements() throws {
    let db = Database()
    try db.add("p", 1)
    #expect(throws: TiltasError.self) { try db.run("+p(2). r(X) :- p(Y).") }
    #expect(try db.query("p(X)", as: Int.self) == [1])
  }
}

@Suite("Database: explaining")
struct DatabaseExplainingTests {
  private func met() throws -> Database {
    let db = Database()
    try db.run(
      "+at(anna, visit) @ {source: report, line: 6}. +at(boris, visit). met(A, B) :- at(A, E), at(B, E), A != B.")
    return db
  }

  @Test("an explanation goes down to the statements with their sources")
  func why() throws {
    let why = try met().why("met($a, boris)", ["a": Entity("anna")])
    #expect(why.conclusion == "met(anna, boris)")
    #expect(why.rule?.line == 1)
    #expect(why.premises.map(\.conclusion) == ["at(anna, visit)", "at(boris, visit)", "anna != boris"])
    #expect(why.premises[0].sources == [["source": .entity(Entity("report")), "line": 6]])
    #expect(why.premises[0].reason == "stated in report, line 6")
    #expect(why.description.hasPrefix("met(anna, boris)  [by "))
  }

  @Test("a row of answers is explained")
  func row() throws {
    let db = try met()
    let answers = try db.query("met(A, B)")
    #expect(try db.why(answers[1]).premises.map(\.conclusion) == ["met(boris, anna)"])
  }

  @Test("a refutation says what failed")
  func whyNot() throws {
    let db = try met()
    let whyNot = try db.whyNot("met(anna, anna)")
    #expect(whyNot.attempts.map(\.failed) == ["anna != anna"])
    #expect(whyNot.description.contains("does not hold"))
    #expect(throws: TiltasError.self) { try db.whyNot("met(anna, boris)") }
    #expect(throws: TiltasError.self) { try db.why("met(anna, anna)") }
  }
}
