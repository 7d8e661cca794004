import Diagnostics
import SessionSupport
import Sessions
import Testing

@Suite("A session")
struct SessionTests {
  @Test("statements are loaded, and a query is answered")
  func query() throws {
    let session = Session()
    try session.load(SourceFile(name: "a.dl", text: "edge(a, b). edge(b, c)."))
    let answers = try session.query("edge(X, Y), edge(Y, Z)")
    #expect(answers.columns == ["X", "Y", "Z"])
    #expect(answers.texts == [["a", "b", "c"]])
    #expect(try session.query("?- edge(a, b).").holds)
    #expect(try !session.query("edge(b, a)").holds)
  }

  @Test(
    "limit and offset show those rows that stand there without them, in any order of many rows",
    arguments: [
      "", "order by Word", "order by Word desc", "order by Number desc, Word", "order by Number, Word desc",
      "order by Number desc, Place desc, Word desc",
    ])
  func limits(order: String) throws {
    let session = Session()
    let names = ["žemė", "zebra", "\"Žalia\"", "ąžuolas", "'Ąžuolas'", "2013-02", "\"2014-02\"", "true", "0.5"]
    let facts = (0..<6000).map { "m(\(names[$0 * 7 % 9]), \($0 * 31 % 13), \($0)). " }
    try session.load(SourceFile(name: "a.dl", text: facts.joined()))
    let query = "m(Word, Number, Place)" + (order.isEmpty ? "" : " | " + order)
    let all = try session.query(query).texts
    #expect(all.count == 6000)
    for (limit, offset) in [(0, 0), (1, 0), (10, 0), (10, 5990), (100, 700), (5, 6000), (7000, 0), (1, Int.max)] {
      let shown = try session.query(query + " | limit \(limit) | offset \(offset)").texts
      #expect(shown == Array(all.dropFirst(offset).prefix(limit)), "\(limit) \(offset)")
    }
    let selected = try session.query(query + " | select Word, Number | limit 40 | offset 3").texts
    var seen: Set<[String]> = []
    let distinct = all.map { Array($0.prefix(2)) }.filter { seen.insert($0).inserted }
    #expect(selected.count == 40)
    if !order.isEmpty { #expect(selected == Array(distinct.dropFirst(3).prefix(40))) }
  }

  @Test("an entry adds, takes back, defines and asks, and says what it changed")
  func enter() throws {
    let session = Session()
    var answers: [[String]] = []
    let changes = try session.enter(
      "+edge(a, b). +edge(a, b). +edge(b, c). two(X, Z) :- edge(X, Y), edge(Y, Z). two(X, Y)"
    ) {
      answers += $0.texts
    }
    #expect(answers == [["a", "c"]])
    #expect((changes.added, changes.known, changes.rules) == (2, 1, 1))
    let second = try session.enter("-edge(a, b). -edge(z, a).") { _ in }
    #expect((second.removed, second.absent) == (1, 1))
    #expect(try session.query("two(X, Y)").rowCount == 0)
  }

  @Test("a known fact that is stated with other annotations is told apart from one of which nothing new is said")
  func annotated() throws {
    let session = Session()
    func changes(_ text: String) throws -> [Int] {
      let changes = try session.enter(text) { _ in }
      return [changes.added, changes.known, changes.annotated]
    }
    #expect(try changes("+p(a) @ {line: 1}.") == [1, 0, 0])
    #expect(try changes("+p(a) @ {line: 2}. +p(a).") == [0, 0, 1])
    #expect(try changes("+p(a) @ {line: 2}. +p(a) @ {line: 1}.") == [0, 1, 0])
    #expect(try changes("+p(b). +p(b) @ {line: 3}. +p(b) @ {line: 3}.") == [1, 0, 1])
    #expect(try changes("+p(a) @ {line: 3}. p(a) @ {line: 4}.") == [0, 0, 1])
    #expect(try changes("+p(a) @ {line: 5}. +p(b).") == [0, 1, 1])
    #expect(try session.query("p(X) @ {line: L}").rowCount == 6)
  }

  @Test("what stays of an entry with a mistake is told, and undone by one step; in a transaction nothing stays")
  func mistakenEntry() throws {
    let session = Session()
    try session.load(SourceFile(name: "a.dl", text: "relation b(integer)."))
    #expect(throws: Diagnostic.self) { _ = try session.enter("+b(1). b(\"x\"). b(3).", answer: { _ in }) }
    #expect(session.takeNotes() == ["note: what is right in this entry stays; `:undo` takes it back"])
    #expect(session.graph.factCount == 2)
    #expect(try session.undo()?.factsTakenBack == 2)
    #expect(throws: Diagnostic.self) { _ = try session.enter("b(\"x\").", answer: { _ in }) }
    #expect(session.takeNotes() == [])
    session.begin()
    #expect(throws: Diagnostic.self) { _ = try session.enter("+b(1). b(\"x\").", answer: { _ in }) }
    #expect(session.takeNotes() == [])
    #expect(session.graph.factCount == 0)
  }

  @Test("an entry that is interrupted while its answers are shown keeps what it has changed, and changes no more")
  func interruptedAnswers() throws {
    let session = Session()
    func interrupted(_ text: String) {
      #expect(throws: QueryFailure.self) {
        _ = try session.enter(text) { _ in
          session.interruption.set()
          // As what shows many rows does.
          while session.graph.pace.goesOn(after: 1_000) {}
          try session.graph.pace.check()
        }
      }
      session.interruption.clear()
    }
    interrupted("+p(a). p(X). +p(b).")
    #expect(try session.query("p(X)").texts == [["a"]])
    #expect(session.takeNotes() == ["note: what this entry had changed stays; `:undo` takes it back"])
    interrupted("p(X).")
    #expect(session.takeNotes() == [])
    interrupted("q(X) :- p(X). q(X).")
    #expect(try session.query("q(X)").texts == [["a"]])
    #expect(try session.undo()?.rulesForgotten == 1)
    #expect(try session.undo()?.factsTakenBack == 1)
  }

  @Test("what is derived follows the facts as they change")
  func change() throws {
    let session = Session()
    try session.load(
      SourceFile(name: "a.dl", text: "r(X, Y) :- e(X, Y). r(X, Z) :- r(X, Y), e(Y, Z). e(1, 2). e(2, 3)."))
    #expect(try session.query("r(X, Y)").rowCount == 3)
    _ = try session.enter("+e(3, 4).") { _ in }
    #expect(try session.query("r(X, Y)").rowCount == 6)
    _ = try session.enter("-e(2, 3).") { _ in }
    #expect(try session.query("r(X, Y)").texts == [["1", "2"], ["3", "4"]])
  }

  @Test("a run that does not keep leaves no facts, rules and parameters behind")
  func run() throws {
    let session = Session()
    try session.load(SourceFile(name: "a.dl", text: "edge(a, b) @ {line: 1}."))
    let source = SourceFile(
      name: "b.dl",
      text: "param n = 2. edge(a, b) @ {line: 2}. edge(c, d). twice(X) :- edge(X, _). ?- twice(X). ?- $n = 2.")
    var given: [Int] = []
    try session.run(source, keeps: false, answer: { given.append($0.rowCount) })
    #expect(given == [2, 0])
    #expect(try session.query("edge(X, Y) @ {line: L}").texts == [["a", "b", "1"]])
    #expect(throws: Diagnostic.self) { try session.query("twice(X)") }
    #expect(session.parameters.isEmpty)
    try session.run(source, answer: { _ in })
    #expect(try session.query("twice(X)").rowCount == 2)
  }

  @Test("what a run answered can be explained when the rules of the run are gone")
  func explainRun() throws {
    let session = Session()
    try session.load(SourceFile(name: "a.dl", text: "edge(a, b)."))
    let source = SourceFile(name: "b.dl", text: "param n = b. back(Y, X) :- edge(X, Y). ?- back($n, X).")
    var answers: [Answers] = []
    try session.run(source, keeps: false, answer: { answers.append($0) })
    let explanation = try #require(try session.why(answers[0], row: 0))
    #expect(explanation.nodes.map(\.conclusion) == ["answer(a)", "back(b, a)", "edge(a, b)"])
  }

  @Test("a parameter has its default's kind, prevails over it, and stays what it was where its new value is none")
  func parameters() throws {
    let session = Session()
    try session.load(SourceFile(name: "a.dl", text: "param min = 1 \"at least\"."))
    #expect(try session.query("X = $min").value(row: 0, column: 0) == .integer(1))
    try session.setParameter("min", to: "3")
    #expect(try session.query("X = $min").value(row: 0, column: 0) == .integer(3))
    for text in ["2013-02", "two words", "1.5", "9223372036854775808", "", "2. param other = 3"] {
      #expect(throws: Diagnostic.self) { try session.setParameter("min", to: text) }
    }
    #expect(try session.query("X = $min").parameters.map(\.value) == [.integer(3)])
    #expect(throws: Diagnostic.self) { try session.setParameter("No", to: "1") }
  }

  @Test("a parameter that is set before its statement is read gets its kind from it, and one that has none is told")
  func parametersAhead() throws {
    let session = Session()
    try session.setParameter("day", to: "1990-02-30")
    let problems = try #require(throws: Diagnostic.self) {
      try session.load(SourceFile(name: "a.dl", text: "param day = 2000-01-01."))
    }
    #expect(
      problems.all.map(\.message) == [
        "the parameter `day` takes a date, as its default 2000-01-01 is, and not `1990-02-30`"
      ])
    #expect(problems.all.first?.help == "February 1990 has 28 days")
    try session.setParameter("dayy", to: "1990-02-28")
    let unknown = try #require(throws: Diagnostic.self) { try session.checkParameters() }
    #expect(unknown.all.map(\.message) == ["no parameter is called `dayy`"])
    #expect(unknown.all.first?.help == "did you mean `day`?")
  }

  @Test("a mistake leaves the session as usable as it was")
  func mistake() throws {
    let session = Session()
    try session.load(SourceFile(name: "a.dl", text: "p(1)."))
    for text in ["q(X)", "p(X, Y)", "p(X", "X > 1", "p(a)"] {
      #expect(throws: Diagnostic.self) { try session.query(text) }
    }
    #expect(try session.query("p(X)").rowCount == 1)
  }

  @Test("an interrupted query ends, and the next is answered")
  func interruption() throws {
    let session = Session()
    try session.load(SourceFile(name: "a.dl", text: "n(0). n(X + 1) :- n(X)."))
    session.interruption.set()
    #expect(throws: QueryFailure.self) { try session.query("n(X)") }
    session.interruption.clear()
    #expect(try session.query("X = 1").rowCount == 1)
  }

  @Test("a misspelt name is suggested in a graph of very many names too")
  func misspeltAmongMany() throws {
    let session = Session()
    try session.load(SourceFile(name: "a.dl", text: "edge(klaipeda, telsiai)."))
    for number in 0..<1_000_001 { _ = session.graph.terms.intern(integer: Int64(number)) }
    let error = #expect(throws: Diagnostic.self) { try session.query("edge(klapieda, X)") }
    #expect(error?.all.map(\.help) == ["did you mean `klaipeda`?"])
  }

  @Test("of a fact that was stated twice alike, taken back and put back by undoing, undoing takes one statement away")
  func undoingStatements() throws {
    let session = Session()
    _ = try session.enter("+edge(a, b) @ {line: 3}.") { _ in }
    _ = try session.enter("+edge(a, b) @ {line: 3}.") { _ in }
    _ = try session.enter("-edge(a, b).") { _ in }
    _ = try session.undo()
    _ = try session.undo()
    #expect(try session.query("edge(a, b) @ {line: L}").texts == [["3"]])
  }
}
