import Relations

/// Counting the solutions of a conjunction without going through them all.
extension Planner {
  /// Parts that are counted each by itself, and their product.
  func independentCounts(_ state: State) -> Solution? {
    guard state.goal == .count else { return nil }
    let parts = components(state)
    if parts.count < 2 { return nil }
    var cost = 1.0
    let plans = parts.map { part in
      let solution = solve(State(remaining: part, bound: state.bound, goal: .count))
      cost += solution.cost
      return solution.plan
    }
    return solution(.product, parts: plans, cost: cost)
  }

  /// The cheapest plan that begins with counting a part by a variable's values, which alone connects it with the rest.
  func weighing(_ variable: Int, _ state: State) -> Solution? {
    guard state.goal == .count else { return nil }
    var after = state
    after.bound.insert(variable)
    let parts = components(after)
    if parts.count < 2 { return nil }
    var best: Solution?
    for part in parts where isWeighable(part, variable, state, after) {
      if let solution = weigh(variable, part, state), solution.cost < best?.cost ?? .infinity { best = solution }
    }
    return best
  }

  private func isWeighable(_ part: Bits, _ variable: Int, _ state: State, _ after: State) -> Bool {
    let open = openVariables(part, after.bound)
    if open.isDisjoint(with: needed(state.goal)) { return false }
    let isPlain = part.allSatisfy { if case .atom = literals[$0] { true } else { false } }
    return isPlain && part.count > 1 && part.contains { variables[$0].contains(variable) }
  }

  private func weigh(_ variable: Int, _ part: Bits, _ state: State) -> Solution? {
    answeringFirst(part, variable, for: .weigh(variable), state) { size in
      .weighed(variable: variable, size: size)
    } operation: { number in
      .weigh(variable: variable, into: number)
    }
  }

  /// Whether a variable's values have weights, which would be lost were they gathered as a set.
  func hasWeights(_ variable: Int, _ part: Bits) -> Bool {
    part.contains { if case .weighed(variable, _) = literals[$0] { true } else { false } }
  }

  /// If a plan for what follows a loop counts one set: the one literal of that which rests on the loop's variable, while the others
  /// leave the same set for all values of it, and what it costs to look up that literal's rows in this set.
  func meeting(_ variable: Int, _ rest: Int, _ state: State) -> (literal: Int, cost: Double)? {
    guard case .countSet(let counted, let set) = nodes[rest].operation, set.excluded.isEmpty, set.unequal.isEmpty,
      set.weights.isEmpty, set.sources.count > 1
    else { return nil }
    let resting = set.sources.filter { variables[$0].contains(variable) }
    guard resting.count == 1, case .atom(let atom, _) = literals[resting[0]], atom.arguments.count == 2 else {
      return nil
    }
    return (resting[0], 1 + 0.01 * (size(resting[0], counted, state) ?? 0))
  }

  /// Whether the rows of a literal of a loop's set can be looked up in a set that stays as it is meanwhile: none of the loop's
  /// literals is computed as it is read.
  func isMet(_ literal: Int, _ set: JoinProgram.Candidates) -> Bool {
    set.sources.contains(literal)
      && !set.sources.contains { if case .atom(let atom, _) = literals[$0] { atom.relation.isLazy } else { false } }
  }
}
