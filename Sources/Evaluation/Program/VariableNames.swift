import Language

/// Finds the variables of a syntax tree that stand outside of braces and negations.
enum VariableNames {
  /// Calls `body` with each named variable, in the order of the text; those at the ends of a distance are among them.
  static func collect(_ formula: Formula, _ body: (Identifier) -> Void) {
    forEachExpression(formula) { collect($0, withinDistances: true, body) }
  }

  /// As ``collect(_:_:)``, without the ends of distances, which live within braces: what a query shows.
  static func collectVisible(_ formula: Formula, _ body: (Identifier) -> Void) {
    forEachExpression(formula) { collect($0, withinDistances: false, body) }
  }

  /// As ``collect(_:_:)``, with those within negations and braces.
  static func collectAll(_ formula: Formula, _ body: (Identifier) -> Void) {
    forEachExpression(formula, inNegations: true) { collectAll($0, body) }
  }

  private static func collectAll(_ expression: Expression, _ body: (Identifier) -> Void) {
    switch expression {
    case .aggregate(let aggregate):
      for column in aggregate.columns { collectAll(column, body) }
      collectAll(aggregate.body, body)
    case .negative, .binary, .call: for part in expression.parts { collectAll(part, body) }
    case .variable, .distance, .constant, .parameter: collect(expression, body)
    }
  }

  private static func forEachExpression(
    _ formula: Formula, inNegations: Bool = false, _ body: (Expression) -> Void
  ) {
    switch formula {
    case .atom, .path, .comparison, .similar: formula.expressions.forEach(body)
    case .and(let parts), .or(let parts):
      for part in parts { forEachExpression(part, inNegations: inNegations, body) }
    case .not(let inner, _): if inNegations { forEachExpression(inner, inNegations: true, body) }
    }
  }

  /// As above, for an expression. The ends of a distance are of the conjunction around it.
  static func collect(_ expression: Expression, withinDistances: Bool = true, _ body: (Identifier) -> Void) {
    switch expression {
    case .variable(let identifier): if identifier.name != "_" { body(identifier) }
    case .negative, .binary, .call:
      for part in expression.parts { collect(part, withinDistances: withinDistances, body) }
    case .distance(_, let from, let to, _):
      if withinDistances {
        collect(from, body)
        collect(to, body)
      }
    case .constant, .parameter, .aggregate: break
    }
  }
}
