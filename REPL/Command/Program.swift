import Glibc
import Sessions

/// The program from its arguments to its exit status.
enum Program {
  static func run() -> ExitStatus {
    var reporter = Reporter(color: Environment.usesColor(nil, on: STDERR_FILENO))
    do {
      let invocation = try Invocation(Arguments.checked())
      reporter.color = Environment.usesColor(invocation.value(.color), on: STDERR_FILENO)
      reporter.quiet = invocation.has(.quiet)
      return try perform(invocation, reporter)
    } catch {
      return reporter.report(error)
    }
  }

  private static func perform(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    signal(SIGPIPE, SIG_IGN)
    if invocation.has(.version) { return try show("tiltas \(Help.version)\n") }
    if invocation.has(.help) {
      let isBare = invocation.verb == .repl || invocation.verb == .help
      return try show(isBare ? Help.overview : Help.page(for: invocation.verb))
    }
    switch invocation.verb {
    case .help: return try HelpVerb.run(invocation)
    case .verify: return try VerifyVerb.run(invocation, reporter)
    case .info: return try InfoVerb.run(invocation, reporter)
    case .query: return try QueryVerb.run(invocation, reporter)
    case .run: return try RunVerb.run(invocation, reporter)
    case .why: return try WhyVerb.run(invocation, reporter)
    case .plan: return try PlanVerb.run(invocation, reporter)
    case .check: return try CheckVerb.run(invocation, reporter)
    case .format: return try FormatVerb.run(invocation, reporter)
    case .save: return try SaveVerb.run(invocation, reporter)
    case .describe, .find, .near, .path, .timeline, .common, .source, .draw:
      return try ExploringVerbs.run(invocation, reporter)
    case .repl: return try ReplVerb.run(invocation, reporter)
    }
  }

  /// Writes a text to standard output.
  static func show(_ text: String) throws -> ExitStatus {
    let output = Output(descriptor: STDOUT_FILENO, name: "standard output")
    try output.write(text)
    try output.flush()
    return .answered
  }
}
