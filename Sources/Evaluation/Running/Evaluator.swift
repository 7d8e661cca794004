import Relations

/// Computes relations: stratum by stratum, each recursive one by rounds that join what the last round added (semi-naive),
/// or in one pass where it is a closure. What was computed stays.
final class Evaluator {
  let base: ClauseBase
  let computations: Computations
  let proceed: () -> Bool
  let activity: Activity
  /// The threads that may share what is compiled from now on.
  var threads = JoinThreads(count: 1)
  /// What it costs to keep a part of a body by a computed value, besides its rows, in steps of a join.
  var valueJoinCost = Evaluator.usualValueJoinCost
  static let usualValueJoinCost = 100.0
  /// Where the plans that are compiled from now on are noted, with what is counted at their steps.
  var records: PlanRecords?
  private var slots: [RelationKey: RelationSlot] = [:]
  /// The relations among them of which only those rows are there that one query asks for.
  private var passingKeys: Set<RelationKey> = []
  /// Relations whose rows are complete.
  private var complete: Set<RelationKey> = []
  private var lazySizes: [RelationKey: RelationSize] = [:]
  /// Whether recursive relations are computed such that it stays known what each round added, as explanations need it.
  var isRecording = false
  /// Recursive relations of which, when facts were taken back, so much was in doubt that they were computed anew.
  var denseKeys: Set<RelationKey> = []
  private var recorded: [RelationKey: [[RelationKey: Relation]]] = [:]
  /// What closures that are followed from terms begin with and go on by, for the next that is followed.
  private var closureParts: [ClosureShape.Part: Relation] = [:]

  init(_ base: ClauseBase, activity: Activity, proceed: @escaping () -> Bool) {
    self.base = base
    self.activity = activity
    self.proceed = proceed
    computations = Computations(base)
  }

  /// The rows of a relation, computed with all that it depends on where that was not done yet. Throws a ``Diagnostic``
  /// where the recursion has no strata or a computation fails, or ``JoinMachine/Stopped``.
  func relation(_ key: RelationKey) throws -> Relation {
    if complete.contains(key), let slot = slots[key], slot.provide == nil { return slot.relation }
    if !restsOnComplete(key) { try computeAll(below: key) }
    if !complete.contains(key) {
      activity.begin(stage([key]))
      try compute([key], isRecursive: false)
      complete.insert(key)
    }
    slot(key).provide?(nil)
    return slot(key).relation
  }

  /// Whether all that the rules of a relation ask directly was computed, so that nothing else need be looked for.
  private func restsOnComplete(_ key: RelationKey) -> Bool {
    guard key.scope == nil, base.diagnostics.isEmpty else { return false }
    let clauses = base.clauses(for: key)
    return !clauses.isEmpty
      && clauses.allSatisfy { clause in
        var isComplete = true
        for literal in clause.body {
          literal.forEachAtom { atom, _ in isComplete = isComplete && complete.contains(atom.relation) }
        }
        return isComplete
      }
  }

  /// Computes all that a relation depends on, and it too where it is recursive itself.
  func computeAll(below key: RelationKey) throws {
    let strata = Strata(of: [key], in: base)
    try base.graph.pace.check()
    if let diagnostic = base.diagnostics.first { throw diagnostic }
    if let problem = strata.problem { throw problem }
    for component in strata.components where !complete.isSuperset(of: component) {
      try base.graph.pace.step(16)
      let isRecursive = strata.isRecursive(component)
      if component == [key] && !isRecursive { continue }
      activity.begin(stage(component))
      try compute(component, isRecursive: isRecursive)
      complete.formUnion(component)
    }
  }

  /// Takes some rows for all of a relation's.
  func assume(_ key: RelationKey, is relation: Relation) {
    slot(key).relation = relation
    complete.insert(key)
  }

  /// Makes a relation one whose rows are computed as they are asked for.
  func provide(_ distances: Distances, as key: RelationKey) {
    slot(key).provide = distances.provide
    lazySizes[key] = distances.size
  }

  func size(of atom: ClauseAtom) -> RelationSize {
    lazySizes[atom.relation] ?? RelationSize(of: slot(atom.relation).relation)
  }

  /// Computes what a closure depends on besides itself.
  func prepare(below key: RelationKey) throws {
    for clause in base.clauses(for: key) {
      for literal in clause.body {
        var below: Set<RelationKey> = []
        literal.forEachAtom { atom, _ in if atom.relation != key { below.insert(atom.relation) } }
        for other in below where !complete.contains(other) { _ = try relation(other) }
      }
    }
  }

  func slot(_ key: RelationKey) -> RelationSlot {
    if let slot = slots[key] { return slot }
    let slot = RelationSlot(Relation(arity: base.arity(of: key) ?? 0))
    slots[key] = slot
    if key.scope != nil { passingKeys.insert(key) }
    return slot
  }

  /// The shape of a relation that is a closure.
  func closure(_ key: RelationKey) -> ClosureShape? { ClosureShape(key, clauses: base.clauses(for: key)) }

  /// What each round added to the relations of a recursive component; the first one is without recursion.
  func rounds(_ component: [RelationKey]) throws -> [[RelationKey: Relation]] {
    if let known = recorded[component[0]] { return known }
    let rounds = try FixedPoint(component, self).run(recording: true)
    for member in component { recorded[member] = rounds }
    return rounds
  }

  func isComplete(_ key: RelationKey) -> Bool { complete.contains(key) }

  /// The relations whose rows are complete.
  var completeKeys: [RelationKey] { Array(complete) }

  /// Forgets what was computed for one query only.
  func forget(_ query: RelationKey, scope: Int) {
    base.forget(scope: scope)
    let passed = passingKeys.filter { $0.scope == scope }
    forget(passed)
    passingKeys.subtract(passed)
    if case .auxiliary = query { forget([query]) }
  }

  /// Forgets the rows of relations.
  func forget(_ keys: some Sequence<RelationKey>) {
    for key in keys {
      if !closureParts.isEmpty, case .named = key { closureParts = [:] }
      slots[key] = nil
      lazySizes[key] = nil
      recorded[key] = nil
      complete.remove(key)
    }
  }

  /// A part of a closure, united where that was not done yet.
  func closurePart(_ part: ClosureShape.Part, _ unite: () throws -> Relation) rethrows -> Relation {
    if let known = closureParts[part] { return known }
    let relation = try unite()
    closureParts[part] = relation
    return relation
  }

  /// Forgets the parts of closures, when facts have changed.
  func forgetClosureParts() { closureParts = [:] }

  func forgetRounds(of component: [RelationKey]) { for key in component { recorded[key] = nil } }

  /// What computing some relations is called: of those that stand for parts of a query there is nothing to tell.
  private func stage(_ component: [RelationKey]) -> String {
    for case .named(let name) in component.lazy.map(\.whole) { return "deriving \(name)" }
    return "answering"
  }

  private func compute(_ component: [RelationKey], isRecursive: Bool) throws {
    if isRecursive {
      if component.count == 1, let relation = try closure(component[0])?.compute(self) {
        slot(component[0]).relation = relation
      } else {
        let rounds = try FixedPoint(component, self).run(recording: isRecording)
        if isRecording { for member in component { recorded[member] = rounds } }
      }
      return
    }
    let key = component[0]
    let stored = try BaseRelations(self).relation(key)
    let clauses = base.clauses(for: key)
    guard !clauses.isEmpty else {
      if let stored { slot(key).relation = stored }
      return
    }
    slot(key).relation = try union(of: clauses, with: stored, arity: clauses[0].head.arguments.count)
  }

  /// The rows of non-recursive clauses with one head, and stored ones.
  func union(of clauses: [Clause], with stored: Relation?, arity: Int) throws -> Relation {
    var parts: [Relation] = []
    var count = 0
    for clause in clauses {
      try base.graph.pace.step(64)
      let found = try copy(clause).map { [$0] } ?? compile(clause).run(known: nil)
      parts += found
      count += found.reduce(0) { $0 + $1.count }
      activity.settle(count)
    }
    // The rest goes into the largest, as that has the rows of most terms already.
    let largest = parts.indices.max { parts[$0].count < parts[$1].count }
    let relation = largest.map { parts.remove(at: $0) } ?? Relation(arity: arity)
    let others = parts + (stored.map { [$0] } ?? [])
    relation.add(others)
    return relation
  }

  /// The rows of a clause that repeats pairs, as a copy; `nil` for another clause, and where its steps are to be counted.
  private func copy(_ clause: Clause) -> Relation? {
    guard records == nil, let repeated = clause.repetition, repeated.order.count == 2 else { return nil }
    return Relation(rows: slot(repeated.relation).relation.rows(repeated.order).copy())
  }

  /// - Parameter target: where the rows go that the clause derives round after round.
  func compile(
    _ clause: Clause, delta: (literal: Int, slot: RelationSlot)? = nil, addingTo target: RelationSlot? = nil
  ) -> CompiledClause {
    compilePlainly(clause, delta: delta, addingTo: target, slots: [:]) { [unowned self] in
      ValueJoin(clause, delta: delta, target: target, self)
    }
  }

  /// The same for a clause that is to be run as it is.
  /// - Parameter slots: what some of its literals read instead of the evaluator's own relations.
  func compilePlainly(
    _ clause: Clause, delta: (literal: Int, slot: RelationSlot)?, addingTo target: RelationSlot?,
    slots: [RelationKey: RelationSlot], valueJoin: @escaping () -> ValueJoin? = { nil }
  ) -> CompiledClause {
    CompiledClause(
      clause, delta: delta, target: target, slot: { [unowned self] in slots[$0.relation] ?? slot($0.relation) },
      size: { [unowned self] in slots[$0.relation].map { RelationSize(of: $0.relation) } ?? size(of: $0) },
      computations: computations, threads: threads, activity: activity, records: records,
      makeValueJoin: valueJoin, proceed: proceed)
  }
}
