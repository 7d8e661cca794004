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
      return Plan.Part(plan: solution.plan, literals: part)
    }
    return Solution(plan: .product(plans), cost: cost)
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
    } plan: { inner, number, rest in
      .weigh(variable: variable, part: inner, literals: part, into: number, then: rest)
    }
  }

  /// Whether a variable's values have weights, which would be lost were they gathered as a set.
  func hasWeights(_ variable: Int, _ part: Bits) -> Bool {
    part.contains { if case .weighed(variable, _) = literals[$0] { true } else { false } }
  }

  /// The one literal of a set that rests on a variable, and the others, of which the set is the same for all values of it;
  /// `nil` where the set is not made of these alone.
  func meeting(_ variable: Int, _ set: SetPlan) -> (literal: Int, common: SetPlan)? {
    guard set.excluded.isEmpty, set.unequal.isEmpty, set.weights.isEmpty else { return nil }
    let resting = set.sources.filter { variables[$0].contains(variable) }
    guard resting.count == 1, set.sources.count > 1, case .atom(let atom, _) = literals[resting[0]],
      atom.arguments.count == 2
    else { return nil }
    var common = set
    common.sources.removeAll { $0 == resting[0] }
    return (resting[0], common)
  }

  /// What it costs to count the last variable's values for one of many values of the variable before it; `nil` where that
  /// is not done by looking up rows in a set.
  func costOfMeeting(_ variable: Int, _ rest: Plan, _ state: State) -> Double? {
    guard case .countSet(let counted, let set) = rest, let (literal, _) = meeting(variable, set) else { return nil }
    return 1 + 0.01 * (size(literal, counted, state) ?? 0)
  }
}
