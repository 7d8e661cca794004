import Tiltas

/// Checks explanations by rules and facts alone: what is stated must be a fact with just those statements, what a rule
/// gives must follow from the premises by that rule, and all else must hold when it is asked.
struct ExplanationChecker {
  let session: Session
  let explanation: Explanation

  struct Flaw: Error, CustomStringConvertible {
    var description: String
  }

  /// What is wrong with the explanation; `nil` where nothing is.
  func flaw() throws -> String? {
    guard !hasCycle() else { return "it goes in a circle" }
    for node in explanation.nodes {
      if let flaw = try flaw(of: node) { return "\(node.conclusion): \(flaw)" }
    }
    return nil
  }

  private func hasCycle() -> Bool {
    var state = [Int](repeating: 0, count: explanation.nodes.count)
    var open = [(node: 0, next: 0)]
    state[0] = 1
    while let (node, next) = open.last {
      let premises = explanation.nodes[node].premises
      guard next < premises.count else {
        state[node] = 2
        open.removeLast()
        continue
      }
      open[open.count - 1].next += 1
      let premise = premises[next]
      if state[premise] == 1 { return true }
      if state[premise] == 0 {
        state[premise] = 1
        open.append((premise, 0))
      }
    }
    return false
  }

  private func flaw(of node: Explanation.Node) throws -> String? {
    if case .query = node.reason { return node.premises.isEmpty ? "it rests on nothing" : nil }
    guard try session.query(node.conclusion).holds else { return "it does not hold" }
    switch node.reason {
    case .stated(let statements): return try flawOfFact(node, statements)
    case .rule(let span): return try flawOfRule(node, span)
    case .subtype, .path: return node.premises.isEmpty && !node.conclusion.contains("0 = distance") ? "no premise" : nil
    case .aggregate(let rows, let shown): return shown > rows ? "more is shown than there is" : nil
    case .query, .computed, .notFound, .name: return nil
    }
  }

  private func flawOfFact(_ node: Explanation.Node, _ statements: [[(key: String, value: Value)]]) throws -> String? {
    if !node.premises.isEmpty { return "a fact has premises" }
    for statement in statements {
      let annotations = statement.map { "\($0.key): \($0.value.description)" }.joined(separator: ", ")
      let fact = node.conclusion.components(before: " @ {")
      guard try session.query("\(fact) @ {\(annotations)}").holds else { return "no such statement: \(annotations)" }
    }
    return nil
  }

  /// The rule alone, on the premises alone, must give the conclusion. Negations hold there because nothing contradicts
  /// them, and are asked of the whole graph as nodes of their own; a rule with an aggregate would count the premises that
  /// are shown, so that only its parts are checked.
  private func flawOfRule(_ node: Explanation.Node, _ span: SourceSpan) throws -> String? {
    guard let rule = session.rules.first(where: { $0.span == span })?.text else { return "there is no such rule" }
    let beyondAtoms = ["{", "+(", "*(", "~", "triple(", "@", ")+", ")*", "|", "^"]
    if beyondAtoms.contains(where: { rule.contains($0) }) { return nil }
    let alone = Session()
    var text = rule + "\n"
    for premise in node.premises.map({ explanation.nodes[$0] }) {
      if premise.relation != nil { text += premise.conclusion + ".\n" }
    }
    // What the rule speaks of and no premise is of, in its negations, must be known.
    for relation in session.graph.relationNames + session.derivedRelations where rule.contains(relation + "(") {
      let arity = session.graph.relation(named: relation)?.arity ?? arity(of: relation)
      text += "relation \(relation)(\(Array(repeating: "any", count: arity).joined(separator: ", "))).\n"
    }
    // So must the entities that it names.
    text += "known(a). known(b). known(c).\n"
    try alone.load(SourceFile(name: "alone.dl", text: text))
    return try alone.query(node.conclusion).holds ? nil : "it does not follow by the rule from its premises"
  }

  private func arity(of relation: String) -> Int {
    let rule = session.rules.first { $0.text.hasPrefix(relation + "(") }?.text ?? ""
    let head = rule.components(before: ":-")
    return head.contains("()") ? 0 : head.count { $0 == "," } + 1
  }

}

extension String {
  /// What stands before the first occurrence of a text, or all.
  fileprivate func components(before mark: String) -> String {
    guard let range = ranges(of: mark).first else { return self }
    return String(self[..<range.lowerBound])
  }
}
