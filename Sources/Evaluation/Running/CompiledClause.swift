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
    var step: JoinStep
    /// The whole join as a part that threads may share.
    var part: JoinPart?
    var machine: JoinMachine
    var accesses: [Access]
    var sinks: [RowSink]
    var failures: Failures
    /// How many rows the accesses' relations had when the join was planned.
    var counts: [Int]
    var record: PlanRecord?

    /// Whether a relation has become so much larger or smaller that another plan may be better.
    var isOutdated: Bool {
      zip(accesses, counts).contains { access, planned in
        let (less, more) = (min(planned, access.roughCount), max(planned, access.roughCount))
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
    func compile(_ sharing: JoinSharing, proceed: @escaping () -> Bool) -> Join {
      let layout = JoinLayout(clause, sharing: sharing, slot: slot, size: size)
      var sinks: [RowSink] = []
      let record = records?.makeRecord(of: clause, delta: delta?.literal)
      let compiler = PlanCompiler(
        clause.body, head: clause.head.arguments, layout: layout, computations: computations,
        delta: delta, lastColumn: target?.relation.lastColumn, record: record,
        makeSink: { order in
          let sink = RowSink(order: order)
          sinks.append(sink)
          return sink
        })
      let (step, part) = compiler.compileRows()
      let machine = layout.makeMachine { [sinks] in
        // Of a helper's rows nothing is known to the thread that is asked, until it has ended.
        if !sharing.isCopy { activity.gather(sinks.reduce(0) { $0 + $1.gathered }) }
        return proceed()
      }
      return Join(
        step: step, part: part, machine: machine, accesses: layout.accesses, sinks: sinks,
        failures: compiler.failures, counts: layout.accesses.map(\.roughCount), record: record)
    }
    func make() -> Join {
      let sharing = JoinSharing(isPossible: threads.count > 1)
      let join = compile(sharing, proceed: proceed)
      if !sharing.isUsed { return join }
      let signal = JoinTeam.Signal()
      join.machine.team = JoinTeam(
        threads: threads, accesses: join.accesses, sinks: join.sinks, buffers: sharing.buffers, signal: signal
      ) {
        // What is still in a store is read by one thread, so before others look at values.
        if clause.body.contains(where: \.looksAtValues) { computations.terms.readAll() }
        let copied = JoinSharing(copyOf: sharing)
        let copy = compile(copied) { signal.mayProceed }
        return JoinHelper(machine: copy.machine, parts: copied.steps, accesses: copy.accesses, sinks: copy.sinks)
      }
      return join
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
    for access in join.accesses { access.prepare(threads: threads.count) }
    join.record?.runs += 1
    var others = rows
    for sink in join.sinks {
      sink.begin(without: known, after: &others)
      sink.mostRows = min(mostRows, mostForPlan)
    }
    join.failures.clear()
    try join.machine.run(join.step, as: join.part)
    isFull = join.sinks.contains(where: \.isFull)
    if isFull && mostForPlan < .max { throw JoinMachine.Stopped() }
    if let diagnostic = try join.failures.rowInError(join.machine) { throw diagnostic }
    rows = others + join.sinks.map { $0.take() }.filter { !$0.isEmpty }
  }

  /// The relations that it reads, as they are now.
  var reading: [(relation: ObjectIdentifier, count: Int)] {
    join.accesses.map { (ObjectIdentifier($0.relation), $0.roughCount) }
  }

  /// Where its plan is noted, if that is asked for.
  var record: PlanRecord? { join.record }

  /// The relations that a run would first have to put in another order.
  var missingIndexes: [Relation] { join.accesses.compactMap(\.missingIndex) }
}

extension RelationSize {
  init(of relation: Relation) {
    count = Double(relation.roughCount)
    distinct = (0..<relation.arity).map { Double(relation.roughDistinctCount(column: $0)) }
    self.relation = relation
  }
}
