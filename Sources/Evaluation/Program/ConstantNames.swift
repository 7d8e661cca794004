import Language

/// Finds the names of entities that a rule may bring into the graph: those in its head, and those to which its body binds a
/// variable of the head, as in `state(X, S) :- p(X), S = active.`
enum ConstantNames {
  static func collect(_ rule: Rule, _ body: (String) -> Void) {
    let needed = rule.body.map { namesNeeded(by: $0) } ?? []
    var variables: Set<String> = []
    for argument in rule.head.arguments {
      collect(argument) { if !needed.contains($0) { body($0) } }
      VariableNames.collect(argument) { variables.insert($0.name) }
    }
    if let formula = rule.body { bindings(formula, of: variables, boundOutside: [], body) }
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

  /// The names to which `=` binds variables of the head; where a relation binds such a variable too, `=` compares.
  /// - Parameter variables: those of the head, and others that are equal to them.
  private static func bindings(
    _ formula: Formula, of variables: Set<String>, boundOutside: Set<String>, _ body: (String) -> Void
  ) {
    let parts = if case .and(let parts) = formula { parts } else { [formula] }
    let bound = parts.reduce(into: boundOutside) { bound, part in
      switch part {
      case .atom, .path: VariableNames.collect(part) { bound.insert($0.name) }
      case .comparison, .similar, .not, .and, .or: break
      }
    }
    let wanted = withEqual(variables, parts).subtracting(bound)
    for part in parts {
      switch part {
      case .comparison(.equal, .variable(let variable), .constant(.name(let name), _), _),
        .comparison(.equal, .constant(.name(let name), _), .variable(let variable), _):
        if wanted.contains(variable.name) { body(name) }
      case .or(let alternatives):
        for alternative in alternatives { bindings(alternative, of: wanted, boundOutside: bound, body) }
      case .comparison, .atom, .path, .similar, .not, .and: break
      }
    }
  }

  /// Variables with those that `X = Y` says to be the same.
  private static func withEqual(_ variables: Set<String>, _ parts: [Formula]) -> Set<String> {
    var result = variables
    var before = -1
    while result.count > before {
      before = result.count
      for case .comparison(.equal, .variable(let left), .variable(let right), _) in parts
      where result.contains(left.name) || result.contains(right.name) {
        result.insert(left.name)
        result.insert(right.name)
      }
    }
    return result
  }

  private static func collect(_ expression: Expression, _ body: (String) -> Void) {
    switch expression {
    case .constant(.name(let name), _): body(name)
    case .call(_, let arguments, _): for argument in arguments { collect(argument, body) }
    case .constant, .variable, .parameter, .negative, .binary, .aggregate, .distance: break
    }
  }
}
