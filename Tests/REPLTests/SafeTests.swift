import TestSupport
import Testing

/// `--safe`: what strangers type reaches no files.
@Suite struct SafeTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try .withGraph([
      "secret.dl": "secret(word).\n", "secret.tsv": "word\n", "Queries/q.dl": "% What is there?\n?- project(P).\n",
    ])
  }

  private func run(_ input: String) throws -> Program.Result {
    try Program.run(["--safe", "--quiet", "--no-header"], in: folder, input: input)
  }

  @Test("queries, facts and rules are as without it")
  func works() throws {
    let result = try run("+project(bridge).\nq(P) :- project(P).\nq(P)\n")
    #expect(result == Program.Result(status: 0, output: "bridge\nschool\nwater\n", errors: ""))
  }

  @Test(
    "statements and commands that reach files are errors",
    arguments: [
      "include \"secret.dl\".", "import secret \"secret.tsv\".", ":load secret.dl", ":save out.tiltas", ":run q",
      ":queries", ":save-query x \"X?\"", ":edit", ":output out.tsv", ":log out.md", ":draw school 1 out.svg",
      ":pager on",
    ])
  func refuses(_ entry: String) throws {
    let before = try folder.entries()
    let result = try run("project(school)\n\(entry)\n")
    #expect(result.status == 1)
    #expect(result.errors.contains("--safe"))
    #expect(try folder.entries() == before)
  }

  @Test("limits can be lowered by who types, and not raised", arguments: ["memory 2000", "timeout 1000"])
  func limits(_ limit: String) throws {
    let raised = try run(":set \(limit)\n")
    #expect(raised.status == 1)
    #expect(raised.errors.contains("with --safe a limit can only be lowered"))
    let lowered = try run(":set memory 500\n:set timeout 5\n:set memory\n:set timeout\n")
    #expect(lowered == Program.Result(status: 0, output: "500 MiB\n5 s\n", errors: ""))
  }

  @Test("a link leads out of a folder whatever the bytes of the name that it leads to")
  func links() throws {
    let line = """
      mkdir $'out\\xff' && cp secret.dl $'out\\xff/' && ln -s $'../out\\xff/secret.dl' Graph/link.dl
      tiltas query --safe --graph "$PWD/Graph" 'secret(X)'
      """
    let outside = try Program.shell(line, in: folder)
    #expect(outside.status == 1)
    #expect(outside.output == "")
    #expect(outside.errors.hasPrefix("error[T084]: files are out of reach with --safe: `"))
    let inside = try Program.shell(
      "mkdir $'in\\xff' && cp secret.dl $'in\\xff/' && ln -s secret.dl $'in\\xff/link.dl' && ln -s $'in\\xff' named\n"
        + "tiltas query --safe --graph named 'secret(X)' --no-header", in: folder)
    #expect(inside == Program.Result(status: 0, output: "word\n", errors: ""))
  }

  @Test("what the command line names is read, and may not reach further")
  func programs() throws {
    try folder.write("plain.dl", "?- project(P).\n")
    try folder.write("reaching.dl", "include \"secret.dl\".\n?- secret(X).\n")
    #expect(try Program.run(["run", "--safe", "--no-header", "plain.dl"], in: folder).output == "school\nwater\n")
    let reaching = try Program.run(["run", "--safe", "reaching.dl"], in: folder)
    #expect(reaching.status == 1)
    #expect(reaching.errors.contains("files are out of reach with --safe"))
  }

  @Test("limits that are given go before its own")
  func limits() throws {
    let endless = "n(0). n(X + 1) :- n(X), X < 100000. ?- n(A), n(B), n(C), A + B + C = 1."
    try folder.write("endless.dl", endless)
    let result = try Program.run(["run", "--safe", "--timeout", "0.3", "endless.dl"], in: folder)
    #expect(result.status == 4)
    #expect(result.errors.contains("after 0.3 s"))
  }

  @Test("changes of a snapshot stay in memory, which is said at the start")
  func snapshots() throws {
    #expect(try Program.run(["save", "g.tiltas"], in: folder).status == 0)
    let changed = try Program.run(
      ["--graph", "g.tiltas", "--safe"], in: folder, input: "+project(bridge).\n")
    #expect(changed.status == 0)
    #expect(changed.errors.contains("note: with --safe changes stay in memory, and are not kept in g.tiltas"))
    let rows = try Program.run(["--graph", "g.tiltas", "query", "project(P)", "--no-header"], in: folder)
    #expect(rows.output == "school\nwater\n")
  }
}
