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
      refuse(error)
      return nil
    }
  }

  /// Whether `body` does not fail.
  func succeeds(_ body: () throws -> Void) -> Bool { reading(body) != nil }

  /// Keeps what is wrong with something that was read, unless something was before.
  func refuse(_ error: any Error) { failure = failure ?? (error as? Damage)?.diagnostic(path) ?? error }
}
