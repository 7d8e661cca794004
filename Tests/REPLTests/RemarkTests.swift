import TestSupport
import Testing

@Suite("Remarks on answers")
struct RemarkTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder.withGraph(["g.dl": "spouse(ann, bob). alone(ann). n(1). n(2)."])
  }

  private func run(_ arguments: String..., input: String = "") throws -> Program.Result {
    try Program.run(arguments, in: folder, input: input)
  }

  @Test("an empty answer is explained on standard error, and not with --quiet")
  func query() throws {
    let result = try run("query", "--graph", "g.dl", "spouse(bob, X)")
    #expect(result.status == 0)
    #expect(result.output == "X\n")
    #expect(result.errors == "note: `spouse` has no row that begins with `bob`; it has one that ends with it\n")
    #expect(try run("query", "--quiet", "--graph", "g.dl", "spouse(bob, X)").errors == "")
    #expect(try run("query", "--graph", "g.dl", "spouse(X, Y)").errors == "")
  }

  @Test("a query that answers no is explained to people, not to scripts")
  func truth() throws {
    #expect(try run("query", "--graph", "g.dl", "alone(bob)").errors == "")
  }

  @Test("each query of a file has its reason")
  func file() throws {
    let result = try run("run", "--graph", "g.dl", "-", input: "?- alone(X), X = bob.\n?- n(X), X > 5.\n")
    #expect(
      result.errors == """
        note: `alone(X)` has rows, but none with `X = bob`
        note: `n(X)` has rows, but none with `X > 5`

        """)
  }

  @Test("a table says that a limit leaves out rows, where it does")
  func limit() throws {
    let result = try run("query", "--graph", "g.dl", "--format", "table", "n(X) | limit 1")
    #expect(result.output.hasSuffix("(1 row; `limit` leaves out more)\n"))
    #expect(try run("query", "--graph", "g.dl", "--format", "table", "n(X) | limit 2").output.hasSuffix("(2 rows)\n"))
    #expect(result.errors == "")
  }

  @Test("text of the query that would steer the terminal is shown escaped")
  func hostile() throws {
    let result = try run("query", "--graph", "g.dl", "spouse(X, Y), X = \"\u{1B}[31m\"")
    #expect(!result.errors.contains("\u{1B}"))
  }

  @Test("`check` says of which relations a constraint sees the stated facts only")
  func constraint() throws {
    let text = """
      n(X) :- alone(X). listed(X) :- n(X) @ {line: _}.
      constraint "none is great" :- listed(X), X > 5.
      """
    let result = try run("check", "--graph", "g.dl", "-", input: text)
    #expect(result.status == 0)
    #expect(
      result.errors == """
        note: constraint "none is great": rules give rows of `n` too, and `@ {…}` in the rules of `listed` matches its stated facts only
        nothing is wrong: 4 facts

        """)
  }
}
