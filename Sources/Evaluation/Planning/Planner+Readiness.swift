import Diagnostics

/// Which literals can be checked or computed, and in which turn.
extension Planner {
  /// How much it takes to check or compute a literal, and the variable that it binds; `nil` where it can't be done yet.
  func readiness(_ literal: Int, _ state: State) -> (effort: Int, binds: Int?)? {
    let open = open(literal, state)
    switch literals[literal] {
    case .atom, .gathered: return open.isEmpty ? (2, nil) : nil
    case .weighed: return nil
    case .negatedAtom: return open.isEmpty ? (2, nil) : nil
    case .filter(.comparison(.equal, let left, let right, _)):
      let computes = left.isComputed || right.isComputed
      if open.isEmpty { return (computes ? Self.computedEffort : 0, nil) }
      let bound = Set(state.bound)
      let binds = Safety.boundIn(.comparison(.equal, left, right, SourceSpan.none), bound).first
      return binds.flatMap { open.count == 1 ? (computes ? Self.computedEffort : 0, $0) : nil }
    case .filter(.comparison(_, let left, let right, _)):
      return open.isEmpty ? (left.isComputed || right.isComputed ? Self.computedEffort : 1, nil) : nil
    case .filter(.condition): return open.isEmpty ? (4, nil) : nil
    case .filter: return open.isEmpty ? (Self.groupEffort, nil) : nil
    case .failing(let wanted):
      return open.isEmpty ? (wanted.group == nil ? Self.computedEffort : Self.groupEffort, nil) : nil
    case .aggregate(let aggregate):
      guard open.removing(aggregate.result).isEmpty else { return nil }
      return (6, open.isEmpty ? nil : aggregate.result)
    }
  }

  static let computedEffort = 3
  static let groupEffort = 5

  /// When a literal goes among those that can be done: by its effort, but what often fails behind conditions and groups that
  /// may rule it out, and what is to fail before what may fail besides.
  func turn(of literal: Int, _ effort: Int) -> Int {
    switch literals[literal] {
    case .failing(let wanted): wanted.group == nil ? 2 * Self.computedEffort - 1 : 13
    case .filter(let filter) where filter.isPlainGroup: 3
    case .filter(let filter) where filter.oftenFails: 2 * Self.groupEffort + 1
    default: 2 * effort
    }
  }

  func mayFail(_ literal: Int) -> Bool { literal < bodyCount && fallible.contains(literal) }
}
