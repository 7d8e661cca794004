import Diagnostics
import Sessions

/// What is told of changes.
extension Interpreter {
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
  static func line(of span: SourceSpan) -> String {
    span.statementText.split(whereSeparator: \.isWhitespace).joined(separator: " ") + "."
  }
}
