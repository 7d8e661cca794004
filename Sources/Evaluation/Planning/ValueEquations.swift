/// The equations of a conjunction with a computed side, gathered by the value that they are about, and the parts of the
/// conjunction that nothing but these connects.
struct ValueEquations {
  /// What is to be one value.
  struct Value {
    /// The variables that stand for it and that nothing else binds.
    var names: Set<Int> = []
    var sides: [Operand] = []
    /// The numbers of the equations.
    var literals: Set<Int> = []
  }

  /// Literals that share variables.
  struct Part {
    var literals: Set<Int> = []
    var variables: Set<Int> = []
  }

  private(set) var values: [Value] = []
  private(set) var parts: [Part] = []
  /// The variables that literals other than equations bind.
  let sources: Set<Int>

  /// - Parameter given: the variables that are bound before.
  init(_ body: [Literal], given: Set<Int>) {
    sources = body.reduce(into: []) { result, literal in
      switch literal {
      case .atom(let atom): result.formUnion(atom.variables.subtracting(given))
      case .aggregate(let aggregate): if !given.contains(aggregate.result) { result.insert(aggregate.result) }
      case .negation, .comparison, .condition, .similar: break
      }
    }
    for (number, literal) in body.enumerated() { gather(number, literal, given) }
    values.removeAll { value in !value.sides.contains(where: \.isComputed) }
    let equations = values.reduce(into: Set()) { $0.formUnion($1.literals) }
    let others = body.indices.filter { !equations.contains($0) }
    for number in others where body[number].isSource { connect(number, body[number], given) }
    for number in others where !body[number].isSource { add(number, body[number], given) }
  }

  private mutating func gather(_ number: Int, _ literal: Literal, _ given: Set<Int>) {
    guard case .comparison(.equal, let left, let right, _) = literal else { return }
    var merged = Value(literals: [number])
    for side in [left, right] {
      if case .variable(let name) = side, !sources.contains(name), !given.contains(name) {
        merged.names.insert(name)
      } else {
        merged.sides.append(side)
      }
    }
    values.removeAll { value in
      if value.names.isDisjoint(with: merged.names) { return false }
      merged.names.formUnion(value.names)
      merged.sides = value.sides + merged.sides
      merged.literals.formUnion(value.literals)
      return true
    }
    values.append(merged)
  }

  private mutating func connect(_ number: Int, _ literal: Literal, _ given: Set<Int>) {
    let open = literal.variables.subtracting(given)
    guard !open.isEmpty else { return }
    var merged = Part(literals: [number], variables: open)
    parts.removeAll { part in
      if part.variables.isDisjoint(with: merged.variables) { return false }
      merged.variables.formUnion(part.variables)
      merged.literals.formUnion(part.literals)
      return true
    }
    parts.append(merged)
  }

  /// Adds a condition to the part that has all its variables, if one has.
  private mutating func add(_ number: Int, _ literal: Literal, _ given: Set<Int>) {
    let open = literal.variables.subtracting(given)
    guard !open.isEmpty, let place = parts.firstIndex(where: { open.isSubset(of: $0.variables) }) else { return }
    parts[place].literals.insert(number)
  }

  /// The numbers of the parts whose variables an operand has.
  func places(of side: Operand) -> Set<Int> {
    Set(parts.indices.filter { !parts[$0].variables.isDisjoint(with: side.variables) })
  }

  /// The part in which all of a computed side's variables stand.
  func place(of side: Operand) -> Int? {
    guard side.isComputed, !side.variables.isEmpty else { return nil }
    return parts.indices.first { side.variables.isSubset(of: parts[$0].variables) }
  }

  /// Whether a value has a side that does not rest on a part.
  func isMet(_ value: Value, in part: Int) -> Bool {
    value.sides.contains { side in !side.variables.isEmpty && !places(of: side).contains(part) }
  }
}

extension Literal {
  /// Whether it gives its variables values, where conditions only rule some out.
  fileprivate var isSource: Bool {
    switch self {
    case .atom, .aggregate: true
    case .negation, .comparison, .condition, .similar: false
    }
  }
}
