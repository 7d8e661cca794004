import Foundation
import TestSupport
import Testing

/// What tables keep whole where the terminal is narrow, in any script.
///
/// Serialized, for each holds a terminal and waits for what it shows.
@Suite("Tables in narrow terminals", .serialized)
struct TableWidthTests {
  private static let names = [
    "Praktinis seminaras „Vidinė ir išorinė integracija, ugdymo ir kultūros įstaigų modeliai“",
    "Международный фестиваль «Прикосновение» в городе Калининграде и его гости",
    "國際文化節與城市合作項目的開幕式和閉幕式以及所有參加者的名單與照片",
    "Ẑ̈ẑ̈ẑ̈ẑ̈ ė̃ė̃ė̃ė̃ ų́ų́ų́ų́ z̆z̆z̆z̆ ẑ̈ẑ̈ẑ̈ẑ̈ ė̃ė̃ė̃ė̃ ų́ų́ų́ų́ z̆z̆z̆z̆ ẑ̈ẑ̈ẑ̈ẑ̈ ė̃ė̃ė̃ė̃ ų́ų́ų́ų́ z̆z̆z̆z̆",
  ]
  private let folder: TemporaryFolder

  init() throws {
    let facts = Self.names.enumerated().map { number, name in
      "label(e\(number), \"\(name)\"). held_on(e\(number), 2013-11-27/2013-12-0\(number + 1)) @ {line: \(1_000_000 + number)}.\n"
        + "code(e\(number), x_\(number)_abc).\n"
    }
    let rule = "row(E, D, L, C) :- held_on(E, D) @ {line: L}, code(E, C).\n"
    let queries = (0..<3).map { ("Queries/\(Self.query)-\($0).dl", "% \(Self.question)\n?- held_on(E, D).\n") }
    folder = try TemporaryFolder(
      Dictionary(uniqueKeysWithValues: queries + [("Graph/graph.dl", facts.joined() + rule)]))
  }

  private static let query = "a-saved-query-of-a-long-name"
  private static let question =
    "Which events were held on which day, in which place, by whom, and what is said of them?"

  /// The lines that an entry is answered with.
  private func answer(_ entry: String, columns: UInt16) throws -> [String] {
    let terminal = try Terminal([], in: folder, environment: ["NO_COLOR": "1", "PAGER": "cat"], columns: columns)
    #expect(terminal.waits(for: "?- "))
    let before = terminal.shown.count
    terminal.type(entry + "\r")
    #expect(terminal.waits(for: "rows)"), "\(terminal.shown)")
    return terminal.shown.dropFirst(before).split(whereSeparator: \.isNewline).dropFirst().map(String.init)
  }

  /// The columns that a line takes: characters of Han take two.
  private func width(_ line: String) -> Int {
    line.reduce(0) { $0 + ((0x4E00...0x9FFF).contains($1.unicodeScalars.first?.value ?? 0) ? 2 : 1) }
  }

  @Test("dates, numbers and short ids are whole, and no line is too long", arguments: [40, 80, 120] as [UInt16])
  func answers(columns: UInt16) throws {
    let lines = try answer("row(E, D, L, C)", columns: columns)
    for line in lines { #expect(width(line) <= Int(columns), "\(line)") }
    for number in Self.names.indices {
      #expect(lines.contains { $0.contains("2013-11-27/2013-12-0\(number + 1)") })
      #expect(lines.contains { $0.contains("\(1_000_000 + number)") })
      #expect(lines.contains { $0.contains("x_\(number)_abc") })
    }
    #expect(!lines.contains { $0.contains("…") })
  }

  @Test("where no table fits, rows are lists of their columns in full")
  func records() throws {
    let lines = try answer("row(E, D, L, C)", columns: 40)
    #expect(
      lines.filter { !$0.hasPrefix("\u{1B}") }.prefix(7) == [
        "─ 1 ────────", "E: Praktinis seminaras „Vidinė ir", "   išorinė integracija, ugdymo ir",
        "   kultūros įstaigų modeliai“", "D: 2013-11-27/2013-12-01", "L: 1000000", "C: x_0_abc",
      ])
  }

  @Test("what does not fit goes on below, of the column that makes the fewest lines")
  func widest() throws {
    try folder.write("Graph/who.dl", "label(a, \"Vytautas J. Petrauskas\"). by(e0, a). by(e2, a).\n")
    let lines = try answer("by(E, A)", columns: 60)
    #expect(
      lines.filter { $0.hasPrefix("│") } == [
        "│   │ E                                 │ A                │",
        "│ 1 │ Praktinis seminaras „Vidinė ir    │ Vytautas J.      │",
        "│   │   išorinė integracija, ugdymo ir  │   Petrauskas     │",
        "│   │   kultūros įstaigų modeliai“      │                  │",
        "│ 2 │ 國際文化節與城市合作項目的開幕式  │ Vytautas J.      │",
        "│   │   和閉幕式以及所有參加者的名單與  │   Petrauskas     │",
        "│   │   照片                            │                  │",
      ], "\(lines.joined(separator: "\n"))")
  }

  /// The cells of a column in full: what goes on in further lines is put together again, without spaces.
  private func cells(_ lines: [String], _ column: Int) -> [String] {
    lines.filter { $0.hasPrefix("│") }.dropFirst().reduce(into: []) { cells, line in
      let parts = line.split(separator: "│").map { $0.filter { $0 != " " } }
      if parts[0].isEmpty { cells[cells.count - 1] += parts[column] } else { cells.append(parts[column]) }
    }
  }

  @Test(
    "names that differ only in their last sign are told apart, in any script", arguments: [60, 80] as [UInt16])
  func lookAlikes(columns: UInt16) throws {
    let names =
      Self.names.flatMap { ["\($0) 1", "\($0) 2"] } + ["a_long_name_of_one_word_" + String(repeating: "x", count: 60)]
    let facts = names.enumerated().map { "label(n\($0), \"\($1)\"). pair(n\($0), n\(names.count - 1 - $0)).\n" }
    try folder.write("Graph/alike.dl", facts.joined())
    let lines = try answer("pair(A, B) | order by A", columns: columns)
    for line in lines { #expect(width(line) <= Int(columns), "\(line)") }
    let whole = Set(names.map { $0.filter { $0 != " " } })
    #expect(Set(cells(lines, 1)) == whole)
    #expect(Set(cells(lines, 2)) == whole)
  }

  @Test("the names of columns go on below as cells do")
  func heading() throws {
    try folder.write("Graph/two.dl", "near(e0, x). near(e1, x). near(e0, y). near(e1, y).\n")
    let lines = try answer(":common e0 e1", columns: 60)
    #expect(!lines.contains { $0.contains("…") }, "\(lines)")
    #expect(lines.contains { $0.contains("modeliai“") })
  }

  @Test(
    ":queries shows the names to type whole, and the questions over several lines", arguments: [40, 80] as [UInt16])
  func queries(columns: UInt16) throws {
    let lines = try answer(":queries", columns: columns)
    for line in lines { #expect(width(line) <= Int(columns), "\(line)") }
    for number in 0..<3 { #expect(lines.contains { $0.contains("\(Self.query)-\(number)") }, "\(lines)") }
    #expect(!lines.contains { $0.contains("…") })
  }

  @Test(
    ":help is one screen of 80 columns, and no line of it is too long in a narrower one",
    arguments: [40, 80] as [UInt16])
  func help(columns: UInt16) throws {
    let terminal = try Terminal([], in: folder, environment: ["NO_COLOR": "1", "PAGER": "cat"], columns: columns)
    #expect(terminal.waits(for: "?- "))
    let before = terminal.shown.count
    terminal.type(":help\r")
    #expect(terminal.waits(for: "row."), "\(terminal.shown)")
    let lines = terminal.shown.dropFirst(before).split(separator: "\r\n", omittingEmptySubsequences: false).dropFirst()
    for line in lines {
      #expect(width(line.split(separator: "\r").last.map(String.init) ?? "") <= Int(columns), "\(line)")
    }
    #expect(columns < 80 || lines.count <= 23)
  }
}
