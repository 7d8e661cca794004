import TestSupport
import Testing

/// Serialized, for each holds a terminal and waits for what it shows.
@Suite("The line that tells what takes long", .serialized)
struct ProgressTests {
  private static let numbers = "n(0). n(X + 1) :- n(X), X < 3000.\n"
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder([
      "hour.dl": "\(Self.numbers)long(A, B, C) :- n(A), n(B), n(C), n(D), A + B + C + D < 9000.\n?- long(A, B, C).\n",
      "second.dl": "few(0). few(X + 1) :- few(X), X < 25000.\n?- few(X), X > 24998.\n",
    ])
  }

  @Test("it names the relation that is derived and the rows so far, and is gone when the query was interrupted")
  func deriving() throws {
    let terminal = try Terminal(["--no-graph"], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type(":run hour.dl\r")
    #expect(terminal.waits(for: "s, deriving long: "))
    #expect(terminal.waits(for: " rows, Ctrl-C ends it"))
    terminal.type("\u{3}")
    #expect(terminal.waits(for: "\r\u{1B}[K"))
    #expect(terminal.waits(for: "interrupted\r\n"))
    #expect(terminal.waits(for: "?- "))
  }

  @Test("a verb shows it too, and its answers come where it was")
  func verb() throws {
    let terminal = try Terminal(["run", "--no-graph", "second.dl"], in: folder)
    #expect(terminal.waits(for: "s, deriving few"))
    #expect(terminal.waits(for: "\r\u{1B}[K┌"), "\(terminal.shown)")
    #expect(terminal.status() == 0)
  }

  @Test("it names the file that is read, and reading can be ended")
  func loading() throws {
    let facts = (0..<1_000).map { "edge(knoten_\($0), knoten_\($0 + 1), \"\($0)\").\n" }.joined()
    try folder.write("large.dl", String(repeating: facts, count: 2_000))
    let terminal = try Terminal(["--no-graph"], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type(":load large.dl\r")
    #expect(terminal.waits(for: "s, reading large.dl: "), "\(terminal.shown)")
    terminal.type("\u{3}")
    #expect(terminal.waits(for: "interrupted\r\n"), "\(terminal.shown)")
    terminal.type(":schema edge\r")
    #expect(terminal.waits(for: "there is no relation `edge`"), "\(terminal.shown)")
  }

  @Test("answers of a file come one by one; once another program has got one to show, the line does not come again")
  func pipe() throws {
    func slow(_ name: String) -> String { "\(name)(0). \(name)(X + 1) :- \(name)(X), X < 20000.\n?- \(name)(1).\n" }
    try folder.write("two.dl", slow("few") + slow("more"))
    let terminal = try Terminal(
      ["-c", "'\(Program.path)' run --no-graph two.dl | sed -u s/^/piped:/; echo end"], in: folder,
      program: "/bin/bash")
    #expect(terminal.waits(for: "s, deriving few"))
    #expect(terminal.waits(for: "\r\u{1B}[K"))
    #expect(terminal.waits(for: "piped:yes"))
    #expect(terminal.waits(for: "piped:yes"), "\(terminal.shown)")
    #expect(terminal.waits(for: "end"))
    #expect(!terminal.shown.contains("deriving more"))
  }

  @Test("there is none where standard error is no terminal, or a dumb one")
  func none() throws {
    let result = try Program.run(["run", "--no-graph", "second.dl", "--no-header"], in: folder)
    #expect(result.output == "24999\n25000\n" && result.errors == "")
    let terminal = try Terminal(["run", "--no-graph", "second.dl"], in: folder, environment: ["TERM": "dumb"])
    #expect(terminal.status() == 0)
    #expect(!terminal.shown.contains("deriving"))
  }
}
