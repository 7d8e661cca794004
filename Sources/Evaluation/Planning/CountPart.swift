/// Solutions of a conjunction that are counted together, with the plan for that.
struct CountPart {
  let body: [Literal]
  let planner: Planner
  /// The first node of the plan among those of the planner.
  let plan: Int
  let cost: Double
  /// Which terms are the least, where not all solutions are gone through; the first of these variables is bound before all.
  var tie: CountSymmetry.Tie?
  /// How often each solution counts.
  var times: Int { tie?.times ?? 1 }

  /// The parts that together are all rows of an aggregate, each once; `nil` where these can't be counted without being built.
  /// - Parameter makePlanner: makes a planner for a body and the variables that are counted.
  static func parts(
    of aggregate: AggregateLiteral, _ makePlanner: (_ body: [Literal], _ head: [Argument]) -> Planner
  ) -> [CountPart]? {
    let columns = Set(aggregate.columns)
    guard aggregate.kind == .count, columns.count == aggregate.columns.count, columns.count > 1,
      aggregate.group.alternatives.count == 1
    else { return nil }
    let body = aggregate.group.alternatives[0]
    let planner = makePlanner(body, aggregate.columns.map { .variable($0) })
    let solution = planner.plan(bound: aggregate.group.shared, goal: .count)
    let cost = solution.cost
    guard cost.isFinite else { return nil }
    let whole = CountPart(body: body, planner: planner, plan: solution.plan, cost: cost)
    guard cost > fewSteps, aggregate.group.shared.isEmpty, columns == Set(body.flatMap(\.variables)) else {
      return [whole]
    }
    for symmetry in CountSymmetry.all(of: body).prefix(mostTried) {
      if let parts = whole.parts(by: symmetry, makePlanner) { return parts }
    }
    return [whole]
  }

  /// Whether another part has a solution wherever this one has: all terms that it counts are one, and this one has its atoms too.
  func restsOn(_ other: CountPart) -> Bool {
    guard let tie = other.tie, tie.greater.isEmpty else { return false }
    return other.body.allSatisfy { literal in
      guard case .atom(let atom) = literal else { return false }
      return body.contains { $0.isSame(as: atom) }
    }
  }

  /// What costs less is not worth a plan for each tie.
  private static let fewSteps = 20_000.0
  private static let mostTried = 2

  /// Parts that together count the same; `nil` where these would cost more.
  private func parts(
    by symmetry: CountSymmetry, _ makePlanner: (_ body: [Literal], _ head: [Argument]) -> Planner
  ) -> [CountPart]? {
    var parts: [CountPart] = []
    var sum = 0.0
    for tie in symmetry.ties {
      let part = part(tie, makePlanner)
      // Of the ways in which the least term may stand, one is gone through.
      sum += part.cost / Double(tie.greater.count + 1)
      if sum >= cost { return nil }
      parts.append(part)
    }
    return parts
  }

  private func part(
    _ tie: CountSymmetry.Tie, _ makePlanner: (_ body: [Literal], _ head: [Argument]) -> Planner
  ) -> CountPart {
    let first = tie.least[0]
    let body = tie.least.count == 1 ? body : joining(Set(tie.least), as: first)
    let head = Set(body.flatMap(\.variables)).sorted().map { Argument.variable($0) }
    let planner = tie.least.count == 1 ? planner : makePlanner(body, head)
    let solution = planner.plan(bound: [], goal: .count, first: tie.greater.isEmpty ? nil : first)
    return CountPart(body: body, planner: planner, plan: solution.plan, cost: solution.cost, tie: tie)
  }

  /// The body with one variable in the place of several, each literal once.
  private func joining(_ variables: Set<Int>, as variable: Int) -> [Literal] {
    body.reduce(into: []) { joined, literal in
      guard case .atom(var atom) = literal else { return }
      atom.arguments = atom.arguments.map { argument in
        argument.variable.map(variables.contains) == true ? .variable(variable) : argument
      }
      if !joined.contains(where: { $0.isSame(as: atom) }) { joined.append(.atom(atom)) }
    }
  }
}
