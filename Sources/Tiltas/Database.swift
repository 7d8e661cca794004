internal import Evaluation
internal import Graphs
internal import Language
internal import Sessions
internal import Terms
internal import Threads

/// A graph with its rules, in memory and if you like on the disk: load files, ask, add, take back, explain, save.
///
/// ```swift
/// let db = try Database(opening: "record.tiltas")
/// for row in try db.query("partner(Org, P), N = count{ Q : partner(Org, Q) }, N >= $min", ["min": 2]) {
///   print(try row["Org"], try row["N"])
/// }
/// ```
///
/// A database may be used by several tasks and threads at once. They have it one at a time, in the order in which they come, so each
/// query sees all of a transaction or nothing of it. A query blocks its thread until it is answered.
///
/// Work that a task does ends if the task is cancelled: it throws `CancellationError`, and the database is as it was before. All other
/// errors are ``TiltasError``.
public final class Database: Sendable {
  let turn: Turn<Core>

  /// What the turn guards.
  final class Core {
    let session = Session()
    var observers: [Int: Observer] = [:]
    var observerCount = 0
    /// Whether a body that was given to ``Database/transaction(_:)`` runs.
    var isInTransaction = false
    var isTellingObservers = false
  }

  /// An empty database in memory.
  public init(_ options: Options = Options()) {
    let core = Core()
    core.session.limits.seconds = options.seconds
    core.session.limits.memory = options.memory
    core.session.limits.threads = max(1, options.threads)
    core.session.limits.isCancelled = { Task.isCancelled }
    if !options.statementsReadFiles { core.session.closeFiles() }
    turn = Turn(core)
  }

  /// The graph of a snapshot, a file of statements, a table, or a folder of files of statements.
  ///
  /// Changes of a snapshot are on the disk when the function that makes them returns, and all or none of a transaction's. If another
  /// process has the snapshot open for changes they are in memory until it lets go; ``takeNotes()`` says so. What was opened from
  /// other files is in memory only: ``save(to:)`` makes a snapshot of it.
  /// - Parameter isNew: whether an empty snapshot is made if the file does not exist.
  public convenience init(opening path: String, isNew: Bool = false, _ options: Options = Options()) throws {
    self.init(options)
    try work { core in
      guard FileName.ending(of: path) == "tiltas" else {
        if isNew {
          throw TiltasError(.unknownFileKind, "`\(path)` is no snapshot", help: "a new one is called `NAME.tiltas`")
        }
        return try core.session.load(path: path)
      }
      if isNew { try core.session.makeSnapshot(at: path) }
      guard options.keepsChanges else { return try core.session.load(path: path) }
      try core.session.openForChanges(path: path)
      core.session.startJournal()
    }
  }

  /// Reads a file or folder into the graph: its types, relations, facts, rules and parameters. Queries in it are not asked.
  ///
  /// By the ending it is a file of statements (`.dl`), a snapshot (`.tiltas`), or a table (`.tsv`, `.csv`, `.facts`) for the relation
  /// of the file's name. Throws ``TiltasError`` for what is wrong; what could be read stays, but for a transaction.
  public func load(_ path: String) throws { try change { try $0.session.load(path: path) } }

  /// Writes all of the graph with its rules to a snapshot: whole or not at all. Linear in the graph.
  public func save(to path: String) throws { try work { try $0.session.save(to: path) } }

  /// Lets other processes change the snapshot. What is changed from here on is in memory.
  public func close() throws { try work { $0.session.endJournal() } }

  /// What was read otherwise than it was written, left out or kept in memory only, since this was last asked: sentences for people.
  public func takeNotes() -> [String] { turn.take { $0.session.takeNotes() } }

  /// How many facts are stated.
  public var factCount: Int { turn.take { $0.session.graph.factCount } }

  /// The relations that have facts or a declaration, or that rules define, by name.
  public var relations: [Relation] {
    turn.take { core in
      let derived = Set(core.session.derivedRelations)
      // Every graph knows of labels and aliases.
      let stored = core.session.graph.relationNames.filter { name in
        !Graph.nameRelations.contains(name) || core.session.graph.relation(named: name)?.factCount ?? 0 > 0
      }
      return (stored + derived.subtracting(stored)).sorted().map { name in
        let relation = core.session.graph.relation(named: name)
        return Relation(
          name: name, columnCount: relation?.arity, factCount: relation?.factCount ?? 0,
          isDerived: derived.contains(name))
      }
    }
  }

  /// A relation of a database.
  public struct Relation: Sendable, Hashable {
    public let name: String
    /// How many arguments its facts take; `nil` if only rules say so.
    public let columnCount: Int?
    /// How many facts of it are stated.
    public let factCount: Int
    /// Whether rules define facts of it.
    public let isDerived: Bool
  }

  // MARK: Inside

  /// Does work that changes nothing when this thread has its turn.
  func work<Result>(_ body: (Core) throws -> Result) throws -> Result {
    try turn.take { core in
      do { return try body(core) } catch { throw TiltasError.told(error) }
    }
  }

  /// Does work that changes something, and tells who observes.
  func change<Result>(_ body: (Core) throws -> Result) throws -> Result {
    try work { core in
      if core.isInTransaction && !core.session.isInTransaction { throw TiltasError.transactionHasEnded }
      defer { tellObservers(core) }
      return try body(core)
    }
  }
}

extension TiltasError {
  static var transactionHasEnded: TiltasError {
    TiltasError(
      .openTransaction, "the transaction has ended with a mistake, and was undone",
      help: "throw the error out of the transaction's body")
  }
}
