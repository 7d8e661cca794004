import Graphs

@testable import Storage

extension Snapshot {
  /// Writes a graph on the disk of the machine.
  @discardableResult
  static func write(
    _ graph: Graph, rules: [(name: String, text: String)], to path: String, journal: Journal? = nil,
    knowing known: [SnapshotState] = []
  ) throws -> SnapshotState {
    try write(graph, rules: rules, to: path, journal: journal, knowing: known, on: SystemDisk())
  }

  /// Opens one on the disk of the machine.
  static func open(_ path: String, into graph: Graph, forChanges: Bool = true) throws -> Opened {
    try open(path, into: graph, forChanges: forChanges, on: SystemDisk())
  }

  /// Adds what a snapshot and its journal hold to a graph that is not changed there, and returns the texts of its rules.
  @discardableResult
  static func read(from path: String, into graph: Graph) throws -> [(name: String, text: String)] {
    try open(path, into: graph, forChanges: false).rules
  }
}
