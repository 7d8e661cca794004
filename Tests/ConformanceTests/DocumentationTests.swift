import Foundation
import Testing

/// The examples of the documentation answer what they say.
@Suite("Documentation")
struct DocumentationTests {
  private static let root = ConformanceCase.folder.deletingLastPathComponent().deletingLastPathComponent().path

  /// The README and the pages of `Documentation`.
  private static let files: [String] = {
    let pages = (try? FileManager.default.contentsOfDirectory(atPath: root + "/Documentation")) ?? []
    return ["README.md"] + pages.filter { $0.hasSuffix(".md") }.sorted().map { "Documentation/\($0)" }
  }()

  /// The examples of the files: the blocks that are marked as `datalog`, each a case in the form of `Tests/Conformance`, or
  /// as `datalog graph` where they ask the real graph.
  static let examples: [ConformanceCase] = files.flatMap { name -> [ConformanceCase] in
    let text = (try? String(contentsOfFile: "\(root)/\(name)", encoding: .utf8)) ?? ""
    var examples: [ConformanceCase] = []
    var block: [String]?
    var isOnGraph = false
    for (number, line) in text.components(separatedBy: "\n").enumerated() {
      if line == "```datalog" || line == "```datalog graph" {
        block = []
        isOnGraph = line.hasSuffix("graph")
      } else if line == "```", let lines = block {
        let name = "\(name):\(number - lines.count + 1)\(isOnGraph ? " on the graph" : "")"
        examples.append(ConformanceCase(path: name, name: name, text: lines.joined(separator: "\n")))
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
    #expect(example.malformed == [])
    let graph = example.name.hasSuffix("on the graph") ? Self.root + "/Graph" : nil
    let differences = try ConformanceOutcome(of: example, demanding: false, graph: graph).differences(from: example)
    if !differences.isEmpty { Issue.record("\(example.name)\n\(differences.joined(separator: "\n"))") }
  }

  @Test("there are examples")
  func number() { #expect(Self.examples.count > 25) }
}
