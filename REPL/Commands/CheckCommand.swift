import Diagnostics
import Sessions

/// `tiltas check [FILE…]`.
enum CheckCommand: Verb {
  static let name = "check"
  static let verb = VerbDescription(
    operands: "[FILE…]", operandCount: 0...Int.max, summary: "list all that is wrong with the graph or with files",
    details: """
      The graph and the files are parsed; arity, types, safety and strata are checked, and every
      constraint. The exit status is 0 if all is well, 1 for errors, 3 for broken constraints.
      """,
    options: Option.opening + [.timeout],
    examples: [
      ("tiltas check", "the graph in this folder"),
      ("tiltas check Queries/*.dl", "and the saved queries with it"),
    ])

  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    let beside = invocation.operands.first.map { Files.resolved($0) ?? $0 }
    var problems: [Diagnostic] = []
    let opening = try Opening(invocation, beside: beside)
    let session = opening.session
    let programs = invocation.operands.map { ProgramFile($0) }
    try Opening.collecting(&problems) { try opening.load(invocation, programs) }
    for program in programs {
      try Opening.collecting(&problems) { try Watchdog.watching(.reading) { try program.load(into: session) } }
    }
    try Opening.collecting(&problems) { try opening.checkParameters(invocation, programs) }
    for note in session.takeNotes() { reporter.note(note) }
    var found = Session.Problems()
    try Opening.collecting(&problems) {
      found = try Progress.showing(session.activity) { try Watchdog.watching(.query) { try session.check() } }
    }
    for note in session.takeNotes() { reporter.note(note) }
    problems += found.diagnostics
    let broken = found.brokenConstraints
    if invocation.has(.statistics) { Answering.tell(session.statistics) }
    reporter.report(problems + broken)
    if !reporter.quiet && !found.warnings.isEmpty { reporter.report(found.warnings) }
    if problems.contains(where: { $0.severity == .error }) { return .failed }
    if !broken.isEmpty { return .brokenConstraint }
    if problems.isEmpty {
      let count = Decimals.count(session.statistics.facts, "fact", "facts")
      reporter.note("\(found.warnings.isEmpty ? "nothing is wrong" : "no mistake was found"): \(count)")
    }
    return ExitStatus.answered(session)
  }
}
