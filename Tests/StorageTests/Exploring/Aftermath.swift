import Diagnostics
import Graphs
import Sessions

@testable import Storage

/// What someone finds who comes when all have gone: whether the graph opens, is whole, can be changed, and what it holds. Each leaving is
/// looked at once.
final class Aftermath {
  private var known: [SimulatedDisk.Leavings: Result<Claims.Found, Failure>] = [:]
  /// How deep power failures while someone goes on after one are looked at.
  private let depth: Int

  struct Failure: Error {
    var text: String
  }

  var count: Int { known.count }

  init(depth: Int) { self.depth = depth }

  /// What is wrong with what is left; `nil` if nothing is.
  func fault(in leavings: SimulatedDisk.Leavings, _ claims: Claims) -> String? {
    switch result(leavings, depth) {
    case .success(let found): claims.fault(in: found)
    case .failure(let failure): failure.text
    }
  }

  private func result(_ leavings: SimulatedDisk.Leavings, _ depth: Int) -> Result<Claims.Found, Failure> {
    if let result = known[leavings] { return result }
    let result: Result<Claims.Found, Failure>
    do {
      result = .success(try found(leavings, depth))
    } catch let failure as Failure {
      result = .failure(failure)
    } catch {
      result = .failure(Failure(text: "the graph can't be opened: \((error as? Diagnostic)?.message ?? "\(error)")"))
    }
    known[leavings] = result
    return result
  }

  private func found(_ leavings: SimulatedDisk.Leavings, _ depth: Int) throws -> Claims.Found {
    let before = SimulatedDisk(leavings.files)
    let found = try Self.read(Machine(alone: before), verifying: true)
    var claims = Claims(stated: found.changes.union([Self.next]), acknowledged: found.changes)
    let machine = Machine(alone: before) { [self] machine in
      guard depth > 0 else { return }
      for leavings in machine.disk.powerFailures {
        faults.formUnion(fault(leavings, claims, depth - 1).map { [$0] } ?? [])
      }
    }
    if found.halves.isEmpty { try Self.goOn(machine) { claims.acknowledged.insert(Self.next) } }
    if let fault = faults.popFirst() { throw Failure(text: "after a power failure and another one: \(fault)") }
    let after = try Self.read(Machine(alone: machine.disk), verifying: false)
    if found.halves.isEmpty, let fault = claims.fault(in: after) { throw Failure(text: "after going on: \(fault)") }
    return found
  }

  private var faults: Set<String> = []

  private func fault(_ leavings: SimulatedDisk.Leavings, _ claims: Claims, _ depth: Int) -> String? {
    switch result(leavings, depth) {
    case .success(let found): claims.fault(in: found)
    case .failure(let failure): failure.text
    }
  }

  /// A number that no program uses.
  private static let next = 999

  private static func read(_ machine: Machine, verifying: Bool) throws -> Claims.Found {
    let disk = ProcessDisk(machine, 0)
    let graph = Graph()
    _ = try Snapshot.open(Program.path, into: graph, forChanges: false, on: disk)
    if verifying { try Snapshot.reading(Program.path, on: disk) { reader, _ in try reader.verify() } }
    return try Program.found(in: graph)
  }

  private static func goOn(_ machine: Machine, acknowledged: () -> Void) throws {
    let graph = Graph()
    let opened = try Snapshot.open(Program.path, into: graph, on: ProcessDisk(machine, 0))
    guard let journal = opened.journal else {
      throw Failure(text: "the lock is not to be had: \(String(describing: opened.refusal))")
    }
    journal.start(graph)
    for name in ["x", "y"] { state(graph, name, [.integer(Int64(next))]) }
    _ = try journal.keep()
    acknowledged()
  }
}
