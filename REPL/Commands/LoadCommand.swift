import Sessions

/// `:load PATH` reads a file or a folder into the graph.
enum LoadCommand: ShellCommand {
  static let name = "load"
  static let command = ShellCommandDescription(
    operands: "PATH", argument: .file, summary: "read a file or a folder into the graph", reach: .files)

  static func perform(_ rest: String, in shell: Interpreter) throws {
    let path = try path(rest)
    let before = (facts: shell.session.graph.factCount, rules: shell.session.ruleCount)
    try shell.session.loadUndoably(path: path)
    for note in shell.session.takeNotes() { shell.reporter.note(note) }
    if shell.isInteractive {
      let facts = Decimals.count(shell.session.graph.factCount - before.facts, "fact", "facts")
      let rules = shell.session.ruleCount - before.rules
      shell.reporter.note(facts + (rules > 0 ? " and \(Decimals.count(rules, "rule", "rules"))" : "") + " read")
    }
    if shell.session.irrevocableLoad == path {
      shell.reporter.note("note: this cannot be undone, for so many facts are not remembered")
    }
  }
}
