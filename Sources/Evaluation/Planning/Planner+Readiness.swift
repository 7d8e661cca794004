import Language

/// Which literals can be checked or computed, and which of them may fail.
extension Planner {
  /// How early a literal goes among those that can be done, and the variable that it binds; `nil` where it can't be yet.
  func readiness(_ literal: Int, _ state: State) -> (rank: Int, binds: Int?)? {
    let open = open(literal, state)
    switch literals[literal] {
    case .atom, .gathered: return open.isEmpty ? (2, nil) : nil
    case .weighed: return nil
    case .negatedAtom: return open.isEmpty ? (2, nil) : nil
    case .filter(.comparison(.equal, let left, let right, _)):
      let computes = left.isComputed || right.isComputed
      if open.isEmpty { return (computes ? Self.computedRank : 0, nil) }
      let bound = Set(state.bound)
      let binds = Safety.boundIn(.comparison(.equal, left, right, SourceSpan.none), bound).first
      return binds.flatMap { open.count == 1 ? (computes ? Self.computedRank : 0, $0) : nil }
    case .filter(.comparison(_, let left, let right, _)):
      return open.isEmpty ? (left.isComputed || right.isComputed ? Self.computedRank : 1, nil) : nil
    case .filter(.condition): return open.isEmpty ? (4, nil) : nil
    case .filter: return open.isEmpty ? (Self.groupRank, nil) : nil
    case .aggregate(let aggregate):
      guard open.removing(aggregate.result).isEmpty else { return nil }
      return (6, open.isEmpty ? nil : aggregate.result)
    }
  }

  static let computedRank = 3
  static let groupRank = 5
  /// What is added where another literal is to go first.
  static let restingRank = 10

  func mayFail(_ literal: Int) -> Bool {
    switch literals[literal] {
    case .atom, .gathered, .weighed, .negatedAtom: false
    case .filter(.comparison(_, let left, let right, _)): left.isComputed || right.isComputed
    case .filter, .aggregate: true
    }
  }

  /// Whether another literal that is left may rule out what this one has here: one that computes a variable of it, or an
  /// aggregate, unless it rests on what this one computes.
  func restsOnAnother(_ literal: Int, _ state: State) -> Bool {
    let own = result(of: literal)
    return state.remaining.contains { other in
      guard other != literal, let result = result(of: other), result != own else { return false }
      if let own, variables[other].contains(own) { return false }
      return variables[literal].contains(result) || isAggregate(other) && !isAggregate(literal)
    }
  }

  private func isAggregate(_ literal: Int) -> Bool {
    if case .aggregate = literals[literal] { true } else { false }
  }

  /// The variable that a literal computes.
  private func result(of literal: Int) -> Int? {
    switch literals[literal] {
    case .aggregate(let aggregate): return aggregate.result
    case .filter(.comparison(.equal, let left, let right, _)):
      if case .variable(let number) = left, right.isComputed { return number }
      if case .variable(let number) = right, left.isComputed { return number }
      return nil
    default: return nil
    }
  }
}
