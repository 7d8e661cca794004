import Testing
import Glibc

@testable import Storage

@Suite struct InterleavingTests {
  private static let scenarios = [
    Interleavings.Scenario(
      name: "two writers",
      programs: [Program("A", [.open, .add(2), .leave]), Program("B", [.open, .add(3), .leave])]),
    Interleavings.Scenario(
      name: "save beside a writer", programs: [Program("A", [.open, .add(2), .save, .leave]), Program("B", [.open, .add(3), .add(4), .leave])], hasJournal: true),
    Interleavings.Scenario(
      name: "both save", programs: [Program("A", [.open, .add(2), .save, .leave]), Program("B", [.open, .add(3), .save, .leave])], hasJournal: true),
    Interleavings.Scenario(
      name: "replace", programs: [Program("C", [.replace(5)]), Program("B", [.open, .add(3), .leave])]),
    Interleavings.Scenario(
      name: "replace with journal", programs: [Program("C", [.replace(5)]), Program("B", [.open, .add(3), .leave])], hasJournal: true),
    Interleavings.Scenario(
      name: "reader", programs: [Program("A", [.open, .add(2), .save, .add(3), .leave]), Program("R", [.read])], hasJournal: true),
    Interleavings.Scenario(
      name: "save with", programs: [Program("A", [.open, .add(2), .leave]), Program("S", [.saveWith(5)])], hasJournal: true),
    Interleavings.Scenario(
      name: "reload", programs: [Program("A", [.open, .add(2), .save, .leave]), Program("B", [.open, .add(3), .reload, .leave])], hasJournal: true),
    Interleavings.Scenario(
      name: "take back", programs: [Program("A", [.open, .add(2), .takeBack(2), .leave]), Program("B", [.open, .add(3), .save, .leave])], hasJournal: true),
  ]

  @Test("try")
  func explored() throws {
    let number = Int(String(cString: getenv("SCENARIO")))!
    let kills = Int(String(cString: getenv("KILLS")))!
    let bound = Int(String(cString: getenv("BOUND")))!
      let clock = ContinuousClock()
      let start = clock.now
    print(Self.scenarios[number].name)
      var all = try Interleavings(Self.scenarios[number], .init(preemptions: bound < 0 ? nil : bound, kills: kills, splitsWrites: getenv("SPLIT") != nil))
      all.explore()
      print("\(bound): states \(all.states) orders \(all.orders) depth \(all.depth) steps \(all.steps) failures \(all.powerFailures) leavings \(all.leavings) \(clock.now - start) \(all.refusals)")
      if let found = all.counterexample { print(found.story); Issue.record("\(found.fault)"); return }
  }
}
