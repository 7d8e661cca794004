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
  private var records: [PlanRecord] = []

  init(mostRows: Int = .max, isCounting: Bool) {
    self.mostRows = mostRows
    self.isCounting = isCounting
  }

  func makeRecord(of join: ClauseJoin) -> PlanRecord {
    let record = PlanRecord(join)
    records.append(record)
    return record
  }

  /// Those that were run, in the order in which they were planned.
  var ran: [PlanRecord] { records.filter { $0.machine.runs > 0 } }

  /// Those of a relation.
  subscript(key: RelationKey) -> [PlanRecord] { ran.filter { $0.program.clause.head.relation == key } }
}
