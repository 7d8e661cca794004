import Glibc
import Tiltas

/// `tiltas` and `tiltas repl`: the shell where people type, a script where standard input is none of theirs.
enum ReplVerb {
  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    if invocation.all(.graph).contains("-") {
      throw UsageError(
        "the shell reads standard input itself", help: "name a file in place of `--graph -`", verb: .repl)
    }
    let isInteractive = Environment.isTerminal(STDIN_FILENO)
    let opening = try Opening.open(invocation)
    var status = ExitStatus.answered
    _ = try Answering.run(invocation, opening, reporter) { printer in
      printer.style.numbersRows = isInteractive
      let interpreter = Interpreter(opening, printer, reporter, isInteractive: isInteractive)
      status = isInteractive ? Shell(interpreter).run() : try Script(interpreter).run()
    }
    return status
  }
}
