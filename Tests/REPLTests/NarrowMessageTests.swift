import TestSupport
import Testing

/// Serialized, for each holds a terminal and waits for what it shows.
@Suite("Messages in narrow terminals", .serialized)
struct NarrowMessageTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try .withGraph([
      "Graph/more.dl": "label(water, \"Baltijos jūros vandens kokybės gerinimas\").\n"
    ])
  }

  private func shown(_ arguments: [String], columns: UInt16) throws -> [String] {
    let terminal = try Terminal(arguments, in: folder, environment: ["NO_COLOR": "1"], columns: columns)
    _ = terminal.status()
    _ = terminal.waits(for: "\u{0}never")
    return terminal.shown.split(whereSeparator: \.isNewline).map(String.init)
  }

  @Test(
    "messages, helps and notes are parted at words, each as far to the right as it began",
    arguments: [40, 60, 80] as [UInt16])
  func parted(columns: UInt16) throws {
    let lines = try shown(["query", "partner(\"gerinimas vandens\", P)"], columns: columns)
    let piped = try Program.run(["query", "partner(\"gerinimas vandens\", P)"], in: folder).errors
    for line in lines { #expect(line.count <= Int(columns), "\(line)") }
    func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
    #expect(words(lines.joined(separator: "\n")) == words(piped))
    if columns == 40 { #expect(lines.contains { $0.hasPrefix("          ") && !$0.contains("|") }, "\(lines)") }
  }

  @Test("what is piped stays one line")
  func piped() throws {
    let errors = try Program.run(
      ["describe", String(repeating: "qqqq ", count: 40) + "q"], in: folder
    ).errors
    #expect(errors.split(separator: "\n").count == 2, "\(errors)")
  }
}
