import Relations

/// The rows of closures, and of what these begin with and go on by.
extension ClosureShape {
  /// The relation, or `nil` where the steps can't stand alone.
  func compute(_ evaluator: Evaluator) throws -> Relation? {
    guard canCompute else { return nil }
    let start = try starts(evaluator, backward: false)
    let step = form == .both ? start : try steps(evaluator, backward: false)
    let edges = start === step || !start.isEqual(to: step) ? step : start
    let result: Rows? =
      if form != .left || start === edges {
        Closure.reach(base: start, edges: edges, proceed: evaluator.proceed)
      } else {
        Closure.extend(base: start, edges: edges, proceed: evaluator.proceed)
      }
    guard let result else { throw JoinMachine.Stopped() }
    return Relation(rows: result)
  }

  /// The rows without recursion, or those of the steps, of a closure.
  struct Part: Hashable {
    var key: RelationKey
    var isStep: Bool
  }

  /// The rows without recursion, from the first column to the second or backwards.
  /// - Parameter keeps: whether they are to be there for the next time.
  func starts(_ evaluator: Evaluator, backward: Bool, keeps: Bool = false) throws -> Rows {
    let part = keeps ? Part(key: key, isStep: false) : nil
    return try rows(of: starts, with: BaseRelations(evaluator).relation(key), part, backward: backward, evaluator)
  }

  /// The rows of the steps.
  func steps(_ evaluator: Evaluator, backward: Bool, keeps: Bool = false) throws -> Rows {
    if form == .both { return try starts(evaluator, backward: backward, keeps: keeps) }
    let part = keeps ? Part(key: key, isStep: true) : nil
    return try rows(of: steps, with: nil, part, backward: backward, evaluator)
  }

  /// The rows with one of some terms on one end, found by following the steps from there.
  func follow(_ ends: SetView, backward: Bool, _ evaluator: Evaluator) throws -> Relation {
    let start = try starts(evaluator, backward: backward, keeps: true)
    let edges = try steps(evaluator, backward: backward, keeps: true)
    let beginsAtEnd = form == .both || (form == .right) == backward
    guard
      let rows = Closure.follow(
        ends, base: start, edges: edges, baseFirst: beginsAtEnd, proceed: evaluator.proceed)
    else { throw JoinMachine.Stopped() }
    if !backward { return Relation(rows: rows) }
    let relation = Relation(arity: 2)
    relation.absorb(Index(order: [1, 0], rows: rows))
    return relation
  }

  /// The relation whose transitive closure this is, or whose rows backwards; `nil` where the steps are more than the rows of
  /// one, or where the closure has other rows besides.
  func edges(_ evaluator: Evaluator) throws -> Repetition? {
    guard canCompute, starts.count == 1, let start = starts[0].repetition,
      try BaseRelations(evaluator).relation(key) == nil
    else { return nil }
    return form == .both || steps.map(\.repetition) == [start] ? start : nil
  }

  /// The rows of clauses; where they only name another relation, that relation's own.
  private func rows(
    of clauses: [Clause], with stored: Relation?, _ part: Part?, backward: Bool, _ evaluator: Evaluator
  ) throws -> Rows {
    if clauses.count == 1, stored == nil, let repeated = clauses[0].repetition {
      return evaluator.slot(repeated.relation).relation.rows(backward ? repeated.order.reversed() : repeated.order)
    }
    let order = backward ? [1, 0] : [0, 1]
    if clauses.isEmpty, let stored { return stored.rows(order) }
    func unite() throws -> Relation { try evaluator.union(of: clauses, with: stored, arity: 2) }
    return try (part.map { try evaluator.closurePart($0, unite) } ?? unite()).rows(order)
  }
}
