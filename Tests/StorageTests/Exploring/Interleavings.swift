@testable import Storage

/// All orders in which some programs can take their steps on one disk, within bounds, with kills and power failures between any two
/// steps; and what is wrong after one of them.
///
/// A state of the machine is looked at once, however it was come to. Each order is carried out from the beginning, for sessions can't
/// be put back to an earlier state.
struct Interleavings {
  struct Scenario {
    var name: String
    var programs: [Program]
    /// What the journal holds in the beginning besides what the snapshot does.
    var hasJournal = false
    /// How each process sees the disk.
    var disks: @Sendable (Machine, Int) -> any Disk = { ProcessDisk($0, $1) }
  }

  struct Bounds {
    /// How often a process that could go on is stopped for another; `nil` for any number.
    var preemptions: Int?
    var kills = 0
    /// Whether a write to a journal is done in two parts.
    var splitsWrites = false
    /// How many states are looked at.
    var mostStates = Int.max
  }

  struct Counterexample {
    var fault: String
    var story: String
  }

  private enum Turn: Equatable {
    case step(Int)
    case kill(Int)
  }

  private struct Budget {
    var preemptions: Int
    var kills: Int
    var last: Int?
  }

  /// Turns that lead to a state, and the processes whose next step need not be looked at there: what comes of it was seen on another
  /// path, on which it was taken before the last of the turns, and does not depend on it.
  private struct Path {
    var turns: [Turn] = []
    var asleep: Set<Int> = []
  }

  /// What is known of a state: how many preemptions were left when it was looked at, and whose next step was not.
  private struct Visit {
    var preemptions: Int
    var asleep: Set<Int>
  }

  private let scenario: Scenario
  private let bounds: Bounds
  private let start: SimulatedDisk
  private let aftermath: Aftermath
  private var seen: [Int: Visit] = [:]
  private var waiting = [Path()]
  private(set) var counterexample: Counterexample?
  private(set) var orders = 0
  private(set) var depth = 0
  private(set) var steps = 0
  private(set) var powerFailures = 0
  private(set) var isComplete = false
  private(set) var refusals: Set<String> = []
  var states: Int { seen.count }
  var leavings: Int { aftermath.count }

  init(_ scenario: Scenario, _ bounds: Bounds, doublePowerFailures: Bool = false) throws {
    (self.scenario, self.bounds) = (scenario, bounds)
    start = try Beginning.disk(withJournal: scenario.hasJournal, reusingNumbers: bounds.preemptions != nil)
    aftermath = Aftermath(depth: doublePowerFailures ? 1 : 0)
  }

  /// Looks at all, or until something is wrong.
  mutating func explore() {
    while let path = waiting.popLast(), counterexample == nil {
      carryOut(path)
      if states >= bounds.mostStates { return }
    }
    isComplete = counterexample == nil && waiting.isEmpty
  }

  private mutating func carryOut(_ beginning: Path) {
    orders += 1
    let (programs, disks) = (scenario.programs, scenario.disks)
    let machine = Machine(
      start, Beginning.claims(withJournal: scenario.hasJournal), splitsWrites: bounds.splitsWrites,
      processes: programs.map { program in
        { machine, number in ProgramRun(machine, number, disks(machine, number)).carryOut(program) }
      })
    defer { machine.giveUp() }
    var path = beginning
    var budget = Budget(preemptions: bounds.preemptions ?? 0, kills: bounds.kills)
    for turn in path.turns { take(turn, &budget, machine) }
    // What a process has found counts in a state that was seen before as well.
    while !concludes(machine), let open = visit(machine, budget, path.asleep) {
      if open.isNew { judge(machine) }
      guard let next = next(machine, budget, path, open.steps, isNew: open.isNew) else { break }
      path = next
      if let turn = path.turns.last { take(turn, &budget, machine) }
    }
    depth = max(depth, path.turns.count)
    refusals.formUnion(machine.refusals.keys)
  }

  /// The path that goes on with the process that was running; all others are noted for later.
  private mutating func next(
    _ machine: Machine, _ budget: Budget, _ path: Path, _ steps: [Int], isNew: Bool
  ) -> Path? {
    if budget.kills > 0 && isNew {
      var after = budget
      after.kills -= 1
      for victim in machine.living where isWorthwhile(machine.fingerprint(killing: victim), after, victim) {
        waiting.append(Path(turns: path.turns + [.kill(victim)]))
      }
    }
    guard let first = steps.first(where: { $0 == budget.last }) ?? steps.first else { return nil }
    var others = steps.filter { $0 != first }
    if bounds.preemptions != nil, first == budget.last, budget.preemptions == 0 { others = [] }
    var paths: [Path] = []
    var before = path.asleep
    for process in [first] + others {
      let asleep = bounds.preemptions == nil ? Set(before.filter { machine.areIndependent($0, process) }) : []
      paths.append(Path(turns: path.turns + [.step(process)], asleep: asleep))
      before.insert(process)
    }
    waiting += paths.dropFirst().reversed()
    return paths[0]
  }

  private mutating func take(_ turn: Turn, _ budget: inout Budget, _ machine: Machine) {
    steps += 1
    switch turn {
    case .step(let process):
      if let last = budget.last, last != process, machine.ready.contains(last) { budget.preemptions -= 1 }
      budget.last = process
      machine.step(process)
    case .kill(let process):
      budget.kills -= 1
      if budget.last == process { budget.last = nil }
      machine.kill(process)
    }
  }

  private func key(_ fingerprint: Int, _ budget: Budget) -> Int {
    [fingerprint, budget.kills, bounds.preemptions == nil ? -1 : budget.last ?? -1].hashValue
  }

  private func isWorthwhile(_ fingerprint: Int, _ budget: Budget, _ victim: Int) -> Bool {
    var budget = budget
    if budget.last == victim { budget.last = nil }
    return seen[key(fingerprint, budget)].map { $0.preemptions < budget.preemptions || !$0.asleep.isEmpty } ?? true
  }

  /// Notes that a state is looked at: whose steps are still to be, and whether it is there for the first time. `nil` if all was seen.
  private mutating func visit(_ machine: Machine, _ budget: Budget, _ asleep: Set<Int>) -> (steps: [Int], isNew: Bool)?
  {
    let key = key(machine.fingerprint(), budget)
    guard let before = seen[key] else {
      seen[key] = Visit(preemptions: budget.preemptions, asleep: asleep)
      return (machine.ready.filter { !asleep.contains($0) }, true)
    }
    if bounds.preemptions != nil {
      if before.preemptions >= budget.preemptions { return nil }
      seen[key]?.preemptions = budget.preemptions
      return (machine.ready, true)
    }
    seen[key]?.asleep.formIntersection(asleep)
    let steps = machine.ready.filter { before.asleep.contains($0) && !asleep.contains($0) }
    return steps.isEmpty ? nil : (steps, false)
  }

  /// Looks at what is there if all end now, and if the power fails.
  private mutating func judge(_ machine: Machine) {
    if let fault = aftermath.fault(in: machine.disk.leavings, machine.claims) {
      return conclude(machine, "if all end here: " + fault)
    }
    let failures = machine.disk.powerFailures
    powerFailures += failures.count
    if let fault = failures.compactMap({ aftermath.fault(in: $0, machine.claims) }).min() {
      conclude(machine, "if the power fails here: " + fault)
    }
  }

  private mutating func concludes(_ machine: Machine) -> Bool {
    if let fault = machine.fault { conclude(machine, fault) }
    return counterexample != nil
  }

  private mutating func conclude(_ machine: Machine, _ fault: String) {
    // What a process does without a break is one line.
    var story: [String] = []
    var last: Int?
    for event in machine.events {
      if event.process == last {
        story[story.count - 1] += " · " + event.text
      } else {
        story.append("\(scenario.programs[event.process].name): \(event.text)")
      }
      last = event.process
    }
    counterexample = Counterexample(fault: fault, story: (story + [fault]).joined(separator: "\n"))
  }
}

extension Interleavings: CustomStringConvertible {
  var description: String {
    "\(states) states on \(orders) paths of up to \(depth) steps, \(powerFailures) power failures, \(leavings) endings"
  }
}

extension Interleavings.Bounds: CustomStringConvertible {
  var description: String {
    (preemptions.map { "\($0) preemptions" } ?? "any preemptions") + ", \(kills) kills"
      + (splitsWrites ? ", writes in parts" : "")
  }
}
