import Graphs
import Language
import Relations
import Terms

/// Finds derivations of what holds, on demand: goes from a row to the clause and the values that give it, and from there
/// to the rows of the body, until only stated facts are left.
///
/// Of several derivations one with few derived premises is taken, and in a recursion one of the lowest stage.
final class Explainer {
  private let evaluator: Evaluator
  private let instances: ClauseInstances
  /// How many rows of an aggregate are shown.
  private let mostShown: Int
  private var explanation = Explanation()
  private var numbers: [Row: Int] = [:]
  private var open: [(row: Row, number: Int)] = []
  private var stages: [RelationKey: Stages] = [:]

  private var base: ClauseBase { evaluator.base }
  private var graph: Graph { evaluator.base.graph }

  private struct Row: Hashable {
    var relation: RelationKey
    var terms: [UInt32]
  }

  /// How many ways to derive a row are compared.
  private static let mostCompared = 200

  init(_ evaluator: Evaluator, showingAll: Bool) {
    self.evaluator = evaluator
    instances = ClauseInstances(evaluator: evaluator)
    mostShown = showingAll ? .max : 5
  }

  /// Why a row of a relation holds; `nil` where it does not.
  func explain(_ key: RelationKey, _ terms: [UInt32]) throws -> Explanation? {
    let strata = Strata(of: [key], in: base)
    if let problem = base.diagnostics.first ?? strata.problem { throw problem }
    for component in strata.components where strata.isRecursive(component) {
      let stages = Stages(component, evaluator)
      for member in component { self.stages[member] = stages }
    }
    guard try holds(key, terms) else { return nil }
    _ = number(Row(relation: key, terms: terms))
    while let (row, number) = open.popLast() { try fill(number, row) }
    return explanation
  }

  /// Whether a row holds. A closure is followed from the row's end, and not computed as a whole.
  private func holds(_ key: RelationKey, _ terms: [UInt32]) throws -> Bool {
    guard let stages = stages[key], stages.closure != nil else { return try evaluator.relation(key).contains(terms) }
    for clause in base.clauses(for: key) {
      for literal in clause.body {
        var below: [RelationKey] = []
        literal.forEachAtom { atom, _ in if atom.relation != key { below.append(atom.relation) } }
        for other in below { _ = try evaluator.relation(other) }
      }
    }
    return try stages.stage(key, terms) < .max
  }

  /// The node of a row, made where it is met for the first time.
  private func number(_ row: Row) -> Int {
    if let known = numbers[row] { return known }
    if let other = renamed(row) { return number(other) }
    let arguments = row.terms.map { graph.terms.value(Term($0)).description }
    let number = add(LiteralText.text(row.relation, arguments, base), .computed)
    explanation.nodes[number].relation = base.name(of: row.relation)
    numbers[row] = number
    open.append((row, number))
    return number
  }

  /// The row of the relation that a path's step is another name for.
  private func renamed(_ row: Row) -> Row? {
    guard case .auxiliary = row.relation else { return nil }
    let clauses = base.clauses(for: row.relation)
    guard clauses.count == 1, clauses[0].origin == .path, clauses[0].body.count == 1,
      case .atom(let atom) = clauses[0].body[0], atom.arguments == clauses[0].head.arguments
    else { return nil }
    return Row(relation: atom.relation, terms: row.terms)
  }

  private func add(_ conclusion: String, _ reason: Explanation.Reason) -> Int {
    explanation.nodes.append(Explanation.Node(conclusion: conclusion, reason: reason))
    return explanation.nodes.count - 1
  }

  // MARK: Rows

  private func fill(_ number: Int, _ row: Row) throws {
    switch row.relation {
    case .named(let name):
      guard let stored = graph.relation(named: name), stored.facts.contains(row.terms) else { break }
      explanation.nodes[number].reason = .stated(graph.statement(stored, row.terms).annotations)
      return
    case .annotated(let name, let keys):
      explanation.nodes[number].reason = .stated(annotations(name, keys, row.terms))
      return
    case .triple:
      let relation = graph.terms.value(Term(row.terms[1])).plainText
      set(number, .computed, [self.number(Row(relation: .named(relation), terms: [row.terms[0], row.terms[2]]))])
      return
    case .similar(let words):
      set(number, .name, namePremise(Term(row.terms[0]), words))
      return
    case .distance(let steps, _):
      set(number, .path, try pathPremises(.auxiliary(steps), row.terms[0], row.terms[1]))
      return
    case .auxiliary, .stored, .restricted, .demanded: break
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

  private func namePremise(_ entity: Term, _ words: String) -> [Int] {
    for relation in ["label", "alias"] {
      guard let stored = graph.relation(named: relation) else { continue }
      for name in stored.facts.index([0, 1]).set(level: 1, node: entity.number).elements
      where Text.isFound(words, in: graph.terms.value(Term(name)).plainText) {
        return [number(Row(relation: .named(relation), terms: [entity.number, name]))]
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
    var path: [Row] = []
    var last = to
    while last != from, let origin = origins[last] {
      path.append(Row(relation: steps, terms: [origin, last]))
      last = origin
    }
    return path.reversed().map { number($0) }
  }

  // MARK: Derivations

  private struct Derivation {
    var clause: Clause
    var binding: ClauseInstances.Binding
    var cost: Int
  }

  private func derive(_ number: Int, _ row: Row) throws {
    guard let derivation = try best(row) else {
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
    set(number, reason, try clause.body.flatMap { try premises($0, derivation) })
  }

  private func best(_ row: Row) throws -> Derivation? {
    let stages = stages[row.relation]
    let stage = try stages?.stage(row.relation, row.terms)
    let middle = try stages?.middle(row.terms)
    var best: Derivation?
    for clause in base.clauses(for: row.relation) {
      guard var given = ClauseInstances.match(clause.head, row.terms) else { continue }
      var body = clause.body
      if let closure = stages?.closure, let variable = closure.middle(of: clause) {
        guard let middle else { continue }
        given[variable] = middle
        // The recursion itself is known by its stage.
        body.removeAll { if case .atom(let atom) = $0 { atom.relation == row.relation } else { false } }
      } else if middle != nil {
        continue
      }
      let most = stages == nil ? Self.mostCompared : .max
      for binding in try instances.find(clause, body, given: given).prefix(most) {
        guard let cost = try cost(clause, binding, row, stages, stage), cost < best?.cost ?? .max else { continue }
        best = Derivation(clause: clause, binding: binding, cost: cost)
      }
    }
    return best
  }

  /// What a way to derive a row costs to explain; `nil` where a premise is not of a lower stage.
  private func cost(
    _ clause: Clause, _ binding: ClauseInstances.Binding, _ row: Row, _ stages: Stages?, _ stage: Int?
  ) throws -> Int? {
    var cost = 0
    for case .atom(let atom) in clause.body {
      let terms = ClauseInstances.row(atom, binding)
      if let stages, let stage, self.stages[atom.relation] === stages {
        let own = try stages.stage(atom.relation, terms)
        if own >= stage { return nil }
        cost += own
      } else if case .named(let name) = atom.relation, graph.relation(named: name)?.facts.contains(terms) == true {
        cost += 1
      } else {
        cost += 3
      }
    }
    return cost
  }

  // MARK: Premises

  private func premises(_ literal: Literal, _ derivation: Derivation) throws -> [Int] {
    let text = LiteralText(base: base, clause: derivation.clause, binding: derivation.binding)
    switch literal {
    case .atom(let atom):
      return [number(Row(relation: atom.relation, terms: ClauseInstances.row(atom, derivation.binding)))]
    case .comparison(.equal, let left, let right, _) where !left.isComputed && !right.isComputed: return []
    case .comparison, .condition: return [add(text.text(literal), .computed)]
    case .similar(let subject, let words, _):
      let number = add(text.text(literal), .name)
      if case .variable(let variable) = subject, let term = derivation.binding[variable],
        let sought = value(words, derivation.binding)
      {
        explanation.nodes[number].premises = namePremise(Term(term), sought.plainText)
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
      for binding in try instances.find(derivation.clause, alternative, given: given) {
        guard seen.insert(aggregate.columns.map { binding[$0] ?? 0 }).inserted, shown < mostShown else { continue }
        shown += 1
        let inner = Derivation(clause: derivation.clause, binding: binding, cost: 0)
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
