import Graphs

/// Keeps why a part of a snapshot could not be read when it was asked for.
final class SnapshotSupply: GraphSupply {
  private let path: String
  private(set) var failure: (any Error)?

  init(path: String) { self.path = path }

  /// What `body` reads, or `nil` where it fails.
  func reading<Part>(_ body: () throws -> Part) -> Part? {
    do {
      return try body()
    } catch {
      failure = failure ?? (error as? Damage)?.diagnostic(path) ?? error
      return nil
    }
  }
}
