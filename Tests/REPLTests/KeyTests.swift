import Foundation
import TestSupport
import Testing

/// Serialized, for each holds a terminal and waits for what it shows.
@Suite("Keys at the prompt", .serialized)
struct KeyTests {
  private let folder: TemporaryFolder

  init() throws { folder = try .withGraph() }

  private func terminal(_ environment: [String: String] = [:]) throws -> Terminal {
    let terminal = try Terminal([], in: folder, environment: environment)
    #expect(terminal.waits(for: "?- "))
    return terminal
  }

  @Test("arrow up recalls an entry of several lines as one, and Enter carries it out again")
  func recall() throws {
    let terminal = try terminal()
    terminal.type("project(P),\rbudget(P, 7.5)\r")
    #expect(terminal.waits(for: "(1 row)"))
    #expect(terminal.waits(for: "?- "))
    terminal.type("\u{1B}[A")
    #expect(terminal.waits(for: "budget(P, 7.5)"))
    terminal.type("\r")
    #expect(terminal.waits(for: "(1 row)"), "\(terminal.shown)")
  }

  @Test("Ctrl-R searches what was typed, and Ctrl-C leaves the search and the line")
  func search() throws {
    let terminal = try terminal()
    terminal.type("budget(school, B)\r")
    #expect(terminal.waits(for: "1200"))
    #expect(terminal.waits(for: "?- "))
    terminal.type("\u{12}scho")
    #expect(terminal.waits(for: "reverse-i-search"))
    terminal.type("\u{3}")
    #expect(terminal.waits(for: "^C"))
    #expect(terminal.waits(for: "?- "))
    terminal.type("\u{12}scho")
    #expect(terminal.waits(for: "reverse-i-search"))
    terminal.type("\r")
    #expect(terminal.waits(for: "1200"), "\(terminal.shown)")
  }

  @Test("Ctrl-C right after other keys, which it discards, waits for no further key")
  func interruptedKeys() throws {
    let terminal = try terminal()
    for _ in 0..<200 {
      terminal.type("\u{12}scho")
      try #require(terminal.waits(for: "reverse-i-search"))
      terminal.type("\u{3}")
      try #require(terminal.waits(for: "^C"))
      try #require(terminal.waits(for: "?- "))
    }
    terminal.type("budget(school, B)\r")
    #expect(terminal.waits(for: "1200"))
  }

  @Test("keys of ~/.inputrc are heeded, also those for this program alone")
  func inputrc() throws {
    try folder.write(
      "inputrc", "$if tiltas\n\"\\C-o\": \":types\\C-m\"\n$endif\n$if other\n\"\\C-t\": \"no\"\n$endif\n")
    let terminal = try terminal(["INPUTRC": folder.path("inputrc")])
    terminal.type("\u{F}")
    #expect(terminal.waits(for: "organisation"), "\(terminal.shown)")
  }

  @Test("Ctrl-C at the question whether to leave stays, and Ctrl-D there leaves")
  func leaving() throws {
    let terminal = try terminal()
    terminal.type("+project(bridge).\r")
    #expect(terminal.waits(for: "1 fact added"))
    #expect(terminal.waits(for: "?- "))
    terminal.type("\u{4}")
    #expect(terminal.waits(for: "[y/N] "))
    terminal.type("\u{3}")
    #expect(terminal.waits(for: "?- "))
    terminal.type("\u{4}")
    #expect(terminal.waits(for: "[y/N] "))
    terminal.type("\u{4}")
    #expect(terminal.status() == 0)
  }

  @Test("after Ctrl-D and the answer to stay, no line comes between what is typed and its answer")
  func staying() throws {
    let terminal = try terminal()
    terminal.type("+project(bridge).\r")
    #expect(terminal.waits(for: "1 fact added"))
    #expect(terminal.waits(for: "?- "))
    terminal.type("\u{4}")
    #expect(terminal.waits(for: "[y/N] "))
    terminal.type("n\r")
    #expect(terminal.waits(for: "?- "))
    for _ in 1...2 {
      terminal.type(":format\r")
      #expect(terminal.waits(for: "?- "))
    }
    let rest = terminal.shown.components(separatedBy: "[y/N] ").last ?? ""
    #expect(rest.contains(":format\r\n") && !rest.contains("\n\r\n"), "\(rest)")
  }

  @Test("Ctrl-C in a query that would take an hour leaves the facts, the rules and the next answers as they were")
  func interruption() throws {
    let terminal = try terminal()
    terminal.type("n(0). n(X + 1) :- n(X), X < 3000.\r")
    terminal.type("+n(0).\r")
    #expect(terminal.waits(for: "fact added"))
    terminal.type("far(A, B, C) :- n(A), n(B), n(C), n(D), A + B + C + D < 9000.\r")
    #expect(terminal.waits(for: "defined"))
    terminal.type("far(A, B, C)\r")
    #expect(terminal.waits(for: "s, deriving far"), "\(terminal.shown)")
    terminal.type("\u{3}")
    #expect(terminal.waits(for: "interrupted"))
    #expect(terminal.waits(for: "?- "))
    terminal.type("N = count{ X : n(X) }\r")
    #expect(terminal.waits(for: "3001"))
    terminal.type(":rules\r")
    #expect(terminal.waits(for: "far(A, B, C) :-"))
    terminal.type("partner(gintaras, P)\r")
    #expect(terminal.waits(for: "school"))
  }

  @Test("a line that is typed while the terminal gets narrower is whole")
  func resizing() throws {
    let terminal = try terminal()
    terminal.type("project(P), budget(P, B), B > 100, B < 100000, B != 4000")
    #expect(terminal.waits(for: "4000"))
    terminal.resize(columns: 40)
    terminal.type(", B != 5000\r")
    #expect(terminal.waits(for: "school"), "\(terminal.shown)")
    #expect(terminal.waits(for: "(1 row)"))
  }

  @Test("Ctrl-Z stops it at the prompt and in a query, and fg goes on where it was")
  func stopping() throws {
    let terminal = try Terminal(
      ["--norc", "--noprofile", "-i"], in: folder, environment: ["PS1": "sh> "], program: "/bin/bash")
    #expect(terminal.waits(for: "sh> "))
    terminal.type("'\(Program.path)'\r")
    #expect(terminal.waits(for: "?- "))
    terminal.type("project(")
    #expect(terminal.waits(for: "project("))
    terminal.type("\u{1A}")
    #expect(terminal.waits(for: "Stopped"))
    #expect(terminal.waits(for: "sh> "))
    terminal.type("fg\r")
    #expect(terminal.waits(for: "?- project("), "\(terminal.shown)")
    terminal.type("P)\r")
    #expect(terminal.waits(for: "(2 rows)"))
    #expect(terminal.waits(for: "?- "))
    terminal.type("+m(0). m(X + 1) :- m(X), X < 3000. ?- m(A), m(B), m(C), m(D), A + B + C + D = 1.\r")
    #expect(terminal.waits(for: " s, "))
    terminal.type("\u{1A}")
    #expect(terminal.waits(for: "Stopped"))
    terminal.type("fg\r")
    #expect(terminal.waits(for: " s, "))
    terminal.type("\u{3}")
    #expect(terminal.waits(for: "interrupted"), "\(terminal.shown)")
    #expect(terminal.waits(for: "?- "))
  }
}
