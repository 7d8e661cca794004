import TestSupport
import Testing

@Suite("Parameters and tables of facts")
struct ParameterTests {
  private static let query = "param min = 1 \"at least\".\n?- n(N), N >= $min.\n"

  @Test("a parameter has its default")
  func byDefault() throws {
    let folder = try TemporaryFolder(["q.dl": "n(0). n(1). n(2).\n" + Self.query])
    #expect(try Program.run(["run", "q.dl", "--no-graph", "--no-header"], in: folder).output == "1\n2\n")
  }

  @Test("--param sets it")
  func set() throws {
    let folder = try TemporaryFolder(["q.dl": "n(0). n(1). n(2).\n" + Self.query])
    let arguments = ["run", "q.dl", "--no-graph", "--no-header", "--param", "min=2"]
    #expect(try Program.run(arguments, in: folder).output == "2\n")
  }

  @Test("--facts reads TSV and CSV with their headers and .facts without")
  func facts() throws {
    let folder = try TemporaryFolder([
      "data/edge.facts": "1\t2\n2\t3\n",
      "closure.dl": "path(X, Y) :- edge(X, Y).\npath(X, Z) :- path(X, Y), edge(Y, Z).\n?- path(X, Y).\n",
    ])
    let result = try Program.run(["run", "--no-graph", "--facts", "data", "closure.dl"], in: folder)
    #expect(result == .init(status: 0, output: "X\tY\n1\t2\n1\t3\n2\t3\n", errors: ""))
  }

  @Test("what is decided of a table's first line is told once on standard error, and not with --quiet")
  func notes() throws {
    let folder = try TemporaryFolder([
      "data/born.csv": "name,year\nona,1985\n", "data/code.tsv": "x\t1\n", "data/edge.facts": "a\tb\n",
      "p.dl": "import told \"data/born.csv\" {header: true}.\n?- born(X, Y).\n?- code(X, Y).\n?- told(X, Y).\n",
    ])
    let arguments = ["run", "--no-graph", "--facts", "data", "p.dl", "--no-header"]
    let answers = "ona\t1985\nx\t1\nona\t1985\n"
    #expect(
      try Program.run(arguments, in: folder)
        == .init(
          status: 0, output: answers,
          errors: """
            note: data/code.tsv: the first line is read as data, because `1` is a number or a date; `import code "data/code.tsv" {header: true}.` reads it as the header
            note: data/born.csv: the first line is read as the header (`name`, `year`); `import born "data/born.csv" {header: false}.` reads it as data

            """))
    #expect(try Program.run(arguments + ["--quiet"], in: folder) == .init(status: 0, output: answers, errors: ""))
    let shell = try Program.run(["--no-graph"], in: folder, input: ":load data/born.csv\nborn(X, Y)\n")
    #expect(shell.output == "X\tY\nona\t1985\n")
    #expect(shell.errors.hasPrefix("note: data/born.csv: the first line is read as the header"))
  }

  @Test("endings in capitals are read wherever files are: in folders, by --graph, :load, import and include")
  func capitals() throws {
    let folder = try TemporaryFolder([
      "data/EDGE.FACTS": "a\tb\n", "data/People.CSV": "name,year\nona,1985\n", "g/X.DL": "p(1).\n",
      "q.DL": "import e \"data/EDGE.FACTS\".\n?- e(X, Y).\n?- EDGE(X, Y).\n?- People(X, _).\n?- p(X).\n",
    ])
    let result = try Program.run(
      ["run", "--graph", "g", "--facts", "data", "q.DL", "--quiet", "--no-header"], in: folder)
    #expect(result == .init(status: 0, output: "a\tb\na\tb\nona\n1\n", errors: ""))
    let table = ["query", "--graph", "data/EDGE.FACTS", "EDGE(X, Y)", "--no-header"]
    #expect(try Program.run(table, in: folder).output == "a\tb\n")
    #expect(
      try Program.run(["--no-graph", "--quiet"], in: folder, input: ":load data/People.CSV\nPeople(X, Y)\n").output
        == "X\tY\nona\t1985\n")
  }

  @Test("a table without rows is a relation without facts, of as many columns as are asked for or declared")
  func emptyTable() throws {
    let folder = try TemporaryFolder([
      "data/edge.facts": "", "p.dl": "relation edge(integer, integer, integer).\n?- edge(X, Y, Z).\n",
      "q.dl": "path(X, Y) :- edge(X, Y).\npath(X, Z) :- path(X, Y), edge(Y, Z).\n?- path(X, Y).\n?- not edge(1, 2).\n",
    ])
    let arguments = ["run", "--no-graph", "--facts", "data", "--quiet"]
    #expect(try Program.run(arguments + ["p.dl"], in: folder) == .init(status: 0, output: "X\tY\tZ\n", errors: ""))
    #expect(try Program.run(arguments + ["q.dl"], in: folder) == .init(status: 0, output: "X\tY\nyes\n", errors: ""))
    let wrong = try Program.run(["query", "--no-graph", "--facts", "data", "edge(X), edge(X, Y)"], in: folder)
    #expect(wrong.status == 1)
    #expect(wrong.errors.contains("`edge` takes 1 argument, not 2"))
  }

  @Test("--facts reads tables by the types that the program declares, from a file and from standard input")
  func declaredFacts() throws {
    let program =
      "type town. type person.\nrelation born(person, town, integer).\n?- born(ona, T, Y).\n"
    let folder = try TemporaryFolder(["data/born.facts": "ona\tkaunas\t1985\njonas\tvilnius\t1991\n", "p.dl": program])
    let arguments = ["run", "--no-graph", "--facts", "data"]
    let expected = Program.Result(status: 0, output: "T\tY\nkaunas\t1985\n", errors: "")
    #expect(try Program.run(arguments + ["p.dl"], in: folder) == expected)
    #expect(try Program.run(arguments + ["-"], in: folder, input: program) == expected)
    #expect(try Program.run(["check", "--no-graph", "--facts", "data", "p.dl"], in: folder).status == 0)
  }

  @Test("--facts with a field that is not of the declared type tells of that field")
  func undeclaredField() throws {
    let folder = try TemporaryFolder([
      "data/born.facts": "1\tabout 1985\n", "p.dl": "relation born(integer, integer).\n",
    ])
    let result = try Program.run(["run", "--no-graph", "--facts", "data", "p.dl"], in: folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("data/born.facts:1:3"))
  }

  @Test("a parameter that the shell gives another value is saved with that one alone")
  func savedParameter() throws {
    let folder = try TemporaryFolder(["a.dl": "param min = 1.\np(1). p(2). p(3).\nq(X) :- p(X), X > $min.\n"])
    let script = "q(X)\nparam min = 2.\nq(X)\n:save a.tiltas\n"
    #expect(try Program.run(["--graph", "a.dl", "--no-header"], in: folder, input: script).output == "2\n3\n3\n")
    #expect(
      try Program.run(["query", "--graph", "a.tiltas", "--no-header", "q(X)"], in: folder)
        == .init(status: 0, output: "3\n", errors: "note: with min = 2\n"))
  }

  @Test("the values that an answer rests on are told: below a table, else on standard error, and not with --quiet")
  func told() throws {
    let folder = try TemporaryFolder([
      "q.dl": "n(0). n(1). n(2).\nm(N) :- n(N), N >= $min.\n" + Self.query + "?- m(N). ?- n(5)."
    ])
    let run = ["run", "q.dl", "--no-graph", "--param", "min=2"]
    let table = try Program.run(run + ["--format", "table"], in: folder)
    #expect(table.output.contains("(1 row with min = 2)"))
    #expect(table.errors == "")
    #expect(try Program.run(run, in: folder).errors == "note: with min = 2\nnote: with min = 2\n")
    #expect(try Program.run(run + ["--quiet"], in: folder).errors == "")
  }

  @Test("a name that nothing declares is an error of each verb and of the shell")
  func unknown() throws {
    let folder = try TemporaryFolder([
      "Graph/a.dl": "n(1). param person = \"Ona\".", "Queries/q.dl": "param place = \"Vilnius\".\n?- n(X).\n",
    ])
    let verbs = [
      ["query", "n(X)"], ["check"], ["plan", "n(X)"], ["why", "n(1)"], ["save", "x.tiltas"], ["run", "Queries/q.dl"],
    ]
    for verb in verbs {
      let result = try Program.run(verb + ["--param", "persn=Jo"], in: folder)
      #expect(result.status == 1, "\(verb)")
      #expect(
        result.errors.hasPrefix("error[T405]: no parameter is called `persn`\n = help: did you mean `person`?"),
        "\(verb)")
    }
    for line in [":set persn Jo", ":run q persn=Jo"] {
      #expect(try Program.run([], in: folder, input: line).errors.contains("no parameter is called `persn`"), "\(line)")
    }
    for line in [":set place Kaunas", ":run q place=Kaunas", ":run q person=Jo"] {
      #expect(try Program.run([], in: folder, input: line).errors == "", "\(line)")
    }
    #expect(try Program.run(["--param", "place=Kaunas"], in: folder, input: "n(X)").status == 0)
    #expect(try Program.run(["--param", "plce=Kaunas"], in: folder, input: "n(X)").status == 1)
  }

  @Test("files that are run one after the other may each have a parameter of the same name")
  func eachItsOwn() throws {
    let folder = try TemporaryFolder([
      "a.dl": "param n = 1.\n?- X = $n.\n", "b.dl": "param n = 2.\n?- X = $n.\n",
      "both.dl": "include \"a.dl\".\nparam n = 3.\n",
    ])
    #expect(try Program.run(["run", "--no-graph", "--no-header", "a.dl", "b.dl"], in: folder).output == "1\n2\n")
    let result = try Program.run(["run", "--no-graph", "both.dl"], in: folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("the parameter `n` is declared twice\n --> a.dl:1:7"))
    #expect(result.errors.contains("declared first here\n --> both.dl:2:7"))
  }
}
