import Foundation
import TestSupport
import Testing

/// Serialized, for each holds a terminal and waits for what it shows.
@Suite("The shell in a terminal", .serialized)
struct ShellTests {
  private let folder: TemporaryFolder

  init() throws { folder = try .withGraph(["Queries/projects.dl": "% Which projects are there?\n?- project(P).\n"]) }

  @Test("it asks with a prompt and answers with a table")
  func answers() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("partner(gintaras, P)\r")
    #expect(terminal.waits(for: "│ school │"))
    #expect(terminal.waits(for: "(1 row)"))
    #expect(terminal.waits(for: "?- "))
  }

  @Test("Ctrl-D leaves with status 0")
  func endOfInput() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("\u{4}")
    #expect(terminal.status() == 0)
  }

  @Test("Ctrl-C drops the line and not the shell")
  func interruptsLine() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("nonsense(")
    #expect(terminal.waits(for: "nonsense("))
    terminal.type("\u{3}")
    #expect(terminal.waits(for: "^C"))
    #expect(terminal.waits(for: "?- "))
    terminal.type(":format\r")
    #expect(terminal.waits(for: "table"))
    #expect(!terminal.shown.contains("error"))
  }

  @Test("what is open in an entry that goes on stands in its prompt")
  func openSigns() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("project(P), % it's (open\r")
    #expect(terminal.waits(for: ".. "))
    terminal.type("N = count{\r")
    #expect(terminal.waits(for: "{> "))
    terminal.type("O : partner(O, P), label(O, \"Klai\r")
    #expect(terminal.waits(for: "\"> "))
    terminal.type("\u{3}")
    #expect(terminal.waits(for: "?- "))
    terminal.type("Who's there?\r")
    #expect(terminal.waits(for: "'> "))
    terminal.type("\u{3}")
    #expect(terminal.waits(for: "?- "))
  }

  @Test("Ctrl-C drops an entry that goes on over lines")
  func interruptsEntry() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("partner(A,\r")
    #expect(terminal.waits(for: "(> "))
    terminal.type("\u{3}")
    #expect(terminal.waits(for: "?- "))
  }

  @Test("Ctrl-C ends a running query and leaves the shell")
  func interruptsQuery() throws {
    let terminal = try Terminal(["--no-graph"], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("+n(0). n(X + 1) :- n(X), X < 3000. ?- n(A), n(B), n(C), n(D), A + B + C + D = 1.\r")
    #expect(terminal.waits(for: "s, "))
    terminal.type("\u{3}")
    #expect(terminal.waits(for: "interrupted"))
    #expect(terminal.waits(for: "?- "))
  }

  @Test("what a declaration and the end of a transaction did is told in a line")
  func toldInALine() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    let entries = [
      ("type road. relation leads(road, any).", "1 type declared, 1 relation declared"),
      ("param least = 2.", "1 parameter declared"), ("constraint \"c\" :- road(X), X = 1.", "1 constraint declared"),
      ("begin.", "a transaction has begun: `commit.` ends it, `rollback.` undoes it"), ("+road(a).", "1 fact added"),
      ("commit.", "the transaction is committed"), ("begin.", "a transaction has begun"),
      ("rollback.", "the transaction is undone"),
    ]
    for (entry, told) in entries {
      terminal.type(entry + "\r")
      #expect(terminal.waits(for: told), "\(entry)")
      #expect(terminal.waits(for: "?- "))
    }
  }

  @Test("a query that comes to a limit in the shell is told how to allow more there")
  func limits() throws {
    let terminal = try Terminal(["--no-graph", "--memory", "40"], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("+n(0). n(X + 1) :- n(X), X < 9000000. ?- n(X).\r")
    #expect(terminal.waits(for: "the query was ended: it needs more than 40 MiB"))
    #expect(terminal.waits(for: "allow more with `:set memory MIB`"))
    #expect(terminal.waits(for: "?- "))
  }

  @Test("an error shows its place and the shell goes on")
  func error() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("partnr(A, B)\r")
    #expect(terminal.waits(for: "partner"))
    #expect(terminal.waits(for: "?- "))
  }

  @Test("a pasted query of several lines is one entry")
  func paste() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("\u{1B}[200~project(P)\n| limit 1\u{1B}[201~")
    terminal.type("\r")
    #expect(terminal.waits(for: "(1 row; `limit` leaves out more)"))
  }

  @Test("an entity completes by a part of its name without diacritics")
  func completesEntity() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("person(jaros\t")
    #expect(terminal.waits(for: "aleksandr_jarosuk"))
  }

  @Test("relations, commands and saved queries complete")
  func completesNames() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("part\t")
    #expect(terminal.waits(for: "partner("))
    terminal.type("\u{15}:form\t")
    #expect(terminal.waits(for: "format "))
    terminal.type("\u{15}:run pro\t")
    #expect(terminal.waits(for: "projects "))
  }

  @Test("the history is kept between sessions, entries of several lines as one, each once")
  func history() throws {
    for _ in 1...2 {
      let terminal = try Terminal([], in: folder)
      #expect(terminal.waits(for: "?- "))
      terminal.type("project(P),\r")
      #expect(terminal.waits(for: ".. "))
      terminal.type("budget(P, B)\r")
      #expect(terminal.waits(for: "?- "))
      terminal.type(":format\r")
      #expect(terminal.waits(for: "?- "))
      terminal.type("\u{4}")
      #expect(terminal.status() == 0)
    }
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("\u{10}\u{10}")
    #expect(terminal.waits(for: "budget(P, B)"))
    terminal.type("\u{10}")
    terminal.type("\u{15}:quit\r")
    #expect(terminal.status() == 0)
    let lines = try #require(folder.read("state/tiltas/history")).split(separator: "\n")
    #expect(lines.filter { !$0.hasPrefix("#") } == ["project(P),", "budget(P, B)", ":format", ":quit"])
  }

  @Test("a known fact with another source is not told as known already: its annotations are added")
  func annotated() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    for (entry, told) in [
      ("+project(bridge) @ {line: 1}.", "1 fact added"),
      ("+project(bridge) @ {line: 2}.", "annotations added to 1 known fact"),
      ("+project(bridge) @ {line: 2}.", "1 fact known already"),
      ("+project(bridge) @ {line: 3}. +project(bridge) @ {line: 4}.", "annotations added to 1 known fact"),
      ("+project(water). +project(bridge) @ {line: 5}.", "1 fact known already, annotations added to 1 known fact"),
    ] {
      terminal.type(entry + "\r")
      #expect(terminal.waits(for: told))
      #expect(terminal.waits(for: "?- "))
    }
  }

  @Test("leaving with changes that are not saved asks")
  func unsavedChanges() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("+project(bridge).\r")
    #expect(terminal.waits(for: "1 fact added"))
    #expect(terminal.waits(for: "?- "))
    terminal.type("\u{4}")
    #expect(terminal.waits(for: "Leave all the same?"))
    terminal.type("n\r")
    #expect(terminal.waits(for: "?- "))
    terminal.type(":quit\r")
    #expect(terminal.waits(for: "Leave all the same?"))
    terminal.type("y\r")
    #expect(terminal.status() == 0)
  }

  @Test("leaving with rules that are in no file asks, and not where a saved query or a snapshot has them")
  func unsavedRules() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("small(P) :- budget(P, B), B < 100.\r")
    #expect(terminal.waits(for: "1 rule defined"))
    #expect(terminal.waits(for: "?- "))
    terminal.type("\u{4}")
    #expect(terminal.waits(for: "There are unsaved rules of this session. Leave all the same?"))
    terminal.type("n\r")
    #expect(terminal.waits(for: "?- "))
    terminal.type("small(P)\r:save-query small \"Which are small?\"\r")
    #expect(terminal.waits(for: "saved Queries/small.dl"))
    terminal.type("large(P) :- budget(P, B), B > 100.\r:save all.tiltas\r")
    #expect(terminal.waits(for: "saved all.tiltas"))
    #expect(terminal.waits(for: "?- "))
    terminal.type("\u{4}")
    #expect(terminal.status() == 0, "\(terminal.shown)")
  }

  @Test("a table fits the terminal: what is too wide goes on below")
  func fits() throws {
    let name = String(repeating: "labai ilgas pavadinimas ", count: 4)
    try folder.write("Graph/long.dl", "label(school, \"\(name)\").\n")
    let terminal = try Terminal([], in: folder, columns: 40)
    #expect(terminal.waits(for: "?- "))
    terminal.type("budget(P, B)\r")
    #expect(terminal.waits(for: "│ 1200 │"))
    #expect(terminal.waits(for: "│   │   labai ilgas"))
  }

  @Test("a terminal that can do nothing but print works too")
  func dumb() throws {
    let terminal = try Terminal([], in: folder, environment: ["TERM": "dumb"])
    #expect(terminal.waits(for: "?- "))
    terminal.type("project(P)\n")
    #expect(terminal.waits(for: "?- "))
    terminal.type("\u{4}")
    #expect(terminal.status() == 0)
  }

  @Test("escapes in the data do not reach the terminal")
  func escapes() throws {
    try folder.write("Graph/evil.dl", "label(school, \"x\\u{1B}]0;evil\\u{7}\").\n")
    let terminal = try Terminal(["--format", "tsv", "--labels"], in: folder)
    #expect(terminal.waits(for: "?- "))
    terminal.type("budget(P, 1200)\r")
    #expect(terminal.waits(for: "x\\u{1B}]0;evil\\u{7}"))
  }
}
