import Relations

/// A clause's program that was run, and what was counted at its nodes.
final class PlanRecord {
  private let join: ClauseJoin
  var program: ClauseProgram { join.program }
  var machine: JoinMachine { join.machine }
  /// What was put into relations by computed values before, as clauses.
  var parts: [Clause] = []

  init(_ join: ClauseJoin) { self.join = join }
}

/// The records of the clauses that were run, by the relations that they derive.
final class PlanRecords {
  /// How many rows a clause may find before it is ended with ``JoinMachine/Stopped``.
  let mostRows: Int
  private var records: [RelationKey: [PlanRecord]] = [:]

  init(mostRows: Int = .max) { self.mostRows = mostRows }

  func makeRecord(of join: ClauseJoin) -> PlanRecord {
    let record = PlanRecord(join)
    records[join.program.clause.head.relation, default: []].append(record)
    return record
  }

  /// Those of a relation that were run, in the order in which they were planned.
  subscript(key: RelationKey) -> [PlanRecord] { records[key, default: []].filter { $0.machine.runs > 0 } }
}
