import Foundation
import TestSupport
import Testing

@Suite("Explanations")
struct WhyTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder.withGraph([
      "rules.dl": "reached(X, Y) :- edge(X, Y).\nreached(X, Z) :- reached(X, Y), edge(Y, Z).\n",
      "edges.dl": "edge(1, 2) @ {source: book, line: 7}.\nedge(2, 3).\nedge(3, 4).\n",
    ])
  }

  private func why(_ arguments: String...) throws -> Program.Result {
    try Program.run(["why", "--graph", "rules.dl", "--graph", "edges.dl"] + arguments, in: folder)
  }

  @Test("a recursion is shown as its steps, each with its statement")
  func steps() throws {
    #expect(
      try why("reached(1, 3)").output == """
        reached(1, 3)  [by rules.dl:2, 2 steps]
        ├─ edge(1, 2)  [stated in book, line 7]
        └─ edge(2, 3)  [stated]

        """)
  }

  @Test("what does not hold is followed to what failed, and --not of what holds is an error")
  func refutation() throws {
    #expect(
      try why("--not", "reached(3, 1)").output == """
        reached(3, 1)  [does not hold]
        ├─ the rule at rules.dl:1
        │  ├─ fails: edge(3, 1)
        │  └─ near: edge(3, 4)
        └─ the rule at rules.dl:2
           ├─ holds: reached(3, 4)
           └─ fails: edge(4, 1)

        """)
    let result = try why("--not", "edge(1, 2)")
    #expect(result.status == 1)
    #expect(result.errors.contains("this holds"))
    #expect(try why("edge(2, 1)").status == 1)
  }

  @Test("a fact that holds in a rule is not told of as nearly what failed, and gives its place to one that is")
  func nothingTwice() throws {
    try folder.write("friends.dl", "friends(A, B) :- edge(A, B), edge(B, A).\nedge(2, 5).\nedge(2, 6).\nedge(2, 7).\n")
    let options = ["why", "--graph", "friends.dl", "--graph", "edges.dl", "--not"]
    #expect(
      try Program.run(options + ["friends(1, 2)"], in: folder).output == """
        friends(1, 2)  [does not hold]
        └─ the rule at friends.dl:1
           ├─ holds: edge(1, 2)
           ├─ fails: edge(2, 1)
           ├─ near: edge(2, 5)
           ├─ near: edge(2, 6)
           └─ near: edge(2, 7)

        """)
    let json = try Program.run(options + ["--format", "json", "friends(1, 2)"], in: folder).output
    #expect(json.contains(#""near": ["edge(2, 5)", "edge(2, 6)", "edge(2, 7)"]"#))
  }

  @Test("of a relation that the rules beside the graph define it is told which file does, and --rules reads it")
  func sharedRules() throws {
    let folder = try TemporaryFolder.withGraph([
      "Queries/rules/a.dl": "other(X) :- project(X).\n",
      "Queries/rules/b.dl": "shares(A, B) :- partner(A, P), partner(B, P), A != B.\n",
    ])
    let fact = "shares(gintaras, klaipeda)"
    for verb in ["why", "query"] {
      let result = try Program.run([verb, fact], in: folder)
      #expect(result.status == 1)
      #expect(result.errors.contains("unknown relation `shares`"))
      #expect(result.errors.contains("Queries/rules/b.dl defines it: add `--rules Queries/rules/b.dl`"))
    }
    #expect(try Program.run(["query", "--rules", "Queries/rules/b.dl", fact], in: folder).output == "yes\n")
    #expect(
      try Program.run(["why", "--rules", "Queries/rules", fact], in: folder).output == """
        shares("VšĮ „Gintaras“", "Klaipėda")  [by Queries/rules/b.dl:1]
        ├─ partner("VšĮ „Gintaras“", school)  [stated in record, line 7]
        ├─ partner("Klaipėda", school)  [stated in record, line 8]
        └─ "VšĮ „Gintaras“" != "Klaipėda"

        """)
    let script = try Program.run([], in: folder, input: "?- shares(A, B).\n")
    #expect(script.errors.contains("Queries/rules/b.dl defines it: write `:load Queries/rules/b.dl`"))
    #expect(try Program.run(["query", "shared(A, B)"], in: folder).errors.contains("--rules") == false)
  }

  @Test("entities are told by their names, by --ids and for programs by their ids, and homonyms always so")
  func names() throws {
    let folder = try TemporaryFolder.withGraph(["Graph/more.dl": "organisation(other). label(other, \"Klaipėda\").\n"])
    func told(_ arguments: String...) throws -> String { try Program.run(["why"] + arguments, in: folder).output }
    #expect(
      try told("partner(gintaras, school)") == "partner(\"VšĮ „Gintaras“\", school)  [stated in record, line 7]\n")
    #expect(try told("--ids", "partner(gintaras, school)") == "partner(gintaras, school)  [stated in record, line 7]\n")
    #expect(try told("--format", "json", "partner(gintaras, school)").contains("\"partner(gintaras, school)\""))
    #expect(try told("--format", "dot", "partner(gintaras, school)").contains("VšĮ „Gintaras“"))
    #expect(try told("partner(klaipeda, water)") == "partner(klaipeda, water)  [stated]\n")
    #expect(
      try told("--not", "partner(gintaras, water)").hasPrefix("partner(\"VšĮ „Gintaras“\", water)  [does not hold]\n"))
    let script = "partner(gintaras, P)\n?why\n?why --ids\n:why --ids 1\n:why --ids partner(gintaras, school)\n"
    let lines = try Program.run([], in: folder, input: script).output.split(separator: "\n").filter { $0.contains("─") }
    #expect(
      lines == [
        "└─ partner(\"VšĮ „Gintaras“\", school)  [stated in record, line 7]",
        "└─ partner(gintaras, school)  [stated in record, line 7]",
        "└─ partner(gintaras, school)  [stated in record, line 7]",
      ])
  }

  @Test("JSON, DOT and Mermaid")
  func formats() throws {
    #expect(
      try why("--format", "json", "reached(1, 2)").output == """
        {
          "nodes": [
            {"id": 0, "conclusion": "reached(1, 2)", "reason": "rule", "file": "rules.dl", "line": 1, "premises": [1]},
            {"id": 1, "conclusion": "edge(1, 2)", "reason": "stated", "statements": [{"source": "book", "line": 7}], "premises": []}
          ]
        }

        """)
    #expect(try why("--format", "dot", "reached(1, 2)").output.contains("n1 -> n0;"))
    #expect(try why("--format", "mermaid", "reached(1, 2)").output.contains("n1 --> n0"))
    #expect(try why("--format", "csv", "edge(1, 2)").status == 2)
  }

  @Test("in a script ?why explains the first answer, ?why 2 the second, and ?why fact a fact")
  func script() throws {
    let result = try Program.run(
      ["--graph", "edges.dl"], in: folder,
      input: "?- edge(X, Y).\n?why\n?why 2\n?why edge(3, 4).\n:why not edge(4, 3)\n")
    #expect(
      result.output == """
        X\tY
        1\t2
        2\t3
        3\t4
        answer(1, 2)
        └─ edge(1, 2)  [stated in book, line 7]
        answer(2, 3)
        └─ edge(2, 3)  [stated]
        edge(3, 4)  [stated]
        edge(4, 3)  [does not hold]
        └─ it is not stated
           ├─ near: edge(3, 4)
           └─ near: edge(2, 3)

        """)
  }

  @Test("in a file ?why with its full stop explains the first answer of the query before, and ?why 2 the second")
  func file() throws {
    let statements = "?- edge(X, Y), X > 1.\n?why.\n?why 2.\n?- edge(2, 3).\n?why.\n"
    try folder.write("asked.dl", statements)
    let answers = """
      X\tY
      2\t3
      3\t4
      answer(2, 3)
      ├─ edge(2, 3)  [stated]
      └─ 2 > 1
      answer(3, 4)
      ├─ edge(3, 4)  [stated]
      └─ 3 > 1
      yes
      answer()
      └─ edge(2, 3)  [stated]

      """
    let result = Program.Result(status: 0, output: answers, errors: "")
    #expect(try Program.run(["run", "--graph", "edges.dl", "asked.dl"], in: folder) == result)
    #expect(try Program.run(["run", "--graph", "edges.dl", "-"], in: folder, input: statements) == result)
    #expect(try Program.run(["--graph", "edges.dl"], in: folder, input: statements) == result)
  }

  @Test("an answer that is not there to explain is an error with its place")
  func noSuchAnswer() throws {
    try folder.write("asked.dl", "?why.\n?- edge(X, Y).\n?why 4.\n?- edge(X, X).\n?why.\n")
    let result = try Program.run(["run", "--graph", "edges.dl", "asked.dl"], in: folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("there is no answer to explain yet\n --> asked.dl:1:1"))
    #expect(result.errors.contains("the last query has 3 answers\n --> asked.dl:3:1"))
    #expect(result.errors.contains("the last query has no answer\n --> asked.dl:5:1"))
  }

  @Test("--all shows all rows of an aggregate, on the command line and in the shell")
  func all() throws {
    try folder.write("edges.dl", (1...30).map { "edge(\($0), \($0 + 1)).\n" }.joined())
    try folder.write("rules.dl", "edges(N) :- N = count{ X : edge(X, _) }.\n")
    let script = "?- edges(N).\n?why\n?why --all\n?why --all 1\n:why --all edges(30)\n?why --all edges(30).\n"
    let lines = try Program.run(["--graph", "rules.dl", "--graph", "edges.dl"], in: folder, input: script).output
      .split(separator: "\n")
    let trees = lines.split { !$0.contains("─ edge(") }.map(\.count)
    #expect(trees == [5, 30, 30, 30, 30])
    #expect(try why("--all", "edges(30)").output.contains("edge(30, 31)"))
    #expect(try !why("edges(30)").output.contains("edge(30, 31)"))
  }

  @Test("relations that recur through one another are shown as steps too")
  func mutualRecursion() throws {
    let folder = try TemporaryFolder.withGraph([
      "rules.dl":
        "odd(X, Y) :- edge(X, Y).\nodd(X, Z) :- even(X, Y), edge(Y, Z).\neven(X, Z) :- odd(X, Y), edge(Y, Z).\n",
      "edges.dl": (1...40).map { "edge(\($0), \($0 + 1)).\n" }.joined(),
    ])
    let few = try Program.run(["why", "--graph", "rules.dl", "--graph", "edges.dl", "even(36, 40)"], in: folder)
    #expect(
      few.output == """
        even(36, 40)  [by rules.dl:3, 4 steps]
        ├─ edge(36, 37)  [stated]
        ├─ edge(37, 38)  [stated]
        ├─ edge(38, 39)  [stated]
        └─ edge(39, 40)  [stated]

        """)
  }

  @Test("a tree that would be too deep goes on below")
  func depth() throws {
    let rules = (1...60).map { "r\($0)(X) :- r\($0 - 1)(X).\n" }.joined()
    let folder = try TemporaryFolder.withGraph(["rules.dl": rules, "facts.dl": "r0(a).\n"])
    let lines = try Program.run(["why", "--graph", "rules.dl", "--graph", "facts.dl", "r60(a)"], in: folder)
      .output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "r60(a)  [by rules.dl:60]")
    #expect(lines[40] == String(repeating: "   ", count: 39) + "└─ r20(a)  (see 1 below)")
    #expect(lines[41].isEmpty)
    #expect(lines[42] == "(1) r20(a)  [by rules.dl:20]")
    #expect(lines[62] == String(repeating: "   ", count: 19) + "└─ r0(a)  [stated]")
  }

  @Test("several statements of a fact stand each on its line, and text that would steer a terminal is escaped")
  func statements() throws {
    let folder = try TemporaryFolder.withGraph([
      "facts.dl": "p(a) @ {source: book, line: 1}.\np(a) @ {line: 2, note: \"\u{1B}[2J\"}.\n"
    ])
    let result = try Program.run(["why", "--graph", "facts.dl", "p(a)"], in: folder)
    #expect(
      result.output == """
        p(a)  [stated]
        ├─ stated in book, line 1
        └─ stated, line 2, note: \\u{1B}[2J

        """)
  }

  @Test("rules beneath the working folder are named relative to it")
  func places() throws {
    let result = try Program.run(
      ["why", "--graph", folder.path("rules.dl"), "--graph", "edges.dl", "reached(1, 2)"], in: folder)
    #expect(result.output.hasPrefix("reached(1, 2)  [by rules.dl:1]\n"))
  }

  @Test("there is no picture of why something does not hold")
  func noPicture() throws {
    let result = try why("--not", "--format", "dot", "reached(3, 1)")
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
  }
}
