import Graphs
import Storage

extension Snapshot {
  /// Adds what a snapshot and its journal hold to a graph that is not changed there, and returns the texts of its rules.
  @discardableResult
  static func read(from path: String, into graph: Graph) throws -> [(name: String, text: String)] {
    try open(path, into: graph, forChanges: false).rules
  }
}
