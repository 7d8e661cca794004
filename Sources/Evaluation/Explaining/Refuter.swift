import Diagnostics
import Graphs
import Relations
import Terms

/// Finds out why a row does not hold: for each clause that could give it, the longest beginning of the body that holds
/// for some values, and the first literal that then fails.
struct Refuter {
  private let evaluator: Evaluator
  private let instances: ClauseInstances
  private var base: ClauseBase { evaluator.base }

  /// The rows of a goal, computed as those of a query are.
  private let ask: (RelationKey) throws -> Relation

  private static let mostNear = 3

  init(_ evaluator: Evaluator, ask: @escaping (RelationKey) throws -> Relation) {
    self.evaluator = evaluator
    self.ask = ask
    instances = ClauseInstances(evaluator)
  }

  /// `nil` where the row holds.
  func refute(_ key: RelationKey, _ row: [UInt32]) throws -> Refutation? {
    if !evaluator.isComplete(key), let rows = try ends(of: key, row) {
      // What its rules say of the row is of these rows alone, and the closure as a whole may be too large.
      let slot = evaluator.slot(key)
      defer { slot.relation = Relation(arity: 2) }
      slot.relation = rows
      return rows.contains(row) ? nil : try refutation(key, row) { try present($0, $1, $2) }
    }
    let atom = ClauseAtom(relation: key, arguments: row.map { .constant(Term($0)) }, span: .none)
    let query = Clause(origin: .query, head: atom, body: [.atom(atom)], variableNames: [], span: .none)
    if try asked(query, query.body, given: [:]) != nil { return nil }
    // Where whole relations were computed for that, they tell the rest as well.
    return try refutation(key, row) { clause, literals, given in
      try evaluator.isComplete(key)
        ? present(clause, literals, given) : asked(clause, literals, given: given)
    }
  }

  private typealias Finder = (Clause, [Literal], ClauseInstances.Binding) throws -> ClauseInstances.Binding?

  /// Values with which literals hold in the relations as they are now.
  private func present(
    _ clause: Clause, _ literals: [Literal], _ given: ClauseInstances.Binding
  ) throws -> ClauseInstances.Binding? {
    try instances.find(clause, literals, given: given, most: 1).first
  }

  /// Values with which literals hold, found by a query for them.
  private func asked(
    _ clause: Clause, _ literals: [Literal], given: ClauseInstances.Binding
  ) throws -> ClauseInstances.Binding? {
    let variables = literals.reduce(into: Set(given.keys)) { $0.formUnion($1.variables) }.sorted()
    var query = clause
    query.origin = .query
    query.head = ClauseAtom(
      relation: base.makeAuxiliary(arity: variables.count, name: "answer"), arguments: variables.map { .variable($0) },
      span: clause.span)
    query.body =
      given.sorted { $0.key < $1.key }.map {
        .comparison(.equal, .variable($0.key), .constant(Term($0.value)), clause.span)
      } + literals
    base.add(query)
    var found: ClauseInstances.Binding?
    try ask(query.head.relation).forEachTuple { row in
      found = Dictionary(uniqueKeysWithValues: zip(variables, row))
      return false
    }
    return found
  }

  /// The rows of a closure that have an end in common with one of them.
  private func ends(of key: RelationKey, _ row: [UInt32]) throws -> Relation? {
    guard let closure = evaluator.closure(key), closure.canCompute else { return nil }
    try evaluator.prepare(below: key)
    let rows = Relation(arity: 2)
    for (column, term) in row.enumerated() {
      let end = Relation(arity: 1)
      end.append([term])
      _ = rows.formUnion(try closure.follow(end.terms(ofColumn: 0), backward: column == 1, evaluator))
    }
    return rows
  }

  private func refutation(_ key: RelationKey, _ row: [UInt32], _ find: Finder) throws -> Refutation {
    let isStored =
      key.ownName == nil || base.stored(key)?.facts.isEmpty == false || base.clauses(for: key).isEmpty
    var refutation = Refutation(fact: text(key, row), isStored: isStored)
    for clause in base.clauses(for: key) {
      guard let given = ClauseInstances.match(clause.head, row) else { continue }
      if let attempt = try attempt(clause, given, find) { refutation.attempts.append(attempt) }
    }
    refutation.near = near(key, row.map { $0 }, besides: refutation.attempts.flatMap(\.reached))
    return refutation
  }

  private func text(_ key: RelationKey, _ row: [UInt32]) -> String {
    LiteralText.text(key, row.map { base.text(of: Term($0), in: key.whole) }, base)
  }

  private func attempt(_ clause: Clause, _ given: ClauseInstances.Binding, _ find: Finder) throws -> Refutation.Attempt?
  {
    let literals = ordered(clause.body, bound: Set(given.keys))
    var binding = given
    for count in literals.indices {
      guard let found = try solution(of: Array(literals[...count]), clause, given, find) else {
        let text = LiteralText(base: base, clause: clause, binding: binding)
        let reached = literals[..<count].map { text.text($0) }
        var near: [String] = []
        if case .atom(let atom) = literals[count] {
          near = self.near(atom.relation, row(atom, binding), besides: reached)
        }
        return Refutation.Attempt(
          rule: clause.origin == .rule ? clause.span : nil, reached: reached, failed: text.text(literals[count]),
          near: near)
      }
      binding = found
    }
    return nil
  }

  /// Values with which the beginning of a body holds. What fails in it may be ruled out by what follows, so that it is no
  /// error: it does not hold.
  private func solution(
    of literals: [Literal], _ clause: Clause, _ given: ClauseInstances.Binding, _ find: Finder
  ) throws -> ClauseInstances.Binding? {
    guard literals.mayFail else { return try find(clause, literals, given) }
    do {
      return try find(clause, literals, given)
    } catch is Diagnostic {
      return nil
    }
  }

  /// The literals in an order in which each can be looked at once those before it hold, as near to the written order as
  /// that allows, but what may fail behind what can't.
  private func ordered(_ body: [Literal], bound: Set<Int>) -> [Literal] {
    var rest = body
    var bound = bound
    var result: [Literal] = []
    while let next = rest.firstIndex(where: { isReady($0, bound) && !$0.mayFail })
      ?? rest.firstIndex(where: { isReady($0, bound) }) ?? rest.indices.first
    {
      let literal = rest.remove(at: next)
      bound.formUnion(literal.variables)
      result.append(literal)
    }
    return result
  }

  private func isReady(_ literal: Literal, _ bound: Set<Int>) -> Bool {
    if case .atom = literal { return true }
    return literal.variables.subtracting(Safety.boundIn(literal, bound)).isSubset(of: bound)
  }

  private func row(_ atom: ClauseAtom, _ binding: ClauseInstances.Binding) -> [UInt32?] {
    atom.arguments.map { argument in
      switch argument {
      case .constant(let term): term.number
      case .variable(let number): binding[number]
      }
    }
  }

  /// Rows of a relation that differ from one in one column, or have its two columns the other way round; without those that
  /// are told of already as what holds.
  private func near(_ key: RelationKey, _ row: [UInt32?], besides told: [String]) -> [String] {
    guard case .named = key, row.count > 0 else { return [] }
    let relation = evaluator.slot(key).relation
    var found: [String] = []
    func add(_ tuple: [UInt32]) {
      let text = text(key, tuple)
      if !told.contains(text) && !found.contains(text) { found.append(text) }
    }
    if row.count == 2, let first = row[0], let second = row[1], relation.contains([second, first]) {
      add([second, first])
    }
    for column in row.indices.reversed() where row[column] != nil {
      let known = row.indices.filter { $0 != column && row[$0] != nil }
      if known.isEmpty { continue }
      relation.forEachTuple { tuple in
        if known.allSatisfy({ tuple[$0] == row[$0] }) { add(Array(tuple)) }
        return found.count < Self.mostNear
      }
    }
    return Array(found.prefix(Self.mostNear))
  }
}
