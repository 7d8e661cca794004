import Foundation
import TestSupport
import Testing

@Suite("Terminals of other sizes", .serialized)
struct TerminalSizeTests {
  private let folder: TemporaryFolder

  init() throws {
    let name = String(repeating: "labai ilgas pavadinimas ", count: 8)
    folder = try .withGraph(["Graph/long.dl": "label(school, \"\(name)end\").\n"])
  }

  @Test("300 columns show a long name whole")
  func wide() throws {
    let terminal = try Terminal([], in: folder, columns: 300)
    #expect(terminal.waits(for: "?- "))
    terminal.type("budget(P, 1200)\r")
    #expect(terminal.waits(for: "pavadinimas end"))
  }

  @Test("no line of a table is longer than the terminal is wide", arguments: [40, 80, 300] as [UInt16])
  func fits(_ columns: UInt16) throws {
    let terminal = try Terminal([], in: folder, environment: ["NO_COLOR": "1"], columns: columns)
    #expect(terminal.waits(for: "?- "))
    terminal.type("budget(P, B)\r")
    #expect(terminal.waits(for: "┘"))
    let lines = terminal.shown.split(whereSeparator: \.isNewline).filter { $0.contains("│") }
    #expect(!lines.isEmpty)
    for line in lines { #expect(line.drop { $0 != "│" }.count <= Int(columns)) }
  }

  @Test("a terminal that was made wider shows the next answer in fewer lines")
  func resized() throws {
    let terminal = try Terminal([], in: folder, columns: 40)
    #expect(terminal.waits(for: "?- "))
    terminal.type("budget(P, B)\r")
    #expect(terminal.waits(for: "│   │   labai"))
    #expect(terminal.waits(for: "?- "))
    terminal.resize(columns: 300)
    terminal.type("budget(P, B)\r")
    #expect(terminal.waits(for: "pavadinimas end"))
  }

  @Test("five hundred pasted lines are five hundred entries")
  func paste() throws {
    let terminal = try Terminal([], in: folder)
    #expect(terminal.waits(for: "?- "))
    let lines = (1...500).map { "+budget(p\($0), \($0))." }
    terminal.type("\u{1B}[200~" + lines.joined(separator: "\n") + "\u{1B}[201~\r")
    for _ in lines { #expect(terminal.waits(for: "1 fact added")) }
    terminal.type("N = count{ P : budget(P, _) }\r")
    #expect(terminal.waits(for: "502"))
  }

  @Test("two shells at once keep the lines of both in the history")
  func twoShells() throws {
    let (first, second) = (try Terminal([], in: folder), try Terminal([], in: folder))
    #expect(first.waits(for: "?- "))
    #expect(second.waits(for: "?- "))
    first.type("project(P)\r")
    #expect(first.waits(for: "rows)"))
    second.type("budget(P, B)\r")
    #expect(second.waits(for: "rows)"))
    first.type("organisation(O)\r")
    #expect(first.waits(for: "rows)"))
    // A Ctrl-D that comes before its prompt is none to readline.
    #expect(first.waits(for: "?- "))
    #expect(second.waits(for: "?- "))
    second.type("\u{4}")
    #expect(second.status() == 0)
    first.type("\u{4}")
    #expect(first.status() == 0)
    let lines = try #require(folder.read("state/tiltas/history")).split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(lines.sorted() == ["budget(P, B)", "organisation(O)", "project(P)"])
  }
}
