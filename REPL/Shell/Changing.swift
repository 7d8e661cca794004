import Tiltas

/// `:undo` and `:source-is`.
extension Interpreter {
  func undo() throws {
    guard let undone = try session.undo() else {
      throw Diagnostic("there is nothing to undo", help: "what was read when the shell was opened stays")
    }
    var parts: [String] = []
    if undone.factsTakenBack > 0 {
      parts.append(Decimals.count(undone.factsTakenBack, "fact", "facts") + " taken back")
    }
    if undone.factsRestored > 0 { parts.append(Decimals.count(undone.factsRestored, "fact", "facts") + " restored") }
    if undone.rulesForgotten > 0 { parts.append(Decimals.count(undone.rulesForgotten, "rule", "rules") + " forgotten") }
    let onlyDeclared = parts.isEmpty && !undone.declared.isEmpty
    let what = parts.isEmpty ? (onlyDeclared ? "nothing" : "the last change is undone") : parts.joined(separator: ", ")
    reporter.note((undone.path.map { "undid :load \($0): " } ?? "") + what)
    if undone.declared.isEmpty { return }
    let names = undone.declared.map { "`\(Text.escapedForTerminal($0))`" }.joined(separator: ", ")
    reporter.note("declarations cannot be undone: \(names) \(undone.declared.count == 1 ? "stays" : "stay") declared")
  }

  /// `:source-is report 19`: what facts that are added rest on; `:source-is none` ends it.
  func setSource(_ words: [String]) throws {
    switch words.count {
    case 0:
      let shown = session.entryAnnotations.map { "\($0.key): \($0.value.description)" }
      return try write(shown.isEmpty ? "none" : shown.joined(separator: ", "))
    case 1 where words[0] == "none": session.entryAnnotations = []
    case 1: session.entryAnnotations = [("source", Self.source(words[0]))]
    case 2:
      guard let line = Int64(words[1]) else {
        throw Diagnostic("a line is a number, unlike `\(words[1])`", help: "write `:source-is report 19`")
      }
      session.entryAnnotations = [("source", Self.source(words[0])), ("line", .integer(line))]
    default: throw Self.missing(.sourceIs)
    }
  }

  /// A document of the graph by its id, anything else as text.
  private static func source(_ word: String) -> Value { Text.isBareName(word) ? .name(word) : .string(word) }
}
