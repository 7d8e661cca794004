/// The state that the steps of a join share while it runs: what each variable is bound to, and which node of an index
/// each literal has reached.
///
/// It runs a ``JoinProgram``, by a tree of ``JoinStep`` objects of its own that is made from that (``JoinAssembler``).
public final class JoinMachine {
  /// The values of variables and constants, by register.
  public let registers: UnsafeMutablePointer<UInt32>
  /// The nodes that accesses have reached: for each access one a level.
  let nodes: UnsafeMutablePointer<UInt32>
  private let registerCount: Int
  private let proceed: (JoinMachine) -> Bool
  @exclusivity(unchecked) private var stepsLeft = JoinMachine.mostSteps
  /// How many steps lie between the last question and the next one.
  @exclusivity(unchecked) private var interval = JoinMachine.mostSteps
  /// Why the join ended early: set by a step, which then answers false.
  @exclusivity(unchecked) public var failure: (any Error)?

  /// The solutions that the steps of a ``CountStep`` have counted so far, and those that the last one counted in all: below 0
  /// where these do not fit 64 bits.
  @exclusivity(unchecked) var tally = 0
  @exclusivity(unchecked) public internal(set) var counted = 0

  /// The rows that the parts of an aggregate have emitted.
  @exclusivity(unchecked) var aggregated: [Relation] = []

  /// How many joins it has run.
  @exclusivity(unchecked) public fileprivate(set) var runs = 0

  /// The set that an aggregate's parts have gathered, or that the last ``ViewStep`` noted.
  @exclusivity(unchecked) public internal(set) var view = SetView.empty

  /// What is run, if it was made from a program.
  @exclusivity(unchecked) fileprivate var step: JoinStep?
  /// The part that the join is as a whole, if threads may share it.
  @exclusivity(unchecked) fileprivate var part: JoinPart?
  @exclusivity(unchecked) private(set) var assembler: JoinAssembler?
  /// Where the rows go that it emits.
  @exclusivity(unchecked) private(set) var sinks = SinkList()
  /// The threads that may share parts of the join.
  @exclusivity(unchecked) private(set) var team: JoinTeam?
  /// Whether it runs parts of a join on another thread than the join's own.
  @exclusivity(unchecked) var isHelper = false

  /// So many steps lie between two questions whether to go on; fewer at first where threads may help.
  private static let mostSteps = 4096
  private static let fewestSteps = 32

  /// A machine with registers that runs no program.
  public convenience init(registerCount: Int, proceed: @escaping () -> Bool) {
    self.init(registerCount: registerCount, nodeCount: 0) { _ in proceed() }
  }

  init(registerCount: Int, nodeCount: Int, proceed: @escaping (JoinMachine) -> Bool) {
    self.registerCount = registerCount
    registers = .allocate(capacity: max(1, registerCount))
    registers.update(repeating: 0, count: max(1, registerCount))
    nodes = .allocate(capacity: max(1, nodeCount))
    nodes.update(repeating: 0, count: max(1, nodeCount))
    self.proceed = proceed
  }

  /// A machine for a program.
  /// - Parameters:
  ///   - slots: the relations that it reads, by their numbers in the program.
  ///   - isCounting: whether it is counted how often each node is done.
  ///   - proceed: asked every few thousand steps; if it answers false the join ends with ``Stopped``.
  public convenience init(
    _ program: JoinProgram, slots: [RelationSlot], computing: any JoinComputing,
    threads: JoinThreads = JoinThreads(count: 1), isCounting: Bool = false,
    proceed: @escaping (JoinMachine) -> Bool
  ) {
    let assembler = JoinAssembler(
      program, slots: slots, computing: computing, isSharing: threads.count > 1, isCounting: isCounting)
    let sinks = SinkList()
    let (step, part) = assembler.assembleShared(program.main, .rows(sinks))
    self.init(registerCount: program.registerCount, nodeCount: assembler.nodeCount, proceed: proceed)
    (self.assembler, self.sinks, self.step, self.part) = (assembler, sinks, step, part)
    for (number, term) in program.constants.enumerated() { registers[program.variableCount + number] = term }
    if !assembler.shared.isEmpty { team = JoinTeam(threads: threads, assembler, sinks) }
  }

  /// A machine that runs the parts of a program that threads share, for another one.
  convenience init(helping original: JoinAssembler, proceed: @escaping () -> Bool) {
    let assembler = JoinAssembler(helping: original)
    let program = original.program
    let sinks = SinkList()
    for body in original.shared.keys {
      _ = assembler.assembleShared(body, body == program.main ? .rows(sinks) : .tally)
    }
    self.init(registerCount: program.registerCount, nodeCount: assembler.nodeCount) { _ in proceed() }
    (self.assembler, self.sinks) = (assembler, sinks)
    isHelper = true
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
    if proceed(self) { return true }
    failure = Stopped()
    return false
  }

  /// Makes a helper's machine ready for a part: what is bound is bound as in the join's own.
  func begin(like original: JoinMachine) {
    registers.update(from: original.registers, count: registerCount)
    failure = nil
    tally = 0
  }

  /// Runs parts to their ends; false if one has failed.
  @inline(__always) func runAll(_ parts: [JoinStep]) -> Bool {
    for part in parts {
      _ = part.run(self)
      if failure != nil { return false }
    }
    return true
  }

  /// Runs a part, on more threads than this one where it may be shared and is long.
  func share(_ step: JoinStep, as part: JoinPart?) {
    if let part, let team { team.run(part, step, self) } else { _ = step.run(self) }
  }
}

// MARK: Running a program

extension JoinMachine {
  /// Takes up the relations as they are now, with the indexes that the program reads. To be called before a run.
  /// - Parameter threads: how many may make an index that is missing.
  public func prepare(threads: Int = 1) { for access in accesses { access.prepare(threads: threads) } }

  /// Prepares for a run that need not gather what a relation has, as far as that is cheap to tell.
  /// - Parameters:
  ///   - parts: what others have gathered of what the relation has not; what is gone on from is taken away.
  ///   - most: the join ends once it has emitted so many rows; repeated ones count.
  public func gather(without known: Relation?, after parts: inout [Relation], most: Int) {
    for sink in sinks.sinks {
      sink.begin(without: known, after: &parts)
      sink.mostRows = most
    }
  }

  /// Runs the program to its end. Throws what a step failed with, or ``Stopped``.
  public func run() throws { if let step { try run(step, as: part) } }

  func run(_ step: JoinStep, as part: JoinPart? = nil) throws {
    failure = nil
    runs += 1
    share(step, as: part)
    if let failure { throw failure }
  }

  /// Whether a program that ends with what is found has a solution, which the registers then hold. Throws as ``run()`` does.
  public func finds() throws -> Bool {
    failure = nil
    runs += 1
    let isFound = step?.run(self) == false
    if let failure { throw failure }
    return isFound
  }

  /// The rows that were emitted since the last time.
  public func takeRows() -> [Relation] { sinks.sinks.map { $0.take() }.filter { !$0.isEmpty } }

  /// How many rows were emitted since they were last taken; repeated ones count.
  public var emitted: Int { sinks.sinks.reduce(0) { $0 + $1.gathered } }

  /// The rows that the parts of an aggregate have emitted, which are forgotten then.
  public func takeAggregated() -> [Relation] {
    defer { aggregated = [] }
    return aggregated
  }

  /// Whether the last run emitted as many rows as were wanted.
  public var isFull: Bool { sinks.sinks.contains(where: \.isFull) }

  private var accesses: [Access] { assembler?.accesses ?? [] }

  /// The relations that it reads, as they are now.
  public var reading: [Relation] { accesses.map(\.relation) }

  /// The relations that ``prepare(threads:)`` would first have to put in another order.
  public var missingIndexes: [Relation] { accesses.compactMap(\.missingIndex) }

  /// What was counted at a node, if it was to be counted and has a step of its own.
  public func tally(ofNode node: Int) -> StepTally? { assembler?.tallies?[node] }
}

/// One step of a join: does its part for the registers as they stand, and runs what follows it.
class JoinStep {

  /// Answers false where the join, or the search for one witness that it is part of, is to end.
  func run(_ machine: JoinMachine) -> Bool { true }
}
