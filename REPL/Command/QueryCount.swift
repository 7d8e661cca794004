import Tiltas

/// Counts the queries of programs before they are run.
enum QueryCount {
  /// Whether programs, with the files that they include, ask more than one query.
  static func isMany(_ programs: [ProgramFile]) throws -> Bool {
    var seen: Set<String> = []
    var count = 0
    for program in programs {
      guard let source = program.source else { continue }
      try add(source, to: &count, &seen)
      if count > 1 { return true }
    }
    return false
  }

  private static func add(_ source: SourceFile, to count: inout Int, _ seen: inout Set<String>) throws {
    guard seen.insert(Files.resolved(source.name) ?? source.name).inserted else { return }
    var parser = Parser(source)
    while count < 2, let statement = parser.next() {
      switch statement {
      case .query: count += 1
      case .include(let path, _):
        let folder = Files.parent(of: source.name)
        let target = path.hasPrefix("/") || folder == "." ? path : folder + "/" + path
        if let included = try? Session.source(target) { try add(included, to: &count, &seen) }
      default: break
      }
    }
  }
}
