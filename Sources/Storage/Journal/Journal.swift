import Diagnostics
import Glibc
import Graphs

/// The file beside a snapshot that holds what was changed since: each change is on the disk when ``keep(rules:)`` returns.
///
/// It is `NAME.tiltas.journal`. Whoever has it open with its lock is the only one to change the graph; the lock goes with the
/// process, however that ends. `Documentation/SnapshotFormat.md` tells its bytes.
public final class Journal {
  /// The snapshot's path without links, and the journal's.
  let target: String
  let path: String
  private let disk: any Disk
  let descriptor: Int32
  /// The identity of the snapshot that the records go on from.
  private var snapshot: UInt64 = 0
  private(set) var recordCount: UInt64 = 0
  private(set) var end = 0
  /// Stands for all records since the journal was begun; see ``JournalLayout/chained(_:_:)``.
  private var digest: UInt64 = 0
  /// Whether the file is to be begun anew before a record is written.
  private(set) var isStale = true
  /// Whether it is known what the file holds.
  private var isKnown = false
  /// Whether what was there when the lock was taken is on the disk: who had it before may have been killed before that.
  private var isSettled = false
  /// Whether the file holds what counts for nothing beside a new snapshot.
  private var hasRest = false
  /// Whether the file may hold whole records, be they acknowledged or not. Beside another snapshot they would be a foreign journal.
  private var mayHoldRecords = false
  private var failure: Diagnostic?
  /// The snapshot's file when its identity was taken.
  private var snapshotFile: FileIdentity?
  /// What the snapshot and this journal hold together.
  public var state: SnapshotState {
    SnapshotState(target: target, identity: snapshot, changes: Int(recordCount), digest: digest)
  }
  var fileLength: Int? { disk.status(of: descriptor)?.length }
  var hasFailed: Bool { failure != nil }
  /// The graph whose changes are kept, and up to which position of its ledger they are on the disk.
  private var graph: Graph?
  private var position = 0
  /// What is to be in the next record besides: changes that the graph holds already, and whether the rules are.
  private var owed: (changes: [ValueChange], rules: Bool) = ([], false)
  /// How many bytes at most at the end of the journal belong to no whole change, and are cut off with the next one.
  private(set) var tornBytes = 0

  /// Another process has the journal open.
  struct Busy: Error {}

  /// The journal can't be opened, made or written.
  struct Unavailable: Error {
    var reason: String
  }

  /// Opens a snapshot's journal, makes it where there is none, and takes its lock. Throws ``Busy`` or ``Unavailable``.
  init(beside snapshot: String, on disk: any Disk) throws {
    target = disk.target(of: snapshot)
    path = Self.path(beside: target)
    self.disk = disk
    while true {
      // A link could lead to any file, which would be overwritten.
      let file = disk.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, Self.mode(of: target, on: disk))
      guard file >= 0 else { throw Unavailable(reason: Self.reason(-file)) }
      let result = disk.lock(file)
      guard result == 0 else {
        _ = disk.close(file)
        if result == -EWOULDBLOCK { throw Busy() }
        throw Unavailable(reason: Self.reason(-result))
      }
      // One that was done with the file may have removed it before the lock was ours.
      if let status = disk.status(of: path), status.identity == disk.status(of: file)?.identity {
        if status.names == 1 {
          descriptor = file
          return
        }
        _ = disk.close(file)
        // Records are written in its place, so a copy that was made by a link would change too.
        throw Unavailable(reason: "`\(path)` has several names (hard links); copy it, and give the copy this name")
      }
      _ = disk.close(file)
    }
  }

  /// A journal that holds nothing goes; what is left of a record at its end may be one that was acknowledged. The lock is taken off by name: a child of the process that is just being
  /// started has the descriptor too until it runs its own program, and closing ours would leave the lock on until then.
  deinit {
    graph?.ledger.release(.journal)
    let holdsNothing = isKnown ? recordCount == 0 && tornBytes == 0 : fileLength == 0
    if holdsNothing && failure == nil && isNamed && canGo { _ = disk.unlink(path) }
    _ = disk.unlock(descriptor)
    _ = disk.close(descriptor)
  }

  /// What is in the file may still count beside a snapshot that a power failure would bring back.
  private var canGo: Bool { fileLength == 0 || (try? settle()) != nil }

  static func path(beside target: String) -> String { target + ".journal" }

  /// Who may not read the snapshot may not read its journal.
  private static func mode(of target: String, on disk: any Disk) -> mode_t {
    disk.status(of: target).map { $0.mode & 0o666 } ?? 0o666
  }

  /// Goes on behind what the journal holds.
  func resume(_ contents: JournalContents, of snapshot: UInt64) {
    self.snapshot = snapshot
    isKnown = true
    isStale = contents.snapshot != snapshot || contents.isFolded(into: snapshot)
    recordCount = isStale ? 0 : UInt64(contents.records.count)
    end = isStale ? 0 : contents.end
    digest = isStale ? 0 : contents.digest(since: snapshot)
    tornBytes = contents.tornBytes
    mayHoldRecords = !contents.records.isEmpty
    snapshotFile = disk.status(of: target)?.identity
  }

  /// Whether the journal and its snapshot are still the files that were opened, and not moved, removed or replaced since.
  package var isInPlace: Bool { isNamed && disk.status(of: target)?.identity == snapshotFile }

  /// Whether the journal's name still leads to its file. Else that of another process may be there.
  private var isNamed: Bool {
    let journal = disk.status(of: path)?.identity
    return journal != nil && journal == disk.status(of: descriptor)?.identity
  }

  /// Throws a ``Diagnostic`` if another file has taken the place of the snapshot or of the journal.
  func checkInPlace(_ name: String) throws {
    if isInPlace { return }
    throw Diagnostic(
      .homeMoved, "cannot write `\(name)`: it or its journal was moved, removed or replaced since it was opened",
      help: "save under another name")
  }

  /// From here on the changes of a graph are for the next ``keep(rules:)``.
  public func start(_ graph: Graph) { start(graph, owing: [], andRules: false) }

  /// The same, with what the graph holds already and the journal does not.
  func start(_ graph: Graph, owing changes: [ValueChange], andRules rules: Bool) {
    self.graph = graph
    skipChanges()
    owed = (changes, rules)
  }

  /// Ends what ``start(_:)`` began.
  public func stop() {
    graph?.ledger.release(.journal)
    graph = nil
  }

  /// Takes the changes since the last ``keep(rules:)`` to be nothing that belongs on the disk.
  func skipChanges() {
    if let graph { position = graph.ledger.hold(.journal) }
    owed = ([], false)
  }

  /// Whether there are changes for the next ``keep(rules:)``.
  var hasChanges: Bool {
    owed.rules || !owed.changes.isEmpty || graph?.ledger.changes(since: position)?.isEmpty == false
  }

  /// Puts the changes since the last time on the disk, all or none; whether there were any. Where it throws, the journal takes no more.
  /// - Parameter rules: all rules, parameters and constraints, which are asked for if they have changed.
  func keep(rules: () -> [(name: String, text: String)] = { [] }) throws -> Bool {
    guard let record = try record(rules: rules) else { return false }
    try write(record)
    return true
  }

  /// The changes since the last time as a record; `nil` if there are none. Throws the reason if the work of this thread is to end.
  public func record(rules: () -> [(name: String, text: String)]) throws -> [UInt8]? {
    guard let graph, hasChanges else { return nil }
    var writer = RecordWriter(graph)
    for change in owed.changes { writer.write(change) }
    var hasRules = owed.rules
    for change in graph.ledger.changes(since: position) ?? [] {
      if case .rules = change { hasRules = true }
      try writer.write(change)
    }
    if hasRules { writer.write(.rules(rules().map { ValueChange.RuleText(name: $0.name, text: $0.text) })) }
    return writer.bytes
  }

  /// Puts a record of all changes up to now on the disk, or throws, and then the journal takes no more.
  public func write(_ record: [UInt8]) throws {
    skipChanges()
    if let failure { throw failure }
    do {
      try append(.changes, record)
    } catch let fault as Unavailable {
      let error = Diagnostic(
        .changeNotOnDisk, "the change could not be put on the disk: \(fault.reason)", help: Self.helpInMemory)
      failure = error
      throw error
    }
  }

  private func append(_ kind: JournalLayout.Kind, _ payload: [UInt8]) throws {
    if !isInPlace {
      throw Unavailable(
        reason: "`\(target)` or its journal was moved, removed or replaced since it was opened")
    }
    try settle()
    try begin()
    let record = JournalLayout.Record(sequence: recordCount + 1, kind: kind, payload: payload)
    let bytes = JournalLayout.bytes(record, snapshot: snapshot)
    // Until it is certain, it is no record, though it may be read as one.
    (mayHoldRecords, tornBytes) = (true, bytes.count)
    try check(-bytes.withUnsafeBytes { disk.writeAll($0, at: end, to: descriptor) })
    try check(disk.syncData(descriptor))
    tornBytes = 0
    recordCount += 1
    digest = JournalLayout.chained(digest, record)
    end += bytes.count
  }

  /// Puts on the disk what was there when the lock was taken: the journal, and which snapshot has the name. To be called before any
  /// of it is changed. Else a power failure could leave what comes after it without what it rests on.
  private func settle() throws {
    if isSettled { return }
    try check(disk.sync(descriptor))
    try check(-disk.syncFolder(SystemDisk.parts(path).folder))
    isSettled = true
  }

  /// Makes the file ready for a record: new with a header, or without what is behind its last whole record.
  private func begin() throws {
    if isStale {
      try check(disk.truncate(descriptor, to: 0))
      try check(disk.sync(descriptor))
      let header = JournalLayout.header(snapshot: snapshot)
      try check(-header.withUnsafeBytes { disk.writeAll($0, at: 0, to: descriptor) })
      try check(disk.sync(descriptor))
      try check(-disk.syncFolder(SystemDisk.parts(path).folder))
      (isStale, end, recordCount, digest) = (false, header.count, 0, 0)
    } else if tornBytes > 0 {
      try check(disk.truncate(descriptor, to: end))
      try check(disk.sync(descriptor))
    }
    tornBytes = 0
    if recordCount == 0 { mayHoldRecords = false }
  }

  /// Notes that all up to here will be in a snapshot, which is whole on the disk and takes the old one's place next. Throws
  /// ``Unavailable``.
  func fold(into snapshot: UInt64) throws {
    try settle()
    guard recordCount > 0 else {
      // Those that are there count for nothing beside this snapshot, and would be another's beside the new one.
      if mayHoldRecords { try begin() }
      return
    }
    var identity = ByteWriter()
    identity.write(snapshot)
    try append(.folded, identity.bytes)
  }

  /// Goes on from a snapshot that holds all that was changed and has just got its name. As long as it is not certain that it keeps
  /// that, the records of the old one stay: the next change syncs the folder first.
  func goOn(from snapshot: UInt64) {
    skipChanges()
    hasRest = mayHoldRecords || tornBytes > 0
    isSettled = false
    (self.snapshot, isStale, end, recordCount, digest, failure) = (snapshot, true, 0, 0, 0, nil)
    snapshotFile = disk.status(of: target)?.identity
  }

  /// Cuts off what is left of before ``goOn(from:)``, when the snapshot has its name for good. If that can't be done now, the next
  /// change does it.
  func beginAnew() {
    isSettled = true
    if hasRest { try? begin() }
  }

  private func check(_ result: Int32) throws {
    guard result < 0 else { return }
    throw Unavailable(reason: "cannot write `\(path)`: \(Self.reason(-result))")
  }

  private static let helpInMemory =
    "it is in memory only, as all that is changed from here on: `:save FILE` saves it elsewhere"

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
