@testable import Storage

/// What a step reads and changes of what processes have in common.
struct Access {
  struct Things: OptionSet {
    let rawValue: Int
    /// Which file the name of the snapshot leads to, and that of the journal.
    static let snapshot = Things(rawValue: 1)
    static let journal = Things(rawValue: 64)
    /// What is in the journal, and what of it is on the disk.
    static let content = Things(rawValue: 2)
    static let durableContent = Things(rawValue: 4)
    static let locks = Things(rawValue: 8)
    /// Which changes of names are on the disk, and in which order they go there.
    static let durableNames = Things(rawValue: 16)
    /// What was acknowledged, and all that a process waits for when it pauses.
    static let claims = Things(rawValue: 32)
    static let all = Things(rawValue: 127)
  }

  var reads: Things = []
  var writes: Things = []

  /// - Parameter disk: as it is before the step.
  init(of step: String, _ path: String, on disk: SimulatedDisk) {
    let isShared = SimulatedDisk.isShared(path)
    switch step {
    case "look at", "open to read": reads = isShared ? [.journal, .content] : .snapshot
    case "open" where disk.names[path] != nil: reads = .journal
    case "open": writes = [.journal, .durableNames]
    case "name": writes = .durableNames
    case "unlink": writes = [.journal, .durableNames]
    case "look at open", "read": reads = .content
    case "write", "truncate": writes = [.content, .durableContent]
    case "sync" where path == SimulatedDisk.folder: (reads, writes) = ([.snapshot, .journal], .durableNames)
    case "sync": (reads, writes) = (.content, .durableContent)
    case "lock" where disk.names[path].map({ disk.locks[$0] != nil }) == true: reads = .locks
    case "lock", "unlock": writes = .locks
    default: (reads, writes) = (.all, .all)
    }
    // A pause ends when something was changed, and a replacement is a change of what must be there.
    if !writes.isEmpty { reads.insert(.claims) }
  }
}
