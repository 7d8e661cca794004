import TestSupport
import Testing

@Suite("How answers are written")
struct FormatTests {
  private func answers(
    _ query: String, _ options: String..., environment: [String: String] = [:], note: String = ""
  ) throws -> String {
    let result = try Program.run(["query", query] + options, in: .withGraph(), environment: environment)
    #expect(result.status == 0)
    #expect(result.errors == note)
    return result.output
  }

  private let noSuchBudget = "note: `budget` has no row that ends with `3`\n"

  private let partners = "partner(Org, Project)"

  @Test("into a pipe or a file goes TSV with a header and ids")
  func tsv() throws {
    #expect(try answers(partners) == "Org\tProject\ngintaras\tschool\nklaipeda\tschool\nklaipeda\twater\n")
  }

  @Test("--labels shows names, and ids where there are none")
  func labels() throws {
    #expect(
      try answers(partners, "--labels", "--no-header") == """
        VšĮ „Gintaras“\tschool
        Klaipėda\tschool
        Klaipėda\twater

        """)
  }

  @Test("--labels shows the names of entities in lists, of rules too, and leaves strings as they are")
  func labelsInLists() throws {
    let lists = "L = list{ O : partner(O, P) }, project(P)"
    #expect(try answers(lists, "--no-header") == "gintaras, klaipeda\tschool\nklaipeda\twater\n")
    #expect(try answers(lists, "--labels", "--no-header") == "VšĮ „Gintaras“, Klaipėda\tschool\nKlaipėda\twater\n")
    let program = """
      label(ona, "Ona"). p(ona). p(7). p("jonas"). s("ona"). s("x").
      all(list{ X : p(X) }) :- p(ona).
      more(L) :- all(L).
      ?- more(L).
      ?- L = list{ X : s(X) }.
      ?- s(L).
      """
    #expect(
      try Program.run(
        ["run", "-", "--no-graph", "--labels", "--no-header"], in: TemporaryFolder(),
        input: program
      ).output == "7, jonas, Ona\nona, x\nona\nx\n")
  }

  @Test("TSV escapes tabs, line breaks and backslashes")
  func tsvEscapes() throws {
    let result = try Program.run(
      ["run", "-", "--no-graph"], in: TemporaryFolder(), input: #"p("a\tb\nc\\d\re").  ?- p(X)."#)
    #expect(result.output == "X\na\\tb\\nc\\\\d\\re\n")
  }

  @Test("CSV is that of RFC 4180")
  func csv() throws {
    let result = try Program.run(
      ["run", "-", "--no-graph", "--format=csv"], in: TemporaryFolder(),
      input: #"p("plain", 1). p("say \"hi\"", 2). p("a,b", 3). p("two\nlines", 4). ?- p(X, N) | order by N."#)
    #expect(result.output == "X,N\r\nplain,1\r\n\"say \"\"hi\"\"\",2\r\n\"a,b\",3\r\n\"two\nlines\",4\r\n")
  }

  @Test("JSON is an array of objects")
  func json() throws {
    #expect(
      try answers("budget(P, B)", "--format", "json") == """
        [
          {"P":"school","B":1200},
          {"P":"water","B":7.5}
        ]

        """)
  }

  @Test("JSON of no rows is an empty array")
  func jsonEmpty() throws {
    #expect(try answers("partner(gintaras, P), budget(P, 3)", "--format", "json", note: noSuchBudget) == "[]\n")
  }

  @Test("JSON lines have numbers as numbers, booleans as booleans, dates and entities as text")
  func jsonLines() throws {
    let result = try Program.run(
      ["run", "-", "--no-graph", "--format", "jsonl"], in: TemporaryFolder(),
      input: #"p(1, a, true, 2013-02, "x\"\\\n\u{1B}\u{202E}ė"). ?- p(A, B, C, D, E)."#)
    #expect(
      result.output == #"{"A":1,"B":"a","C":true,"D":"2013-02","E":"x\"\\\n\u001b\u202eė"}"# + "\n")
  }

  @Test("a table has lines, names, numbers at the right and the number of rows")
  func table() throws {
    #expect(
      try answers("partner(Org, P), budget(P, B)", "--format", "table") == """
        ┌────────────────┬────────┬──────┐
        │ Org            │ P      │    B │
        ├────────────────┼────────┼──────┤
        │ VšĮ „Gintaras“ │ school │ 1200 │
        │ Klaipėda       │ school │ 1200 │
        │ Klaipėda       │ water  │  7.5 │
        └────────────────┴────────┴──────┘
        (3 rows)

        """)
  }

  @Test("a table is drawn in ASCII where the locale has no more")
  func asciiTable() throws {
    #expect(
      try answers("partner(gintaras, P)", "--format", "table", environment: ["LANG": "", "LC_ALL": "C"]) == """
        +--------+
        | P      |
        +--------+
        | school |
        +--------+
        (1 row)

        """)
  }

  @Test("a table of no rows shows its columns")
  func emptyTable() throws {
    #expect(
      try answers("partner(gintaras, P), budget(P, 3)", "--format", "table", note: noSuchBudget) == """
        ┌───┐
        │ P │
        ├───┤
        └───┘
        (0 rows)

        """)
  }

  @Test("a table escapes what would steer a terminal")
  func tableEscapes() throws {
    let result = try Program.run(
      ["run", "-", "--no-graph", "--format", "table", "--no-header", "--quiet"], in: TemporaryFolder(),
      input: #"p("a\u{1B}[2Jb\nc"). ?- p(X)."#)
    #expect(
      result.output == """
        ┌────────────────┐
        │ a\\u{1B}[2Jb\\nc │
        └────────────────┘

        """)
  }

  @Test("Markdown marks columns of numbers and escapes bars")
  func markdown() throws {
    let result = try Program.run(
      ["run", "-", "--no-graph", "--format", "markdown"], in: TemporaryFolder(),
      input: #"p("a|b", 1). ?- p(X, N)."#)
    #expect(result.output == "| X | N |\n| --- | ---: |\n| a\\|b | 1 |\n")
  }

  @Test("a list has a line for each column and an empty line between rows")
  func list() throws {
    #expect(try answers("budget(P, B)", "--format", "list") == "P: school\nB: 1200\n\nP: water\nB: 7.5\n")
  }

  @Test(
    "a query without columns answers yes or no",
    arguments: [("table", "yes\n"), ("tsv", "yes\n"), ("csv", "yes\r\n"), ("list", "yes\n"), ("json", "true\n")])
  func truth(_ format: String, _ expected: String) throws {
    #expect(try answers("partner(gintaras, school)", "--format", format) == expected)
  }

  @Test("a query without columns and without an answer says no and succeeds")
  func untruth() throws {
    #expect(try answers("partner(gintaras, water)") == "no\n")
  }

  @Test("tables of several queries stand apart, other answers do not")
  func several() throws {
    let input = "p(a). ?- p(X). ?- p(a)."
    let folder = try TemporaryFolder()
    let options = ["run", "-", "--no-graph", "--quiet"]
    #expect(
      try Program.run(options + ["--format", "table"], in: folder, input: input).output == """
        ┌───┐
        │ X │
        ├───┤
        │ a │
        └───┘

        yes

        """)
    #expect(try Program.run(options, in: folder, input: input).output == "X\na\nyes\n")
  }

  @Test("JSON lines say which query they answer where the files ask more than one")
  func numberedLines() throws {
    let folder = try TemporaryFolder([
      "a.dl": "p(a). p(b).\n?- p(X).\n", "b.dl": "include \"a.dl\".\n?- p(a), 2 < 1.\n?- p(a).\n?- p(X), X != a.\n",
    ])
    let options = ["--no-graph", "--format", "jsonl"]
    #expect(
      try Program.run(["run", "a.dl"] + options, in: folder).output == #"{"X":"a"}"# + "\n" + #"{"X":"b"}"# + "\n")
    #expect(
      try Program.run(["run", "b.dl"] + options, in: folder).output == """
        {"query":1,"X":"a"}
        {"query":1,"X":"b"}
        {"query":2,"answer":false}
        {"query":3,"answer":true}
        {"query":4,"X":"b"}

        """)
    #expect(
      try Program.run(["run", "-"] + options, in: folder, input: "q(1). ?- q(X). ?- q(Y).").output
        == #"{"query":1,"X":1}"# + "\n" + #"{"query":2,"Y":1}"# + "\n")
    let failing = "q(0). ?- q(X), Y = 1 / X. ?- q(X)."
    #expect(try Program.run(["run", "-"] + options, in: folder, input: failing).output == #"{"query":2,"X":0}"# + "\n")
  }

  @Test("in the other formats answers follow one another, each with its header or as its own array")
  func severalAnswers() throws {
    func output(_ format: String) throws -> String {
      try Program.run(
        ["run", "-", "--no-graph", "--format", format], in: TemporaryFolder(), input: "q(1). ?- q(X). ?- q(Y)."
      ).output
    }
    #expect(try output("tsv") == "X\n1\nY\n1\n")
    #expect(try output("csv") == "X\r\n1\r\nY\r\n1\r\n")
    #expect(try output("json") == #"[\#n  {"X":1}\#n]\#n[\#n  {"Y":1}\#n]\#n"#)
  }

  @Test("-o writes the file whole and nothing to standard output")
  func outputFile() throws {
    let folder = try TemporaryFolder.withGraph(["answers.csv": "old"])
    let result = try Program.run(["query", partners, "-o", "answers.csv"], in: folder)
    #expect(result == .init(status: 0, output: "", errors: ""))
    #expect(folder.read("answers.csv") == "Org,Project\r\ngintaras,school\r\nklaipeda,school\r\nklaipeda,water\r\n")
    #expect(try folder.entries() == ["Graph", "answers.csv"])
  }

  @Test("-o leaves an old file as it was where the query fails")
  func outputFileKept() throws {
    let folder = try TemporaryFolder.withGraph(["answers.csv": "old"])
    let result = try Program.run(["query", "partnr(A, B)", "-oanswers.csv"], in: folder)
    #expect(result.status == 1)
    #expect(folder.read("answers.csv") == "old")
    #expect(try folder.entries() == ["Graph", "answers.csv"])
  }

  @Test("-o into a folder that is not there is an error")
  func outputFileImpossible() throws {
    let result = try Program.run(["query", partners, "-o", "none/answers.csv"], in: .withGraph())
    #expect(result.status == 1)
    #expect(result.errors.contains("cannot write `none/answers.csv`: No such file or directory"))
  }

  @Test("--stats tells times and counts on standard error only")
  func statistics() throws {
    let result = try Program.run(["query", partners, "--stats"], in: .withGraph())
    #expect(result.output == "Org\tProject\ngintaras\tschool\nklaipeda\tschool\nklaipeda\twater\n")
    #expect(result.errors.contains("3 rows"))
  }
}
