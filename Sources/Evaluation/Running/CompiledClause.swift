import Relations

/// A clause as a join that is ready to run, once or round after round.
final class CompiledClause {
  private let step: JoinStep
  private let machine: JoinMachine
  private let accesses: [Access]
  private let sinks: [RowSink]
  let delta: RelationSlot?

  /// - Parameter delta: the literal that reads what a round has added, with where it finds that.
  init(
    _ clause: Clause, delta: (literal: Int, slot: RelationSlot)? = nil, slot: @escaping (ClauseAtom) -> RelationSlot,
    size: @escaping (ClauseAtom) -> RelationSize, computations: Computations, proceed: @escaping () -> Bool
  ) {
    let layout = JoinLayout(clause, slot: slot, size: size)
    var sinks: [RowSink] = []
    let compiler = PlanCompiler(
      clause.body, head: clause.head.arguments, layout: layout, computations: computations,
      delta: delta.map { ($0.literal, $0.slot, RelationSize(of: $0.slot.relation)) },
      makeSink: { order in
        let sink = RowSink(order: order)
        sinks.append(sink)
        return sink
      })
    step = compiler.compile(goal: .emit)
    machine = layout.makeMachine(proceed: proceed)
    accesses = layout.accesses
    self.sinks = sinks
    self.delta = delta?.slot
  }

  /// The rows that the clause derives from its relations as they are now, without those of `known` as far as that is
  /// cheap to tell.
  func run(known: Relation?) throws -> [Relation] {
    for access in accesses { access.prepare() }
    for sink in sinks { sink.known = sink.order.isEmpty ? nil : known?.index(sink.order) }
    try machine.run(step)
    return sinks.map { $0.take() }
  }
}

extension RelationSize {
  init(of relation: Relation) {
    count = Double(relation.count)
    distinct = (0..<relation.arity).map { Double(relation.distinctCount(column: $0)) }
  }
}
