import Diagnostics
import Sessions

/// The rules that saved queries share, `Queries/rules` beside the graph, which are read where they are asked for.
struct SharedRules {
  private let folder: String?

  init(_ location: GraphLocation) { folder = location.queriesFolder.map { $0 + "/rules" } }

  /// An error with the file that defines what is unknown, where one of the shared rules does.
  /// - Parameter reading: what to do to read a file, such as `add --rules FILE`.
  func explained(_ error: any Error, reading: (_ file: String) -> String) -> any Error {
    switch error {
    case let problem as Diagnostic: Diagnostic(all: problem.all.map { explained($0, reading) })
    default: error
    }
  }

  private func explained(_ problem: Diagnostic, _ reading: (_ file: String) -> String) -> Diagnostic {
    guard problem.code == .unknownRelation, let name = problem.unknownName, let file = file(defining: name) else {
      return problem
    }
    var result = problem
    result.help = "\(file) defines it: \(reading(file))"
    return result
  }

  private func file(defining name: String) -> String? {
    guard let folder else { return nil }
    return Files.entries(of: folder).filter { FileName.ending(of: $0) == "dl" }.map { folder + "/" + $0 }
      .first { defines(name, $0) }.map(Files.shown)
  }

  private func defines(_ name: String, _ path: String) -> Bool {
    guard let source = try? Session.source(path) else { return false }
    var parser = Parser(source)
    while let statement = parser.next() {
      if case .rule(let rule) = statement, rule.body != nil, rule.head.relation.name == name { return true }
    }
    return false
  }
}
