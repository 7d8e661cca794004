import Graphs
import Relations
import Terms

/// Finds derivations of what holds, on demand: goes from a row to the clause and the values that give it, and from there
/// to the rows of the body, until only stated facts are left.
final class Explainer {
  private let evaluator: Evaluator
  private let derivations: Derivations
  /// How many rows of an aggregate are shown.
  private let mostShown: Int
  private var explanation = Explanation()
  private var numbers: [RelationRow: Int] = [:]
  private var open: [(row: RelationRow, number: Int)] = []

  private var base: ClauseBase { evaluator.base }
  private var graph: Graph { evaluator.base.graph }

  /// How many rows of an aggregate are looked at.
  private static let mostCounted = 1_000_000

  /// - Parameter goal: the relation whose rows are to be explained.
  init(_ evaluator: Evaluator, for goal: RelationKey, showingAll: Bool) throws {
    self.evaluator = evaluator
    derivations = try Derivations(evaluator, for: goal)
    mostShown = showingAll ? .max : 5
  }

  /// Why a row of a relation holds; `nil` where it does not.
  func explain(_ key: RelationKey, _ terms: [UInt32]) throws -> Explanation? {
    let row = try derivations.row(key, terms)
    guard try derivations.holds(row) else { return nil }
    _ = try number(row)
    while let (row, number) = open.popLast() {
      guard evaluator.proceed() else { throw JoinMachine.Stopped() }
      try fill(number, row)
    }
    return explanation
  }

  /// The node of a row, made where it is met for the first time.
  private func number(_ relation: RelationKey, _ terms: [UInt32]) throws -> Int {
    try number(derivations.row(relation, terms))
  }

  private func number(_ row: RelationRow) throws -> Int {
    if let known = numbers[row] { return known }
    if let other = renamed(row) { return try number(other.relation, other.terms) }
    let arguments = row.terms.map { base.text(of: Term($0), in: row.relation.whole) }
    let number = add(LiteralText.text(row.relation, arguments, base), .computed)
    explanation.nodes[number].relation = base.name(of: row.relation)
    numbers[row] = number
    open.append((row, number))
    return number
  }

  /// The row of the relation that a path's step is another name for.
  private func renamed(_ row: RelationRow) -> RelationRow? {
    guard case .auxiliary = row.relation.whole else { return nil }
    let clauses = base.clauses(for: row.relation)
    guard clauses.count == 1, clauses[0].origin == .path, clauses[0].reasons.count == 1,
      case .atom(let atom) = clauses[0].reasons[0], atom.arguments == clauses[0].head.arguments
    else { return nil }
    return RelationRow(relation: atom.relation, terms: row.terms)
  }

  private func add(_ conclusion: String, _ reason: Explanation.Reason) -> Int {
    explanation.nodes.append(Explanation.Node(conclusion: conclusion, reason: reason))
    return explanation.nodes.count - 1
  }

  // MARK: Rows

  private func fill(_ number: Int, _ row: RelationRow) throws {
    switch row.relation.whole {
    case .named(let name), .stated(let name, keys: []):
      guard let stored = graph.relation(named: name), stored.facts.contains(row.terms) else { break }
      explanation.nodes[number].reason = .stated(graph.statement(stored, row.terms).annotations)
      return
    case .stated(let name, let keys):
      explanation.nodes[number].reason = .stated(annotations(name, keys, row.terms))
      return
    case .triple(let keys):
      let relation = graph.terms.value(Term(row.terms[1])).plainText
      let key = keys.isEmpty ? RelationKey.named(relation) : .stated(relation, keys: keys)
      set(number, .computed, [try self.number(key, [row.terms[0], row.terms[2]] + row.terms.dropFirst(3))])
      return
    case .similar(let words):
      set(number, .name, try namePremise(Term(row.terms[0]), words))
      return
    case .distance(let steps, _):
      set(number, .path, try pathPremises(.auxiliary(steps), row.terms[0], row.terms[1]))
      return
    case .auxiliary, .restricted, .demanded: break
    }
    try derive(number, row)
  }

  private func set(_ number: Int, _ reason: Explanation.Reason, _ premises: [Int]) {
    explanation.nodes[number].reason = reason
    explanation.nodes[number].premises = premises
  }

  private func annotations(_ name: String, _ keys: [String], _ terms: [UInt32]) -> [[(key: String, value: Value)]] {
    guard let stored = graph.relation(named: name) else { return [] }
    let values = terms.suffix(keys.count).map { graph.terms.value(Term($0)) }
    return graph.statement(stored, Array(terms.dropLast(keys.count))).annotations.filter { annotations in
      zip(keys, values).allSatisfy { key, value in annotations.contains { $0.key == key && $0.value == value } }
    }
  }

  private func namePremise(_ entity: Term, _ words: String) throws -> [Int] {
    for relation in Graph.nameRelations {
      for name in graph.names(of: entity, in: relation)
      where Text.isFound(words, in: graph.terms.value(name).plainText) {
        let row = [entity.number, name.number]
        if graph.relation(named: relation)?.facts.contains(row) != true { try derivations.prepare(.named(relation)) }
        return [try number(.named(relation), row)]
      }
    }
    return []
  }

  /// The steps of a shortest way.
  private func pathPremises(_ steps: RelationKey, _ from: UInt32, _ to: UInt32) throws -> [Int] {
    let rows = try evaluator.relation(steps).rows([0, 1])
    var origins: [UInt32: UInt32] = [from: from]
    var queue = [from]
    var head = 0
    while head < queue.count, origins[to] == nil {
      if head & 1023 == 0, !evaluator.proceed() { throw JoinMachine.Stopped() }
      let term = queue[head]
      head += 1
      rows[term].forEachNumber {
        if origins[$0] == nil {
          origins[$0] = term
          queue.append($0)
        }
        return true
      }
    }
    var path: [[UInt32]] = []
    var last = to
    while last != from, let origin = origins[last] {
      path.append([origin, last])
      last = origin
    }
    return try path.reversed().map { try number(steps, $0) }
  }

  // MARK: Derivations

  private func derive(_ number: Int, _ row: RelationRow) throws {
    guard let derivation = try derivations.best(row) else {
      throw InternalError("no clause derives \(explanation.nodes[number].conclusion)")
    }
    let clause = derivation.clause
    let reason: Explanation.Reason =
      switch clause.origin {
      case .rule: .rule(clause.span)
      case .subtype: .subtype
      case .path: .path
      case .query: .query
      }
    set(number, reason, try clause.reasons.flatMap { try premises($0, derivation) })
  }

  // MARK: Premises

  private func premises(_ literal: Literal, _ derivation: Derivation) throws -> [Int] {
    let text = LiteralText(base: base, clause: derivation.clause, binding: derivation.binding)
    switch literal {
    case .atom(let atom):
      return [try number(atom.relation, ClauseInstances.row(atom, derivation.binding))]
    case .comparison(.equal, let left, let right, _) where !left.isComputed && !right.isComputed: return []
    case .comparison where base.isPresence(literal): return []
    case .comparison, .condition: return [add(text.text(literal), .computed)]
    case .similar(let subject, let words, _):
      let number = add(text.text(literal), .name)
      if case .variable(let variable) = subject, let term = derivation.binding[variable],
        let sought = value(words, derivation.binding)
      {
        explanation.nodes[number].premises = try namePremise(Term(term), sought.plainText)
      }
      return [number]
    case .negation: return [add(text.text(literal), .notFound)]
    case .aggregate(let aggregate): return [try self.aggregate(aggregate, text.text(literal), derivation)]
    }
  }

  private func value(_ operand: Operand, _ binding: ClauseInstances.Binding) -> Value? {
    switch operand {
    case .constant(let term): graph.terms.value(term)
    case .variable(let number): binding[number].map { graph.terms.value(Term($0)) }
    case .call: nil
    }
  }

  /// An aggregate with the rows that it is of, each by the premises of its first derivation.
  private func aggregate(_ aggregate: AggregateLiteral, _ text: String, _ derivation: Derivation) throws -> Int {
    let node = add(text, .aggregate(rows: 0, shown: 0))
    let given = derivation.binding.filter { aggregate.group.shared.contains($0.key) }
    var seen: Set<[UInt32]> = []
    var premises: [Int] = []
    var shown = 0
    for alternative in aggregate.group.alternatives {
      let found = try derivations.instances.find(
        derivation.clause, alternative, given: given, most: Self.mostCounted)
      for binding in found {
        guard seen.insert(aggregate.columns.map { binding[$0] ?? 0 }).inserted, shown < mostShown else { continue }
        shown += 1
        let inner = Derivation(clause: derivation.clause, binding: binding)
        premises += try alternative.flatMap { try self.premises($0, inner) }
      }
    }
    set(node, .aggregate(rows: seen.count, shown: shown), premises)
    return node
  }
}

/// A broken invariant of the program, which names itself; never the fault of a query or of data.
struct InternalError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = "internal error: \(description)" }
}
