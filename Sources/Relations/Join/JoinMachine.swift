/// The state that the steps of a join share while it runs: what each variable is bound to, and which node of an index
/// each literal has reached.
///
/// A join is a tree of ``JoinStep`` objects that the planner makes once and the machine runs. It is the physical layer:
/// it knows relations, indexes and registers, and nothing of rules or values.
public final class JoinMachine {
  /// The values of variables and constants, by register.
  public let registers: UnsafeMutablePointer<UInt32>
  /// The nodes that accesses have reached: for each access one a level.
  let nodes: UnsafeMutablePointer<UInt32>
  private let registerCount: Int
  private let proceed: () -> Bool
  @exclusivity(unchecked) private var stepsLeft = JoinMachine.mostSteps
  /// How many steps lie between the last question and the next one.
  @exclusivity(unchecked) private var interval = JoinMachine.mostSteps
  /// Why the join ended early: set by a step, which then answers false.
  @exclusivity(unchecked) public var failure: (any Error)?

  /// The solutions that the steps of a ``CountStep`` have counted so far, and those that the last one counted in all: below 0
  /// where these do not fit 64 bits.
  @exclusivity(unchecked) var tally = 0
  @exclusivity(unchecked) public internal(set) var counted = 0

  /// How many joins it has run.
  @exclusivity(unchecked) public private(set) var runs = 0

  /// The set that the last ``ViewStep`` noted.
  @exclusivity(unchecked) public internal(set) var view = SetView.empty

  /// The threads that may share parts of the join.
  @exclusivity(unchecked) public var team: JoinTeam?
  /// Whether it runs parts of a join on another thread than the join's own.
  @exclusivity(unchecked) var isHelper = false

  /// So many steps lie between two questions whether to go on; fewer at first where threads may help.
  private static let mostSteps = 4096
  private static let fewestSteps = 32

  /// - Parameter proceed: asked every few thousand steps; where it answers false the join ends with ``Stopped``.
  public init(registerCount: Int, nodeCount: Int, proceed: @escaping () -> Bool) {
    self.registerCount = registerCount
    registers = .allocate(capacity: max(1, registerCount))
    registers.update(repeating: 0, count: max(1, registerCount))
    nodes = .allocate(capacity: max(1, nodeCount))
    nodes.update(repeating: 0, count: max(1, nodeCount))
    self.proceed = proceed
  }

  deinit {
    registers.deallocate()
    nodes.deallocate()
  }

  /// The failure of a join that was told not to proceed.
  public struct Stopped: Error {
    public init() {}
  }

  /// The failure of a count that does not fit 64 bits.
  struct CountOverflow: Error {}

  /// Adds to the tally; false where it does not fit.
  @inline(__always) func add(_ count: Int, times factor: Int) -> Bool {
    let (product, isTooGreat) = count.multipliedReportingOverflow(by: factor)
    let (sum, overflows) = tally.addingReportingOverflow(product)
    if isTooGreat || overflows { return overflow() }
    tally = sum
    return true
  }

  func overflow() -> Bool {
    failure = CountOverflow()
    return false
  }

  /// Counts a step; whether to go on.
  @inline(__always) func tick() -> Bool {
    stepsLeft -= 1
    return stepsLeft > 0 || ask()
  }

  /// Counts steps that were done at once.
  @inline(__always) func tick(_ steps: Int) -> Bool {
    stepsLeft -= steps
    return stepsLeft > 0 || ask()
  }

  @inline(never) private func ask() -> Bool {
    interval = min(2 * interval, Self.mostSteps)
    stepsLeft = interval
    guard mayProceed() else { return false }
    team?.someStepsWereDone(self)
    return true
  }

  /// Begins to ask after few steps, and later after more.
  func askSoon() {
    interval = Self.fewestSteps
    stepsLeft = min(stepsLeft, interval)
  }

  /// Asks whether to go on; where not, the join has failed.
  public func mayProceed() -> Bool {
    if proceed() { return true }
    failure = Stopped()
    return false
  }

  /// Makes a helper's machine ready for a part: what is bound is bound as in the join's own.
  func begin(like original: JoinMachine) {
    registers.update(from: original.registers, count: registerCount)
    failure = nil
    tally = 0
  }

  /// Runs a join to its end. Throws what a step failed with, or ``Stopped``.
  /// - Parameter part: the part that it is as a whole, where threads may share it.
  public func run(_ step: JoinStep, as part: JoinPart? = nil) throws {
    failure = nil
    runs += 1
    share(step, as: part)
    if let failure { throw failure }
  }

  /// Whether a join that ends in ``FoundStep`` has a solution, which its registers then hold. Throws as ``run(_:as:)`` does.
  public func finds(_ step: JoinStep) throws -> Bool {
    failure = nil
    runs += 1
    let isFound = !step.run(self)
    if let failure { throw failure }
    return isFound
  }

  /// Runs a part, on more threads than this one where it may be shared and is long.
  func share(_ step: JoinStep, as part: JoinPart?) {
    if let part, let team { team.run(part, step, self) } else { _ = step.run(self) }
  }
}

/// One step of a join: does its part for the registers as they stand, and runs what follows it.
open class JoinStep {
  public init() {}

  /// Answers false where the join, or the search for one witness that it is part of, is to end.
  open func run(_ machine: JoinMachine) -> Bool { true }
}
