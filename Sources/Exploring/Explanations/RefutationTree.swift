import Diagnostics
import Evaluation
import Language

/// A refutation as a tree: for each rule how far it came, what failed, and what is nearly so.
public struct RefutationTree {
  public private(set) var lines: [TreeLine] = []

  /// - Parameter place: how the place of a rule is told.
  public init(_ refutation: Refutation, place: (SourceSpan) -> String) {
    lines.append(TreeLine(content: "\(refutation.fact)  [does not hold]", hasBranches: true))
    var branches: [(String, [String])] = []
    if refutation.isStored { branches.append(("it is not stated", Self.near(refutation.near))) }
    for attempt in refutation.attempts {
      let name = attempt.rule.map { "the rule at \(place($0))" } ?? "by its parts"
      let reached = attempt.reached.map { "holds: \($0)" }
      branches.append(
        (
          name,
          reached + ["fails: \(attempt.failed)"] + Self.near(attempt.near)
        ))
    }
    if !refutation.isStored && refutation.attempts.isEmpty {
      branches.append(("no rule could give it", Self.near(refutation.near)))
    } else if !refutation.isStored {
      branches += Self.near(refutation.near).map { ($0, []) }
    }
    for (position, branch) in branches.enumerated() {
      let goesOn = position < branches.count - 1
      lines.append(TreeLine(levels: [goesOn], content: branch.0, hasBranches: !branch.1.isEmpty))
      for (number, content) in branch.1.enumerated() {
        lines.append(TreeLine(levels: [goesOn, number < branch.1.count - 1], content: content))
      }
    }
  }

  private static func near(_ facts: [String]) -> [String] { facts.map { "near: \($0)" } }
}
