import Diagnostics
import Language
import Terms

/// Whether each variable of a clause is bound: a variable of the head, a negation or a comparison must be bound by a
/// positive literal, or by `=` from others that are.
struct Safety {
  private let clause: Clause

  init(_ clause: Clause) { self.clause = clause }

  /// The first variable that is not bound, as a diagnostic; `nil` where the clause is safe.
  func problem() -> Diagnostic? {
    let bound = Self.bound(by: clause.body, given: [])
    if let problem = problem(in: clause.body, bound) { return problem }
    for (position, argument) in clause.head.arguments.enumerated() {
      guard let number = argument.variable, !bound.contains(number) else { continue }
      if clause.origin == .query { return unboundInAlternative(number) }
      let span = position < clause.headSpans.count ? clause.headSpans[position] : clause.head.span
      return unbound(number, "the head", span)
    }
    return nil
  }

  /// The variables that a conjunction binds, with those that were bound before.
  static func bound(by literals: [Literal], given: Set<Int>) -> Set<Int> {
    var bound = given
    for literal in literals { if case .atom(let atom) = literal { bound.formUnion(atom.variables) } }
    var hasGrown = true
    while hasGrown {
      hasGrown = false
      for literal in literals {
        for number in boundIn(literal, bound) where bound.insert(number).inserted { hasGrown = true }
      }
    }
    return bound
  }

  /// What a literal that is no atom binds, given what is bound.
  static func boundIn(_ literal: Literal, _ bound: Set<Int>) -> [Int] {
    switch literal {
    case .comparison(.equal, let left, let right, _):
      var result: [Int] = []
      if case .variable(let number) = left, right.variables.isSubset(of: bound) { result.append(number) }
      if case .variable(let number) = right, left.variables.isSubset(of: bound) { result.append(number) }
      return result
    case .aggregate(let aggregate): return aggregate.group.shared.isSubset(of: bound) ? [aggregate.result] : []
    default: return []
    }
  }

  private func problem(in literals: [Literal], _ bound: Set<Int>) -> Diagnostic? {
    for literal in literals {
      switch literal {
      case .atom: continue
      case .comparison, .condition, .similar:
        if let number = firstCause(in: literal, bound) {
          return unbound(number, "this comparison", literal.span)
        }
      case .negation(let group, let span):
        if let problem = problem(in: group, bound, "this negation", span) { return problem }
      case .aggregate(let aggregate):
        if let problem = problem(in: aggregate.group, bound, "this aggregate", aggregate.span) { return problem }
        for alternative in aggregate.group.alternatives {
          let inner = Self.bound(by: alternative, given: bound)
          if let number = first(of: Set(aggregate.columns), notIn: inner) {
            return unbound(number, "this aggregate", aggregate.span)
          }
        }
      }
    }
    return nil
  }

  private func problem(in group: Group, _ bound: Set<Int>, _ place: String, _ span: SourceSpan) -> Diagnostic? {
    if let number = first(of: group.shared, notIn: bound) { return unbound(number, place, span) }
    for alternative in group.alternatives {
      if let problem = problem(in: alternative, Self.bound(by: alternative, given: bound)) { return problem }
    }
    return nil
  }

  /// The first variable that keeps a literal from being computed: in `Y = X + Z` it is `Z`, which would bind `Y`.
  private func firstCause(in literal: Literal, _ bound: Set<Int>) -> Int? {
    if case .comparison(.equal, let left, let right, _) = literal {
      for (side, other) in [(left, right), (right, left)] {
        guard case .variable(let number) = side, case .call = other, !bound.contains(number) else { continue }
        if let cause = first(of: other.variables.subtracting([number]), notIn: bound) { return cause }
      }
    }
    return first(of: literal.variables, notIn: bound)
  }

  private func first(of variables: Set<Int>, notIn bound: Set<Int>) -> Int? {
    variables.subtracting(bound).min()
  }

  /// A column of a query that one of its alternatives leaves open.
  private func unboundInAlternative(_ number: Int) -> Diagnostic {
    let name = clause.variableNames[number] ?? "_"
    return Diagnostic(
      .unboundInAlternative, "the variable `\(name)` is not bound in every alternative of this query",
      at: clause.variableSpans[number] ?? clause.span,
      help: "bind `\(name)` in each of them, or write `_` if any value is meant")
  }

  private func unbound(_ number: Int, _ place: String, _ span: SourceSpan) -> Diagnostic {
    let name = clause.variableNames[number]
    let shown = name.map { "the variable `\($0)`" } ?? "`_`"
    let first = number < clause.variableSpans.count ? clause.variableSpans[number] : nil
    return Diagnostic(
      .unboundVariable, "\(shown) of \(place) is not bound by a positive literal",
      at: place == "the head" ? span : first ?? span,
      help: name.flatMap { WrittenDate.help(onVariable: $0) }
        ?? "add a condition that says what \(name ?? "it") may be, such as a relation or a type that holds it")
  }
}
