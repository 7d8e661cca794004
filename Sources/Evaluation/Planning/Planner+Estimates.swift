import Relations

/// How many values a variable can take, and what things cost.
extension Planner {
  /// What it costs to add a set of rows, or a row, to what a rule derives.
  static let emission = 7.0

  /// What it costs to bring a row to where it is kept from a set of another column's terms.
  static let turn = 2.0

  /// What it costs to make a set, without going through it.
  func cost(of set: JoinProgram.Candidates, _ variable: Int, _ state: State) -> Double {
    if set.isView { return 1 }
    let least = set.sources.compactMap { size($0, variable, state) }.min() ?? 0
    return 4 + 0.03 * least
  }

  /// About how many values a variable can take now.
  func candidates(_ variable: Int, _ state: State) -> Double {
    let sizes = state.remaining.compactMap { literal in
      variables[literal].contains(variable) ? size(literal, variable, state).map { (literal, size: $0) } : nil
    }
    guard let least = sizes.min(by: { $0.size < $1.size }) else { return 1 }
    let domain = domain(variable, state.remaining)
    var candidates = least.size
    for (literal, size) in sizes where literal != least.0 {
      candidates *= share(of: least.0, in: literal, variable, state) ?? min(1, size / domain)
    }
    return max(0.05, candidates)
  }

  /// About how many values, each once, the last set of a plan has over all solutions.
  ///
  /// The sets of two turns of a loop share some: what is a few steps away is mostly reached over more than one other thing. How
  /// much that is, nobody knows before.
  func values(_ plan: Int) -> Double {
    let node = nodes[plan]
    switch node.operation {
    case .loop(_, let set, _):
      return (min(1, set.estimate) + Self.newShare * max(0, set.estimate - 1)) * (node.next.map(values) ?? 1)
    case .check, .compute, .exists, .nonEmpty, .gather, .weigh: return node.next.map(values) ?? 1
    case .emitSet(_, let set), .collectSet(_, let set), .countSet(_, let set), .weighSet(_, let set):
      return set.estimate
    case .emitTuple, .collectTerm, .found, .witness, .countOne, .weighTerm: return 1
    case .impossible: return 0
    case .product: return node.parts.reduce(1) { $0 * values($1) }
    }
  }

  private static let newShare = 2.0 / 3

  /// About how many solutions a plan goes through.
  func solutions(_ plan: Int) -> Double {
    let node = nodes[plan]
    return switch node.operation {
    case .loop(_, let set, _): max(0.05, set.estimate) * (node.next.map(solutions) ?? 1)
    case .emitSet(_, let set), .collectSet(_, let set), .countSet(_, let set), .weighSet(_, let set): set.estimate
    case .impossible: 0
    default: node.next.map(solutions) ?? 1
    }
  }

  /// About which share of the values that a literal leaves a variable another one has too, of which nothing else is bound;
  /// `nil` where it is not known.
  private func share(of literal: Int, in other: Int, _ variable: Int, _ state: State) -> Double? {
    guard case .atom(let otherAtom, let otherSize) = literals[other],
      otherAtom.arguments.allSatisfy({ $0.variable.map { !state.bound.contains($0) } ?? false }),
      case .atom(let atom, let size) = literals[literal],
      let column = atom.arguments.firstIndex(of: .variable(variable)),
      let otherColumn = otherAtom.arguments.firstIndex(of: .variable(variable))
    else { return nil }
    let key = SharedColumn(literal: literal, other: other, variable: variable)
    if let known = shares[key] { return known }
    let share = otherSize.relation.flatMap {
      size.relation?.knownShare(ofColumn: column, in: $0, column: otherColumn)
    }
    shares[key] = .some(share)
    return share
  }

  func domain(_ variable: Int, _ part: Bits) -> Double {
    var domain = 1.0
    for literal in part where variables[literal].contains(variable) {
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
      var rows = size.selected ?? size.count
      var distinct = 1.0
      var isFollowed = false
      for (column, argument) in atom.arguments.enumerated() {
        if argument == .variable(variable) {
          distinct = max(distinct, size.distinct[column])
        } else if argument.variable.map({ state.bound.contains($0) }) ?? (size.selected == nil) {
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
