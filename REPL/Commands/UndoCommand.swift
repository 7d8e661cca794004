import Diagnostics
import Sessions

/// `:undo` takes back the last change.
enum UndoCommand: ShellCommand {
  static let name = "undo"
  static let command = ShellCommandDescription(summary: "undo the last change of facts or rules, or the last load")

  static func perform(_ rest: String, in shell: Interpreter) throws {
    guard let undone = try shell.session.undo() else {
      throw Diagnostic(
        .nothingToUndo, "there is nothing to undo", help: "what was read when the shell was opened stays")
    }
    let rules = undone.forgotten.prefix(Undone.mostShown).map { Interpreter.line(of: $0.span) }
    let parts = [
      Interpreter.told(undone.factsTakenBack, "fact", "facts", "taken back", undone.takenBack),
      Interpreter.told(undone.factsRestored, "fact", "facts", "restored", undone.restored),
      Interpreter.told(undone.rulesForgotten, "rule", "rules", "forgotten", rules),
    ].filter { !$0.isEmpty }
    let onlyDeclared = parts.isEmpty && !undone.declared.isEmpty
    let what = parts.isEmpty ? (onlyDeclared ? "nothing" : "the last change is undone") : parts.joined(separator: "; ")
    let beginning = undone.isTransaction ? "undid the transaction: " : undone.path.map { "undid :load \($0): " } ?? ""
    shell.reporter.note(beginning + what)
    if undone.declared.isEmpty { return }
    let names = undone.declared.map { "`\(Text.escapedForTerminal($0))`" }.joined(separator: ", ")
    shell.reporter.note(
      "declarations cannot be undone: \(names) \(undone.declared.count == 1 ? "stays" : "stay") declared")
  }
}
