import Glibc
import Sessions

/// `tiltas` and `tiltas repl`: the shell where people type, a script where standard input is none of theirs.
enum ReplCommand: Verb {
  static let name = "repl"
  static let verb = VerbDescription(
    summary: "open the shell on the graph; the verb may be left out",
    details: """
      At the prompt, type a query, `+fact.` to add, `-fact.` to take back, or a rule; lines that start
      with : are commands, and :help lists them. Ctrl-C ends the running query or the line, Ctrl-D leaves.
      When standard input is not a terminal it is run as a script, without prompts; the first error ends it.
      With one snapshot open each change is on the disk before the next prompt, beside the snapshot until
      :save; what stands between `begin.` and `commit.` is kept as a whole or not at all: a mistake
      ends it, as `rollback.` does, and undoes what it has changed.
      """,
    options: Option.opening + Option.answering,
    examples: [
      ("tiltas", "the shell on the graph in this folder"),
      ("tiltas --no-graph", "the shell on an empty graph"),
      ("tiltas < script", "the same entries and commands from a file"),
    ])

  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    if invocation.all(.graph).contains("-") {
      throw UsageError(
        .contradictingOptions, "the shell reads standard input itself", help: "name a file in place of `--graph -`",
        verb: name)
    }
    let isInteractive = Environment.isTerminal(STDIN_FILENO)
    let opening = try Opening.open(invocation)
    startJournal(opening, reporter)
    defer { opening.session.endJournal() }
    var status = ExitStatus.answered
    let answered = try Answering.run(invocation, opening, reporter) { printer in
      printer.style.numbersRows = isInteractive
      let interpreter = Interpreter(opening, printer, reporter, isInteractive: isInteractive)
      // With --safe a limit can only be lowered.
      interpreter.reporter.isForShell = isInteractive && !Gate.isClosed
      status = isInteractive ? Shell(interpreter).run() : try Script(interpreter).run()
    }
    // Who typed was told at the start.
    return status == .answered && !isInteractive ? answered : status
  }

  private static func startJournal(_ opening: Opening, _ reporter: Reporter) {
    guard opening.location.paths.count == 1, let path = opening.location.paths.first,
      FileName.ending(of: path) == "tiltas"
    else {
      return
    }
    if Gate.isClosed { return reporter.note("note: with --safe changes stay in memory, and are not kept in \(path)") }
    let session = opening.session
    session.startJournal()
    switch session.refusal {
    case .busy:
      reporter.note(
        "note: another process has \(path) open: changes stay in memory until it leaves, or until `:save FILE`")
    case .unavailable(let reason):
      reporter.note("note: changes stay in memory until `:save FILE`: they can't be kept beside \(path): \(reason)")
    case nil: break
    }
  }
}
