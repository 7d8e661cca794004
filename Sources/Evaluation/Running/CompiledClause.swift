import Relations

/// A clause as a join that is ready to run, once or round after round.
///
/// What can fail is computed as early as possible, and a row for which it fails is passed over. Whether one of these is in
/// error is found out afterwards (``Failures``), so that the order in which a body is written, and the plan, decide nothing
/// about errors.
///
/// A plan is for relations of the sizes that they had when it was made; where these have changed much, it is made anew.
final class CompiledClause {
  private var join: Join
  private let makeJoin: () -> Join
  private let threads: JoinThreads
  let delta: RelationSlot?
  /// How many rows may be found where it is run for its plan only.
  private let mostForPlan: Int
  /// Ends a run once so many rows were found; repeated ones count.
  var mostRows = Int.max
  /// Whether the last run ended so.
  private(set) var isFull = false
  /// How it is run where parts of it meet on computed values.
  private var valueJoin: ValueJoin?
  private let makeValueJoin: () -> ValueJoin?

  private struct Join {
    var clause: ClauseJoin
    /// How many rows the relations that it reads had when the join was planned.
    var counts: [Int]
    var record: PlanRecord?

    init(_ clause: ClauseJoin, _ record: PlanRecord?) {
      self.clause = clause
      self.record = record
      counts = clause.machine.reading.map(\.roughCount)
    }

    /// Whether a relation has become so much larger or smaller that another plan may be better.
    var isOutdated: Bool {
      zip(clause.machine.reading, counts).contains { relation, planned in
        let (less, more) = (min(planned, relation.roughCount), max(planned, relation.roughCount))
        return more > Self.manyRows && more / 4 > less
      }
    }

    private static let manyRows = 1_000
  }

  /// - Parameters:
  ///   - delta: the literal that reads what a round has added, with where it finds that.
  ///   - target: where the rows go that are derived round after round.
  ///   - records: where each plan is noted with what is counted at its steps; `nil` where nobody asks.
  ///   - makeValueJoin: a better way for relations of the sizes that they have now, where parts meet on computed values.
  init(
    _ clause: Clause, delta: (literal: Int, slot: RelationSlot)? = nil, target: RelationSlot? = nil,
    slot: @escaping (ClauseAtom) -> RelationSlot, size: @escaping (ClauseAtom) -> RelationSize,
    computations: Computations, threads: JoinThreads, activity: Activity, records: PlanRecords? = nil,
    makeValueJoin: @escaping () -> ValueJoin? = { nil }, proceed: @escaping () -> Bool
  ) {
    func make() -> Join {
      let program = ClauseProgram(
        clause, delta: delta.map { ($0.literal, RelationSize(of: $0.slot.relation)) },
        lastColumn: target?.relation.lastColumn, size: size)
      let join = ClauseJoin(
        program, delta: delta?.slot, computations, threads: threads, isCounting: records?.isCounting == true,
        slot: slot, size: size
      ) { machine in
        // Of a helper's rows nothing is known to the thread that is asked, until it has ended.
        activity.gather(machine.emitted)
        return proceed()
      }
      return Join(join, records?.makeRecord(of: join))
    }
    join = make()
    makeJoin = make
    valueJoin = makeValueJoin()
    self.makeValueJoin = makeValueJoin
    mostForPlan = records?.mostRows ?? .max
    self.threads = threads
    self.delta = delta?.slot
  }

  /// The rows that the clause derives from its relations as they are now, without those of `known` as far as that is
  /// cheap to tell. Throws a ``Diagnostic`` where a row is in error, or ``JoinMachine/Stopped``.
  func run(known: Relation?) throws -> [Relation] {
    var rows: [Relation] = []
    try run(known: known, addingTo: &rows)
    return rows
  }

  /// The same; the rows come to those that others have derived of what `known` has not.
  func run(known: Relation?, addingTo rows: inout [Relation]) throws {
    if join.isOutdated {
      join = makeJoin()
      valueJoin = makeValueJoin()
    }
    if let valueJoin {
      valueJoin.mostRows = mostRows
      if try valueJoin.run(known: known, addingTo: &rows) {
        isFull = valueJoin.isFull
        return
      }
      self.valueJoin = nil
    }
    let (machine, failures) = (join.clause.machine, join.clause.failures)
    machine.prepare(threads: threads.count)
    var others = rows
    machine.gather(without: known, after: &others, most: min(mostRows, mostForPlan))
    failures.clear()
    try join.clause.run()
    isFull = machine.isFull
    if isFull && mostForPlan < .max { throw JoinMachine.Stopped() }
    if let diagnostic = try failures.rowInError(machine) { throw diagnostic }
    rows = others + machine.takeRows()
  }

  /// The relations that it reads, as they are now.
  var reading: [(relation: ObjectIdentifier, count: Int)] {
    join.clause.machine.reading.map { (ObjectIdentifier($0), $0.roughCount) }
  }

  /// Where its plan is noted, if that is asked for.
  var record: PlanRecord? { join.record }

  /// The relations that a run would first have to put in another order.
  var missingIndexes: [Relation] { join.clause.machine.missingIndexes }
}

extension RelationSize {
  init(of relation: Relation) {
    count = Double(relation.roughCount)
    distinct = (0..<relation.arity).map { Double(relation.roughDistinctCount(column: $0)) }
    self.relation = relation
  }
}
