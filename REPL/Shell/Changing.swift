import Diagnostics
import Sessions

/// `:undo`, `:reload` and `:source-is`.
extension Interpreter {
  func undo() throws {
    guard let undone = try session.undo() else {
      throw Diagnostic(
        .nothingToUndo, "there is nothing to undo", help: "what was read when the shell was opened stays")
    }
    let rules = undone.forgotten.prefix(Undone.mostShown).map { Self.line(of: $0.span) }
    let parts = [
      Self.told(undone.factsTakenBack, "fact", "facts", "taken back", undone.takenBack),
      Self.told(undone.factsRestored, "fact", "facts", "restored", undone.restored),
      Self.told(undone.rulesForgotten, "rule", "rules", "forgotten", rules),
    ].filter { !$0.isEmpty }
    let onlyDeclared = parts.isEmpty && !undone.declared.isEmpty
    let what = parts.isEmpty ? (onlyDeclared ? "nothing" : "the last change is undone") : parts.joined(separator: "; ")
    let beginning = undone.isTransaction ? "undid the transaction: " : undone.path.map { "undid :load \($0): " } ?? ""
    reporter.note(beginning + what)
    if undone.declared.isEmpty { return }
    let names = undone.declared.map { "`\(Text.escapedForTerminal($0))`" }.joined(separator: ", ")
    reporter.note("declarations cannot be undone: \(names) \(undone.declared.count == 1 ? "stays" : "stay") declared")
  }

  func reload() throws {
    let path = location.paths.first ?? ""
    let wasOurs = session.keepsJournal
    let merge = try session.reload()
    if wasOurs { return reporter.note("nothing is new: \(path) is yours, and no other changes it") }
    var parts: [String] = []
    if merge.theirs > 0 { parts.append(Decimals.count(merge.theirs, "change was read", "changes were read")) }
    if !merge.givenUp.isEmpty { parts.append("given up: " + Self.list(merge.givenUp)) }
    if merge.own > 0 { parts.append("your " + Decimals.count(merge.own, "change stays", "changes stay")) }
    if merge.isOurs { parts.append("\(path) is yours now") }
    reporter.note(parts.isEmpty ? "nothing is new" : parts.joined(separator: "; "))
  }

  private static func list(_ items: [String]) -> String {
    items.prefix(10).joined(separator: ", ") + (items.count > 10 ? " and \(items.count - 10) more" : "")
  }

  /// Such as `5 facts taken back: p(a), p(b), p(c) and 2 more`; nothing where the count is 0.
  static func told(_ count: Int, _ one: String, _ many: String, _ done: String, _ shown: [String]) -> String {
    guard count > 0 else { return "" }
    let list = shown.isEmpty ? "" : ": " + Text.escapedForTerminal(shown.joined(separator: ", "))
    let others = shown.isEmpty || count == shown.count ? "" : " and \(count - shown.count) more"
    return "\(Decimals.count(count, one, many)) \(done)" + list + others
  }

  /// Says of facts that could not be taken back whether rules give them, and from which stated facts.
  func tellAbsent(_ facts: [String]) {
    let derived = Set(session.derivedRelations.map(RelationName.source))
    for fact in facts {
      let relation = String(fact.prefix { $0 != "(" })
      guard derived.contains(relation) || session.graph.isType(relation) else { continue }
      guard let explanation = try? session.why(fact), let first = explanation.nodes.first else { continue }
      let by: String
      switch first.reason {
      case .rule(let span): by = "by the rule `\(Self.line(of: span))`"
      case .subtype: by = "by the type that is stated of it"
      default: continue
      }
      let stated = explanation.nodes.filter { if case .stated = $0.reason { true } else { false } }.map(\.conclusion)
      let retractions = stated.prefix(Self.mostRetractions).map { "`-\($0).`" }.joined(separator: " or ")
      let rest = stated.count > Self.mostRetractions ? "; `?why \(fact).` shows all that it rests on" : ""
      let text = "`\(fact)` is not stated but inferred, \(by)"
      let help = retractions.isEmpty ? "" : "; what it rests on can be taken back: \(retractions)\(rest)"
      reporter.note("note: " + Text.escapedForTerminal(text + help))
    }
  }

  private static let mostRetractions = 3

  /// A rule on one line.
  private static func line(of span: SourceSpan) -> String {
    span.statementText.split(whereSeparator: \.isWhitespace).joined(separator: " ") + "."
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
        throw Diagnostic(
          .wrongCommandOperand, "a line is a number, unlike `\(words[1])`", help: "write `:source-is report 19`")
      }
      session.entryAnnotations = [("source", Self.source(words[0])), ("line", .integer(line))]
    default: throw Self.missing(.sourceIs)
    }
  }

  /// A document of the graph by its id, anything else as text.
  private static func source(_ word: String) -> Value { Text.isBareName(word) ? .name(word) : .string(word) }
}
