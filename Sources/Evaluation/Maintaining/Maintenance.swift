import Graphs
import Relations
import Terms

/// Brings the relations that were computed up to date with changes of facts, in the order in which they depend on one another:
/// a closure by ``Closure/change(of:edges:added:removed:proceed:)``, others by ``DeleteAndRederive``. Those for which that is not
/// known or not worth it are forgotten, to be computed anew when something asks for them.
struct Maintenance {
  private let evaluator: Evaluator
  private let strata: Strata
  /// The facts that changed, by relation.
  private let facts: [String: RelationDelta]
  private let changedNames: Set<String>
  private var deltas: [RelationKey: RelationDelta] = [:]
  private var forgotten: Set<RelationKey> = []

  /// After more changes all is computed anew with less work.
  static let mostChanges = 1_000

  /// `nil` if rules or constants in them may mean something else after the changes, as they may after a relation's first fact, its last,
  /// and names of entities.
  init?(_ changes: [Change], _ evaluator: Evaluator) {
    let graph = evaluator.base.graph
    var facts: [String: RelationDelta] = [:]
    var seen: [String: Set<[UInt32]>] = [:]
    var lost: [UInt32] = []
    for change in changes {
      let (run, isStated): (FactRun, Bool)
      switch change {
      case .stated(let stated): (run, isStated) = (stated, true)
      case .takenBack(let takenBack): (run, isStated) = (takenBack, false)
      case .type, .relation, .replaced, .rules: return nil
      }
      let name = run.relation.name
      guard !Graph.isNameRelation(name), graph.relation(named: name) === run.relation else { return nil }
      let delta = facts[name] ?? RelationDelta(arity: run.relation.arity)
      facts[name] = delta
      for index in 0..<run.count {
        let tuple = Array(run.tuple(index))
        if !isStated { lost += tuple + graph.annotationSets.entries(run.annotations(index)).map(\.value.number) }
        // The first change of a fact tells whether it was there before.
        guard seen[name, default: []].insert(tuple).inserted else { continue }
        let wasThere = !isStated || !run.isNew(index)
        let isThere = run.relation.facts.contains(tuple)
        if wasThere, !isThere { delta.removed.append(tuple) }
        if !wasThere, isThere { delta.added.append(tuple) }
      }
    }
    // A name that no fact has any more is an error in a rule.
    if evaluator.base.hasConstant(among: Set(lost.filter { graph.terms.isName(Term($0)) })) { return nil }
    changedNames = Set(facts.keys)
    self.facts = facts.filter { !$0.value.isEmpty }
    for (name, delta) in self.facts {
      let after = graph.relation(named: name)?.factCount ?? 0
      if after == 0 || after == delta.added.count - delta.removed.count { return nil }
    }
    self.evaluator = evaluator
    strata = Strata(of: evaluator.completeKeys, in: evaluator.base)
  }

  /// Throws a ``Diagnostic`` where a computation fails, or ``JoinMachine/Stopped``; then what was computed is to be forgotten.
  mutating func run() throws {
    for component in strata.components where component.allSatisfy({ evaluator.isComplete($0) }) {
      if try !update(component) { forgotten.formUnion(component) }
    }
    evaluator.forget(forgotten)
    evaluator.base.forgetFoundNames()
  }

  /// Whether a component's relations could be brought up to date.
  private mutating func update(_ component: [RelationKey]) throws -> Bool {
    let members = Set(component)
    var hasChanged = false
    for key in component {
      guard !readsMore(key) else { return false }
      hasChanged = hasChanged || stored(key) != nil
      for input in strata.inputs(of: key) where !members.contains(input) {
        if forgotten.contains(input) { return false }
        guard deltas[input] != nil else { continue }
        if case .distance = key { return false }
        hasChanged = true
      }
    }
    guard hasChanged else { return true }
    guard let changes = try changes(of: component) else { return false }
    deltas.merge(changes.filter { !$0.value.isEmpty }) { $1 }
    evaluator.forgetRounds(of: component)
    return true
  }

  /// Whether a relation may have changed in a way that its clauses and facts do not tell.
  private func readsMore(_ key: RelationKey) -> Bool {
    switch key {
    case .stated(let name, let keys): !keys.isEmpty && changedNames.contains(name)
    case .triple(let keys):
      facts.values.contains { $0.added.arity == 2 }
        || (!keys.isEmpty && changedNames.contains { evaluator.base.graph.relation(named: $0)?.arity == 2 })
    case .similar, .restricted, .demanded: true
    case .distance: false
    case .named, .auxiliary: evaluator.base.clauses(for: key).contains(where: \.readsNames)
    }
  }

  /// The changes of the facts that a relation has besides what its clauses give.
  private func stored(_ key: RelationKey) -> RelationDelta? {
    switch key {
    case .named(let name), .stated(let name, keys: []): facts[name]
    default: nil
    }
  }

  private func changes(of component: [RelationKey]) throws -> [RelationKey: RelationDelta]? {
    let key = component[0]
    if evaluator.base.clauses(for: key).isEmpty { return stored(key).map { [key: $0] } }
    if component.count == 1, let edges = try evaluator.closure(key)?.edges(evaluator) {
      return try closureChange(key, edges).map { [key: $0] }
    }
    let read = Set(component.flatMap { strata.inputs(of: $0) })
    return try DeleteAndRederive(
      component, evaluator, inputs: deltas.filter { read.contains($0.key) },
      facts: Dictionary(uniqueKeysWithValues: component.compactMap { key in stored(key).map { (key, $0) } })
    ).run()
  }

  private func closureChange(_ key: RelationKey, _ edges: Repetition) throws -> RelationDelta? {
    guard let delta = deltas[edges.relation] else { return RelationDelta(arity: 2) }
    let relation = evaluator.slot(key).relation
    let edgeRelation = evaluator.slot(edges.relation).relation
    let order = edges.order
    guard
      let change = Closure.change(
        of: relation.rows([0, 1]), edges: edgeRelation.rows(order), backward: edgeRelation.rows(order.reversed()),
        added: delta.added.reordered(order), removed: delta.removed.reordered(order), proceed: evaluator.proceed)
    else {
      if !evaluator.proceed() { throw JoinMachine.Stopped() }
      return nil
    }
    _ = relation.formUnion(change.added)
    relation.subtract(change.removed)
    return RelationDelta(added: change.added, removed: change.removed)
  }
}

extension Clause {
  /// Whether a literal finds entities by their names.
  fileprivate var readsNames: Bool {
    func reads(_ literal: Literal) -> Bool {
      if case .similar = literal { return true }
      return literal.group?.alternatives.contains { $0.contains(where: reads) } ?? false
    }
    return body.contains(where: reads)
  }
}

extension Relation {
  /// The tuples with their columns in another order.
  fileprivate func reordered(_ order: [Int]) -> Relation {
    if order == Array(0..<arity) { return self }
    let result = Relation(arity: arity)
    forEachTuple { tuple in
      result.append(order.map { tuple[$0] })
      return true
    }
    return result
  }

  /// Takes all tuples of another relation back.
  func subtract(_ other: Relation) {
    other.forEachTuple {
      remove(Array($0))
      return true
    }
  }
}
