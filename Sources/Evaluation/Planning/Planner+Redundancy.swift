extension Planner {
  /// The atoms that say nothing new beside another of the same relation: which has all their arguments, but for variables that
  /// stand nowhere else. `partner(_, P)` says nothing new beside `partner(O, P)`.
  /// - Parameter bound: the variables that are bound or wanted.
  /// - Parameter delta: a literal that reads other rows than its relation's.
  func redundantLiterals(bound: Bits, delta: Int?) -> Bits {
    var redundant = Bits()
    let atoms = (0..<bodyCount).filter { $0 != delta && atom($0) != nil }
    guard atoms.count > 1 else { return redundant }
    let lonely = lonelyVariables(bound)
    for literal in atoms {
      let others = atoms.filter { $0 != literal && !redundant.contains($0) }
      if others.contains(where: { implies($0, literal, lonely) }) { redundant.insert(literal) }
    }
    return redundant
  }

  private func atom(_ literal: Int) -> ClauseAtom? {
    if case .atom(let atom, _) = literals[literal] { atom } else { nil }
  }

  /// The variables that stand in one literal alone, and are not wanted.
  private func lonelyVariables(_ bound: Bits) -> Bits {
    var once = Bits()
    var more = bound.union(needed(.emit))
    for own in variables.prefix(bodyCount) {
      more = more.union(once.intersection(own))
      once = once.union(own)
    }
    return once.subtracting(more)
  }

  /// Whether an atom holds wherever another one does.
  private func implies(_ other: Int, _ literal: Int, _ lonely: Bits) -> Bool {
    guard let known = atom(other), let atom = atom(literal), known.relation == atom.relation else { return false }
    var values: [Int: Argument] = [:]
    return zip(atom.arguments, known.arguments).allSatisfy { own, value in
      guard let variable = own.variable, lonely.contains(variable) else { return own == value }
      if let before = values[variable] { return before == value }
      values[variable] = value
      return true
    }
  }
}
