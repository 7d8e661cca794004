import Diagnostics
import Language
import Terms

/// Answers of queries, and the plans by which they are found.
extension Engine {
  /// Answers a query. Throws ``Diagnostic`` or ``QueryFailure``.
  public func answer(_ query: Query) throws -> Answers {
    try watched { evaluator in
      let lowered = try lower(query, evaluator.base)
      return try demanding(lowered.relation, evaluator) { goal in
        let rows = AnswerRows(lowered, graph.terms, graph.pace, proceed: evaluator.proceed) { [supervisor] in
          supervisor.activity.begin("putting answers in order")
        }
        return Answers(
          try rows.chosen(of: goal, evaluator, most: rowsAtOnce), columns: lowered.columns, query: query,
          parameters: knowledge.parametersUsed(by: query), terms: graph.terms, program: knowledge.program)
      }
    }
  }

  /// The rows of a query's variables, in the order in which their terms came into the graph; of a query without variables no cells,
  /// and whether it holds. Throws as ``answer(_:)``.
  func rows(of query: Query) throws -> QueryRows {
    try watched { evaluator in
      let lowered = try lower(query, evaluator.base)
      return try demanding(lowered.relation, evaluator) { goal in
        let relation = try evaluator.relation(goal)
        var cells: [Term] = []
        relation.forEachTuple { tuple in
          cells += tuple.lazy.map { Term($0) }
          return graph.pace.goesOn(after: 2)
        }
        return QueryRows(cells: cells, width: lowered.columns.count, holds: !relation.isEmpty)
      }
    }
  }

  func lower(_ query: Query, _ base: ClauseBase) throws -> LoweredQuery {
    guard let lowered = LoweredQuery(query, in: base) else { throw Diagnostic(all: base.diagnostics) }
    return lowered
  }

  /// Gives `body` the relation that has a goal's rows and is cheaper to compute, or the goal itself. Where that fails, it may be
  /// for rows that the query does not ask for: then it gets the one whose rows are asked for alone, on a graph of any size.
  func demanding<Result>(
    _ goal: RelationKey, _ evaluator: Evaluator, _ body: (RelationKey) throws -> Result
  ) throws -> Result {
    let first = queryCount + 1
    defer {
      for scope in first...queryCount { evaluator.forget(goal, scope: scope) }
    }
    func demanded(threshold: Int) -> RelationKey {
      queryCount += 1
      return Demand(evaluator.base, scope: queryCount, threshold: threshold) { evaluator.isComplete($0) }.restrict(goal)
    }
    let relation = demanded(threshold: demandThreshold)
    do {
      return try body(relation)
    } catch let failure as Diagnostic {
      guard relation == goal else { throw failure }
      let other = demanded(threshold: 0)
      if other == goal { throw failure }
      return try body(other)
    }
  }

  /// How a query will be answered. Throws ``Diagnostic``, or where it is run ``QueryFailure``.
  /// - Parameter running: whether it is answered, so that real counts and times stand beside the estimates.
  public func plan(_ query: Query, running: Bool = false) throws -> QueryPlan {
    try watched { evaluator in
      let lowered = try lower(query, evaluator.base)
      return try demanding(lowered.relation, evaluator) { goal in
        var report = PlanReport(evaluator, isRunning: running, supervisor.watch)
        return try report.plan(goal)
      }
    }
  }
}
