import Diagnostics
import Sessions

/// Checks by rules and queries alone why something is said not to hold.
struct RefutationChecker {
  let session: Session
  let refutation: Refutation
  /// The fact as it was asked for.
  let fact: Atom

  /// What is wrong with it; `nil` where nothing is.
  func flaw() throws -> String? {
    for near in refutation.near + refutation.attempts.flatMap(\.near) {
      guard try session.query(near).holds else { return "\(near) is no fact" }
    }
    for attempt in refutation.attempts {
      if let flaw = try flaw(of: attempt) { return "\(attempt.failed): \(flaw)" }
    }
    return nil
  }

  private func flaw(of attempt: Refutation.Attempt) throws -> String? {
    let reached = attempt.reached.joined(separator: ", ")
    // The terms on a path have no name in the language.
    if (reached + attempt.failed).contains("on (") || (reached + attempt.failed).contains("on edge") { return nil }
    if !reached.isEmpty, try !session.query(reached).holds { return "\(reached) does not hold together" }
    let failed = try Parser.query(in: SourceFile(name: "<failed>", text: attempt.failed)).body
    if !hasFreeVariables(failed), try session.query(attempt.failed).holds { return "it holds" }
    return try flawOfBeginning(attempt, failed)
  }

  /// A comparison, a negation or an aggregate may name a variable that nothing bound.
  private func hasFreeVariables(_ formula: Formula) -> Bool {
    switch formula {
    case .atom, .path: false
    default:
      formula.source.split { !$0.isLetter && $0 != "_" }.contains { $0.first == "_" || $0.first?.isUppercase == true }
    }
  }

  /// What was reached and what failed must have no solution for any values, not only for those that are shown.
  private func flawOfBeginning(_ attempt: Refutation.Attempt, _ failed: Formula) throws -> String? {
    guard let span = attempt.rule, let text = session.rules.first(where: { $0.span == span })?.text else { return nil }
    var parser = Parser(SourceFile(name: "rule.dl", text: text))
    guard case .rule(let rule)? = parser.next(), let body = rule.body else { return "it is no rule" }
    var given: RuleMatcher.Binding = [:]
    guard RuleMatcher.unify(rule.head.arguments, fact.arguments, &given) else {
      return "the rule is about something else"
    }
    let parts: [Formula] = if case .and(let parts) = body { parts } else { [body] }
    let shown =
      try attempt.reached.map { try Parser.query(in: SourceFile(name: "<reached>", text: $0)).body } + [failed]
    guard parts.allSatisfy({ if case .atom = $0 { true } else { false } }),
      let used = Self.assign(shown[...], parts, given, [])
    else { return nil }
    let beginning = Formula.and(used.sorted().map { parts[$0].instance(given) })
    return try session.query(beginning.source).holds ? "\(beginning.source) has a solution" : nil
  }

  /// Which of a rule's literals each shown one stands for.
  private static func assign(
    _ shown: ArraySlice<Formula>, _ parts: [Formula], _ binding: RuleMatcher.Binding, _ used: Set<Int>
  ) -> Set<Int>? {
    guard let first = shown.first else { return used }
    for (number, part) in parts.enumerated() where !used.contains(number) {
      guard case .atom(let atom) = part else { continue }
      var next = binding
      if RuleMatcher.isSame(atom, first, &next), let rest = assign(shown.dropFirst(), parts, next, used.union([number]))
      {
        return rest
      }
    }
    return nil
  }
}
