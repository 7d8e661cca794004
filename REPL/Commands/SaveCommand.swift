import Sessions

/// `tiltas save FILE`.
enum SaveVerb {
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
        verb: .save)
    }
  }
}
