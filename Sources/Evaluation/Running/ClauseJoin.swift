import Diagnostics
import Language
import Relations

/// A clause's program with the machine that runs it.
final class ClauseJoin {
  let program: ClauseProgram
  let machine: JoinMachine
  /// The failures of the clause's body.
  let failures: Failures

  /// - Parameters:
  ///   - delta: from where the literal reads that has other rows than its relation's.
  ///   - slot: from where all other atoms read.
  ///   - size: the sizes of relations, for plans by which rows in error are looked for.
  ///   - proceed: asked now and then; if it answers false the join ends with ``JoinMachine/Stopped``.
  init(
    _ program: ClauseProgram, delta: RelationSlot? = nil, _ computations: Computations,
    threads: JoinThreads = JoinThreads(count: 1), isCounting: Bool = false,
    slot: @escaping (ClauseAtom) -> RelationSlot, size: @escaping (ClauseAtom) -> RelationSize,
    proceed: @escaping (JoinMachine) -> Bool
  ) {
    let computing = ClauseComputing(program, delta: delta, computations, slot: slot, size: size)
    var slots = program.atoms.map(slot)
    if let delta, let number = program.deltaSlot { slots[number] = delta }
    self.program = program
    failures = computing.failures[program.join.main]
    machine = JoinMachine(
      program.join, slots: slots, computing: computing, threads: threads, isCounting: isCounting, proceed: proceed)
  }

  /// Runs the program to its end. Throws what a literal has thrown, or ``JoinMachine/Stopped``.
  func run() throws { try telling { try machine.run() } }

  /// Whether a program that ends with what is found has a solution.
  func finds() throws -> Bool { try telling { try machine.finds() } }

  private func telling<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let broken as JoinProgram.Broken {
      throw Diagnostic(.internalError, "internal error: this has no plan: \(broken.reason)", at: program.clause.span)
    }
  }
}
