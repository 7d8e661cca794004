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
      let isBare = invocation.isShell || invocation.verb == HelpCommand.self
      return try show(isBare ? Help.overview : Help.page(for: invocation.verb))
    }
    return try invocation.verb.run(invocation, reporter)
  }

  /// Writes a text to standard output.
  static func show(_ text: String) throws -> ExitStatus {
    let output = Output(descriptor: STDOUT_FILENO, name: "standard output")
    try output.write(text)
    try output.flush()
    return .answered
  }
}

/// How the program ends, as scripts rely on it.
enum ExitStatus: Int32, Error {
  /// Answered, also with no rows.
  case answered = 0
  /// An error in the input or the graph.
  case failed = 1
  case usage = 2
  case brokenConstraint = 3
  /// The limit on time or memory was reached.
  case limit = 4
  case interrupted = 130

  /// Answered, unless the answers may lack something that was acknowledged.
  static func answered(_ session: Session) -> ExitStatus { session.mayLackChange ? .failed : .answered }
}
