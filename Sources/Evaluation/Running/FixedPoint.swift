import Relations

/// A recursive component computed in rounds.
struct FixedPoint {
  private let component: [RelationKey]
  private let evaluator: Evaluator

  init(_ component: [RelationKey], _ evaluator: Evaluator) {
    self.component = component
    self.evaluator = evaluator
  }

  /// Computes the component's relations.
  /// - Parameter recording: whether to return what each round added, the first one without recursion.
  @discardableResult
  func run(recording: Bool = false) throws -> [[RelationKey: Relation]] {
    var rounds: [[RelationKey: Relation]] = []
    var frontier = Frontier(of: component, evaluator, rows: try startingRows())
    let followers = followers
    var count = component.reduce(0) { $0 + evaluator.slot($1).relation.count }
    while !frontier.isEmpty {
      guard evaluator.proceed() else { throw JoinMachine.Stopped() }
      if recording { rounds.append(frontier.rows) }
      var parts: [RelationKey: [Relation]] = [:]
      for variant in frontier.variants {
        try variant.compiled.run(
          known: evaluator.slot(variant.head).relation, addingTo: &parts[variant.head, default: []])
      }
      for (demanded, rows) in frontier.rows {
        guard let key = followers[demanded], let found = try follow(key, from: rows) else { continue }
        parts[key] = [found]
      }
      let new = add(parts.filter { !$0.value.isEmpty }, after: frontier.rows)
      count += new.values.reduce(0) { $0 + $1.count }
      frontier.advance(to: new)
      evaluator.activity.settle(count)
    }
    return rounds
  }

  /// Adds to each relation what a round found; returns what was new, which is read as what was new in the last round was.
  private func add(
    _ parts: [RelationKey: [Relation]], after last: [RelationKey: Relation]
  ) -> [RelationKey: Relation] {
    let additions = parts.map {
      Relation.Addition(
        of: $0.value, to: evaluator.slot($0.key).relation, newOrders: last[$0.key]?.ordersInUse ?? [], isAsKnown: true)
    }
    let new = Relation.formUnions(additions, threads: evaluator.threads.count)
    return Dictionary(uniqueKeysWithValues: zip(parts.keys, new))
  }

  /// The closures that are followed from terms, by what is demanded of them.
  private var followers: [RelationKey: RelationKey] {
    var followers: [RelationKey: RelationKey] = [:]
    for key in component where evaluator.base.isFollowed(key) {
      guard case .restricted(let whole, let bound, let scope) = key else { continue }
      followers[.demanded(whole, bound: bound, scope: scope)] = key
    }
    return followers
  }

  /// The rows of a closure from the terms that the last round demanded of it.
  private func follow(_ key: RelationKey, from demanded: Relation) throws -> Relation? {
    guard case .restricted(let whole, let bound, _) = key else { return nil }
    return try evaluator.closure(whole)?.follow(demanded.terms(ofColumn: 0), backward: bound[1], evaluator)
  }

  private func startingRows() throws -> [RelationKey: Relation] {
    let members = Set(component)
    return Dictionary(uniqueKeysWithValues: try component.map { ($0, try start($0, members)) })
  }

  /// Gives a relation the rows that it has without recursion, and returns them.
  private func start(_ key: RelationKey, _ members: Set<RelationKey>) throws -> Relation {
    let clauses = evaluator.base.clauses(for: key)
    let plain = clauses.filter { clause in
      !clause.body.contains { if case .atom(let atom) = $0 { members.contains(atom.relation) } else { false } }
    }
    let arity = evaluator.base.arity(of: key) ?? 0
    if evaluator.base.isFollowed(key) {
      evaluator.slot(key).relation = Relation(arity: arity)
      return Relation(arity: arity)
    }
    let rows = try evaluator.union(of: plain, with: BaseRelations(evaluator).relation(key), arity: arity)
    // It grows in each round, so that to pack it would be in vain.
    let full = arity > 2 ? Relation(growingWithColumns: arity) : Relation(arity: arity)
    _ = full.formUnion(rows)
    evaluator.slot(key).relation = full
    return rows
  }
}
