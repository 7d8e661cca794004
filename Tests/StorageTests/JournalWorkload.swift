import Glibc
import Graphs
import Terms

@testable import Storage

/// A graph that is opened for changes and changed step by step: each step adds three facts and takes back one that the
/// step before it added, and so is there as a whole or not at all.
final class JournalWorkload {
  let graph = Graph()
  private(set) var journal: Journal?
  private let path: String
  private let disk: any Disk

  init(_ path: String, on disk: any Disk = SystemDisk()) throws {
    self.path = path
    self.disk = disk
    journal = try Snapshot.open(path, into: graph, on: disk).journal
    journal?.start(graph)
  }

  /// A snapshot of no steps.
  static func begin(_ path: String) throws {
    let graph = Graph()
    graph.addRelation("step", arity: 2)
    try Snapshot.write(graph, rules: [], to: path)
  }

  /// Carries steps out, one after the other, and closes the snapshot.
  static func carryOut(_ steps: ClosedRange<Int>, in path: String) throws {
    let workload = try JournalWorkload(path)
    for number in steps { try workload.step(number) }
    workload.close()
  }

  func step(_ number: Int) throws {
    for part in 0..<3 {
      state(graph, "step", [.integer(Int64(number)), .integer(Int64(part))], part == 1 ? [("note", .string("x"))] : [])
    }
    if let steps = graph.relation(named: "step") {
      let tuple = [Value.integer(Int64(number - 1)), .integer(2)].map { graph.terms.intern($0).number }
      _ = graph.retract(steps, tuple)
    }
    _ = try journal?.keep()
  }

  func save() throws { try Snapshot.write(graph, rules: [], to: path, journal: journal, on: disk) }

  func close() {
    journal = nil
  }

  /// The contents after so many steps.
  static func contents(after steps: Int) -> [String] {
    let graph = Graph()
    graph.addRelation("step", arity: 2)
    for number in 1..<(steps + 1) {
      for part in 0..<(number < steps ? 2 : 3) {
        state(
          graph, "step", [.integer(Int64(number)), .integer(Int64(part))], part == 1 ? [("note", .string("x"))] : [])
      }
    }
    return StorageTests.contents(of: graph)
  }

  /// How many steps a snapshot and its journal hold; `nil` where one is there in part.
  static func steps(in path: String) throws -> Int? {
    let graph = Graph()
    _ = try Snapshot.read(from: path, into: graph)
    let found = StorageTests.contents(of: graph)
    try graph.checkSupplies()
    return (0..<30).first { contents(after: $0) == found }
  }
}
