/// Makes what a machine runs from a program: its steps, and the accesses, buffers and sinks that they use.
final class JoinAssembler {
  let program: JoinProgram
  let computing: any JoinComputing
  private let slots: [RelationSlot]
  /// Whether threads may share bodies.
  private let isSharing: Bool
  /// What was made for the machine that is to be helped.
  let original: JoinAssembler?
  private(set) var accesses: [Access] = []
  private(set) var nodeCount = 0
  /// What was counted at each node, if that is wished and there is a step for it.
  private(set) var tallies: [StepTally?]?
  /// The bodies that threads may share, by their numbers.
  private(set) var shared: [Int: (part: JoinPart, step: JoinStep)] = [:]
  /// What is gathered before the loops of these, by the gathering nodes.
  var buffers: [Int: SetBuffer] = [:]
  var weights: [Int: WeightBuffer] = [:]
  private var loops = 0

  init(
    _ program: JoinProgram, slots: [RelationSlot], computing: any JoinComputing, isSharing: Bool, isCounting: Bool
  ) {
    self.program = program
    self.slots = slots
    self.computing = computing
    self.isSharing = isSharing
    original = nil
    tallies = isCounting ? program.nodes.map { _ in nil } : nil
  }

  /// For a machine that helps another one with the bodies that threads share.
  init(helping original: JoinAssembler) {
    program = original.program
    slots = original.slots
    computing = original.computing
    isSharing = true
    self.original = original
  }

  /// The first step of a body.
  func assemble(_ body: Int, _ end: BodyAssembler.End = .found) -> JoinStep {
    BodyAssembler(body, self).assemble(end)
  }

  /// The first step of a body that threads share if that is possible: none of its literals makes terms or fails, and it stands
  /// outside all loops.
  func assembleShared(_ body: Int, _ end: BodyAssembler.End) -> (step: JoinStep, part: JoinPart?) {
    guard isSharing, loops == 0, program.bodies[body].isShareable else { return (assemble(body, end), nil) }
    let part = original?.shared[body]?.part ?? JoinPart(body, SharedPart())
    let step = BodyAssembler(body, self, sharing: part.shared).assemble(end)
    shared[body] = (part, step)
    return (step, part)
  }

  /// Makes what is done for each term of a loop.
  func inLoop<Step>(_ makeStep: () -> Step) -> Step {
    loops += 1
    defer { loops -= 1 }
    return makeStep()
  }

  func makeAccess(_ slot: Int) -> Access {
    let access = Access(slots[slot], firstNode: nodeCount)
    nodeCount += access.arity
    accesses.append(access)
    return access
  }

  /// The step of a node, made to be counted if that is wished.
  func counted(_ step: JoinStep, _ node: Int) -> JoinStep {
    if tallies == nil { return step }
    let tally = StepTally()
    tallies?[node] = tally
    return TallyStep(step, in: tally)
  }
}
