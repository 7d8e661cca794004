import Diagnostics
import Sessions
import Testing

/// A query without rows says which of its conditions nothing matches.
@Suite("Empty answers")
struct EmptyAnswerTests {
  private static let source = """
    type person. type event. type ghost.
    person(ann). person(bob). event(fair). event(ball).
    relation led(person, event).
    spouse(ann, bob).
    attended(ann, fair, 1). attended(bob, ball, 2).
    held_on(fair, 2012-07-04). held_on(ball, 2013-05-01).
    alone(ann). other(bob).
    none(X) :- led(X, _).
    noted(ann, "a") @ {line: 1}.
    noted(X, "b") :- alone(X).
    written(1, "1871-05-03"). written(2, "1872-03-02").
    ratio(2, 4). ratio(3, 6).
    next(ann, fair) @ {line: 1}. next(X, X) :- alone(X). step(X) :- noted(X, _) @ {line: 1}.
    last(X) :- step(X), not next(X, _) @ {line: 2}.
    """

  private static func remarks(_ query: String) throws -> [String] {
    let session = Session()
    try session.load(SourceFile(name: "empty.dl", text: source))
    return session.remarks(on: try session.query(query))
  }

  @Test(
    "nothing is said of a path that may have no step, which alone may match",
    arguments: ["alone(Y), spouse*(5, Y)", "alone(X), spouse*(X, ball)", "alone(X), spouse*(X, Y), event(Y)"])
  func pathsOfNoStep(query: String) throws {
    #expect(try Self.remarks(query) == [])
  }

  @Test(
    "a literal that nothing matches is named, and what is there instead",
    arguments: [
      ("led(X, Y)", "no fact of `led` is stated"),
      ("none(X)", "`none` has no row: no fact of it is stated, and its rules give none"),
      ("ghost(X)", "nothing is of the type `ghost`"),
      ("spouse(bob, X)", "`spouse` has no row that begins with `bob`; it has one that ends with it"),
      ("spouse(X, fair)", "`spouse` has no row that ends with `fair`"),
      ("person(X), alone(bob)", "`alone` has no row with `bob`"),
      ("X = 1, person(fair)", "`fair` is not of the type `person`"),
      (
        "attended(ann, X, 2)",
        "`attended` has rows with each of `ann` and `2`, but none with all of them in these places"
      ),
      ("attended(X, Y, 3)", "`attended` has no row with `3` in place 3"),
      ("spouse(X, X)", "`spouse` has rows, but none that match `spouse(X, X)`"),
      ("person(X), X ~ \"carl\"", "nothing has a name with the words \"carl\""),
      ("spouse+(bob, X)", "nothing matches `spouse+(bob, X)`"),
      (
        "written(X, 1872-03-02)",
        "`written` has no row that ends with `1872-03-02`; it has one that ends with the string \"1872-03-02\""
      ),
      ("written(\"1\", D)", "`written` has no row that begins with `\"1\"`"),
      (
        "written(X, D), D > 1872-01-01",
        "`written(X, D)` has rows, but none with `D > 1872-01-01`: in one `D` is the string \"1871-05-03\", which is not "
          + "compared with the date 1872-01-01; `date(D)` reads a date"
      ),
      ("written(X, D), X > 5", "`written(X, D)` has rows, but none with `X > 5`"),
      ("noted(X, _) @ {line: 2}", "no statement matches `noted(X, _) @ {line: 2}`"),
      ("attended(X, Y, 1 + 2)", "`attended` has rows, but none that match `attended(X, Y, 1 + 2)`"),
      ("ratio(1 / B, B)", "`ratio` has rows, but none that match `ratio(1 / B, B)`"),
      ("ratio(B * B, B)", "`ratio` has rows, but none that match `ratio(B * B, B)`"),
      (
        "ratio(count{ P : person(P), not alone(P) }, B)",
        "`ratio` has rows, but none that match `ratio(count{ P : person(P), not alone(P) }, B)`"
      ),
      ("ratio(A, 2 * A), A > 5", "`ratio(A, 2 * A)` has rows, but none with `A > 5`"),
      ("ratio(A, B), A * B = 9", "`ratio(A, B)` has rows, but none with `A * B = 9`"),
      (
        "held_on(E, D), D = 2012-07",
        "`held_on(E, D)` has rows, but none with `D = 2012-07`; there are dates within it, which `during(D, 2012-07)` asks for"
      ),
      (
        "held_on(E, 2013-05)",
        "`held_on` has no row that ends with `2013-05`; there are dates within it, which `during(D, 2013-05)` asks for"
      ),
      ("held_on(E, 2014-05)", "`held_on` has no row that ends with `2014-05`"),
    ])
  func literal(query: String, remark: String) throws {
    #expect(try Self.remarks(query).last == remark)
  }

  @Test(
    "a condition that rules out all rows is named",
    arguments: [
      ("held_on(E, D), year(D) = 2019", "`held_on(E, D)` has rows, but none with `year(D) = 2019`"),
      ("held_on(E, D), D < 2000-01-01, event(E)", "`held_on(E, D)` has rows, but none with `D < 2000-01-01`"),
      ("event(E), not  held_on(E, _)", "`event(E)` has rows, but none with `not held_on(E, _)`"),
      (
        "person(P), N = count{ E : attended(P, E, _) }, N > 1",
        "these do not match together: `person(P)`, `N = count{ E : attended(P, E, _) }` and `N > 1`"
      ),
    ])
  func condition(query: String, remark: String) throws {
    #expect(try Self.remarks(query) == [remark])
  }

  @Test(
    "literals that do not go together are named",
    arguments: [
      ("alone(X), other(X)", "each of these matches alone, but not together: `alone(X)` and `other(X)`"),
      (
        "person(X), attended(X, E, _), other(X), held_on(E, D), alone(X)",
        "each of these matches alone, but not together: `other(X)` and `alone(X)`"
      ),
      (
        "attended(X, E, _), held_on(E, D), year(D) = 2013, alone(X)",
        "these do not match together: `attended(X, E, _)`, `held_on(E, D)`, `year(D) = 2013` and `alone(X)`"
      ),
    ])
  func together(query: String, remark: String) throws {
    #expect(try Self.remarks(query) == [remark])
  }

  @Test("each alternative has its reason")
  func alternatives() throws {
    #expect(try Self.remarks("led(X, _) ; alone(X), other(X)").count == 2)
  }

  @Test("that annotations match stated facts only is said where rules give rows too, with rows and without")
  func annotations() throws {
    let remark = "rules give rows of `noted` too, and `@ {…}` matches its stated facts only"
    #expect(try Self.remarks("noted(X, N) @ {line: L}") == [remark])
    #expect(try Self.remarks("person(X), not noted(X, _) @ {line: _}") == [remark])
    #expect(try Self.remarks("noted(X, N)") == [])
    #expect(try Self.remarks("noted(X, N) @ {}") == [])
    let path = "rules give rows of `next` too, and `@ {…}` matches its stated facts only"
    #expect(try Self.remarks("next+(X, Y) @ {line: 1}") == [path])
    #expect(try Self.remarks("(next | ^next)*(ann, Y) @ {line: 1}") == [path])
    let inRule = "rules give rows of `noted` too, and `@ {…}` in the rules of `step` matches its stated facts only"
    #expect(try Self.remarks("step(X)") == [inRule])
    #expect(
      try Self.remarks("last(X)") == [
        "rules give rows of `next` too, and `@ {…}` in the rules of `last` matches its stated facts only", inRule,
      ])
  }

  @Test("nothing is said of an answer that has rows, or of rows that an offset skips")
  func rows() throws {
    #expect(try Self.remarks("person(X)") == [])
    #expect(try Self.remarks("person(X) | offset 7") == [])
    #expect(try Self.remarks("person(X) | limit 0") == [])
  }

  @Test("what fails while a reason is looked for is no reason, and no error")
  func failures() throws {
    #expect(
      try Self.remarks("attended(P, E, N), N > 5, 1 / (N - 1) > 0") == [
        "`attended(P, E, N)` has rows, but none with `N > 5`"
      ])
  }

  @Test("a query that asks for a relation without rows is warned of when it is checked")
  func check() throws {
    let session = Session()
    let queries = "?- led(X, Y). ?- none(X), ghost(Y). ?- noted(X, _), not led(X, _)."
    try session.load(SourceFile(name: "empty.dl", text: Self.source + queries))
    let warnings = try session.check().warnings
    #expect(
      warnings.map(\.message) == [
        "no fact of `led` is stated: nothing matches here",
        "no fact of `none` is stated, and its rules give none: nothing matches here",
        "nothing is of the type `ghost`: nothing matches here",
      ])
    #expect(warnings.allSatisfy { $0.severity == .warning })
  }

  @Test(
    "a query that asks for a part which no date of a relation has is warned of when it is checked",
    arguments: [
      ("born(P, D), month(D) = 7", ["no date of `born` has a month: nothing matches here"]),
      ("born(P, D), X = 2 * day(D) + 1", ["no date of `born` has a day: nothing matches here"]),
      ("died(P, D), day(D) > 3", ["no date of `died` has a day: nothing matches here"]),
      ("died(P, D), month(D) > 3", []), ("born(P, D), not month(D) = 7", []), ("born(P, D), year(D) > 3", []),
      ("seen(P, D), month(D) > 3", []), ("alive(P, D), month(D) > 3", []),
    ])
  func missingParts(query: String, expected: [String]) throws {
    let session = Session()
    let facts = """
      born(ann, date("1890")). born(bob, date("1891")). died(ann, date("1950")). died(bob, 1950-02).
      seen(ann, 1). seen(bob, date("1950")). alive(P, 1920-01) :- born(P, _).
      """
    try session.load(SourceFile(name: "dates.dl", text: facts + "\n?- \(query)."))
    #expect(try session.check().warnings.map(\.message).filter { $0.contains("date") } == expected)
  }
}
