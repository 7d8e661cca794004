/// A snapshot and its journal as they were when a graph was read from them or written to them.
///
/// Whoever writes there compares it with what is there now, under the lock of the journal: another process may have changed the
/// graph meanwhile, and what it was told to be kept must not be overwritten.
public struct SnapshotState: Equatable, Sendable {
  /// The snapshot's path without links.
  let target: String
  let identity: UInt64
  /// How many records behind the snapshot hold changes.
  let changes: Int
  /// Stands for what these hold.
  let digest: UInt64

  init(target: String, identity: UInt64, changes: Int = 0, digest: UInt64 = 0) {
    self.target = target
    self.identity = identity
    self.changes = changes
    self.digest = digest
  }

  init(_ target: String, _ identity: UInt64, _ journal: JournalContents) {
    self.init(
      target: target, identity: identity, changes: journal.changes(since: identity)?.count ?? 0,
      digest: journal.digest(since: identity))
  }
}
