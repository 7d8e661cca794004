import Sessions

/// `tiltas plan QUERY`, `tiltas plan --run QUERY`.
enum PlanCommand: Verb, ShellCommand {
  static let name = "plan"
  static let verb = VerbDescription(
    operands: "QUERY", operandCount: 1...1, summary: "show how a query will be answered",
    details: """
      The relations that the query rests on come in the order in which they are computed, each with the
      steps of its rules, and with about how many rows and values are expected. With --run the query is
      answered, and beside each step stand how often it was done, for how many values what is
      within it was done, and how long it took with all that follows it in its rule.
      """,
    options: Option.opening + [.run, .timeout, .output],
    examples: [
      ("tiltas plan 'partner(Org, P), covers(P, Place)'", "the order of the variables, and which sets meet"),
      ("tiltas plan --run 'part_of+(X, Y)'", "with real counts and times"),
    ])
  static let command = ShellCommandDescription(
    operands: "[--run] QUERY", argument: .query,
    summary: "how a query will be answered; with --run also real counts and times")

  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    let opening = try Opening.open(invocation)
    return try Answering.run(invocation, opening, reporter) { printer in
      try printer.print(opening.session.plan(invocation.operands[0], running: invocation.has(.run)))
    }
  }

  static func perform(_ rest: String, in shell: Interpreter) throws {
    let isRunning = rest == "--run" || rest.hasPrefix("--run ")
    let query = isRunning ? rest.dropFirst("--run".count).trimmed : rest
    if query.isEmpty { throw missing }
    try shell.printer.print(shell.session.plan(query, origin: .prompt, running: isRunning))
  }
}
