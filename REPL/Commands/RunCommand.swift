import Sessions

/// `tiltas run FILE…`.
enum RunVerb {
  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    let files = invocation.operands
    let inputs = files + invocation.all(.graph)
    if inputs.count(where: { $0 == "-" }) > 1 {
      throw UsageError(.contradictingOptions, "standard input can be read once only", help: "name `-` once", verb: .run)
    }
    if invocation.has(.watch) {
      return try Watching.run(invocation, reporter) { _ = try runOnce(invocation, reporter) }
    }
    return try runOnce(invocation, reporter)
  }

  private static func runOnce(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    let files = invocation.operands
    let beside = files.first { $0 != "-" }.map { Files.resolved($0) ?? $0 }
    let programs = files.map { ProgramFile($0) }
    let opening = try Opening.open(invocation, beside: beside, programs: programs)
    return try Answering.run(invocation, opening, reporter) { printer in
      opening.session.explainsByName = printer.explanationFormat != .json
      if printer.style.format == .jsonl { printer.queryNumbers = QueryNumbers(programs) }
      func tellNotes() { for note in opening.session.takeNotes() { reporter.note(note) } }
      defer { tellNotes() }
      for program in programs {
        // Each query has the limits for itself.
        try program.run(
          in: opening.session,
          answer: { answers in
            tellNotes()
            try printer.print(answers)
            // Each is to be seen as it comes, while the next is looked for.
            try printer.output.flush()
            try Remarks.tell(on: answers, in: opening.session, printer, reporter)
            Watchdog.beginAnew()
          },
          explain: { reply in
            try printer.print(reply)
            Watchdog.beginAnew()
          })
      }
    }
  }
}
