import Diagnostics

extension Diagnostic {
  /// Several mistakes as one: each once, those of one file in the order of their places.
  init(ordering diagnostics: [Diagnostic]) { self.init(all: Self.ordered(diagnostics)) }

  /// Each mistake once, those of one file in the order of their places.
  static func ordered(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<String> = []
    let distinct = diagnostics.filter { diagnostic in
      let place = diagnostic.span.map { "\($0.file.name) \($0.start)" } ?? ""
      return seen.insert("\(place) \(diagnostic.message)").inserted
    }
    var files: [ObjectIdentifier: Int] = [:]
    func number(_ diagnostic: Diagnostic) -> Int {
      guard let file = diagnostic.span.map({ ObjectIdentifier($0.file) }) else { return .max }
      if let known = files[file] { return known }
      files[file] = files.count
      return files.count - 1
    }
    return distinct.map { (number($0), $0.span?.start ?? 0, $0) }.enumerated()
      .sorted { ($0.element.0, $0.element.1, $0.offset) < ($1.element.0, $1.element.1, $1.offset) }
      .map(\.element.2)
  }
}
