import Foundation
import Testing

/// The examples of the documentation answer what they say.
@Suite("Documentation")
struct DocumentationTests {
  private static let root = ConformanceCase.folder.deletingLastPathComponent().deletingLastPathComponent().path

  /// The examples of the files: the blocks that are marked as `datalog`, each a case in the form of `Tests/Conformance`, or
  /// as `datalog graph` where they ask the real graph.
  static let examples: [ConformanceCase] = ["Language.md", "ComingFrom.md", "Tutorial.md"].flatMap {
    name -> [ConformanceCase] in
    let text = (try? String(contentsOfFile: "\(root)/Documentation/\(name)", encoding: .utf8)) ?? ""
    var examples: [ConformanceCase] = []
    var block: [String]?
    var isOnGraph = false
    for (number, line) in text.components(separatedBy: "\n").enumerated() {
      if line == "```datalog" || line == "```datalog graph" {
        block = []
        isOnGraph = line.hasSuffix("graph")
      } else if line == "```", let lines = block {
        let name = "\(name):\(number - lines.count + 1)\(isOnGraph ? " on the graph" : "")"
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
    let graph = example.name.hasSuffix("on the graph") ? Self.root + "/Graph" : nil
    #expect(try ConformanceOutcome(of: example, demanding: false, graph: graph).differences(from: example) == [])
  }

  @Test("there are examples")
  func number() { #expect(Self.examples.count > 25) }
}
