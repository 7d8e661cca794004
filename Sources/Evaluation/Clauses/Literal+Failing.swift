/// Which literals may fail, and what they need for that.
extension Literal {
  /// Whether a computation of it may fail for some values.
  var mayFail: Bool {
    switch self {
    case .atom: false
    case .comparison(_, let left, let right, _): left.isComputed || right.isComputed
    case .condition: true
    case .similar(let subject, let words, _): subject.isComputed || words.isComputed
    case .negation(let group, _): group.mayFail
    case .aggregate(let aggregate):
      aggregate.kind != .count || aggregate.columns.count > 1 || aggregate.group.mayFail
    }
  }

  /// Whether it fails for many values of the kinds that it takes, and not for odd ones alone.
  var oftenFails: Bool {
    switch self {
    case .comparison(_, let left, let right, _), .similar(let left, let right, _): left.oftenFails || right.oftenFails
    case .condition(_, let operands, _): operands.contains(where: \.oftenFails)
    case .atom, .negation, .aggregate: false
    }
  }

  /// Whether it is a negation of nothing but comparisons of what is known.
  var isPlainGroup: Bool {
    guard case .negation(let group, _) = self else { return false }
    return group.alternatives.allSatisfy {
      $0.allSatisfy { if case .comparison = $0 { !$0.mayFail } else { false } }
    }
  }

  /// The variables that must have values for it to be computed: not one that `=` only compares with what is computed, nor
  /// an aggregate's result.
  var inputs: Set<Int> {
    switch self {
    case .comparison(.equal, .variable, let other, _) where other.isComputed: other.variables
    case .comparison(.equal, let other, .variable, _) where other.isComputed: other.variables
    case .aggregate(let aggregate): aggregate.group.shared
    default: variables
    }
  }
}

extension [Literal] {
  /// Whether one of them may fail.
  var mayFail: Bool { contains(where: \.mayFail) }
}

extension Group {
  fileprivate var mayFail: Bool { alternatives.contains(where: \.mayFail) }
}

extension ClauseBase {
  /// Whether a clause of a relation may fail.
  func mayFail(_ relation: RelationKey) -> Bool { clauses(for: relation).contains(where: \.body.mayFail) }
}

extension Operand {
  fileprivate var oftenFails: Bool {
    guard case .call(let function, let operands, _) = self else { return false }
    switch function {
    case .toNumber, .date: return true
    case .divide, .modulo: if case .constant = operands[1] { break } else { return true }
    case .add, .subtract, .multiply, .negate, .concatenate, .abs, .min, .max, .round, .length, .lower, .upper, .fold,
      .contains, .matches, .split, .replace, .substring, .startsWith, .endsWith, .toString, .year, .month, .day, .start,
      .end, .earliest, .latest, .before, .after, .during, .overlaps, .isUncertain, .isApproximate, .daysBetween:
      break
    }
    return operands.contains(where: \.oftenFails)
  }
}

extension [Literal] {
  /// The literals that can't be computed, since what they need has no value where some others fail.
  func literalsWithoutInputs(given: Set<Int>, failing: Bits) -> Bits {
    if failing.isEmpty { return Bits() }
    let others = indices.filter { !failing.contains($0) }
    let defined = Safety.bound(by: others.map { self[$0] }, given: given)
    return Bits(others.filter { !self[$0].variables.isSubset(of: defined) })
  }

  /// Those of some literals that can fail together: what one of them needs has a value though the others fail.
  func canFailTogether(_ failing: Bits, given: Set<Int>) -> Bits {
    let others = indices.filter { !failing.contains($0) }
    let defined = Safety.bound(by: others.map { self[$0] }, given: given)
    return Bits(failing.filter { self[$0].inputs.isSubset(of: defined) })
  }
}
