import Diagnostics
import Graphs

/// The file that holds a whole graph, with the texts of its rules; `Documentation/SnapshotFormat.md` tells its bytes.
///
/// What can't be written or read is told by a ``Diagnostic`` without a place.
public enum Snapshot {
  /// Writes a graph, and the rules, parameters and constraints that were loaded with it, as texts with their files' names.
  ///
  /// The file is on the disk and whole when this returns; where it throws, one that was there before is as it was, unless the
  /// message says that it is written. The same graph gives the same bytes. What a journal beside the file held goes with the old file.
  /// A file that can't be read whole is not replaced.
  /// - Parameters:
  ///   - journal: the one that the graph's changes were kept in, if any.
  ///   - known: what was read of snapshots. One of them that has changed since is not overwritten.
  ///   - checking: is given all that was written before it has its name. If it throws, nothing is there.
  ///   - afterReplacing: gets what is there when it is, though a power failure may still undo that. From then on the journal goes on
  ///     from it, also where this throws.
  /// - Returns: what is there now.
  @discardableResult
  package static func write(
    _ graph: Graph, rules: [(name: String, text: String)], to path: String, journal: Journal?,
    knowing known: [SnapshotState] = [], on disk: any Disk, checking: ((InputFile) throws -> Void)? = nil,
    afterReplacing: (SnapshotState) -> Void = { _ in }
  ) throws -> SnapshotState {
    do {
      let target = disk.target(of: path)
      try ReplacingFile.check(target, named: path, on: disk)
      let isOwn = journal?.target == target
      if isOwn { try journal?.checkInPlace(path) }
      let lock =
        isOwn
        ? journal
        : try lock(
          toReplace: target, named: path, knowing: known.last { $0.target == target }, pace: graph.pace, on: disk)
      let writer = SnapshotWriter(graph: graph, sources: rules)
      let identity = try writer.write(
        to: target, named: path, journal: lock, on: disk, checking: checking,
        afterReplacing: { afterReplacing(SnapshotState(target: target, identity: $0)) })
      return SnapshotState(target: target, identity: identity)
    } catch let fault as Catalogue.Fault {
      throw Diagnostic(.cannotWrite, "cannot write `\(path)`: \(fault.reason)")
    } catch let fault as Journal.Unavailable {
      throw Diagnostic(.cannotWrite, "cannot write `\(path)`: \(fault.reason)")
    } catch is Journal.Busy {
      throw Diagnostic(
        .heldByAnother, "cannot write `\(path)`: another process has it open for changes",
        help: "save under another name")
    }
  }

  /// A snapshot that was read.
  public struct Opened {
    public var rules: [(name: String, text: String)]
    /// `nil` if the graph is not to be changed, if another process changes it, or if nothing can be written there.
    public var journal: Journal?
    /// Why there is no journal to change it by, if one was wanted.
    public var refusal: Refusal?
    /// How many names the snapshot has.
    public var names = 1
    public var state: SnapshotState
    /// What the journal ends with that is no whole change.
    public var tail: JournalTail
  }

  /// Why a snapshot can't be changed.
  public enum Refusal: Equatable, Sendable {
    /// Another process has it open for changes.
    case busy
    case unavailable(String)
  }

  /// Adds all that a snapshot holds to a graph, with what its journal holds.
  ///
  /// Of a new graph terms, facts and statements are read when they are first asked for, from the file as it was opened,
  /// also where another has taken its place since. What turns out to be damaged then is told by
  /// ``Graph/checkSupplies()``. Terms keep their numbers where the graph is new; else its own terms stay as they are, and
  /// all is read at once. Where it throws, the graph is as it was.
  /// - Parameter forChanges: whether the journal is opened, with its lock, to keep what is changed.
  package static func open(
    _ path: String, into graph: Graph, forChanges: Bool = true, on disk: any Disk
  ) throws -> Opened {
    // A journal beside no snapshot would be left there.
    _ = try InputFile(path, on: disk)
    var journal: Journal?
    var refusal: Refusal?
    do {
      if forChanges { journal = try Journal(beside: path, on: disk) }
    } catch is Journal.Busy {
      refusal = .busy
    } catch let fault as Journal.Unavailable {
      refusal = .unavailable(fault.reason)
    }
    var opened = try absorb(path, into: graph, journal: journal, on: disk)
    opened.refusal = refusal
    opened.names = disk.status(of: opened.state.target)?.names ?? 1
    return opened
  }

  private static func absorb(
    _ path: String, into graph: Graph, journal: Journal?, on disk: any Disk
  ) throws -> Opened {
    let (stored, opened) = try reading(path, on: disk) { reader, contents in
      let graph = try reader.graph()
      let identity = reader.layout.identity
      let rules = try contents.apply(to: graph, since: identity)
      journal?.resume(contents, of: identity)
      let opened = Opened(
        rules: try rules ?? reader.sources(), journal: journal,
        state: SnapshotState(disk.target(of: path), identity, contents), tail: contents.tail)
      return (graph, opened)
    }
    if !graph.canBeReplaced { try provideAll(of: stored) }
    do {
      try graph.absorb(stored)
    } catch {
      throw Diagnostic(
        .wrongArity,
        "cannot read `\(path)` into the graph: `\(error.relation)` has \(error.arities.here) arguments in the graph "
          + "and \(error.arities.there) in the file")
    }
    return opened
  }

  private static func provideAll(of graph: Graph) throws {
    for relation in graph.relationNames.compactMap({ graph.relation(named: $0) }) {
      relation.facts.provide()
      _ = relation.statements
    }
    graph.terms.readAll()
    graph.annotationSets.provide()
    try graph.checkSupplies()
  }

  /// What a snapshot holds. Only its header and its catalogue are read and checked.
  public static func info(of path: String) throws -> SnapshotInfo {
    var info = try telling(path) { SnapshotInfo(try SnapshotReader(try InputFile(path))) }
    info.journal = journalInfo(path)
    return info
  }

  /// What the journal beside a snapshot holds; `nil` if there is none.
  private static func journalInfo(_ path: String) -> Result<SnapshotInfo.Journal, Diagnostic>? {
    do {
      return try reading(path, on: SystemDisk()) { reader, contents in
        let changes = contents.changes(since: reader.layout.identity)?.count { $0.kind == .changes } ?? 0
        if changes == 0 && contents.tornBytes == 0 { return nil }
        return .success(
          SnapshotInfo.Journal(
            changes: changes, tornBytes: contents.tornBytes, isEndDoubtful: contents.isEndDoubtful))
      }
    } catch {
      return .failure(error as? Diagnostic ?? Diagnostic(.internalError, "\(error)"))
    }
  }

  /// Reads all of a snapshot and of its journal and throws where any part of it is not as it was written.
  /// - Returns: what the journal ends with that is no whole change.
  @discardableResult
  public static func verify(_ path: String) throws -> JournalTail { try verify(path, on: SystemDisk()) }

  static func verify(_ path: String, on disk: any Disk) throws -> JournalTail {
    try reading(path, on: disk) { reader, contents in
      try reader.verify()
      let graph = try reader.graph()
      _ = try contents.apply(to: graph, since: reader.layout.identity)
      return contents.tail
    }
  }

  /// Gives the snapshot and its journal, which go together, to a function.
  static func reading<Result>(
    _ path: String, on disk: any Disk, _ body: (SnapshotReader, JournalContents) throws -> Result
  ) throws -> Result {
    try telling(path) {
      var unfinished: Int?
      var isForeign = false
      for _ in 0..<mostAttempts {
        let reader = try SnapshotReader(try InputFile(path, on: disk))
        let contents = try journal(beside: path, on: disk)
        let isInPlace = reader.file.isInPlace
        isForeign = isInPlace && contents.map { $0.changes(since: reader.layout.identity) == nil } ?? false
        // A process that saves puts a new snapshot in its place, and then begins the journal anew.
        if let contents, isInPlace, !isForeign {
          // A record that is just being written is whole when it is looked at again.
          let end = contents.end + contents.tornBytes
          if contents.tornBytes == 0 || unfinished == end || mostAttempts == 1 { return try body(reader, contents) }
          unfinished = end
        }
        if mostAttempts > 1 { disk.pause() }
      }
      if !isForeign { throw changing(path) }
      let journal = Journal.path(beside: path)
      throw Diagnostic(
        .foreignJournal, "the journal `\(journal)` goes on from another snapshot than `\(path)`",
        help: "put the snapshot back that it was beside; or make the changes on this one: "
          + "`tiltas verify --repair \(path) -o NEW.tiltas`")
    }
  }

  /// What is said of a snapshot that is never the same for long enough to be read.
  static func changing(_ path: String) -> Diagnostic {
    Diagnostic(
      .heldByAnother, "cannot read `\(path)`: another process changes it all the time",
      help: "try again, or end the program that writes it")
  }

  /// What the journal beside a snapshot holds; `nil` where another process begins it anew meanwhile.
  private static func journal(beside path: String, on disk: any Disk) throws -> JournalContents? {
    do { return try JournalContents(of: path, on: disk) } catch is JournalContents.BegunAnew { return nil }
  }

  #if FUZZING
    // Nobody else changes the files, and most journals of a fuzzer go on from another snapshot.
    static let mostAttempts = 1
  #else
    static let mostAttempts = 40
  #endif

  static func telling<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let damage as Damage {
      throw damage.diagnostic(path)
    } catch is SnapshotLayout.NotASnapshot {
      throw Diagnostic(
        .notASnapshot, "`\(path)` is not a snapshot",
        help:
          "if `tiltas save` wrote it, it is damaged: `tiltas verify --repair \(path) -o NEW.tiltas` keeps what is whole"
      )
    } catch let newer as SnapshotLayout.NewerVersion {
      throw Diagnostic(
        .newerVersion,
        "the snapshot `\(path)` has version \(newer.version) of the format, and this program knows version "
          + "\(SnapshotLayout.newestVersion)", help: "open it with a newer `tiltas`")
    }
  }
}
