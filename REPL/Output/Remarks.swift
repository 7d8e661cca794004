import Sessions

/// What is said of answers besides: why there are none, and what they leave out.
enum Remarks {
  /// - Parameter onTruth: whether also of a query that answers `no`.
  static func lines(on answers: Answers, in session: Session, onTruth: Bool) -> [String] {
    var lines: [String] = []
    if answers.areAnyRows {
      lines.append("these are some of the rows, and not the first ones: `order by` finds those, which may take long")
    }
    if answers.columns.isEmpty && !answers.holds && !onTruth { return lines }
    return lines + session.remarks(on: answers)
  }

  /// Tells them once the answers are written.
  static func tell(
    on answers: Answers, in session: Session, onTruth: Bool = false, _ printer: AnswerPrinter, _ reporter: Reporter
  ) throws {
    if reporter.quiet { return }
    let lines = lines(on: answers, in: session, onTruth: onTruth)
    if lines.isEmpty { return }
    try printer.output.passHeld()
    for line in lines { reporter.note("note: " + line) }
  }
}
