import Diagnostics
import Glibc
import Sessions
import Testing

@testable import SessionSupport

/// What a session has derived follows the facts.
@Suite("Changes after an answer")
struct ChangeTests {
  private let session = Session()

  private func enter(_ text: String) throws { _ = try session.enter(text) { _ in } }

  private func load(_ text: String) throws { try session.load(SourceFile(name: "facts.dl", text: text)) }

  private func rows(_ query: String) throws -> [String] {
    try session.query(query).sources.map { $0.joined(separator: " ") }
  }

  @Test("a row that two facts give stays until both are taken back")
  func twoDerivations() throws {
    try load("member(ana, choir). member(ana, guild). member(jonas, choir). member(jonas, guild).")
    try load("together(X, Y) :- member(X, O), member(Y, O), X != Y.")
    #expect(try rows("together(ana, X)") == ["jonas"])
    try enter("-member(ana, choir).")
    #expect(try rows("together(ana, X)") == ["jonas"])
    try enter("-member(jonas, guild).")
    #expect(try rows("together(ana, X)") == [])
    try enter("+member(jonas, guild).")
    #expect(try rows("together(ana, X)") == ["jonas"])
  }

  @Test("a load of more facts than are remembered is not undone, and neither is what came before")
  func irrevocableLoad() throws {
    let path = "/tmp/irrevocable-\(getpid()).dl"
    try Session.write("member(jonas, choir). member(jonas, guild).", to: path)
    defer { unlink(path) }
    try enter("+member(ana, choir). +member(ana, guild).")
    session.mostFactsToUndo = 1
    try session.loadUndoably(path: path)
    #expect(session.irrevocableLoad == path)
    let problem = #expect(throws: Diagnostic.self) { try session.undo() }
    #expect(problem?.message == "the load of `\(path)` cannot be undone, nor what was done before it")
    try enter("+member(rasa, guild).")
    #expect(session.irrevocableLoad == nil)
    #expect(try session.undo()?.factsTakenBack == 1)
    #expect(throws: Diagnostic.self) { try session.undo() }
  }

  @Test("in a cycle rows do not hold one another up")
  func cycle() throws {
    try load("e(a, b). e(b, c). e(c, b). origin(a). reached(X) :- origin(X). reached(Y) :- reached(X), e(X, Y).")
    #expect(try rows("reached(X)") == ["a", "b", "c"])
    try enter("-e(a, b).")
    #expect(try rows("reached(X)") == ["a"])
    try enter("+e(a, c).")
    #expect(try rows("reached(X)") == ["a", "b", "c"])
  }

  @Test("relations that need one another follow together")
  func mutual() throws {
    try load("next(1, 2). next(2, 3). next(3, 4). even(4).")
    try load("even(X) :- next(X, Y), odd(Y). odd(X) :- next(X, Y), even(Y).")
    #expect(try rows("even(X)") == ["2", "4"])
    #expect(try rows("odd(X)") == ["1", "3"])
    try enter("-next(2, 3). +next(2, 4).")
    #expect(try rows("even(X)") == ["1", "4"])
    #expect(try rows("odd(X)") == ["2", "3"])
  }

  @Test("a closure loses and gains what an edge alone gave")
  func closure() throws {
    try load("e(a, b). e(b, c). e(a, c). e(c, d). path(X, Y) :- e(X, Y). path(X, Z) :- path(X, Y), e(Y, Z).")
    #expect(try rows("path(a, X)") == ["b", "c", "d"])
    try enter("-e(a, c).")
    #expect(try rows("path(a, X)") == ["b", "c", "d"])
    try enter("-e(b, c).")
    #expect(try rows("path(a, X)") == ["b"])
    try enter("+e(b, d).")
    #expect(try rows("path(X, d)") == ["a", "b", "c"])
  }

  @Test("what is counted and what is missing follow")
  func wholes() throws {
    try load("works(ana, port). works(jonas, port). works(jonas, city).")
    try load("size(O, N) :- works(_, O), N = count{ P : works(P, O) }. single(O) :- size(O, 1).")
    try load("idle(P) :- works(P, _), not works(P, city).")
    #expect(try rows("single(O)") == ["city"])
    #expect(try rows("idle(P)") == ["ana"])
    try enter("+works(ana, city).")
    #expect(try rows("single(O)") == [])
    #expect(try rows("idle(P)") == [])
    try enter("-works(jonas, port).")
    #expect(try rows("single(O)") == ["port"])
  }

  @Test("a negation and what stands beside it change together")
  func negationBesideChange() throws {
    try load("here(ana). here(jonas). away(rasa). ill(rasa). free(X) :- here(X), not away(X), not ill(X).")
    #expect(try rows("free(X)") == ["ana", "jonas"])
    try enter("+away(ana). +ill(ana). -here(jonas). +away(jonas).")
    #expect(try rows("free(X)") == [])
    try enter("-away(ana). +here(jonas). -ill(ana). -away(jonas).")
    #expect(try rows("free(X)") == ["ana", "jonas"])
  }

  @Test("a fact that is stated again changes no negation beside it")
  func restatement() throws {
    try load("here(ana). here(jonas). away(rasa). free(X) :- here(X), not away(X).")
    #expect(try rows("free(X)") == ["ana", "jonas"])
    try enter("+here(ana) @ {source: \"list.md\", line: 3}. +away(ana).")
    #expect(try rows("free(X)") == ["jonas"])
  }

  @Test("both facts of what is counted go at once")
  func countOfJoin() throws {
    try load("in(ana, choir). in(jonas, choir). sang(ana, 1). sang(ana, 2). sang(jonas, 2). choir(choir).")
    try load("evenings(O, N) :- choir(O), N = count{ E : in(P, O), sang(P, E) }.")
    #expect(try rows("evenings(O, N)") == ["choir 2"])
    try enter("-in(ana, choir). -sang(ana, 1).")
    #expect(try rows("evenings(O, N)") == ["choir 1"])
    try enter("-sang(jonas, 2). +in(ana, choir).")
    #expect(try rows("evenings(O, N)") == ["choir 1"])
  }

  @Test("what is counted within what is counted follows")
  func nestedCount() throws {
    try load("works(ana, port). works(jonas, port). works(rasa, city). in(port, kl). in(city, kl). town(kl).")
    try load("large(T, N) :- town(T), N = count{ O : in(O, T), M = count{ P : works(P, O) }, M >= 2 }.")
    #expect(try rows("large(T, N)") == ["kl 1"])
    try enter("+works(ona, city).")
    #expect(try rows("large(T, N)") == ["kl 2"])
    try enter("-works(ana, port). -works(ona, city).")
    #expect(try rows("large(T, N)") == ["kl 0"])
  }

  @Test("a recursion follows what it may not pass")
  func negationInRecursion() throws {
    try load("e(a, b). e(b, c). e(c, d). shut(x). at(a). at(Y) :- at(X), e(X, Y), not shut(Y).")
    #expect(try rows("at(X)") == ["a", "b", "c", "d"])
    try enter("+shut(c).")
    #expect(try rows("at(X)") == ["a", "b"])
    try enter("-shut(c). +shut(d).")
    #expect(try rows("at(X)") == ["a", "b", "c"])
  }

  @Test("a sum that fails after a change is an error, and is there again after the next")
  func failingSum() throws {
    try load("paid(ana, 3). paid(ana, 4). paid(jonas, 5). total(P, N) :- paid(P, _), N = sum{ M : paid(P, M) }.")
    #expect(try rows("total(P, N)") == ["ana 7", "jonas 5"])
    try enter("+paid(ana, \"much\").")
    #expect(throws: Diagnostic.self) { try rows("total(P, N)") }
    try enter("-paid(ana, \"much\"). +paid(jonas, 6).")
    #expect(try rows("total(P, N)") == ["ana 7", "jonas 11"])
  }

  @Test("stored facts of a relation that has rules follow too")
  func mixed() throws {
    try load("near(a, b). e(b, c). near(X, Y) :- e(X, Y). linked(X, Y) :- near(X, Z), near(Z, Y).")
    #expect(try rows("linked(X, Y)") == ["a c"])
    try enter("+near(b, c).")
    try enter("-e(b, c).")
    #expect(try rows("linked(X, Y)") == ["a c"])
    try enter("-near(a, b).")
    #expect(try rows("linked(X, Y)") == [])
  }

  @Test("a name that no fact has any more is an error in a rule again")
  func lostName() throws {
    try load("likes(ana, music). likes(jonas, chess). fan(X) :- likes(X, music).")
    #expect(try rows("fan(X)") == ["ana"])
    try enter("-likes(ana, music).")
    #expect(throws: Diagnostic.self) { try rows("fan(X)") }
  }
}
