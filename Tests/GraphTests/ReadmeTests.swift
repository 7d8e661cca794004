import Sessions
import Testing

/// The README's questions have the answers that it shows.
@Suite("The README")
struct ReadmeTests {
  /// A command of the README with the lines that follow it.
  private struct Example: Sendable, CustomTestStringConvertible {
    var command: String
    var output: [String]
    var testDescription: String { command }
  }

  private static let examples: [Example] = {
    var examples: [Example] = []
    var isOpen = false
    for line in (try? ProjectFolder.lines(ProjectFolder.root + "/README.md")) ?? [] {
      if line.hasPrefix("$ tiltas ") {
        examples.append(Example(command: String(line.dropFirst(9)), output: []))
        isOpen = true
      } else if line == "```" {
        isOpen = false
      } else if isOpen {
        examples[examples.count - 1].output.append(line)
      }
    }
    return examples
  }()

  @Test("there are five questions")
  func number() { #expect(Self.examples.count == 5) }

  @Test("a question has the answer that is shown", arguments: examples)
  private func answer(_ example: Example) throws {
    let session = try ProjectFolder.session()
    let argument = example.command.drop { $0 != " " }.dropFirst()
    var given: [String] = []
    if example.command.hasPrefix("query") {
      given = try session.query(String(argument.dropFirst().dropLast())).lines
    } else {
      try session.run(path: "\(ProjectFolder.root)/\(argument)") { given += $0.lines }
    }
    #expect(given == example.output)
  }
}
