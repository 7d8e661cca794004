import Tiltas

/// `tiltas info FILE`.
enum InfoVerb {
  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    let info = try Session.info(of: invocation.operands[0])
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
}
