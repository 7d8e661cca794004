import Foundation
import TestSupport
import Testing

/// The table of habits in `Documentation/Shell.md`: each entry of its last column does what it is said to.
@Suite("Habits of other shells")
struct HabitTests {
  private static let root = #filePath.components(separatedBy: "/Tests/")[0]

  struct Habit: Sendable, CustomTestStringConvertible {
    var name: String
    var entries: [String]
    var testDescription: String { name }
  }

  static let habits: [Habit] = {
    let text = (try? String(contentsOfFile: "\(root)/Documentation/Shell.md", encoding: .utf8)) ?? ""
    guard let table = text.components(separatedBy: "| habit | there | here |\n").last else { return [] }
    return table.components(separatedBy: "\n").dropFirst().compactMap { line in
      // A bar within a cell is escaped.
      let cells = line.replacing("\\|", with: "\u{0}").components(separatedBy: " | ")
      guard cells.count == 3 else { return nil }
      let entries = cells[2].components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }
      return Habit(
        name: String(cells[0].dropFirst(2)), entries: entries.map { $0.element.replacing("\u{0}", with: "|") })
    }
  }()

  @Test("each entry can be typed", arguments: habits)
  func habit(_ habit: Habit) throws {
    let folder = try TemporaryFolder()
    for name in ["Graph", "Queries"] {
      try FileManager.default.copyItem(atPath: "\(Self.root)/\(name)", toPath: folder.path(name))
    }
    let result = try Program.run([], in: folder, input: habit.entries.map { $0 + "\n" }.joined())
    #expect(result.status == 0, "\(result.errors)")
    // What asks or shows answers something, and what changes or sets says nothing.
    let isSilent = [
      "+", "-", ":timing on", ":format", ":wide on", ":set", ":load", ":save", ":output", ":quit", ":history",
      "pair(A, B) :-", "begin.",
    ]
    .contains { habit.entries[0].hasPrefix($0) }
    #expect(result.output.isEmpty == isSilent, "\(result.output)")
  }

  @Test("there are at least thirty")
  func number() { #expect(Self.habits.count >= 30) }
}
