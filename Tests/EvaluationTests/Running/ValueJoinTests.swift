import Diagnostics
import SessionSupport
import Sessions
import Testing

/// Parts of a body that meet on computed values are joined by these values, whatever the plan.
@Suite("Joins by value")
struct ValueJoinTests {
  private static func session(_ source: String, byValue: Bool) throws -> Session {
    let session = Session()
    session.valueJoinCost = byValue ? -.infinity : .infinity
    try session.load(SourceFile(name: "values.dl", text: source))
    return session
  }

  /// What a query answers, the same joined by value and compared row by row; or the first line of its error.
  private static func answer(_ query: String, _ source: String) throws -> [[String]] {
    let results = try [true, false].map { byValue in
      do {
        return try session(source, byValue: byValue).query(query).sources
      } catch let problems as Diagnostic {
        return [["error"] + problems.all.map(\.message)]
      }
    }
    #expect(results[0] == results[1], "\(query)")
    return results[0]
  }

  private static let names = """
    a("Ona", 1). a("ona", 2). a("Jonas", 3). a("ŽALIA", 4).
    b("ONA", 2). b("žalia", 4). b("Petras", 5).
    both(1, 1). both(2, 1). both(4, 4).
    """

  @Test("both sides computed, of different relations or of one")
  func sides() throws {
    #expect(
      try Self.answer("a(A, _), b(B, _), lower(A) = lower(B)", Self.names) == [
        ["\"ona\"", "\"ONA\""], ["\"Ona\"", "\"ONA\""], ["\"ŽALIA\"", "\"žalia\""],
      ])
    #expect(
      try Self.answer("a(A, X), a(B, Y), fold(A) = fold(B), X < Y", Self.names) == [["\"Ona\"", "1", "\"ona\"", "2"]])
    #expect(
      try Self.answer("a(_, X), b(_, Y), X + 1 = Y * 2", Self.names) == [["3", "2"]])
  }

  @Test("a value that has a name, on one side or on each")
  func named() throws {
    let expected = [["\"ona\"", "2"], ["\"žalia\"", "4"]]
    #expect(try Self.answer("a(A, _), L = lower(A), b(B, Y), L = lower(B) | select L, Y", Self.names) == expected)
    #expect(
      try Self.answer("a(A, _), L = lower(A), b(B, Y), M = lower(B), L = M | select L, Y", Self.names) == expected)
    #expect(
      try Self.answer("a(A, _), lower(A) = L, b(B, _), L = lower(B), contains(L, \"o\") | select L", Self.names)
        == [["\"ona\""]])
  }

  @Test("several values, and chains of them")
  func several() throws {
    #expect(
      try Self.answer("a(A, X), b(B, Y), lower(A) = lower(B), X * 2 = Y + X", Self.names) == [
        ["\"ona\"", "2", "\"ONA\"", "2"], ["\"ŽALIA\"", "4", "\"žalia\"", "4"],
      ])
    #expect(
      try Self.answer("a(A, _), b(B, _), a(C, 1), lower(A) = lower(B), lower(B) = lower(C) | select A, C", Self.names)
        == [["\"ona\"", "\"Ona\""], ["\"Ona\"", "\"Ona\""]])
    #expect(
      try Self.answer("a(_, X), b(_, Y), a(_, Z), X + Y = Z * 2, X < Z", Self.names) == [
        ["1", "5", "3"], ["2", "4", "3"], ["3", "5", "4"],
      ])
  }

  @Test("one side computed and the other bound by a relation")
  func oneSide() throws {
    #expect(try Self.answer("a(_, X), b(_, Y), X + 1 = Y", Self.names) == [["1", "2"], ["3", "4"], ["4", "5"]])
    #expect(
      try Self.answer("a(A, X), b(B, Y), both(Y, X), length(A) = length(B), X = Y + 0", Self.names) == [
        ["\"ŽALIA\"", "4", "\"žalia\"", "4"]
      ])
  }

  @Test("in negations, aggregates and what they are of")
  func groups() throws {
    #expect(try Self.answer("a(A, _), not (b(B, _), lower(B) = lower(A))", Self.names) == [["\"Jonas\""]])
    #expect(
      try Self.answer("a(A, 1), N = count{ B : b(B, _), length(B) >= 0, lower(B) = lower(A) }", Self.names) == [
        ["\"Ona\"", "1"]
      ])
    #expect(
      try Self.answer("N = count{ A, B : a(A, _), b(B, _), lower(A) = lower(B), length(A) < 5 }", Self.names) == [["2"]]
    )
    #expect(
      try Self.answer("b(B, _), L = list{ A : a(A, _), lower(A) = lower(B) } | select L", Self.names) == [
        ["\"ona, Ona\""], ["\"ŽALIA\""],
      ])
  }

  @Test("in rules, and in each round of a recursion")
  func rules() throws {
    let source = """
      next("A1", "a2"). next("A2", "a3"). next("A3", "x"). next("y", "z").
      reached("a1"). reached(Y) :- reached(X), next(N, Y), lower(N) = lower(X).
      plainly("a1"). plainly(Y) :- plainly(X), next(N, Y), lower(N) = X.
      twice(1). twice(Z) :- twice(X), twice(Y), X + 2 = Y + 2, Z = X + Y, Z < 20.
      """
    #expect(try Self.answer("reached(X)", source) == [["\"a1\""], ["\"a2\""], ["\"a3\""], ["\"x\""]])
    #expect(try Self.answer("plainly(X)", source) == [["\"a1\""], ["\"a2\""], ["\"a3\""], ["\"x\""]])
    #expect(try Self.answer("twice(X)", source) == [["1"], ["2"], ["4"], ["8"], ["16"]])
  }

  @Test("numbers are equal by value, and a text is no number")
  func kinds() throws {
    let source = "n(1). n(2.5). n(3). m(\"1\"). m(\"2.50\"). k(0). k(1.5). k(2.0)."
    #expect(try Self.answer("n(X), k(Y), X * 1 = Y + 1", source) == [["1", "0"], ["2.5", "1.5"], ["3", "2"]])
    #expect(try Self.answer("n(X), m(T), to_string(X) = T ++ \"\"", source) == [["1", "\"1\""]])
    #expect(try Self.answer("n(X), m(T), X + 0 = to_number(T)", source) == [["1", "\"1\""], ["2.5", "\"2.50\""]])
    #expect(try Self.answer("n(X), m(T), X + 0 = T ++ \"\"", source) == [])
  }

  @Test("a value that cannot be computed is an error only for a row for which all else holds")
  func failures() throws {
    let source = """
      t(a, "12"). t(b, "x1"). n(1, 12). n(2, 7). allowed(a, 1). none(zz, 1).
      """
    let error = "`to_number` takes"
    #expect(
      try Self.answer("t(X, T), n(Y, N), to_number(T) = N + 0", source)[0][1].contains("x1"), "\(error)")
    #expect(
      try Self.answer("t(X, T), n(Y, N), to_number(T) = N + 0, allowed(X, Y)", source) == [["a", "\"12\"", "1", "12"]])
    #expect(try Self.answer("t(X, T), n(Y, N), to_number(T) = N + 0, N > 100", source) == [])
    #expect(try Self.answer("t(X, T), n(Y, N), to_number(T) = N + 0, none(X, Y)", source) == [])
    #expect(
      try Self.answer("t(X, T), n(Y, N), matches(T, \"^[0-9]+$\"), to_number(T) = N + 0 | select X", source) == [["a"]])
    #expect(
      try Self.answer("n(Y, N), Y = 1, not (t(X, T), X = a, to_number(T) = N + 0)", source) == [])
  }

  @Test("large relations are joined by value, small ones are compared")
  func choice() throws {
    func steps(_ count: Int) throws -> String {
      let session = Session()
      try session.load(
        SourceFile(name: "n.dl", text: (0..<count).map { "n(\"Name\($0)\").\n" }.joined()))
      let plan = try session.plan("n(A), n(B), lower(A) = lower(B)", running: true)
      return plan.stages.flatMap(\.rules).flatMap(\.steps).map(\.text).joined(separator: "\n")
    }
    #expect(try steps(200).contains("keep as by_value(A, _2): n(A), _2 = lower(A)"))
    #expect(try !steps(3).contains("keep as"))
  }
}
