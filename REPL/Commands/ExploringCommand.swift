import Sessions

/// What looks around in the graph without a query, the same on the command line as in the shell.
protocol ExploringCommand: Verb, ShellCommand {
  static func explore(_ words: [String], _ exploration: Exploration) throws
}

extension ExploringCommand {
  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    try exploring(invocation, reporter) { try explore(invocation.operands, $0) }
  }

  static func exploring(
    _ invocation: Invocation, _ reporter: Reporter, _ explore: (Exploration) throws -> Void
  ) throws -> ExitStatus {
    let opening = try Opening.open(invocation)
    return try Answering.run(invocation, opening, reporter) { printer in
      try explore(
        Exploration(session: opening.session, printer: printer, reporter: reporter, showsAll: invocation.has(.all)))
    }
  }

  static func perform(_ rest: String, in shell: Interpreter) throws {
    let all = Interpreter.words(rest)
    let words = all.filter { $0 != Entry.allOption }
    let needed = command.operands.split(separator: " ").count { $0.first != "[" }
    guard words.count >= needed else { throw missing }
    let exploration = Exploration(
      session: shell.session, printer: shell.printer, reporter: shell.reporter, takesRowNumbers: true,
      showsAll: words.count < all.count)
    try shell.timed { try explore(words, exploration) }
  }
}
