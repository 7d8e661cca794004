import Relations

/// A clause one of whose negations or aggregates may have another result than before some relations changed, and for which
/// values of the variables around it.
struct AffectedClause {
  let head: RelationKey
  let values: AffectedValues
  /// The clause, with a first literal that holds for these values alone.
  private let clause: Clause

  init(_ clause: Clause, of head: RelationKey, for values: AffectedValues) {
    self.head = head
    self.values = values
    self.clause = clause.with([values.literal(of: clause)] + clause.body)
  }

  /// What derives the clause's rows with these values.
  func variant(_ evaluator: Evaluator) -> ClauseVariant {
    ClauseVariant(
      head: head, read: values.key,
      compiled: evaluator.compile(clause, delta: (0, RelationSlot(values.rows))))
  }
}

/// Values of some variables of a clause for which a part of its body is to be looked at again.
struct AffectedValues {
  let variables: [Int]
  let rows: Relation

  /// What stands for the rows in a clause.
  var key: RelationKey {
    .demanded(.named(""), bound: Array(repeating: true, count: variables.count), scope: 0)
  }

  func literal(of clause: Clause) -> Literal {
    .atom(ClauseAtom(relation: key, arguments: variables.map { .variable($0) }, span: clause.span))
  }
}

extension Evaluator {
  /// The clauses of some relations with a negation or an aggregate that is affected by rows of the relations in `slots`: rows
  /// that have come, as all is now, or rows that have gone, as all was before.
  func affectedClauses(of heads: [RelationKey], by slots: [RelationKey: RelationSlot]) throws -> [AffectedClause] {
    try heads.flatMap { head in
      try base.clauses(for: head).flatMap { clause in
        try clause.body.compactMap(\.group).flatMap { try values(of: $0, in: clause, affectedBy: slots) }
          .map { AffectedClause(clause, of: head, for: $0) }
      }
    }
  }

  /// The values of the variables around a group for which it has a solution with one of the rows.
  ///
  /// Its atoms alone decide. Without its comparisons more values may seem affected than are, and are derived once more.
  private func values(
    of group: Group, in clause: Clause, affectedBy slots: [RelationKey: RelationSlot]
  ) throws -> [AffectedValues] {
    var result: [AffectedValues] = []
    for alternative in group.alternatives {
      let atoms = alternative.filter { if case .atom = $0 { true } else { false } }
      for (number, literal) in atoms.enumerated() {
        guard case .atom(let atom) = literal, let slot = slots[atom.relation] else { continue }
        result.append(try values(of: atoms, reading: slot, at: number, group.shared, clause))
      }
      for inner in alternative.compactMap(\.group) {
        for affected in try values(of: inner, in: clause, affectedBy: slots) {
          let literals = [affected.literal(of: clause)] + atoms
          result.append(try values(of: literals, reading: RelationSlot(affected.rows), at: 0, group.shared, clause))
        }
      }
    }
    return result.filter { !$0.rows.isEmpty }
  }

  private func values(
    of literals: [Literal], reading slot: RelationSlot, at number: Int, _ shared: Set<Int>, _ clause: Clause
  ) throws -> AffectedValues {
    let bound = literals.reduce(into: Set<Int>()) { $0.formUnion($1.variables) }
    let variables = shared.intersection(bound).sorted()
    var part = clause.with(literals)
    part.head.arguments = variables.map { .variable($0) }
    let rows = Relation(arity: variables.count)
    for found in try compile(part, delta: (number, slot)).run(known: nil) { _ = rows.formUnion(found) }
    return AffectedValues(variables: variables, rows: rows)
  }
}

extension Clause {
  fileprivate func with(_ body: [Literal]) -> Clause {
    var clause = self
    clause.body = body
    return clause
  }
}
