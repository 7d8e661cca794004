import Relations
import Terms

/// The registers and accesses of one clause's join, which its parts share.
final class JoinLayout {
  let clause: Clause
  /// The relation that a literal's atom reads.
  let slot: (ClauseAtom) -> RelationSlot
  let size: (ClauseAtom) -> RelationSize
  let sharing: JoinSharing
  private(set) var accesses: [Access] = []
  private(set) var nodeCount = 0
  private var constantRegisters: [Term: Int] = [:]

  init(
    _ clause: Clause, sharing: JoinSharing = JoinSharing(isPossible: false),
    slot: @escaping (ClauseAtom) -> RelationSlot, size: @escaping (ClauseAtom) -> RelationSize
  ) {
    self.clause = clause
    self.sharing = sharing
    self.slot = slot
    self.size = size
  }

  var registerCount: Int { clause.variableNames.count + constantRegisters.count }

  func register(_ argument: Argument) -> Int {
    switch argument {
    case .variable(let number): return number
    case .constant(let term):
      if let register = constantRegisters[term] { return register }
      constantRegisters[term] = registerCount
      return registerCount - 1
    }
  }

  func makeAccess(_ slot: RelationSlot) -> Access {
    let access = Access(slot, firstNode: nodeCount)
    nodeCount += slot.relation.arity
    accesses.append(access)
    return access
  }

  /// A machine with the constants in their registers.
  func makeMachine(proceed: @escaping () -> Bool) -> JoinMachine {
    let machine = JoinMachine(registerCount: registerCount, nodeCount: nodeCount, proceed: proceed)
    for (term, register) in constantRegisters { machine.registers[register] = term.number }
    return machine
  }
}
