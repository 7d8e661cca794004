import Testing

@testable import Storage

/// What processes do on one snapshot in the tests of all orders. The change 0 is in the snapshot; 1 is in the journal if there is one.
extension Interleavings.Scenario {
  typealias Scenario = Interleavings.Scenario

  static let writers = Scenario(
    name: "two shells change the graph", programs: [writer, Program("B", [.open, .add(3), .leave])])

  static let two = [
    writers,
    Scenario(
      name: "two shells change the graph, and one saves",
      programs: [Program("A", [.open, .add(2), .save, .leave]), Program("B", [.open, .add(3), .add(4), .leave])],
      hasJournal: true),
    bothSave,
    Scenario(
      name: "a shell changes the graph and takes that back, and another saves",
      programs: [
        Program("A", [.open, .add(2), .takeBack(2), .leave]), Program("B", [.open, .add(3), .save, .leave]),
      ], hasJournal: true),
    Scenario(
      name: "a shell saves, and another reads anew",
      programs: [Program("A", [.open, .add(2), .save, .leave]), Program("B", [.open, .add(3), .reload, .leave])],
      hasJournal: true),
    Scenario(
      name: "another graph is saved over one without a journal, and a shell is opened",
      programs: [Program("C", [.replace(5)]), Program("B", [.open, .add(3), .leave])]),
    Scenario(
      name: "another graph is saved over one with a journal, and a shell is opened",
      programs: [Program("C", [.replace(5)]), Program("B", [.open, .add(3), .leave])], hasJournal: true),
    Scenario(
      name: "`save --graph` adds to a graph that a shell changes",
      programs: [writer, Program("S", [.saveWith(5)])], hasJournal: true),
    reader,
    Scenario(
      name: "a shell saves and leaves, and another process reads",
      programs: [Program("A", [.open, .add(2), .save, .leave]), Program("R", [.read])], hasJournal: true),
    Scenario(
      name: "a shell saves, and `save --graph` adds to the graph",
      programs: [Program("A", [.open, .add(2), .save, .leave]), Program("S", [.saveWith(5)])]),
  ]

  static let bothSave = Scenario(
    name: "two shells change the graph, and both save",
    programs: [Program("A", [.open, .add(2), .save, .leave]), Program("B", [.open, .add(3), .save, .leave])],
    hasJournal: true)

  static let reader = Scenario(
    name: "a shell changes, saves and changes again, and another process reads",
    programs: [Program("A", [.open, .add(2), .save, .add(3), .leave]), Program("R", [.read])], hasJournal: true)

  static let three = [
    Scenario(
      name: "two shells change the graph, and another process reads",
      programs: [writer, Program("B", [.open, .add(3), .leave]), Program("R", [.read])], hasJournal: true),
    Scenario(
      name: "two shells, of which one saves, and another graph is saved over theirs",
      programs: [
        Program("A", [.open, .add(2), .save, .leave]), Program("B", [.open, .add(3), .leave]),
        Program("C", [.replace(5)]),
      ]),
    Scenario(
      name: "three shells change the graph",
      programs: [writer, Program("B", [.open, .add(3), .leave]), Program("C", [.open, .add(4), .leave])]),
  ]

  private static let writer = Program("A", [.open, .add(2), .leave])

  func on(_ disks: @escaping @Sendable (Machine, Int) -> any Disk) -> Scenario {
    var scenario = self
    scenario.disks = disks
    return scenario
  }
}

extension Interleavings.Scenario: CustomTestStringConvertible {
  var testDescription: String { name }
}
