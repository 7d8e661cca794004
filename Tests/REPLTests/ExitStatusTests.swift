import Foundation
import TestSupport
import Testing

@Suite("Exit statuses")
struct ExitStatusTests {
  @Test("no rows is an answer")
  func noRows() throws {
    let result = try Program.run(["query", "partner(gintaras, P), budget(P, 3)"], in: .withGraph())
    #expect(result == .init(status: 0, output: "P\n", errors: "note: `budget` has no row that ends with `3`\n"))
  }

  @Test("an unknown relation is an error with the nearest one")
  func unknownRelation() throws {
    let result = try Program.run(["query", "partnr(A, B)"], in: .withGraph())
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.contains("<query>:1:1"))
    #expect(result.errors.contains("partner"))
  }

  @Test("all mistakes of the graph are told before the end")
  func severalMistakes() throws {
    let folder = try TemporaryFolder(["Graph/a.dl": "p(a\n).\nq(.\n", "Graph/b.dl": "r(2013-02-30).\n"])
    let result = try Program.run(["query", "p(X)"], in: folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("Graph/a.dl:3"))
    #expect(result.errors.contains("Graph/b.dl:1"))
  }

  @Test("a missing file is an error")
  func missingFile() throws {
    let result = try Program.run(["run", "none.dl"], in: .withGraph())
    #expect(result.status == 1)
    #expect(result.errors.contains("none.dl"))
  }

  @Test("a clean graph checks clean")
  func checkClean() throws {
    let result = try Program.run(["check", "--quiet"], in: .withGraph())
    #expect(result == .init(status: 0, output: "", errors: ""))
  }

  @Test("a broken constraint is status 3")
  func brokenConstraint() throws {
    let constraint = "constraint \"a project has a budget\" :- project(P), not budget(P, _).\nproject(poor).\n"
    let result = try Program.run(["check"], in: .withGraph(["Graph/rules.dl": constraint]))
    #expect(result.status == 3)
    #expect(result.errors.contains("a project has a budget"))
    #expect(result.errors.contains("poor"))
  }

  @Test("an error in a checked file is status 1 and prevails")
  func checkError() throws {
    let folder = try TemporaryFolder.withGraph(["wrong.dl": "?- partner(A).\n"])
    let result = try Program.run(["check", "wrong.dl"], in: folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("wrong.dl:1"))
  }

  /// A program that takes far longer than any test waits: squares of a long chain by way of all pairs.
  private static let endless = """
    n(0). n(X + 1) :- n(X), X < 3000.
    ?- n(A), n(B), n(C), n(D), A + B + C + D = 1.
    """

  @Test("the time limit is status 4")
  func timeLimit() throws {
    let result = try Program.run(
      ["run", "-", "--no-graph", "--timeout", "0.2"], in: TemporaryFolder(), input: Self.endless)
    #expect(result.status == 4)
    #expect(result.errors.contains("the query was ended after 0.2 s"))
  }

  @Test("Ctrl-C is status 130")
  func interrupted() throws {
    let folder = try TemporaryFolder(["endless.dl": Self.endless])
    let terminal = try Terminal(["run", "--no-graph", "endless.dl"], in: folder)
    #expect(terminal.waits(for: " s, "))
    terminal.type("\u{3}")
    #expect(terminal.status() == 130)
  }

  @Test("a closed pipe ends quietly")
  func closedPipe() throws {
    let line = "tiltas run --no-graph many.dl | head -n 1; echo ${PIPESTATUS[0]}"
    let folder = try TemporaryFolder(["many.dl": "n(0). n(X + 1) :- n(X), X < 20000. ?- n(N)."])
    #expect(try Program.shell(line, in: folder) == .init(status: 0, output: "N\n0\n", errors: ""))
  }

  @Test("a full disk is an error")
  func fullDisk() throws {
    let result = try Program.shell("tiltas query 'project(P)' > /dev/full", in: .withGraph())
    #expect(result.status == 1)
    #expect(result.errors.contains("cannot write standard output: No space left on device"))
  }

  @Test("a snapshot is written, described and opened in place of text")
  func snapshot() throws {
    let folder = try TemporaryFolder.withGraph()
    #expect(
      try Program.run(["save", "graph.tiltas", "--quiet"], in: folder) == .init(status: 0, output: "", errors: ""))
    let info = try Program.run(["info", "graph.tiltas"], in: folder)
    #expect(info.status == 0)
    #expect(info.output.contains("partner/2"))
    let result = try Program.run(["query", "project(P)", "--graph", "graph.tiltas", "--no-header"], in: folder)
    #expect(result == .init(status: 0, output: "school\nwater\n", errors: ""))
    #expect(try folder.entries() == ["Graph", "graph.tiltas"])
  }

  @Test("a snapshot is verified, and damage is told")
  func verify() throws {
    let folder = try TemporaryFolder.withGraph()
    _ = try Program.run(["save", "graph.tiltas", "--quiet"], in: folder)
    #expect(
      try Program.run(["verify", "graph.tiltas"], in: folder)
        == .init(status: 0, output: "", errors: "graph.tiltas is whole\n"))
    let path = folder.path + "/graph.tiltas"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path))
    let damaged = try Program.run(["verify", "graph.tiltas"], in: folder)
    #expect(damaged.status == 1)
    #expect(damaged.errors.contains("is damaged"))
  }

  @Test("a name that lies in a damaged part of a snapshot is not told to be unknown")
  func damagedName() throws {
    let lines = (0..<10_000).map { "person_\($0)\tevent_\($0)\n" }.joined()
    let folder = try TemporaryFolder(["met.dl": "relation met(entity, entity).", "facts/met.facts": lines])
    _ = try Program.run(["save", "graph.tiltas", "--graph", "met.dl", "--facts", "facts", "--quiet"], in: folder)
    let path = folder.path + "/graph.tiltas"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let place = try #require(bytes.range(of: Data("person_5000".utf8)))
    bytes[place.lowerBound] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path))
    let damage = "error[T903]: the snapshot `graph.tiltas` is damaged in its texts of terms: the checksum differs\n"
    for arguments in [
      ["describe", "person_5000"], ["query", "met(person_5000, E)"], ["query", "met(event_5000, E)"],
    ] {
      let result = try Program.run(arguments + ["--graph", "graph.tiltas"], in: folder)
      #expect(result.status == 1)
      #expect(result.output == "")
      #expect(result.errors.hasPrefix(damage), "\(result.errors)")
    }
    let whole = try Program.run(["query", "met(person_7, E)", "--graph", "graph.tiltas", "--no-header"], in: folder)
    #expect(whole == .init(status: 0, output: "event_7\n", errors: ""))
    let shell = try Program.shell(
      "printf ':describe person_5000\\nmet(person_7, E).\\n' | tiltas --graph graph.tiltas 2>&1", in: folder)
    #expect(shell.output.hasPrefix(damage), "\(shell.output)")
  }

  @Test("a file that is no snapshot is an error")
  func noSnapshot() throws {
    let folder = try TemporaryFolder(["wrong.tiltas": "nothing of the kind"])
    let result = try Program.run(["info", "wrong.tiltas"], in: folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("wrong.tiltas"))
  }
}
