import Graphs
import Terms

/// A way in which a clause derives a row.
struct Derivation {
  var clause: Clause
  var binding: ClauseInstances.Binding
}

/// Chooses, of the ways to derive a row, the one whose explanation has the fewest nodes.
///
/// Of what is not recursive the sizes are exact, as long as not too many ways are to be compared; within a recursion a row
/// of one stage follows from rows of lower ones, and counts by its stage.
final class Derivations {
  private let evaluator: Evaluator
  let instances: ClauseInstances
  private var stages: [RelationKey: Stages] = [:]
  private var chosen: [RelationRow: Derivation] = [:]
  private var sizes: [RelationRow: Int] = [:]
  private var preparedClosures: Set<RelationKey> = []
  private var compared = 0

  private var base: ClauseBase { evaluator.base }
  private var graph: Graph { evaluator.base.graph }

  /// How many ways to derive one row are compared, how many in all, and through how many rules sizes are followed.
  private static let mostWays = 1_000
  private static let mostCompared = 20_000
  private static let deepest = 40

  init(_ evaluator: Evaluator, for goal: RelationKey) throws {
    self.evaluator = evaluator
    instances = ClauseInstances(evaluator)
    try addStages(below: goal)
  }

  private func addStages(below goal: RelationKey) throws {
    let strata = Strata(of: [goal], in: base)
    if let problem = base.diagnostics.first ?? strata.problem { throw problem }
    for component in strata.components where strata.isRecursive(component) && stages[component[0]] == nil {
      let stages = Stages(component, evaluator)
      for member in component { self.stages[member] = stages }
    }
  }

  /// The row as explanations know it: of a closure as a whole, which is followed from the row's end.
  func row(_ relation: RelationKey, _ terms: [UInt32]) throws -> RelationRow {
    guard case .restricted(let whole, _, _) = relation, evaluator.closure(whole)?.canCompute == true else {
      return RelationRow(relation: relation, terms: terms)
    }
    try prepareClosure(whole)
    return RelationRow(relation: whole, terms: terms)
  }

  /// Computes a relation that the goal does not depend on, for its rows to be explained.
  func prepare(_ key: RelationKey) throws {
    try addStages(below: key)
    _ = try evaluator.relation(key)
  }

  private func prepareClosure(_ key: RelationKey) throws {
    if !preparedClosures.insert(key).inserted { return }
    try addStages(below: key)
    try evaluator.prepare(below: key)
  }

  /// Whether a row holds. A closure is followed from the row's end, and not computed as a whole.
  func holds(_ row: RelationRow) throws -> Bool {
    guard evaluator.closure(row.relation)?.canCompute == true else {
      return try evaluator.relation(row.relation).contains(row.terms)
    }
    try prepareClosure(row.relation)
    return try stages[row.relation]?.stage(row.relation, row.terms) != nil
  }

  func isStated(_ row: RelationRow) -> Bool {
    base.stored(row.relation.whole)?.facts.contains(row.terms) == true
  }

  // MARK: Choice

  /// The derivation to show; `nil` where no clause gives the row.
  func best(_ row: RelationRow) throws -> Derivation? { try best(row, depth: 0) }

  private func best(_ row: RelationRow, depth: Int) throws -> Derivation? {
    if let known = chosen[row] { return known }
    var best = try choice(row, depth, most: Self.mostWays)
    // Of a recursion only some ways come from lower stages, perhaps none of the first.
    if best == nil, stages[row.relation] != nil { best = try choice(row, depth, most: .max) }
    // What was followed for its size only will be asked for again, where it is chosen.
    if let best, depth > 0 { chosen[row] = best }
    return best
  }

  private func choice(_ row: RelationRow, _ depth: Int, most: Int) throws -> Derivation? {
    let stages = stages[row.relation]
    let stage = try stages?.stage(row.relation, row.terms)
    let middle = try stages?.middle(row.terms)
    var best: (derivation: Derivation, size: Int?)?
    for (number, clause) in base.clauses(for: row.relation).enumerated() {
      for binding in try ways(number, clause, row, stages, middle, most) {
        let next = Derivation(clause: clause, binding: binding)
        if let stages, let stage, !(try isLower(next, stages, stage)) { continue }
        guard let last = best else {
          best = (next, nil)
          continue
        }
        compared += 1
        if compared > Self.mostCompared { return last.derivation }
        let size = try last.size ?? self.size(last.derivation, depth)
        let other = try self.size(next, depth)
        best = other < size ? (next, other) : (last.derivation, size)
      }
    }
    return best?.derivation
  }

  private func ways(
    _ number: Int, _ clause: Clause, _ row: RelationRow, _ stages: Stages?, _ middle: UInt32?, _ most: Int
  ) throws -> [ClauseInstances.Binding] {
    guard var given = ClauseInstances.match(clause.head, row.terms) else { return [] }
    var place = ClauseInstances.Place(relation: row.relation, clause: number)
    guard let closure = stages?.closure, let variable = closure.middle(of: clause) else {
      return middle == nil
        ? try instances.find(clause, clause.reasons, given: given, most: most, place: place) : []
    }
    guard let middle else { return [] }
    given[variable] = middle
    place.isStep = true
    // The recursion itself is known by its stage.
    let steps = clause.body.filter { if case .atom(let atom) = $0 { atom.relation != row.relation } else { true } }
    return try instances.find(clause, steps, given: given, most: most, place: place)
  }

  /// Whether all that it takes from the same recursion has a lower stage.
  private func isLower(_ derivation: Derivation, _ stages: Stages, _ stage: Int) throws -> Bool {
    for case .atom(let atom) in derivation.clause.reasons where self.stages[atom.relation] === stages {
      let terms = ClauseInstances.row(atom, derivation.binding)
      if try stages.stage(atom.relation, terms, below: stage) == nil { return false }
    }
    return true
  }

  // MARK: Sizes

  private func size(_ derivation: Derivation, _ depth: Int) throws -> Int {
    try derivation.clause.reasons.reduce(1) { size, literal in
      switch literal {
      case .atom(let atom):
        let terms = ClauseInstances.row(atom, derivation.binding)
        return try size + self.size(row(atom.relation, terms), depth + 1)
      case .comparison(.equal, let left, let right, _) where !left.isComputed && !right.isComputed: return size
      case .comparison where base.isPresence(literal): return size
      default: return size + 1
      }
    }
  }

  private func size(_ row: RelationRow, _ depth: Int) throws -> Int {
    if let known = sizes[row] { return known }
    let size = try computedSize(row, depth)
    sizes[row] = size
    return size
  }

  private func computedSize(_ row: RelationRow, _ depth: Int) throws -> Int {
    if isStated(row) { return 1 }
    switch row.relation {
    case .stated, .demanded: return 1
    case .triple, .similar: return 2
    case .distance:
      if case .integer(let steps) = graph.terms.value(Term(row.terms[2])) { return Int(steps) + 1 }
      return 1
    case .named, .auxiliary, .restricted: break
    }
    // A step of a recursion is a row of it and what the step rests on.
    if let stages = stages[row.relation] { return try 2 * (stages.stage(row.relation, row.terms) ?? 0) + 1 }
    guard depth < Self.deepest, compared < Self.mostCompared, let best = try best(row, depth: depth) else { return 3 }
    return try size(best, depth)
  }
}
