import Sessions

/// Matches the literals of a rule with what an explanation or a refutation shows in their place, by the syntax tree alone.
struct RuleMatcher {
  typealias Binding = [String: Value]

  /// What is shown, as source read again.
  let shown: [Formula]

  /// Whether an argument of a rule can be a value; binds its variable. What is computed, and text that names something,
  /// may be: that the whole holds is asked of the session.
  static func unify(_ argument: Expression, _ value: Expression, _ binding: inout Binding) -> Bool {
    guard case .constant(let value, _) = value else { return true }
    switch argument {
    case .variable(let variable):
      if variable.name == "_" { return true }
      return binding.updateValue(value, forKey: variable.name) ?? value == value
    case .constant(.string, _): return true
    case .constant(let constant, _): return constant == value
    default: return true
    }
  }

  static func unify(_ arguments: [Expression], _ values: [Expression], _ binding: inout Binding) -> Bool {
    guard arguments.count == values.count else { return false }
    for (argument, value) in zip(arguments, values) where !unify(argument, value, &binding) { return false }
    return true
  }

  /// The bindings and the shown formulas used, by number, of every way in which the positive literals find their places.
  func solve(
    _ literals: [Formula], _ binding: Binding, _ used: Set<Int> = [], _ found: (Binding, Set<Int>) throws -> Bool
  ) rethrows -> Bool {
    guard let literal = literals.first else { return try found(binding, used) }
    let rest = Array(literals.dropFirst())
    switch literal {
    case .and(let parts): return try solve(parts + rest, binding, used, found)
    case .or(let parts):
      for part in parts where try solve([part] + rest, binding, used, found) { return true }
      return false
    case .atom(let atom):
      for number in shown.indices {
        var next = binding
        if Self.isSame(atom, shown[number], &next), try solve(rest, next, used.union([number]), found) { return true }
      }
      return false
    case .path(let path, let from, let to, let annotations, _):
      if case .zeroOrMore = path, Self.unify(from, to, both: binding) != nil {
        let next = Self.unify(from, to, both: binding) ?? binding
        if try solve(rest, next, used, found) { return true }
      }
      for number in shown.indices {
        var next = binding
        if Self.isStep(path, from, to, annotations, shown[number], &next),
          try solve(rest, next, used.union([number]), found)
        {
          return true
        }
      }
      return false
    case .comparison, .similar, .not: return try solve(rest, binding, used, found)
    }
  }

  static func isSame(_ atom: Atom, _ other: Formula, _ binding: inout Binding) -> Bool {
    guard case .atom(let other) = other, atom.relation.name == other.relation.name,
      atom.annotations.map(\.key.name) == other.annotations.map(\.key.name)
    else { return false }
    return unify(
      atom.arguments + atom.annotations.map(\.value), other.arguments + other.annotations.map(\.value), &binding)
  }

  /// Whether what is shown goes along a path from one end to the other.
  static func isStep(
    _ path: PathExpression, _ from: Expression, _ to: Expression, _ annotations: [Annotation],
    _ shown: Formula, _ binding: inout Binding
  ) -> Bool {
    if case .path(let other, let start, let end, _, _) = shown,
      other.source == path.source || other.source == path.sourceOfClosure
    {
      return unify([from, to], [start, end], &binding)
    }
    switch path {
    case .relation(let relation):
      let atom = Atom(relation: relation, arguments: [from, to], annotations: annotations, span: relation.span)
      return isSame(atom, shown, &binding)
    case .inverse(let inner): return isStep(inner, to, from, annotations, shown, &binding)
    case .alternatives(let parts):
      for part in parts {
        var next = binding
        if isStep(part, from, to, annotations, shown, &next) {
          binding = next
          return true
        }
      }
      return false
    case .oneOrMore, .zeroOrMore: return false
    }
  }

  /// The binding with which the ends of a path of no step are one.
  private static func unify(_ left: Expression, _ right: Expression, both binding: Binding) -> Binding? {
    var binding = binding
    let span = left.span
    if let value = value(left, binding) { return unify(right, .constant(value, span), &binding) ? binding : nil }
    if let value = value(right, binding) { return unify(left, .constant(value, span), &binding) ? binding : nil }
    return binding
  }

  private static func value(_ expression: Expression, _ binding: Binding) -> Value? {
    switch expression {
    case .constant(let value, _): value
    case .variable(let variable): binding[variable.name]
    default: nil
    }
  }
}

extension PathExpression {
  /// `r+`, where the path is `r*`.
  fileprivate var sourceOfClosure: String? {
    if case .zeroOrMore(let inner) = self { PathExpression.oneOrMore(inner).source } else { nil }
  }
}
