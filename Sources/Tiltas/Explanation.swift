internal import Diagnostics
internal import Evaluation
internal import Exploring
internal import Language

/// Why something holds: a rule or a statement, and what it follows from, down to the facts with their sources.
///
/// ```swift
/// let why = try db.why("partner(klaipeda, water_quality)")
/// print(why.sources)  // [["source": "report", "line": 6]]
/// print(why)  // the whole tree, as the shell draws it
/// ```
/// What two premises share is kept once, so an explanation takes as much as it has distinct parts.
public struct Explanation: Sendable {
  private let graph: Evaluation.Explanation
  private let number: Int

  init(_ graph: Evaluation.Explanation, _ number: Int = 0) { (self.graph, self.number) = (graph, number) }

  private var node: Evaluation.Explanation.Node { graph.nodes[number] }

  /// What holds, as a statement writes it: `partner(klaipeda, water_quality)`, `3 > 2`, `not held_on(visit, _)`.
  public var conclusion: String { node.conclusion }
  /// Why, in a few words: `stated in report, line 6`, `by rules.dl:12`, `of 4 rows`; empty if it follows from the values alone.
  public var reason: String { ExplanationTree.reason(node.reason, TiltasError.Place.text) }
  /// What it follows from.
  public var premises: [Explanation] { node.premises.map { Explanation(graph, $0) } }
  /// The place of the rule that gives it; `nil` if no rule does.
  public var rule: TiltasError.Place? { if case .rule(let span) = node.reason { TiltasError.Place(span) } else { nil } }
  /// The annotations of each statement of it, such as its source and line; empty if it is not stated.
  public var sources: [[String: Value]] {
    guard case .stated(let statements) = node.reason else { return [] }
    return statements.map { statement in
      Dictionary(statement.map { ($0.key, Value($0.value)) }, uniquingKeysWith: { first, _ in first })
    }
  }
}

extension Explanation: CustomStringConvertible {
  /// The tree as the shell draws it: beneath each thing what it follows from.
  public var description: String {
    guard number == 0 else { return conclusion + (reason.isEmpty ? "" : "  [\(reason)]") }
    return ExplanationTree(graph, deepest: Self.deepest, place: TiltasError.Place.text).lines.text
  }

  private static let deepest = 40
}

/// Why something does not hold: how far each rule came that could give it.
///
/// ```swift
/// print(try db.whyNot("partner(nida, water_quality)"))
/// ```
public struct Refutation: Sendable {
  /// One way in which it could have held, and where that ended.
  public struct Attempt: Sendable {
    /// The place of the rule; `nil` if it is no rule of yours.
    public let rule: TiltasError.Place?
    /// The conditions that hold together, in the order in which they were looked at.
    public let reached: [String]
    /// The first condition that then does not hold.
    public let failed: String
    /// Facts that are nearly what it asks for.
    public let near: [String]
  }

  private let refutation: Evaluation.Refutation

  init(_ refutation: Evaluation.Refutation) { self.refutation = refutation }

  /// What does not hold, as a statement writes it.
  public var fact: String { refutation.fact }
  /// What was tried, a rule after the other.
  public var attempts: [Attempt] {
    refutation.attempts.map { attempt in
      Attempt(
        rule: attempt.rule.map(TiltasError.Place.init), reached: attempt.reached, failed: attempt.failed,
        near: attempt.near)
    }
  }
  /// Facts that are nearly it.
  public var near: [String] { refutation.near }
}

extension Refutation: CustomStringConvertible {
  /// The tree as the shell draws it.
  public var description: String { RefutationTree(refutation, place: TiltasError.Place.text).lines.text }
}

extension [TreeLine] {
  fileprivate var text: String { map { $0.text(drawsBoxes: true) }.joined(separator: "\n") }
}

extension TiltasError.Place {
  static func text(_ span: SourceSpan) -> String { "\(span.file.name):\(span.file.line(of: span.start))" }
}
