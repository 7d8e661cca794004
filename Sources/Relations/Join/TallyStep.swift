import Threads

/// How often a step was done, and how long that took with all that is done within it.
public final class StepTally {
  @exclusivity(unchecked) public fileprivate(set) var count = 0
  @exclusivity(unchecked) fileprivate var nanoseconds = 0

  public var seconds: Double { Double(nanoseconds) / 1e9 }

  init() {}
}

/// Does a step, and keeps the tally of it: for a plan that is run to see how it goes.
final class TallyStep: JoinStep {
  private let tally: StepTally
  private let step: JoinStep

  init(_ step: JoinStep, in tally: StepTally) {
    self.step = step
    self.tally = tally
  }

  override func run(_ machine: JoinMachine) -> Bool {
    tally.count += 1
    let start = MonotonicTime.nanoseconds
    defer { tally.nanoseconds += MonotonicTime.nanoseconds - start }
    return step.run(machine)
  }
}
