import Language

/// Finds the names of entities that a rule may bring into the graph.
enum ConstantNames {
  static func collect(_ rule: Rule, _ body: (String) -> Void) {
    let needed = rule.body.map { namesNeeded(by: $0) } ?? []
    for argument in rule.head.arguments { collect(argument) { if !needed.contains($0) { body($0) } } }
    if let formula = rule.body { collect(formula, body) }
  }

  /// The names that facts must have for a body to hold: a rule makes nothing of a name that it asks for itself, so that
  /// `q(x) :- p(x).`, meant with a variable, is reported.
  private static func namesNeeded(by formula: Formula) -> Set<String> {
    switch formula {
    case .atom(let atom):
      Set(atom.arguments.compactMap { if case .constant(.name(let name), _) = $0 { name } else { nil } })
    case .and(let parts): parts.reduce(into: []) { $0.formUnion(namesNeeded(by: $1)) }
    case .or, .path, .similar, .comparison, .not: []
    }
  }

  private static func collect(_ formula: Formula, _ body: (String) -> Void) {
    switch formula {
    case .comparison(_, let left, let right, _):
      collect(left, body)
      collect(right, body)
    case .and(let parts), .or(let parts): for part in parts { collect(part, body) }
    case .atom, .path, .similar, .not: break
    }
  }

  private static func collect(_ expression: Expression, _ body: (String) -> Void) {
    switch expression {
    case .constant(.name(let name), _): body(name)
    case .call(_, let arguments, _): for argument in arguments { collect(argument, body) }
    default: break
    }
  }
}
