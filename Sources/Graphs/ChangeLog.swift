import Terms

/// A fact that was stated or taken back.
public struct ChangedFact {
  public let relation: StoredRelation
  public let tuple: [UInt32]
  /// False where it was taken back.
  public let isStated: Bool
  /// Whether it was a fact before.
  public let wasThere: Bool
  /// What the annotations said of a fact that was taken back.
  public let annotationValues: [Term]
}

/// The changes of a graph's facts since some version, as long as they are few and of facts alone.
struct ChangeLog {
  private let start: Int
  private var changes: [ChangedFact] = []

  init(from version: Int) { start = version }

  /// Whether there are so many changes that what was derived before them is computed anew with less work.
  var isFull: Bool { changes.count >= ChangeLog.mostChanges }

  private static let mostChanges = 1_000

  mutating func note(_ change: ChangedFact) { changes.append(change) }

  /// The changes from a version to another; `nil` where they are not all here. Each change of facts makes one version, so
  /// that one of another kind is known by the versions that are missing.
  func changes(from first: Int, to last: Int) -> [ChangedFact]? {
    guard first >= start, last - start == changes.count else { return nil }
    return Array(changes[(first - start)...])
  }
}

extension Graph {
  /// Begins to remember changes of facts, and forgets those before.
  public func followChanges() { log = ChangeLog(from: version) }

  /// What has changed since a version, in order; `nil` where that is not known, or is not of facts alone. A relation's first
  /// fact and its last are no such changes: rules may mean something else with them.
  public func changes(since version: Int) -> [ChangedFact]? { log?.changes(from: version, to: self.version) }

  /// Notes a change that is about to be made.
  func note(_ change: ChangedFact) {
    if change.relation.facts.count < (change.isStated ? 1 : 2) || log?.isFull == true { log = nil }
    log?.note(change)
  }
}
