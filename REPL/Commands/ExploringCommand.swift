import Sessions

/// `tiltas describe`, `find`, `near`, `path`, `timeline`, `common`, `source` and `draw`.
enum ExploringVerbs {
  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    let words = invocation.operands
    let opening = try Opening.open(invocation)
    return try Answering.run(invocation, opening, reporter) { printer in
      let exploration = Exploration(
        session: opening.session, printer: printer, reporter: reporter, showsAll: invocation.has(.all))
      switch invocation.verb {
      case .describe: try exploration.describe(words)
      case .find: try exploration.find(words)
      case .near: try exploration.near(words)
      case .path: try exploration.path(words)
      case .timeline: try exploration.timeline(words)
      case .common: try exploration.common(words)
      case .source: try exploration.source(words)
      case .draw: try draw(exploration, invocation)
      default: break
      }
    }
  }

  private static func draw(_ exploration: Exploration, _ invocation: Invocation) throws {
    let written =
      invocation.value(.format) ?? invocation.value(.output).flatMap(ExplanationFormat.init(ending:))?.rawValue
    guard let format = ExplanationFormat(rawValue: written ?? "tree"), format != .json else {
      throw UsageError(
        .unknownFormat, "a drawing has no format `\(written ?? "")`",
        help: "there are tree, dot and mermaid, or name a FILE.svg",
        verb: .draw)
    }
    try exploration.draw(invocation.operands, format: format)
  }
}
