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

/// The records of the clauses that are compiled from now on.
final class PlanRecords {
  /// How many rows a clause may find before it is ended with ``JoinMachine/Stopped``.
  let mostRows: Int
  /// Whether it is counted how often each node is done.
  let isCounting: Bool
  /// All in the order in which they were planned, and those of each relation.
  private var records: [PlanRecord] = []
  private var byRelation: [RelationKey: [PlanRecord]] = [:]

  init(mostRows: Int = .max, isCounting: Bool) {
    self.mostRows = mostRows
    self.isCounting = isCounting
  }

  func makeRecord(of join: ClauseJoin) -> PlanRecord {
    let record = PlanRecord(join)
    records.append(record)
    byRelation[join.program.clause.head.relation, default: []].append(record)
    return record
  }

  /// Those that were run, in the order in which they were planned.
  var ran: [PlanRecord] { records.filter { $0.machine.runs > 0 } }

  /// Those of a relation that were run.
  subscript(key: RelationKey) -> [PlanRecord] { (byRelation[key] ?? []).filter { $0.machine.runs > 0 } }
}
