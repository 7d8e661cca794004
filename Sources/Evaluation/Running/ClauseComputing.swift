import Diagnostics
import Language
import Relations
import Terms

/// Computes the literals of a clause that are no atoms, for the machine that runs its program.
final class ClauseComputing: JoinComputing {
  private let program: ClauseProgram
  private let computations: Computations
  /// Of each body of the program.
  let failures: [Failures]
  private var clause: Clause { program.clause }

  init(
    _ program: ClauseProgram, delta: RelationSlot?, _ computations: Computations,
    slot: @escaping (ClauseAtom) -> RelationSlot, size: @escaping (ClauseAtom) -> RelationSize
  ) {
    self.program = program
    self.computations = computations
    failures = program.join.bodies.indices.map { body in
      let isMain = body == program.join.main
      var clause = program.clause
      clause.body = program.literals(ofBody: body)
      clause.head.arguments = []
      return Failures(clause.body, given: program.join.bodies[body].given) { [clause] failing, original in
        computations.checks += 1
        let delta = isMain ? program.delta.flatMap { literal in delta.map { (literal: literal, slot: $0) } } : nil
        let given = program.join.bodies[body].given
        let check = ClauseProgram(
          clause, bound: given, goal: .found, failing: failing,
          delta: delta.map { ($0.literal, RelationSize(of: $0.slot.relation)) }, size: size)
        let join = ClauseJoin(check, delta: delta?.slot, computations, slot: slot, size: size) {
          [unowned original] _ in original.mayProceed()
        }
        return Failures.Check(join, given: given) { failures, machine in
          guard let literal = failing.first else { return nil }
          return try failures.diagnostic(literal)
            ?? computations.failure(of: clause.body[literal], machine)
            .flatMap { computations.diagnostic($0, machine, clause) }
        }
      }
    }
  }

  /// What is still in a store is read by one thread, so before others look at values.
  func prepareForThreads() {
    if clause.body.contains(where: \.looksAtValues) { computations.terms.readAll() }
  }

  func computation(of literal: Int, in body: Int, binds: Int?) -> JoinComputation {
    let isWanted = body == program.join.main && program.failing.contains(literal)
    let place = Place(literal: literal, failures: failures[body], isWanted: isWanted)
    switch program.literals(ofBody: body)[literal] {
    case .negation(_, _): return negation(place, in: body)
    case .aggregate(let aggregate): return self.aggregate(aggregate, place, in: body, binds: binds != nil)
    case let other where isWanted:
      return JoinComputation(holds: { [computations] in try computations.failure(of: other, $0) != nil })
    case let other:
      return computations.computation(other, binds: binds) { place.failures.note(literal) }
    }
  }

  /// Where a literal stands, and whether it is to fail.
  private struct Place {
    var literal: Int
    var failures: Failures
    var isWanted: Bool
  }

  private func group(_ literal: Int, in body: Int) -> JoinProgram.Group? {
    if case .group(let group) = program.join.bodies[body].literals[literal] { group } else { nil }
  }

  /// What may fail in the bodies of a group.
  private func inner(_ literal: Int, in body: Int) -> [Failures] {
    (group(literal, in: body)?.bodies ?? []).map { failures[$0] }.filter(\.arePossible)
  }

  private func negation(_ place: Place, in body: Int) -> JoinComputation {
    let inner = inner(place.literal, in: body)
    if inner.isEmpty { return JoinComputation() }
    return JoinComputation(
      before: { inner.clear() },
      holds: { machine in
        guard let diagnostic = try inner.rowInError(machine) else { return !place.isWanted }
        place.failures.note(place.literal, diagnostic)
        return place.isWanted
      })
  }

  // MARK: Aggregates

  /// Binds an aggregate's result, or compares it if it is bound; if it is to fail, tells whether it does.
  private func aggregate(
    _ aggregate: AggregateLiteral, _ place: Place, in body: Int, binds: Bool
  ) -> JoinComputation {
    let inner = inner(place.literal, in: body)
    let term = term(of: aggregate, group(place.literal, in: body), binds: binds)
    let finish = { [computations, clause] (machine: JoinMachine) in
      // What was gathered is taken in any case.
      let found = Result { try term(machine) }
      do {
        if let diagnostic = try inner.rowInError(machine) { throw ComputationFailure.told(diagnostic) }
        guard let term = try found.get(), !place.isWanted else { return false }
        if !binds { return machine.registers[aggregate.result] == term.number }
        machine.registers[aggregate.result] = term.number
        return true
      } catch let failure as ComputationFailure {
        if failure.isAbsence { return false }
        place.failures.note(place.literal, computations.diagnostic(failure, machine, clause))
        return place.isWanted
      }
    }
    return JoinComputation(before: inner.isEmpty ? nil : { inner.clear() }, holds: finish)
  }

  /// The result of an aggregate of what the machine has gathered; `nil` if it has none.
  private func term(
    of aggregate: AggregateLiteral, _ group: JoinProgram.Group?, binds: Bool
  ) -> (JoinMachine) throws -> Term? {
    let value = value(of: aggregate, group)
    let compute = { [computations] (machine: JoinMachine) in
      try value(machine).map { try computations.intern($0, at: aggregate.span) }
    }
    guard case .set(let bodies) = group, bodies.count == 1, program.join.isView(bodies[0]), binds else {
      return compute
    }
    let memo = SetMemo()
    return { machine in try memo.term(of: machine.view) { try compute(machine) } }
  }

  private func value(
    of aggregate: AggregateLiteral, _ group: JoinProgram.Group?
  ) -> (JoinMachine) throws -> Value? {
    switch group {
    case .set:
      return { [computations, clause] in try computations.aggregate(aggregate, $0.view, $0, in: clause) }
    case .rows:
      return { [computations, clause] machine in
        let parts = machine.takeAggregated()
        let rows = parts.count == 1 ? parts[0] : Relation(arity: aggregate.columns.count)
        if parts.count > 1 { rows.add(parts) }
        return try computations.aggregate(aggregate, rows, machine, in: clause)
      }
    case .count, .relation, .negation, nil:
      let overflow = Diagnostic(.overflow, "the count does not fit 64 bits", at: aggregate.span)
      return { machine in
        if machine.counted < 0 { throw ComputationFailure.told(overflow) }
        return .integer(Int64(machine.counted))
      }
    }
  }
}

extension Literal {
  /// Whether it needs the values of terms, and not their numbers alone.
  fileprivate var looksAtValues: Bool {
    switch self {
    case .atom: false
    case .comparison(.notEqual, let left, let right, _): left.isComputed || right.isComputed
    case .negation(let group, _): group.alternatives.contains { $0.contains(where: \.looksAtValues) }
    case .comparison, .condition, .similar, .aggregate: true
    }
  }
}
