import Foundation
import TestSupport
import Testing

/// Serialized, for each holds a terminal and waits for what it shows.
@Suite("Each command, typed in a terminal", .serialized)
struct CommandTerminalTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try .withGraph([
      "Graph/more.dl": """
      relation held_on(project, date). held_on(school, 2011-05) @ {source: record, line: 9}.
      param min = 1 "at least".
      """,
      "Queries/all.dl": "% Which are there?\n?- project(P).\n", "more.dl": "project(bridge).\n",
    ])
  }

  /// What is typed, and a text that is shown for it.
  private static let commands = [
    (":help", "partner(Org, Project)"), (":help pager", "show what is long"), (":find jaros", "aleksandr_jarosuk"),
    (":describe klaipeda", "partner …"), (":near school", "Steps"), (":path gintaras klaipeda", "2 steps"),
    (":common gintaras klaipeda", "Common"), (":timeline 2011", "2011-05"), (":source 9", "record 9"),
    (":draw school", "partner"), (":draw school school.svg", "drew school.svg"), (":schema", "(organisation, project)"),
    (":schema budget", "2 facts"), (":types", "Entities"), (":queries", "Which are there?"), (":run all", "(2 rows)"),
    (":why partner(klaipeda, school)", "record, line 8"), (":plan project(P)", "1. "), (":rules", "?- "),
    (":history", ":history"), (":load more.dl", "1 fact read"), (":undo", "there is nothing to undo"),
    (":reload", "only a graph that was opened from a snapshot can be read anew"),
    (":source-is record 3", "?- "), (":save-query x \"X?\"", "there is no query to save yet"),
    (":set", "at least"), (":set min 2", "?- "), (":format csv", "?- "), (":wide on", "?- "), (":pager off", "?- "),
    (":timing on", "?- "), (":output a.csv", "?- "), (":log a.md", "?- "), (":save a.tiltas", "saved a.tiltas"),
    (":edit none", "there is no saved query `none`"), (":tour", "which is not open"),
  ]

  @Test("it answers, and the prompt comes again", arguments: commands)
  func command(_ entry: String, _ answer: String) throws {
    let terminal = try Terminal([], in: folder, environment: ["PAGER": "cat"], columns: 100)
    #expect(terminal.waits(for: "?- "))
    terminal.type(entry + "\r")
    #expect(terminal.waits(for: "\r\n"))
    #expect(terminal.waits(for: answer), "\(terminal.shown)")
    if answer != "?- " { #expect(terminal.waits(for: "?- "), "\(terminal.shown)") }
    terminal.type(":quit\r")
    #expect(terminal.waits(for: "quit"))
    if entry.hasPrefix(":load") { terminal.type("y\r") }
    #expect(terminal.status() == 0)
  }

  @Test("every command is among them")
  func all() throws {
    let help = try Program.run([], in: folder, input: ":help\n").output
    let words = help.split { !($0.isLetter || $0 == ":" || $0 == "-") }.filter { $0.hasPrefix(":") && $0.count > 1 }
    let typed = Set(Self.commands.map { $0.0.prefix { $0 != " " } }).union([":quit"])
    #expect(Set(words).subtracting([":-"]).subtracting(typed) == [])
  }

  @Test("where the locale is not UTF-8 what is typed and shown is the same, with lines in ASCII")
  func plainLocale() throws {
    let terminal = try Terminal([], in: folder, environment: ["LC_ALL": "C", "NO_COLOR": "1"])
    #expect(terminal.waits(for: "?- "))
    terminal.type("label(X, \"Klaipėda\")\r")
    #expect(terminal.waits(for: "| Klaipėda |"), "\(terminal.shown)")
    terminal.type("person(jaros\t)\r")
    #expect(terminal.waits(for: "yes"), "\(terminal.shown)")
    terminal.type(":describe klaipeda\r")
    #expect(terminal.waits(for: "partner ..."))
  }
}
