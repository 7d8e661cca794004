import Foundation
import TestSupport
import Testing

@Suite("Plans")
struct PlanTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder.withGraph([
      "edges.dl": "edge(a, b). edge(b, c). edge(c, d). node(a). node(b).\ntwo(X, Z) :- edge(X, Y), edge(Y, Z).\n"
    ])
  }

  private func plan(_ arguments: String...) throws -> Program.Result {
    try Program.run(["plan", "--graph", "edges.dl"] + arguments, in: folder)
  }

  @Test("a plan names the relations in the order in which they are computed, and the steps of each rule")
  func steps() throws {
    #expect(
      try plan("two(a, Z), node(Z)").output == """
        1. edge: as it is stated  (about 3 rows)
        2. two: by rules  (about 3 rows)
           the rule at edges.dl:2
             for each Y of edge(X, Y) and edge(Y, Z)  (about 3)
               for each X of edge(X, Y)  (about 1)
                 rows with all Z of edge(Y, Z), as a set  (about 1)
        3. node: as it is stated  (about 2 rows)
        4. the query: by rules  (about 1 row)
             rows with all Z of two(a, Z) and node(Z), as a set  (about 1)

        """)
  }

  @Test("what an aggregate is of has its steps beneath it")
  func aggregates() throws {
    #expect(
      try plan("N = count{ X, W : edge(X, Y), node(W) }").output == """
        1. edge: as it is stated  (about 3 rows)
        2. node: as it is stated  (about 2 rows)
        3. the query: by rules  (about 1 row)
             compute _1 = count{ X, W : edge(X, Y), node(W) }
               count each by itself, and multiply:
                 count all X of edge(X, Y), as a set  (about 3)
                 count all W of node(W), as a set  (about 2)
             with N = _1
             a row

        """)
  }

  @Test("with --run the real counts and times stand beside what was expected")
  func run() throws {
    let output = try plan("--run", "edge+(a, X)").output
    #expect(output.contains("edge+: a closure, in one pass over the condensed graph of its steps  (6 rows in "))
    #expect(output.contains("the query: by rules  (3 rows in "))
    #expect(output.contains(" ms, about "))
  }

  @Test("with --run each step tells how often it was done and what it found, in aggregates and rounds of recursion")
  func runSteps() throws {
    let folder = try TemporaryFolder.withGraph([
      "floors.dl": """
      lift(a, b). lift(c, b). fall(b, d). same(b, b).
      level(X, Y) :- same(X, Y).
      level(X, Y) :- lift(X, A), level(A, B), fall(B, Y).
      """
    ])
    let output = try Program.run(
      ["plan", "--graph", "floors.dl", "--run", "level(X, d), N = count{ Y, Z : lift(X, Y), lift(Z, Y) }"], in: folder
    ).output
    #expect(
      output.replacing(/[0-9]+\.[0-9]+ ms/, with: "0 ms") == """
        1. same: as it is stated  (1 row in 0 ms, about 1 expected)
        2. lift: as it is stated  (2 rows in 0 ms, about 2 expected)
        3. fall: as it is stated  (1 row in 0 ms, about 1 expected)
        4. level: by rules, in rounds  (3 rows in 0 ms, about 12 expected)
           the rule at floors.dl:2
             for each X of same(X, Y)  (1 time, 1 found in 0 ms, about 1 expected each time)
               rows with all Y of same(X, Y), as a set  (1 time in 0 ms, about 1 expected each time)
           the rule at floors.dl:3, in 2 rounds, with what the round before brought of level(A, B)
             for each A of lift(X, A) and level(A, B)  (2 times, 1 found in 0 ms, about 1 expected each time)
               gather as a set all Y:  (1 time in 0 ms)
                 for each B of level(A, B) and fall(B, Y)  (1 time in 0 ms, about 1 expected each time)
                   all of fall(B, Y), as a set  (about 1)
               for each Y of the gathered Y  (1 time, 1 found in 0 ms, about 1 expected each time)
                 rows with all X of lift(X, A), as a set  (1 time in 0 ms, about 2 expected each time)
        5. the query: by rules  (2 rows in 0 ms, about 2 expected)
             for each X of level(X, d)  (1 time, 2 found in 0 ms, about 2 expected each time)
               compute _2 = count{ Y, Z : lift(X, Y), lift(Z, Y) }  (2 times in 0 ms)
                 for each Y of lift(X, Y) and lift(Z, Y)  (2 times, 2 found in 0 ms, about 1 expected each time)
                   count all Z of lift(Z, Y), as a set  (2 times in 0 ms, about 2 expected each time)
               with N = _2  (2 times in 0 ms)
               a row  (2 times in 0 ms)

        """)
  }

  @Test("with --run a set that lies in a relation and is only looked at is counted like any other step")
  func runView() throws {
    let output = try plan("--run", "N = count{ X : edge(X, b) }").output
    #expect(output.contains("       all of edge(X, b), as a set  (1 time in "))
    #expect(output.contains("     compute _1 = count{ X : edge(X, b) }  (1 time in "))
  }

  @Test("parts of a query that nothing connects are pointed out")
  func advice() throws {
    #expect(
      try plan("node(X), edge(Y, Z)").output.hasSuffix(
        "     note: nothing connects X with Y, Z: each is combined with each\n"))
  }

  @Test("a mistake in the query is told as by the query itself")
  func mistake() throws {
    let result = try plan("nod(X)")
    #expect(result.status == 1)
    #expect(result.errors.contains("did you mean `node`?"))
  }
}
