import TestSupport
import Testing

@Suite("How the program is called")
struct UsageTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("the version is one line")
  func version() throws {
    let result = try Program.run(["--version"], in: folder)
    #expect(result == .init(status: 0, output: "tiltas 0.1.0\n", errors: ""))
  }

  @Test("help fits a screen and names every verb")
  func help() throws {
    let result = try Program.run(["help"], in: folder)
    #expect(result.status == 0)
    #expect(result.output.split(separator: "\n", omittingEmptySubsequences: false).count <= 40)
    for verb in ["repl", "query", "run", "check", "save", "info", "help"] {
      #expect(result.output.contains("\n  \(verb) "))
    }
  }

  @Test("`VERB --help` and `help VERB` show the same page")
  func helpOfVerb() throws {
    let page = try Program.run(["help", "query"], in: folder)
    #expect(page.output.hasPrefix("tiltas query: answer one query\n"))
    #expect(try Program.run(["query", "--help"], in: folder) == page)
    #expect(try Program.run(["-h", "query"], in: folder) == page)
  }

  @Test("an unknown verb is told with the nearest one")
  func unknownVerb() throws {
    let result = try Program.run(["qury", "p(X)"], in: folder)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains("there is no verb `qury`"))
    #expect(result.errors.contains("did you mean `tiltas query`?"))
    #expect(result.errors.contains("`tiltas help` tells more"))
  }

  @Test(
    "a question in words is told what looks for its name",
    arguments: [["who", "met", "Stankevič?"], ["who met Stankevič?"], ["Kas", "sutiko", "Stankevič"]])
  func questionAsVerb(_ words: [String]) throws {
    let errors = try Program.run(words, in: folder).errors
    #expect(
      errors.contains("a question in words is not understood: `tiltas find Stankevič` looks for a name"), "\(errors)")
  }

  @Test(
    "what is missing is told as a phrase",
    arguments: [
      (["path", "a"], "`tiltas path` needs A and B"), (["describe"], "`tiltas describe` needs a NAME"),
      (["find"], "`tiltas find` needs WORDS"), (["source"], "`tiltas source` needs a LINE"),
      (["run"], "`tiltas run` needs a FILE"),
    ])
  func missing(_ arguments: [String], _ message: String) throws {
    #expect(try Program.run(arguments, in: folder).errors.hasPrefix("error[T006]: \(message)\n"))
  }

  @Test("a file in place of a verb is told how to be run")
  func fileAsVerb() throws {
    let result = try Program.run(["some.dl"], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("to run a file, write `tiltas run some.dl`"))
  }

  @Test("an unknown option is told with the nearest one")
  func unknownOption() throws {
    let result = try Program.run(["query", "p(X)", "--formt=csv"], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("there is no option `--formt`"))
    #expect(result.errors.contains("did you mean `--format`?"))
  }

  @Test(
    "wrong usage is status 2 and says what is wrong",
    arguments: [
      (["query"], "`tiltas query` needs a QUERY"),
      (["query", "a", "b"], "`tiltas query` has no use for `b`"),
      (["query", "a", "--format", "xml"], "`--format` does not take `xml`"),
      (["query", "a", "--format"], "`--format` needs a value"),
      (["query", "a", "--quiet=yes"], "`--quiet` takes no value"),
      (["query", "a", "-x"], "there is no option `-x`"),
      (["query", "a", "--no-graph", "--threads", "0"], "`--threads` takes a number from 1 to 1024, not `0`"),
      (["query", "a", "--no-graph", "--timeout", "soon"], "`--timeout` takes a number above 0, not `soon`"),
      (["query", "a", "--no-graph", "--param", "min"], "`min` sets no parameter"),
      (["query", "a", "--no-graph", "--graph", "g"], "`--no-graph` contradicts `--graph g`"),
      (["info", "f", "--param", "a=1"], "`tiltas info` takes no `--param`"),
      (["save", "--no-graph", "graph.db"], "a snapshot's name ends in .tiltas"),
      (["help", "nothing"], "there is no verb `nothing`"),
    ])
  func wrongUsage(_ arguments: [String], _ message: String) throws {
    let result = try Program.run(arguments, in: folder)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains(message))
  }

  @Test("colours are for terminals, or where they are asked for")
  func color() throws {
    #expect(try !Program.run(["nothing"], in: folder).errors.contains("\u{1B}["))
    #expect(try Program.run(["query", "p(X)", "--color=always"], in: folder).errors.contains("\u{1B}["))
  }
}
