import Testing

@testable import Storage

/// Sessions of several processes on one simulated disk, in every order of their steps within bounds.
@Suite struct InterleavingTests {
  private typealias Bounds = Interleavings.Bounds

  private static func explore(_ scenario: Interleavings.Scenario, _ all: [Bounds]) throws {
    for bounds in all {
      var orders = try Interleavings(scenario, bounds, doublePowerFailures: Long.isOn)
      orders.explore()
      if Long.isOn { print("| \(scenario.name) | \(bounds) | \(orders) |") }
      #expect(orders.isComplete, "\(scenario.name), \(bounds):\n\(orders.counterexample?.story ?? "")")
      #expect(orders.states > 50)
    }
  }

  @Test(
    "in whichever order two processes take their steps, and wherever one is killed or the power fails, the graph opens, and has what was acknowledged",
    arguments: Interleavings.Scenario.two)
  func twoProcesses(_ scenario: Interleavings.Scenario) throws {
    let short = [Bounds(preemptions: 1), Bounds(preemptions: 0, kills: 1)]
    let long = [Bounds(preemptions: 2), Bounds(preemptions: 1, kills: 1, splitsWrites: true)]
    try Self.explore(scenario, Long.isOn ? long : short)
  }

  @Test("so it is with three processes", arguments: Interleavings.Scenario.three)
  func threeProcesses(_ scenario: Interleavings.Scenario) throws {
    let short = [Bounds(preemptions: 0)]
    let long = [Bounds(preemptions: 1), Bounds(preemptions: 0, kills: 2)]
    try Self.explore(scenario, Long.isOn ? long : short)
  }

  @Test(
    "so it is in all orders whatever, with any kills", .enabled(if: Long.isOn),
    arguments: [(Interleavings.Scenario.writers, 2), (.two[5], 2), (.reader, 0)])
  func allOrders(_ scenario: Interleavings.Scenario, kills: Int) throws {
    try Self.explore(scenario, [Bounds(preemptions: nil, kills: kills)])
  }

  // MARK: Faults that are put there on purpose

  /// The story of what goes wrong, with as few preemptions as that takes.
  private func counterexample(
    _ scenario: Interleavings.Scenario, kills: Int = 0, _ disks: @escaping @Sendable (Machine, Int) -> any Disk
  ) throws -> String {
    for preemptions in 0...2 {
      var orders = try Interleavings(scenario.on(disks), Bounds(preemptions: preemptions, kills: kills))
      orders.explore()
      guard let found = orders.counterexample else { continue }
      if Long.isOn { print("\n\(scenario.name), \(orders):\n\(found.story)") }
      return found.fault
    }
    return "nothing was found"
  }

  private static let comparing = [
    Interleavings.Scenario(
      name: "a `:save` that does not compare",
      programs: [Program("A", [.open, .add(2), .leave]), Program("B", [.open, .save, .leave])], hasJournal: true),
    Interleavings.Scenario(
      name: "a `save` that does not compare",
      programs: [Program("A", [.open, .add(2), .leave]), Program("S", [.saveWith(5)])], hasJournal: true),
  ]

  @Test(
    "a save that does not look whether another has changed the graph is found to lose that change", arguments: comparing
  )
  func noComparing(_ scenario: Interleavings.Scenario) throws {
    let fault = try counterexample(scenario) { $1 == 1 ? StaleDisk($0, $1) : ProcessDisk($0, $1) }
    #expect(fault.contains("acknowledged and not there: [2]"), "\(fault)")
  }

  @Test("a lock that all have at once is found to lose a change")
  func noLock() throws {
    let fault = try counterexample(.writers) { LocklessDisk($0, $1) }
    #expect(fault.contains("acknowledged and not there") || fault.contains("can't be opened"), "\(fault)")
  }

  @Test("a snapshot that is replaced without the lock is found to lose a change, or not to open")
  func noLockWhileReplacing() throws {
    let fault = try counterexample(Interleavings.Scenario.two[6]) {
      $1 == 0 ? LocklessDisk($0, $1) : ProcessDisk($0, $1)
    }
    #expect(fault.contains("acknowledged and not there") || fault.contains("can't be opened"), "\(fault)")
  }

  @Test("a journal that is not synced is found to lose a change when the power fails")
  func noSyncOfJournal() throws {
    let fault = try counterexample(.writers) { UnsyncedJournalDisk($0, $1) }
    #expect(fault == "if the power fails here: acknowledged and not there: [2]")
  }

  @Test("a snapshot that is not synced is found not to open when the power fails")
  func noSyncOfSnapshot() throws {
    let fault = try counterexample(.bothSave) { UnsyncedSnapshotDisk($0, $1) }
    #expect(fault.hasPrefix("if the power fails here: the graph can't be opened"), "\(fault)")
  }

  @Test("a folder that is not synced is found to lose a change when the power fails")
  func noSyncOfFolder() throws {
    let fault = try counterexample(.writers) { UnsyncedFolderDisk($0, $1) }
    #expect(fault == "if the power fails here: acknowledged and not there: [2]")
  }

  @Test(
    "whoever goes on after another was killed, and does not put on the disk what that has left, is found to lose changes when the power fails",
    arguments: [Interleavings.Scenario.writers, Interleavings.Scenario.two[1], .bothSave])
  func noSyncOfWhatIsThere(_ scenario: Interleavings.Scenario) throws {
    let fault = try counterexample(scenario, kills: 1) { UnsettledDisk($0, $1) }
    #expect(fault.hasPrefix("if the power fails here: "), "\(fault)")
  }
}
