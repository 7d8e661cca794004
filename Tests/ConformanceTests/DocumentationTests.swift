import Foundation
import Testing

/// The examples of the documentation answer what they say.
@Suite("Documentation")
struct DocumentationTests {
  /// The examples of a file: the blocks that are marked as `datalog`, each a case in the form of `Tests/Conformance`.
  static let examples: [ConformanceCase] = ["Language.md"].flatMap { name -> [ConformanceCase] in
    let path = ConformanceCase.folder.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Documentation/\(name)").path
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    var examples: [ConformanceCase] = []
    var block: [String]?
    for (number, line) in text.components(separatedBy: "\n").enumerated() {
      if line == "```datalog" {
        block = []
      } else if line == "```", let lines = block {
        let name = "\(name):\(number - lines.count + 1)"
        examples.append(
          ConformanceCase(path: name, name: name, text: "% An example.\n" + lines.joined(separator: "\n")))
        block = nil
      } else {
        block?.append(line)
      }
    }
    return examples
  }

  @Test("an example gives the answers that stand beneath it", arguments: examples)
  func example(_ example: ConformanceCase) throws {
    #expect(example.expectsSomething)
    #expect(try ConformanceOutcome(of: example, demanding: false).differences(from: example) == [])
  }

  @Test("there are examples")
  func number() { #expect(Self.examples.count > 12) }
}
