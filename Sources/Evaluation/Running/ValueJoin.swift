import Diagnostics
import Relations
import Terms

/// Runs a clause whose parts meet on computed values (``ValueJoinPlan``): first the parts, each once, then the join.
///
/// A value that cannot be computed is an error only if all else holds: the rows of a part that have none are joined with the
/// rest as it is written.
final class ValueJoin {
  private let plan: ValueJoinPlan
  private let parts: [KeyedRows]
  private let evaluator: Evaluator
  private let delta: RelationSlot?
  private let target: RelationSlot?
  private var join: CompiledClause?
  /// Ends a run once so many rows were found; see ``CompiledClause/mostRows``.
  var mostRows = Int.max
  private(set) var isFull = false
  private var failing: [(rows: RelationSlot, clause: CompiledClause)?]

  /// `nil` where the clause is to be run as it is.
  init?(
    _ clause: Clause, delta: (literal: Int, slot: RelationSlot)?, target: RelationSlot?, _ evaluator: Evaluator
  ) {
    let plan = ValueJoinPlan(
      clause, delta: delta?.literal, evaluator.base, partCost: evaluator.valueJoinCost
    ) { number, atom in
      if let delta, number != nil { return RelationSize(of: delta.slot.relation) }
      return evaluator.size(of: atom)
    }
    guard let plan else { return nil }
    self.plan = plan
    self.evaluator = evaluator
    self.delta = delta?.slot
    self.target = target
    parts = plan.parts.map { part in KeyedRows(part, in: plan.clause, delta: delta?.slot, evaluator) }
    failing = plan.parts.map { _ in nil }
  }

  /// Adds the rows that the clause derives; false where it must be run as it is, since something in a part fails.
  func run(known: Relation?, addingTo rows: inout [Relation]) throws -> Bool {
    var derived = rows
    isFull = false
    do {
      for part in parts { try part.compute() }
    } catch is Diagnostic {
      return false
    }
    for (number, part) in parts.enumerated() where !part.failing.isEmpty {
      if plan.parts[number].literals.isEmpty { return false }
      try run(clause(forFailing: number), known, &derived)
    }
    let join = join ?? makeJoin()
    self.join = join
    try run(join, known, &derived)
    rows = derived
    return true
  }

  private func run(_ clause: CompiledClause, _ known: Relation?, _ rows: inout [Relation]) throws {
    clause.mostRows = mostRows
    try clause.run(known: known, addingTo: &rows)
    isFull = isFull || clause.isFull
  }

  private func makeJoin() -> CompiledClause {
    let slots = Dictionary(uniqueKeysWithValues: zip(plan.parts.map(\.relation), parts.map(\.slot)))
    let join = evaluator.compilePlainly(
      plan.clause, delta: plan.delta.flatMap { number in delta.map { (number, $0) } }, addingTo: target, slots: slots)
    join.record?.parts = parts.map(\.clause)
    return join
  }

  private func clause(forFailing number: Int) -> CompiledClause {
    if let known = failing[number] {
      known.rows.relation = parts[number].failing
      return known.clause
    }
    let part = plan.parts[number]
    let key = evaluator.base.makeAuxiliary(arity: part.columns.count, name: "without_value")
    let slot = RelationSlot(parts[number].failing)
    let (clause, place) = plan.clause(forRowsOf: part, as: key)
    let compiled = evaluator.compilePlainly(
      clause, delta: place.flatMap { place in delta.map { (place, $0) } }, addingTo: target, slots: [key: slot])
    failing[number] = (slot, compiled)
    return compiled
  }
}

/// The rows of a part with the values that are computed from them.
final class KeyedRows {
  /// With the values as last columns.
  let slot: RelationSlot
  /// Those of which a value cannot be computed.
  private(set) var failing: Relation
  /// What it computes, as a clause.
  let clause: Clause
  private let part: ValueJoinPlan.Part
  private let rows: CompiledClause
  private let machine: JoinMachine
  private let keys: [(JoinMachine) throws -> Bool]
  private let failure: FailureNote
  private let proceed: () -> Bool
  /// Whether what it reads stays as it is from one round to the next, as long as it does not grow.
  private let isLasting: Bool
  private var read: [(relation: ObjectIdentifier, count: Int)]?

  init(_ part: ValueJoinPlan.Part, in whole: Clause, delta: RelationSlot?, _ evaluator: Evaluator) {
    self.part = part
    var clause = whole
    clause.head = ClauseAtom(
      relation: part.relation, arguments: part.columns.map { .variable($0) }, span: whole.head.span)
    clause.body = part.body
    let own = part.delta.flatMap { number in delta.map { (literal: number, slot: $0) } }
    rows = evaluator.compile(clause, delta: own)
    isLasting = delta != nil && own == nil
    let equations = part.keys.map { key in
      Literal.comparison(.equal, .variable(key.variable), key.operand, key.span)
    }
    let failure = FailureNote()
    self.failure = failure
    keys = zip(part.keys, equations).map { key, equation in
      evaluator.computations.condition(equation, binds: key.variable) { failure.isNoted = true }
    }
    proceed = evaluator.proceed
    machine = JoinMachine(registerCount: whole.variableNames.count, proceed: evaluator.proceed)
    slot = RelationSlot(Relation(arity: part.shown.count + part.keys.count))
    failing = Relation(arity: part.columns.count)
    clause.head.arguments = ValueJoinPlan.arguments(of: part)
    clause.body += equations
    self.clause = clause
  }

  /// Computes the rows, unless those that are there are still right. Throws a ``Diagnostic`` where something else than a value
  /// fails.
  func compute() throws {
    let reading = rows.reading
    if isLasting, let read, zip(read, reading).allSatisfy({ $0 == $1 }) { return }
    let keyed = Relation(arity: slot.relation.arity)
    let without = Relation(arity: part.columns.count)
    let outputs = part.shown + part.keys.map(\.variable)
    var row = [UInt32](repeating: 0, count: outputs.count)
    var steps = 0
    for found in try rows.run(known: nil) {
      try found.forEachTuple { tuple in
        steps += 1
        if steps & 0xFFF == 0 && !proceed() { throw JoinMachine.Stopped() }
        for (column, variable) in part.columns.enumerated() { machine.registers[variable] = tuple[column] }
        failure.isNoted = false
        if try keys.allSatisfy({ try $0(machine) }) {
          for (place, variable) in outputs.enumerated() { row[place] = machine.registers[variable] }
          keyed.append(row)
        } else if failure.isNoted {
          without.append(tuple)
        }
        return true
      }
    }
    slot.relation = keyed
    failing = without
    read = reading
  }

  /// Whether a value of the row that is looked at cannot be computed.
  private final class FailureNote {
    var isNoted = false
  }
}
