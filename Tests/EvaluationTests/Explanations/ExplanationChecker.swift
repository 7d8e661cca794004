import Diagnostics
import Sessions

/// Checks explanations by rules and facts alone: what is stated must be a fact with just those statements, what a rule
/// gives must follow by that rule's syntax tree from the premises, and all else must hold when it is asked.
struct ExplanationChecker {
  let session: Session
  let explanation: Explanation

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

  private func formula(_ text: String) throws -> Formula {
    try Parser.query(in: SourceFile(name: "<conclusion>", text: text)).body
  }

  private func flaw(of node: Explanation.Node) throws -> String? {
    if case .query = node.reason { return node.premises.isEmpty ? "it rests on nothing" : nil }
    // The terms on a path, which have no name in the language.
    if node.conclusion.hasPrefix("on ") { return node.premises.count == 1 ? nil : "not one premise" }
    guard try session.query(node.conclusion).holds else { return "it does not hold" }
    let conclusion = try formula(node.conclusion)
    let premises = node.premises.map { explanation.nodes[$0] }
    switch node.reason {
    case .stated(let statements): return try flawOfFact(node, conclusion, statements)
    case .rule(let span): return try flawOfRule(conclusion, premises, span)
    case .subtype: return try flawOfMembership(conclusion, premises)
    case .path: return try flawOfPath(conclusion, premises)
    case .aggregate(let rows, let shown): return try flawOfAggregate(conclusion, rows, shown, premises)
    case .query, .computed, .notFound, .name: return nil
    }
  }

  private func flawOfFact(
    _ node: Explanation.Node, _ conclusion: Formula, _ statements: [[(key: String, value: Value)]]
  ) throws -> String? {
    if !node.premises.isEmpty { return "a fact has premises" }
    guard case .atom(var atom) = conclusion else { return "a fact is no atom" }
    let asked = atom.annotations
    atom.annotations = []
    guard let relation = session.graph.relation(named: atom.relation.name) else { return "no such relation" }
    let terms = atom.arguments.compactMap { argument -> UInt32? in
      if case .constant(let value, _) = argument { session.graph.terms.find(value)?.number } else { nil }
    }
    guard terms.count == atom.arguments.count, relation.facts.contains(terms) else { return "it is not stated" }
    let known = session.graph.statement(relation, terms).annotations.map(Self.text).filter { text in
      asked.allSatisfy { text.contains("\($0.key.name): \($0.value.source)") }
    }
    return known.sorted() == statements.map(Self.text).sorted() ? nil : "its statements are \(known)"
  }

  private static func text(_ statement: [(key: String, value: Value)]) -> String {
    statement.map { "\($0.key): \($0.value.description)" }.joined(separator: ", ")
  }

  /// The rule's literals must find their places among the premises, each premise that is a row must be used, and the
  /// rule's body with the values found must hold.
  private func flawOfRule(
    _ conclusion: Formula, _ premises: [Explanation.Node], _ span: SourceSpan
  ) throws -> String? {
    guard let text = session.rules.first(where: { $0.span == span })?.text, case .atom(let head) = conclusion
    else { return "there is no such rule" }
    var parser = Parser(SourceFile(name: "rule.dl", text: text))
    guard case .rule(let rule)? = parser.next(), let body = rule.body else { return "it is no rule" }
    var given: RuleMatcher.Binding = [:]
    guard RuleMatcher.unify(rule.head.arguments, head.arguments, &given), rule.head.relation.name == head.relation.name
    else { return "the rule is about something else" }
    let premises = premises.filter { !$0.conclusion.hasPrefix("on ") }
    let shown = try premises.map { try formula($0.conclusion) }
    let needed = Set(shown.indices.filter { Self.isRow(shown[$0]) })
    let follows = try RuleMatcher(shown: shown).solve([body], given) { binding, used in
      guard used.isSuperset(of: needed) else { return false }
      return try session.query(body.instance(binding).source).holds
    }
    return follows ? nil : "it does not follow by \(text) from \(premises.map(\.conclusion))"
  }

  private static func isRow(_ formula: Formula) -> Bool {
    switch formula {
    case .atom, .path: true
    default: false
    }
  }

  private func flawOfMembership(_ conclusion: Formula, _ premises: [Explanation.Node]) throws -> String? {
    guard case .atom(let member) = conclusion, premises.count == 1,
      case .atom(let premise) = try formula(premises[0].conclusion),
      member.arguments.map(\.source) == premise.arguments.map(\.source)
    else { return "its premise is not about the same" }
    let isSubtype = session.graph.supertypes(of: premise.relation.name).contains(member.relation.name)
    return isSubtype ? nil : "\(premise.relation.name) is no subtype"
  }

  /// The premises must lead from the one end to the other.
  private func flawOfPath(_ conclusion: Formula, _ premises: [Explanation.Node]) throws -> String? {
    var (path, from, to): (PathExpression, Expression, Expression)
    switch conclusion {
    case .path(let own, let start, let end, _, _): (path, from, to) = (own, start, end)
    case .comparison(.equal, let steps, .distance(let own, let start, let end, _), _):
      (path, from, to) = (own, start, end)
      if steps.source != "\(premises.count)" { return "not as many steps as it says" }
    default: return "it is no path"
    }
    // As variables, for constants of the language may stand for others.
    guard case .constant(var place, _) = from else { return "it begins nowhere" }
    let ends = ["From", "Next"].map { Expression.variable(Identifier($0, from.span)) }
    for premise in premises {
      let step = try formula(premise.conclusion)
      let bindings = [path, path.single].compactMap { path -> RuleMatcher.Binding? in
        var binding = ["From": place]
        return RuleMatcher.isStep(path, ends[0], ends[1], [], step, &binding) ? binding : nil
      }
      guard let next = bindings.first?["Next"] else { return "\(step.source) is no step from \(place.description)" }
      place = next
    }
    from = .constant(place, from.span)
    return from.source == to.source ? nil : "the path ends at \(from.source)"
  }

  private func flawOfAggregate(
    _ conclusion: Formula, _ rows: Int, _ shown: Int, _ premises: [Explanation.Node]
  ) throws -> String? {
    guard case .comparison(.equal, let result, .aggregate(let aggregate), _) = conclusion else {
      return "it is no aggregate"
    }
    if shown > rows { return "more is shown than there is" }
    if shown > 0 && premises.isEmpty { return "nothing is shown" }
    return aggregate.kind == .count && result.source != "\(rows)" ? "it counted \(rows)" : nil
  }
}

extension PathExpression {
  /// One step of a repeated path.
  fileprivate var single: PathExpression {
    switch self {
    case .oneOrMore(let inner), .zeroOrMore(let inner): inner
    default: self
    }
  }
}
