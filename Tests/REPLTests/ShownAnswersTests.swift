import Foundation
import TestSupport
import Testing

/// Serialized, for each holds a terminal and waits for what it shows.
@Suite("How answers are shown in a terminal", .serialized)
struct ShownAnswersTests {
  private func terminal(_ environment: [String: String] = [:], columns: UInt16 = 80) throws -> Terminal {
    let facts = (1...30).map { "n(\($0)). " }.joined()
    let name = String(repeating: "ilgas vardas ", count: 6)
    let folder = try TemporaryFolder.withGraph(["Graph/n.dl": "\(facts)\nlabel(water, \"\(name)\").\n"])
    let terminal = try Terminal([], in: folder, environment: environment, columns: columns)
    #expect(terminal.waits(for: "?- "))
    return terminal
  }

  @Test("what has more lines than the terminal goes to the pager, unless it is switched off")
  func pager() throws {
    let terminal = try terminal(["PAGER": "sed s/^/paged:/"])
    terminal.type("n(X), X < 5\r")
    #expect(terminal.waits(for: "(4 rows)"))
    #expect(!terminal.shown.contains("paged:"))
    terminal.type("n(X)\r")
    #expect(terminal.waits(for: "paged:(30 rows)"))
    terminal.type(":pager off\r")
    #expect(terminal.waits(for: "?- "))
    terminal.type("n(X), X > 2\r")
    #expect(terminal.waits(for: "\n(28 rows)"))
  }

  @Test("a terminal that can do nothing but print gets all at once")
  func dumb() throws {
    let terminal = try terminal(["TERM": "dumb", "PAGER": "sed s/^/paged:/"])
    terminal.type("n(X)\r")
    #expect(terminal.waits(for: "(30 rows)"))
    #expect(!terminal.shown.contains("paged:"))
  }

  @Test("without $PAGER a table goes to pspg where that is there, and all else to less -S")
  func preferredPagers() throws {
    let pagers = try TemporaryFolder([
      "pspg": "#!/bin/sh\nsed s/^/pspg:/\n", "less": "#!/bin/sh\nsed \"s/^/less $1:/\"\n",
    ])
    for name in ["pspg", "less"] { chmod(pagers.path(name), 0o755) }
    let terminal = try terminal(["PATH": pagers.path + ":/usr/bin:/bin"])
    terminal.type("n(X)\r")
    #expect(terminal.waits(for: "pspg:│  1 │  1 │"), "\(terminal.shown)")
    #expect(terminal.waits(for: "pspg:(30 rows)"))
    terminal.type(":help\r:format list\rn(X)\r")
    #expect(terminal.waits(for: "less -S:X: 30"), "\(terminal.shown)")
    unlink(pagers.path("pspg"))
    terminal.type(":format table\rn(X)\r")
    #expect(terminal.waits(for: "less -S:(30 rows)"), "\(terminal.shown)")
  }

  @Test("one row that is too wide is shown line by line")
  func vertical() throws {
    let terminal = try terminal(columns: 40)
    terminal.type("budget(P, B), B < 100\r")
    #expect(terminal.waits(for: "P: ilgas vardas"))
    #expect(terminal.waits(for: "B: 7.5"))
  }

  @Test("colours are left out where NO_COLOR says so, and lines are ASCII where the locale is")
  func plain() throws {
    let coloured = try terminal()
    coloured.type("n(30)\r")
    #expect(coloured.waits(for: "yes"))
    coloured.type("n(X), X > 29\r")
    #expect(coloured.waits(for: "\u{1B}[1mX"))
    let plain = try terminal(["NO_COLOR": "1", "LANG": "C", "LC_ALL": "C"])
    plain.type("n(X), X > 29\r")
    #expect(plain.waits(for: "+----+"))
    #expect(plain.waits(for: "| 30 |"))
    #expect(!plain.shown.contains("\u{1B}[1m"))
  }

  @Test("`run --watch` answers again when the file or the graph changes, tells mistakes, and ends with Ctrl-C")
  func watches() throws {
    let folder = try TemporaryFolder.withGraph(["q.dl": "?- budget(P, 1200).\n"])
    let terminal = try Terminal(["run", "--watch", "q.dl", "--format", "tsv"], in: folder)
    #expect(terminal.waits(for: "P\r\nschool\r\nwaiting for a change"))
    try folder.write("q.dl", "?- budget(P, 7.5)\n")
    #expect(terminal.waits(for: "error"))
    #expect(terminal.waits(for: "waiting for a change"))
    try folder.write("q.dl", "?- budget(P, 7.5).\n")
    #expect(terminal.waits(for: "P\r\nwater\r\nwaiting for a change"))
    try folder.write("Graph/more.dl", "budget(gate, 7.5).\nproject(gate).\n")
    #expect(terminal.waits(for: "P\r\ngate\r\nwater\r\nwaiting for a change"))
    terminal.type("\u{3}")
    #expect(terminal.status() == 130)
  }
}
