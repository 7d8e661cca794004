import Graphs
import Relations
import Terms

/// The relations that are not defined by clauses, or the rows that a defined one has besides: the graph's facts, their
/// annotations, names, and distances.
struct BaseRelations {
  private let evaluator: Evaluator
  private var graph: Graph { evaluator.base.graph }

  init(_ evaluator: Evaluator) { self.evaluator = evaluator }

  /// `nil` where the relation has only what its clauses give.
  func relation(_ key: RelationKey) throws -> Relation? {
    switch key {
    case .named:
      guard let stored = evaluator.base.stored(key) else { return nil }
      return stored.facts.isEmpty && !evaluator.base.clauses(for: key).isEmpty ? nil : stored.facts
    case .stated(let name, keys: []): return graph.relation(named: name)?.facts
    case .stated(let name, let keys): return annotated(name, keys)
    case .triple(let keys): return keys.isEmpty ? triples() : annotatedTriples(keys)
    case .similar(let words):
      let relation = Relation(arity: 1)
      for entity in evaluator.base.entities(similarTo: words) { relation.append([entity.number]) }
      return relation
    case .auxiliary, .demanded: return nil
    case .restricted(let whole, let bound, let scope):
      guard evaluator.base.isFollowed(key), let closure = evaluator.closure(whole) else { return nil }
      let ends = evaluator.slot(.demanded(whole, bound: bound, scope: scope)).relation.terms(ofColumn: 0)
      return try closure.follow(ends, backward: bound[1], evaluator)
    case .distance(let number, let origin):
      let distances = Distances(
        evaluator.slot(.auxiliary(number)).relation.rows([0, 1]), graph, proceed: evaluator.proceed)
      guard let origin else {
        evaluator.provide(distances, as: key)
        return distances.relation
      }
      distances.addRows(from: origin.number)
      if !evaluator.proceed() { throw JoinMachine.Stopped() }
      return distances.relation
    }
  }

  private func annotated(_ name: String, _ keys: [String]) -> Relation {
    let relation = Relation(arity: evaluator.base.arity(of: .stated(name, keys: keys)) ?? keys.count)
    guard let stored = graph.relation(named: name) else { return relation }
    let terms = keys.compactMap { graph.terms.find(.name($0)) }
    if terms.count == keys.count { graph.annotatedRows(stored, keys: terms) { relation.append($0) } }
    return relation
  }

  private func triples() -> Relation {
    let relation = Relation(arity: 3)
    let absent = evaluator.base.absent?.number
    forEachBinary { stored, term in
      stored.facts.forEachTuple {
        if $0[0] == absent || $0[1] == absent { return true }
        relation.append([$0[0], term, $0[1]])
        return true
      }
    }
    return relation
  }

  private func annotatedTriples(_ keys: [String]) -> Relation {
    let relation = Relation(arity: 3 + keys.count)
    let terms = keys.compactMap { graph.terms.find(.name($0)) }
    guard terms.count == keys.count else { return relation }
    let absent = evaluator.base.absent?.number
    forEachBinary { stored, name in
      graph.annotatedRows(stored, keys: terms) { row in
        if row[0] == absent || row[1] == absent { return }
        relation.append([row[0], name, row[1]] + row.dropFirst(2))
      }
    }
    return relation
  }

  /// Calls `body` with each relation that `triple` ranges over, and the term of its name.
  private func forEachBinary(_ body: (StoredRelation, UInt32) -> Void) {
    for name in graph.relationNames {
      if let stored = graph.relation(named: name), stored.arity == 2 { body(stored, graph.coin(name).number) }
    }
  }
}
