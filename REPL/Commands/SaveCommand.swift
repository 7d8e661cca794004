import Diagnostics
import Sessions

/// `tiltas save FILE`.
enum SaveCommand: Verb, ShellCommand {
  static let name = "save"
  static let verb = VerbDescription(
    operands: "FILE", operandCount: 1...1, summary: "write the graph to a snapshot file",
    details: """
      FILE ends in .tiltas. It appears whole or not at all, and opens faster than text:
      `tiltas --graph FILE`.
      """,
    options: Option.opening,
    examples: [("tiltas save klaipeda.tiltas", "the graph in this folder, in one file")])
  static let command = ShellCommandDescription(
    operands: "[FILE]", argument: .file, summary: "write the graph to a snapshot file", reach: .files)

  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    let path = invocation.operands[0]
    try checkEnding(path)
    let opening = try Opening.open(invocation)
    try Progress.showing(opening.session.activity) { try opening.session.save(to: path) }
    for note in opening.session.takeNotes() { reporter.note(note) }
    reporter.note("saved \(path)")
    if invocation.has(.statistics) { Answering.tell(opening.session.statistics) }
    return ExitStatus.answered(opening.session)
  }

  /// A graph is read by its file's ending, so a snapshot of another name could not be opened.
  static func checkEnding(_ path: String) throws(UsageError) {
    guard FileName.ending(of: path) == "tiltas" else {
      throw UsageError(
        .unknownFormat, "a snapshot's name ends in .tiltas, unlike `\(path)`", help: "write `\(path).tiltas`",
        verb: name)
    }
  }

  static func perform(_ rest: String, in shell: Interpreter) throws {
    let opened =
      shell.location.paths.count == 1 ? shell.location.paths.first { FileName.ending(of: $0) == "tiltas" } : nil
    guard let path = rest.isEmpty ? opened : try path(rest) else {
      throw Diagnostic(
        .missingCommandOperand, "`:save` needs a file, for the graph was not read from a snapshot",
        help: "write `:save FILE.tiltas`")
    }
    do { try checkEnding(path) } catch { throw Diagnostic(error.code, error.message, help: error.help) }
    try Watchdog.pausing { try shell.session.save(to: path) }
    for note in shell.session.takeNotes() { shell.reporter.note(note) }
    shell.reporter.note("saved \(path)")
  }
}
