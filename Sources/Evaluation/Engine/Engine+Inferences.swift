import Diagnostics
import Graphs
import Relations
import Terms

/// What rules derive about one term, for those that look around without a query.
extension Engine {
  /// A relation that rules define or widen, with the types that its positions take.
  public struct InferredRelation: Sendable {
    public var name: String
    public var positions: [[PositionType]]
  }

  /// The relations that rules define or widen, in the order of their names, but for those that hold names. Throws
  /// ``QueryFailure``.
  public func inferredRelations() throws -> [InferredRelation] {
    try watched { evaluator in
      knowledge.program.rulesByHead.keys.sorted().compactMap { name in
        let key = RelationKey.named(name)
        guard let arity = evaluator.base.arity(of: key), arity > 0, name != "label", name != "alias" else { return nil }
        return InferredRelation(
          name: name, positions: (0..<arity).map { evaluator.base.expectedTypes(of: key, at: $0) })
      }
    }
  }

  /// The rows of a relation that have a term in one column, and whether finding them took a query of its own, as it does where
  /// the relation is too large to be computed as a whole; `nil` where it would and may not.
  ///
  /// Throws ``TooMuchWork`` where that takes more than so much effort, ``Diagnostic`` or ``QueryFailure``.
  public func rows(
    of relation: String, where column: Int, is term: Term, effort: Int, mayQuery: Bool = true
  ) throws -> (rows: [[UInt32]], tookQuery: Bool)? {
    try watched(effort: effort) { evaluator in
      let key = RelationKey.named(relation)
      if evaluator.isComplete(key) { return (Self.rows(of: try evaluator.relation(key), column, term), false) }
      // One thread, whose steps can be counted.
      evaluator.threads = JoinThreads(count: 1)
      if !isLarge {
        do {
          return (Self.rows(of: try evaluator.relation(key), column, term), false)
        } catch is Diagnostic {
          // It may be of rows that have another term.
        }
      }
      let arity = evaluator.base.arity(of: key) ?? 0
      let others = (0..<arity).filter { $0 != column }
      let arguments = (0..<arity).map {
        $0 == column ? Argument.constant(term) : .variable(others.firstIndex(of: $0) ?? 0)
      }
      let goal = evaluator.base.makeAuxiliary(arity: others.count, name: "answer")
      evaluator.base.add(
        Clause(
          origin: .query,
          head: ClauseAtom(relation: goal, arguments: others.indices.map { .variable($0) }, span: .none),
          body: [.atom(ClauseAtom(relation: key, arguments: arguments, span: .none))],
          variableNames: others.map { _ in nil }, span: .none))
      return try demanding(goal, evaluator) { demanded in
        // Where nothing is gained by asking for some rows, all are computed, and are there for the next question.
        if demanded == goal { return (Self.rows(of: try evaluator.relation(key), column, term), false) }
        guard mayQuery else { return nil }
        let found = try evaluator.relation(demanded)
        if others.isEmpty { return (found.isEmpty ? [] : [[term.number]], true) }
        var rows: [[UInt32]] = []
        found.forEachTuple { tuple in
          rows.append(Array(tuple[..<column]) + [term.number] + Array(tuple[column...]))
          return true
        }
        return (rows, true)
      }
    }
  }

  private static func rows(of relation: Relation, _ column: Int, _ term: Term) -> [[UInt32]] {
    var rows: [[UInt32]] = []
    relation.forEachTuple(where: column, is: term.number) { tuple in
      rows.append(tuple)
      return true
    }
    return rows
  }

  /// All rows of a relation. Throws as ``rows(of:where:is:effort:)`` does.
  public func rows(of relation: String, effort: Int) throws -> [[UInt32]] {
    try watched(effort: effort) { evaluator in
      evaluator.threads = JoinThreads(count: 1)
      var rows: [[UInt32]] = []
      try evaluator.relation(.named(relation)).forEachTuple { tuple in
        rows.append(Array(tuple))
        return true
      }
      return rows
    }
  }

  /// The least number of facts that makes what rests on them too many to be derived as a whole for a glance.
  public var isLarge: Bool { graph.factCount >= max(demandThreshold, 1) }
}
