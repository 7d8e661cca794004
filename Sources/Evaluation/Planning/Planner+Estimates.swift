/// How many values a variable can take, and what things cost.
extension Planner {
  /// What it costs to add a set of rows, or a row, to what a rule derives.
  static let emission = 7.0

  /// What it costs to make a set, without going through it.
  func cost(of set: SetPlan, _ variable: Int, _ state: State) -> Double {
    if set.isView { return 1 }
    let least = set.sources.compactMap { size($0, variable, state) }.min() ?? 0
    return 4 + 0.03 * least
  }

  /// About how many values a variable can take now.
  func candidates(_ variable: Int, _ state: State) -> Double {
    let domain = domain(variable, state.remaining)
    var least = Double.infinity
    var selectivity = 1.0
    for literal in state.remaining.elements where variables[literal].contains(variable) {
      guard let size = size(literal, variable, state) else { continue }
      if size < least {
        if least.isFinite { selectivity *= min(1, least / domain) }
        least = size
      } else {
        selectivity *= min(1, size / domain)
      }
    }
    return least.isFinite ? max(0.05, least * selectivity) : 1
  }

  func domain(_ variable: Int, _ part: Bits) -> Double {
    var domain = 1.0
    for literal in part.elements where variables[literal].contains(variable) {
      switch literals[literal] {
      case .atom(let atom, let size):
        for (column, argument) in atom.arguments.enumerated() where argument == .variable(variable) {
          domain = max(domain, size.distinct[column])
        }
      case .gathered(_, let size), .weighed(_, let size): domain = max(domain, size)
      default: break
      }
    }
    return domain
  }

  /// About how many values a literal alone leaves a variable.
  func size(_ literal: Int, _ variable: Int, _ state: State) -> Double? {
    switch literals[literal] {
    case .gathered(_, let size), .weighed(_, let size): return size
    case .atom(let atom, let size):
      var rows = size.count
      var distinct = 1.0
      var isFollowed = false
      for (column, argument) in atom.arguments.enumerated() {
        if argument == .variable(variable) {
          distinct = max(distinct, size.distinct[column])
        } else if argument.variable.map({ state.bound.contains($0) }) ?? true {
          rows /= max(1, size.distinct[column])
          isFollowed = isFollowed || argument.variable.map { !given.contains($0) } ?? false
        }
      }
      // What the plan has bound it has taken from the literal's own rows, so that one at least goes on.
      return min(distinct, isFollowed ? max(1, rows) : rows)
    default: return nil
    }
  }
}
