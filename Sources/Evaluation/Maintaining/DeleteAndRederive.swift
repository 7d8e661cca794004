import Relations

/// Brings a component's relations up to date by deleting and deriving again (Gupta, Mumick and Subrahmanian 1993).
///
/// First all rows go that some derivation of what was taken back had a part in; of these the ones come back that the
/// rest still derives; then what is new is carried on in rounds, as in a computation anew. A negation or an aggregate that
/// reads a changed relation is derived from as it was before and as it is now, for the values for which it is affected.
struct DeleteAndRederive {
  private let component: [RelationKey]
  private let evaluator: Evaluator
  /// The changes of the relations that are read, which have these changes already.
  private let inputs: [RelationKey: RelationDelta]
  /// The changes of the members' own facts.
  private let facts: [RelationKey: RelationDelta]

  init(
    _ component: [RelationKey], _ evaluator: Evaluator, inputs: [RelationKey: RelationDelta],
    facts: [RelationKey: RelationDelta]
  ) {
    self.component = component
    self.evaluator = evaluator
    self.inputs = inputs
    self.facts = facts
  }

  private typealias Rows = [RelationKey: Relation]

  /// The changes of the members; `nil` where so much changes that computing anew is cheaper. Then, as where it throws, the
  /// members' rows are of no use any more.
  func run() throws -> [RelationKey: RelationDelta]? {
    var affected = try affectedClauses(by: \.added)
    let hasLost = (Array(inputs.values) + Array(facts.values)).contains { !$0.removed.isEmpty }
    var doomed: Rows? = [:]
    if hasLost || !affected.isEmpty {
      if component.contains(where: evaluator.denseKeys.contains) { return nil }
      try beforeTheChanges {
        affected += try affectedClauses(by: \.removed)
        doomed = areFew(affected) ? try doomedRows(affected) : nil
      }
    }
    guard let doomed else {
      evaluator.denseKeys.formUnion(component)
      return nil
    }
    for key in component { if let rows = doomed[key] { full(key).subtract(rows) } }
    let back = try rowsThatStay(of: doomed)
    guard let added = try addedRows(startingWith: back, affected) else { return nil }
    var result: [RelationKey: RelationDelta] = [:]
    for key in component {
      let before = doomed[key] ?? empty(key)
      result[key] = RelationDelta(
        added: (added[key] ?? empty(key)).filter { !before.contains($0) },
        removed: before.filter { !full(key).contains($0) })
    }
    return result
  }

  private func full(_ key: RelationKey) -> Relation { evaluator.slot(key).relation }
  private func empty(_ key: RelationKey) -> Relation { Relation(arity: full(key).arity) }

  /// How many rows may change before computing anew is cheaper, which takes whole sets where this takes row by row.
  private var mostRows: Int {
    let isClosure = component.count == 1 && evaluator.closure(component[0]) != nil
    return max(1_000, isClosure ? 0 : component.reduce(0) { $0 + full($1).count } / 256)
  }

  /// Whether the clauses would first have to put so many of the members' rows in another order that computing anew is
  /// cheaper.
  private func needsMuchSorting(_ variants: [ClauseVariant]) -> Bool {
    let members = component.map { full($0) }
    return variants.contains { variant in
      variant.compiled.missingIndexes.contains { relation in
        relation.count > Self.mostSorted && members.contains { $0 === relation }
      }
    }
  }

  private static let mostSorted = 5_000_000

  // MARK: Variants

  private func variants(reading slots: [RelationKey: RelationSlot]) -> [ClauseVariant] {
    evaluator.variants(of: component, reading: slots)
  }

  private func derive(_ variants: [ClauseVariant], known: Bool, _ take: (RelationKey, Relation) -> Void) throws {
    for variant in variants where variant.compiled.delta?.relation.isEmpty == false {
      for part in try variant.compiled.run(known: known ? full(variant.head) : nil) { take(variant.head, part) }
    }
  }

  private func slots(_ rows: (RelationDelta) -> Relation) -> [RelationKey: RelationSlot] {
    inputs.mapValues { RelationSlot(rows($0)) }.filter { !$0.value.relation.isEmpty }
  }

  // MARK: Negations and aggregates

  private func affectedClauses(by rows: (RelationDelta) -> Relation) throws -> [AffectedClause] {
    let slots = slots(rows)
    return slots.isEmpty ? [] : try evaluator.affectedClauses(of: component, by: slots)
  }

  /// Whether the values that are affected are so few that to look at each is cheaper than computing anew: where there are
  /// no variables, all is.
  private func areFew(_ affected: [AffectedClause]) -> Bool {
    affected.allSatisfy { !$0.values.variables.isEmpty && $0.values.rows.count <= mostRows }
  }

  // MARK: Taking back

  /// Does something with the relations that are read as they were before they changed.
  private func beforeTheChanges(_ body: () throws -> Void) throws {
    for (key, delta) in inputs {
      full(key).subtract(delta.added)
      _ = full(key).formUnion(delta.removed)
    }
    defer {
      for (key, delta) in inputs {
        full(key).subtract(delta.removed)
        _ = full(key).formUnion(delta.added)
      }
    }
    try body()
  }

  /// The members' rows that a derivation from what was taken back has; `nil` where they are many. All that is read must be
  /// as it was.
  private func doomedRows(_ affected: [AffectedClause]) throws -> Rows? {
    let limit = mostRows
    var doomed: Rows = [:]
    var fresh: Rows = [:]
    func take(_ key: RelationKey, _ rows: Relation) {
      let full = full(key)
      rows.forEachTuple { tuple in
        guard full.contains(tuple), doomed[key]?.contains(tuple) != true else { return true }
        if fresh[key] == nil { fresh[key] = empty(key) }
        fresh[key]?.append(tuple)
        return true
      }
    }
    for (key, delta) in facts { take(key, delta.removed) }
    let first = variants(reading: slots(\.removed)) + affected.map { $0.variant(evaluator) }
    if needsMuchSorting(first) { return nil }
    try derive(first, known: false, take)
    if fresh.isEmpty { return doomed }
    var frontier = Frontier(of: component, evaluator)
    var count = 0
    while !fresh.isEmpty {
      guard evaluator.proceed() else { throw JoinMachine.Stopped() }
      for (key, rows) in fresh {
        if doomed[key] == nil { doomed[key] = empty(key) }
        count += doomed[key]?.formUnion(rows).count ?? 0
      }
      if count > limit { return nil }
      frontier.advance(to: fresh)
      fresh = [:]
      try derive(frontier.variants, known: false, take)
    }
    return doomed
  }

  /// Those of some rows that are facts or that one clause derives from what there is now.
  private func rowsThatStay(of doomed: Rows) throws -> Rows {
    var result: Rows = [:]
    for (key, rows) in doomed where !rows.isEmpty {
      let staying = empty(key)
      if let stored = evaluator.base.stored(key) {
        _ = staying.formUnion(rows.filter { stored.facts.contains($0) })
      }
      for clause in evaluator.base.clauses(for: key) {
        for part in try evaluator.compile(clause, for: rows, as: clause.head.arguments).run(known: nil) {
          _ = staying.formUnion(part)
        }
      }
      result[key] = staying
    }
    return result
  }

  // MARK: Adding

  /// Adds rows to the members, and all that follows from them and from what has changed in the relations that are read;
  /// `nil` where that is much.
  private func addedRows(startingWith rows: Rows, _ affected: [AffectedClause]) throws -> Rows? {
    let limit = mostRows
    var added: Rows = [:]
    var fresh: Rows = [:]
    var count = 0
    func take(_ key: RelationKey, _ rows: Relation) {
      let new = full(key).formUnion(rows)
      if new.isEmpty { return }
      count += new.count
      if added[key] == nil { added[key] = empty(key) }
      _ = added[key]?.formUnion(new)
      if let known = fresh[key] { _ = known.formUnion(new) } else { fresh[key] = new }
    }
    for (key, rows) in rows { take(key, rows) }
    for (key, delta) in facts { take(key, delta.added) }
    var found: [(RelationKey, Relation)] = []
    let first = variants(reading: slots(\.added)) + affected.map { $0.variant(evaluator) }
    if needsMuchSorting(first) { return nil }
    try derive(first, known: true) { found.append(($0, $1)) }
    for (key, rows) in found { take(key, rows) }
    if fresh.isEmpty { return added }
    var frontier = Frontier(of: component, evaluator)
    while !fresh.isEmpty {
      guard evaluator.proceed() else { throw JoinMachine.Stopped() }
      if count > limit { return nil }
      frontier.advance(to: fresh)
      fresh = [:]
      found = []
      try derive(frontier.variants, known: true) { found.append(($0, $1)) }
      for (key, rows) in found { take(key, rows) }
    }
    return added
  }
}

extension Relation {
  /// The tuples that a condition admits.
  fileprivate func filter(_ isIncluded: (UnsafeBufferPointer<UInt32>) -> Bool) -> Relation {
    let result = Relation(arity: arity)
    forEachTuple { tuple in
      if isIncluded(tuple) { result.append(tuple) }
      return true
    }
    return result
  }
}
