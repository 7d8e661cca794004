import Diagnostics
import Sessions

/// `tiltas info [FILE]`.
enum InfoCommand: Verb {
  static let name = "info"
  static let verb = VerbDescription(
    operands: "[FILE]", operandCount: 0...1, summary: "say what is in a snapshot file, or what the program may use",
    details: """
      Without FILE: how much memory and how many threads may be used if nothing else is said.
      """,
    options: Option.limiting,
    examples: [
      ("tiltas info klaipeda.tiltas", "its size, relations and counts"), ("tiltas info", "the limit of memory"),
    ])

  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    let limits = try Opening.guarding(invocation)
    guard let path = invocation.operands.first else { return try Program.show(text(limits)) }
    let info = try Watchdog.watching(.reading) { try Session.info(of: path) }
    var lines = [
      "format      tiltas snapshot, version \(info.version)",
      "bytes       \(info.bytes)",
      "terms       \(info.terms)",
      "types       \(info.types)",
      "statements  \(info.statements)",
      "relations   \(info.relations.count)",
    ]
    let width = info.relations.map { Text.displayWidth($0.name) }.max() ?? 0
    for relation in info.relations {
      let name = Text.escapedForTerminal(relation.name)
      let padding = String(repeating: " ", count: max(0, width - Text.displayWidth(name)))
      lines.append("  \(name)/\(relation.arity)\(padding)  \(Decimals.count(relation.facts, "fact", "facts"))")
    }
    let status = tell(info.journal, &lines, reporter)
    _ = try Program.show(lines.joined(separator: "\n") + "\n")
    return status
  }

  /// Adds what was changed since, which the counts do not hold; whether all of that could be read.
  private static func tell(
    _ journal: Result<SnapshotInfo.Journal, Diagnostic>?, _ lines: inout [String], _ reporter: Reporter
  ) -> ExitStatus {
    switch journal {
    case nil: return .answered
    case .failure(let problem): return reporter.report([problem])
    case .success(let journal):
      let changes = Decimals.count(journal.changes, "change", "changes")
      let rest =
        journal.tornBytes == 0 ? "" : ", and \(Decimals.count(journal.tornBytes, "byte", "bytes")) of no whole one"
      lines.append("journal     \(changes) since, not counted above\(rest)")
      return journal.isEndDoubtful ? .failed : .answered
    }
  }

  /// What the program may use.
  private static func text(_ limits: Limits) -> String {
    let usual = limits.memory == MachineMemory.share ? ", three quarters of what the machine and its limits leave" : ""
    let memory = limits.memory.map { "\($0 >> 20) MiB\(usual)" } ?? "no limit"
    return """
      version  \(Help.version)
      memory   \(memory) (--memory, `:set memory`)
      threads  \(limits.threads) (--threads)

      """
  }
}
