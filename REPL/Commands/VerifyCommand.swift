import Diagnostics
import Glibc
import Sessions
import Storage

/// `tiltas verify FILE`.
enum VerifyCommand: Verb {
  static let name = "verify"
  static let verb = VerbDescription(
    operands: "FILE", operandCount: 1...1, summary: "check a snapshot file",
    details: """
      Every checksum and all that must hold among its parts is checked; what is damaged is named, with
      status 1. With --repair whatever is whole of FILE and its journal goes into the new snapshot of -o,
      and what is lost is listed, with status 1. FILE stays as it is, and no file is overwritten.
      """,
    options: [.repair, .output] + Option.limiting,
    examples: [
      ("tiltas verify klaipeda.tiltas", "whether it is whole"),
      ("tiltas verify --repair klaipeda.tiltas -o repaired.tiltas", "keep what is whole of a damaged one"),
    ])

  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    try Opening.guarding(invocation)
    let path = invocation.operands[0]
    if invocation.has(.repair) { return try repair(path, invocation, reporter) }
    guard !invocation.has(.output) else {
      throw UsageError(.optionNotForVerb, "`tiltas verify` takes `-o` with `--repair` only", verb: name)
    }
    let note = try Watchdog.watching(.reading) { try Session.verify(path) }
    if let note { reporter.note(note) }
    reporter.note(note == nil ? "\(path) is whole" : "apart from that, \(path) is whole")
    return .answered
  }

  // MARK: Repairing

  private static func repair(_ path: String, _ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    guard let new = invocation.value(.output) else {
      throw UsageError(
        .missingOptionValue, "`--repair` needs a file for what is whole",
        help: "write `tiltas verify --repair \(path) -o NEW.tiltas`",
        verb: name)
    }
    try SaveCommand.checkEnding(new)
    let report = try Watchdog.watching(.reading) { try Session.repair(path, to: new) }
    for note in report.notes.prefix(mostLines) { reporter.note("note: \(note)") }
    if report.notes.count > mostLines { reporter.note("note: \(report.notes.count - mostLines) more of these") }
    tell(report.losses, path, reporter)
    let changes =
      report.changes == 0 ? "" : " and \(Decimals.count(report.changes, "change", "changes")) of the journal"
    let kept =
      "\(Decimals.count(report.facts, "fact", "facts")) of \(Decimals.count(report.relations, "relation", "relations"))"
    reporter.note(report.isWhole ? "\(path) is whole: \(new) holds the same" : "kept \(kept)\(changes) in \(new)")
    return report.losses.isEmpty ? .answered : .failed
  }

  /// How many lines of a kind a terminal is shown. A file or another program gets all.
  private static var mostLines: Int { Environment.isTerminal(STDERR_FILENO) ? 20 : .max }

  private static func tell(_ losses: [RepairReport.Loss], _ path: String, _ reporter: Reporter) {
    var shown = losses.prefix(mostLines).map { Diagnostic(.lostPart, "lost: \($0.text)") }
    let rest = losses.dropFirst(mostLines)
    if !rest.isEmpty {
      // A damaged file may tell any numbers, so their sum may be any.
      let facts = rest.reduce(0) { $0 &+ $1.facts }
      shown.append(
        Diagnostic(
          .lostPart, "lost: \(rest.count) more of these, with \(Decimals.count(facts, "fact", "facts"))",
          help: "to read all of them: `tiltas verify --repair \(path) -o OTHER.tiltas 2>LOST.txt`"))
    }
    if !shown.isEmpty { reporter.report(shown) }
  }
}
