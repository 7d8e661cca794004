import Relations

/// A clause one of whose negations or aggregates may have another result than before some relations changed, and for which
/// values of the variables around it.
struct AffectedClause {
  let head: RelationKey
  let values: AffectedValues
  private let clause: Clause

  init(_ clause: Clause, of head: RelationKey, for values: AffectedValues) {
    self.head = head
    self.values = values
    self.clause = clause
  }

  /// What derives the clause's rows with these values.
  func variant(_ evaluator: Evaluator) -> ClauseVariant {
    ClauseVariant(
      head: head, read: .givenRows(columns: values.variables.count),
      compiled: evaluator.compile(clause, for: values.rows, as: values.arguments))
  }
}

/// Values of some variables of a clause for which a part of its body is to be looked at again.
struct AffectedValues {
  let variables: [Int]
  let rows: Relation

  var arguments: [Argument] { variables.map { .variable($0) } }
}

extension RelationKey {
  /// What stands in a clause for rows that are given when it is compiled.
  fileprivate static func givenRows(columns: Int) -> RelationKey {
    .demanded(.named(""), bound: Array(repeating: true, count: columns), scope: 0)
  }
}

extension Evaluator {
  /// A clause with a first literal, of these arguments, that holds for some rows alone.
  func compile(_ clause: Clause, for rows: Relation, as arguments: [Argument]) -> CompiledClause {
    let key = RelationKey.givenRows(columns: arguments.count)
    let first = Literal.atom(ClauseAtom(relation: key, arguments: arguments, span: clause.head.span))
    return compile(clause.with([first] + clause.body), delta: (0, RelationSlot(rows)))
  }

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
        result.append(
          try values(of: group.shared, from: atoms, in: clause) { compile($0, delta: (number, slot)) })
      }
      for inner in alternative.compactMap(\.group) {
        for affected in try values(of: inner, in: clause, affectedBy: slots) {
          result.append(
            try values(of: group.shared, from: atoms, and: affected.variables, in: clause) {
              compile($0, for: affected.rows, as: affected.arguments)
            })
        }
      }
    }
    return result.filter { !$0.rows.isEmpty }
  }

  /// The values of those of some variables that atoms bind, or that are bound otherwise.
  private func values(
    of shared: Set<Int>, from atoms: [Literal], and others: [Int] = [], in clause: Clause,
    _ compile: (Clause) -> CompiledClause
  ) throws -> AffectedValues {
    let bound = atoms.reduce(into: Set(others)) { $0.formUnion($1.variables) }
    let variables = shared.intersection(bound).sorted()
    var part = clause.with(atoms)
    part.head.arguments = variables.map { .variable($0) }
    let rows = Relation(arity: variables.count)
    for found in try compile(part).run(known: nil) { _ = rows.formUnion(found) }
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
