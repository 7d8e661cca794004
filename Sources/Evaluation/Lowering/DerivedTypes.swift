import Graphs
import Language
import Terms

/// The types of what stands in the positions of relations that rules define and nothing declares: of each position all
/// those that one of its rules can give it.
///
/// They grow from none until no rule gives more, as the rows of a recursive relation do.
final class DerivedTypes {
  /// The clauses as they are where no types are inferred, from which these are.
  private let base: ClauseBase
  /// For each relation that was asked for, and each that it depends on, the types by position.
  private var known: [RelationKey: [Types]] = [:]

  /// None where nothing can stand there; with ``PositionType/any`` in it, anything.
  private typealias Types = Set<PositionType>

  init(_ base: ClauseBase) { self.base = base }

  /// The types of a position; `any` alone where anything can stand there.
  func types(of key: RelationKey, at position: Int) -> [PositionType] {
    if known[key] == nil { infer(from: key) }
    guard let types = known[key], position < types.count, !types[position].contains(.any) else { return [.any] }
    return types[position].sorted { $0.name < $1.name }
  }

  private func infer(from goal: RelationKey) {
    let keys = dependencies(of: goal)
    // A rule with a mistake gives no clause, and what it was to give is not known.
    let isSound = base.diagnostics.isEmpty
    for key in keys {
      known[key] = Array(repeating: isSound ? [] : [.any], count: base.arity(of: key) ?? 0)
    }
    var hasGrown = isSound
    while hasGrown {
      hasGrown = false
      for key in keys where base.graph.pace.goesOn(after: 16) {
        for clause in base.clauses(for: key) where add(headTypes(of: clause), to: key) { hasGrown = true }
      }
    }
  }

  /// The relation with those that it depends on whose types are to be inferred too.
  private func dependencies(of goal: RelationKey) -> [RelationKey] {
    var found: [RelationKey] = []
    var seen: Set<RelationKey> = [goal]
    var open = [goal]
    while let key = open.popLast() {
      found.append(key)
      for clause in base.clauses(for: key) {
        for case .atom(let atom) in clause.body
        where known[atom.relation] == nil && base.isInferred(atom.relation) && seen.insert(atom.relation).inserted {
          open.append(atom.relation)
        }
      }
    }
    // Those that others depend on first, so that most turns hand types on all the way.
    return found.reversed()
  }

  private func add(_ types: [Types], to key: RelationKey) -> Bool {
    guard let before = known[key] else { return false }
    let after = zip(before, types).map { $0.union($1) }
    known[key] = after
    return after != before
  }

  // MARK: Clauses

  private func headTypes(of clause: Clause) -> [Types] {
    let variables = variableTypes(of: clause)
    if variables.values.contains(where: \.isEmpty) { return clause.head.arguments.map { _ in [] } }
    return clause.head.arguments.map { argument in
      switch argument {
      case .constant(let term): types(of: term)
      case .variable(let number): variables[number] ?? [.any]
      }
    }
  }

  /// What the positive literals of a clause allow each of its variables to be; a variable that is not in it may be anything.
  private func variableTypes(of clause: Clause) -> [Int: Types] {
    var result: [Int: Types] = [:]
    func limit(_ number: Int, to types: Types) {
      if !types.contains(.any) { result[number] = result[number].map { meet($0, types) } ?? types }
    }
    for literal in clause.body {
      switch literal {
      case .atom(let atom):
        for (position, argument) in atom.arguments.enumerated() {
          if let number = argument.variable { limit(number, to: types(of: atom, at: position)) }
        }
      case .aggregate(let aggregate): limit(aggregate.result, to: Self.types(of: aggregate.kind))
      case .similar(.variable(let number), _, _): limit(number, to: [.entity])
      case .similar, .comparison, .condition, .negation: continue
      }
    }
    // An equation hands on what is known of one side, and a chain of them takes as many turns.
    let equations = clause.body.filter { if case .comparison(.equal, _, _, _) = $0 { true } else { false } }
    for _ in equations {
      for case .comparison(.equal, let left, let right, _) in equations {
        if case .variable(let number) = left { limit(number, to: types(of: right, result)) }
        if case .variable(let number) = right { limit(number, to: types(of: left, result)) }
      }
    }
    return result
  }

  private func types(of operand: Operand, _ variables: [Int: Types]) -> Types {
    switch operand {
    case .variable(let number): variables[number] ?? [.any]
    case .constant(let term): types(of: term)
    case .call(let function, _, _): Self.types(of: function.form.result)
    }
  }

  private func types(of atom: ClauseAtom, at position: Int) -> Types {
    switch atom.relation {
    case .distance: return position == 2 ? [.integer] : [.any]
    case .named(let name) where base.graph.isType(name): return [.member(name)]
    default: break
    }
    if base.isInferred(atom.relation) { return known[atom.relation]?[position] ?? [.any] }
    return Set(base.types(of: atom.relation, at: position))
  }

  private func types(of term: Term) -> Types {
    switch base.graph.terms.value(term) {
    case .name: [.entity]
    case .string: [.string]
    case .integer: [.integer]
    case .decimal: [.decimal]
    case .boolean: [.boolean]
    case .date: [.date]
    }
  }

  private static func types(of kind: Aggregate.Kind) -> Types {
    switch kind {
    case .count: [.integer]
    case .sum, .avg: [.decimal]
    case .list: [.string]
    case .min, .max: [.any]
    }
  }

  private static func types(of kind: Function.Form.Kind) -> Types {
    switch kind {
    case .any: [.any]
    case .number: [.decimal]
    case .integer: [.integer]
    case .text: [.string]
    case .date: [.date]
    case .boolean: [.boolean]
    }
  }

  // MARK: Meeting

  private func meet(_ left: Types, _ right: Types) -> Types {
    left.reduce(into: []) { result, one in
      for other in right { if let both = meet(one, other) { result.insert(both) } }
    }
  }

  /// The type of what is of both; of two types of entities of which none is beneath the other the first, for some may be of
  /// both.
  private func meet(_ left: PositionType, _ right: PositionType) -> PositionType? {
    switch (left, right) {
    case (.any, _): right
    case (_, .any): left
    case (.entity, _) where right.isEntity: right
    case (_, .entity) where left.isEntity: left
    case (.member(let one), .member(let other)): base.graph.isType(other, within: one) ? right : left
    case (.integer, .decimal), (.decimal, .integer): .integer
    default: left == right ? left : nil
    }
  }
}
