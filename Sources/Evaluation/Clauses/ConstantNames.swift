import Language

/// Finds the names of entities that a rule may bring into the graph.
enum ConstantNames {
  static func collect(_ rule: Rule, _ body: (String) -> Void) {
    for argument in rule.head.arguments { collect(argument, body) }
    if let formula = rule.body { collect(formula, body) }
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
