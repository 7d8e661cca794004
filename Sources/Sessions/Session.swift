import Diagnostics
@_exported import Evaluation
@_exported import Exploring
@_exported import Graphs
import Interchange
@_exported import Language
@_exported import Terms
import Threads

import protocol Storage.Disk
import class Storage.Home
import class Storage.Journal
@_exported import enum Storage.Snapshot
@_exported import struct Storage.SnapshotInfo
import struct Storage.SnapshotState
import class Storage.SystemDisk

/// An open graph with its rules and parameters: load files, ask, add, take back, save.
///
/// A session belongs to one thread at a time; only ``interruption`` may be used from another or from a signal handler.
public final class Session {
  public let graph = Graph()
  /// Ends the running query when it is set.
  public let interruption = Interruption()
  /// What is being done, for another thread to show.
  public let activity = Activity()
  let engine: Engine
  var knowledge: Knowledge { engine.knowledge }
  private let explorer: Explorer
  private let gate = FileGate()
  /// What was opened as the graph, or as a part of it.
  var openedPaths: [String] = []
  var toldSources = ToldSources()
  let disk: any Disk
  private var counters = Statistics()
  /// The position in the ledger up to which the graph is as it was opened or saved.
  var savedPosition = 0
  var journal: Journal?
  /// The snapshot that the graph was opened from and that another process may change, as its lock is not ours.
  var home: Home?
  /// Whether changes are to be kept beside the snapshot as soon as that can be.
  var isKeeping = false
  /// Why changes can't be kept there now.
  public internal(set) var refusal: Snapshot.Refusal?
  /// The position in the ledger when the lock was last asked for.
  var askedPosition = -1
  var toldConflict: String?
  /// The snapshots that were read or written, as they were then.
  var snapshots: [SnapshotState] = []
  /// The rules of the prompt that some file holds.
  var savedRules: Set<String> = []
  /// Whether all of the graph is looked at after each operation, and what is broken told as an internal error.
  public var checksItself = false
  /// Whether a change that was acknowledged may be left out, as it may be what is damaged at the end of a journal.
  public internal(set) var mayLackChange = false
  /// Whether changes wait for ``commit()``.
  public var isInTransaction: Bool { knowledge.transaction != nil }

  public convenience init() { self.init(on: SystemDisk()) }

  /// - Parameter disk: that on which snapshots and journals are written.
  package init(on disk: any Disk) {
    self.disk = disk
    engine = Engine(
      graph,
      files: FileAccess(
        source: { [gate] path in
          try gate.pass(path)
          return try TextFile.source(path, .regularFile)
        },
        table: { [gate, activity] path, relation, graph, options, threads in
          try gate.pass(path)
          var notes: [String] = []
          // If it is interrupted when all of the table is in the graph, that is done, and the next step ends.
          var isEnded = false
          _ = try Table.read(
            path, into: relation, of: graph, options: options, threads: threads, admitting: .regularFile,
            mayWrite: !gate.isClosed, note: { notes.append($0) }
          ) { rows in
            activity.gather(rows)
            // A piece of a table takes longer than what lies between two questions otherwise.
            isEnded = !graph.pace.goesOn(after: 4_096)
            return !isEnded
          }
          if isEnded { try graph.pace.check() }
          return notes
        },
        resolve: { TextFile.resolve($0, relativeTo: $1) }, canonical: { TextFile.canonical($0) }),
      interruption: interruption, activity: activity)
    explorer = Explorer(graph, engine: engine)
    savedPosition = graph.version
  }

  /// What was done so far.
  public var statistics: Statistics {
    var statistics = counters
    statistics.facts = graph.factCount
    return statistics
  }

  public var limits: Limits {
    get { engine.supervisor.limits }
    set { engine.supervisor.limits = newValue }
  }

  /// How many stored facts a query must rest on for only those rows of derived relations to be computed that its constants
  /// demand; 0 for always. On a smaller graph whole relations are computed at once, and stay for the next query.
  public var demandThreshold: Int {
    get { engine.demandThreshold }
    set { engine.demandThreshold = newValue }
  }

  /// How many steps must be saved for a part of a body to be kept by a computed value; see ``Engine/valueJoinCost``.
  package var valueJoinCost: Double {
    get { engine.valueJoinCost }
    set { engine.valueJoinCost = newValue }
  }

  /// How many rows of a query with a limit are computed before the first ones alone are looked for.
  package var rowsAtOnce: Int {
    get { engine.rowsAtOnce }
    set { engine.rowsAtOnce = newValue }
  }

  /// For how many microseconds a part of a query goes on alone before other threads help; 0 for not at all.
  public var threadPatience: Int {
    get { engine.threadPatience }
    set { engine.threadPatience = newValue }
  }

  /// From here on no statement reaches a file: `include` and `import` are errors. What the program itself is told to load
  /// is read all the same; statements in a folder that is loaded reach the files in that folder, and no others.
  public func closeFiles() { gate.isClosed = true }
  var areFilesClosed: Bool { gate.isClosed }

  // MARK: Loading

  /// Reads a folder (every `.dl` file under it, in the order of their paths) or a file by its ending (`.dl`, `.tsv`,
  /// `.csv` and `.facts` into the relation of the file's name, `.tiltas` for a snapshot) into the graph: its types,
  /// relations, facts, rules, parameters and constraints. Queries in it are not asked. Throws ``Diagnostic``; what could
  /// be read stays read, but for a transaction, which ends.
  public func load(path: String) throws { try load(path, undoably: isInTransaction) }

  /// As ``load(path:)``, so that ``undo()`` takes back what was read, unless that is more than can be remembered.
  public func loadUndoably(path: String) throws { try load(path, undoably: true) }

  private func load(_ path: String, undoably: Bool) throws {
    openedPaths.append(path)
    try load(named: path, undoably: undoably) {
      try gate.admitting(path) { try loadFile(path) }
    }
  }

  /// The way of all that is loaded. It counts as saved, for it is in a file.
  private func load(named name: String, undoably: Bool, _ read: () throws -> Void) throws {
    let wasSaved = !hasUnsavedChanges
    defer { if !isKeeping && wasSaved { savedPosition = graph.version } }
    try change {
      try timed(\.loadSeconds) {
        if undoably { try knowledge.loadUndoably(name, read) } else { try read() }
      }
    }
  }

  private func loadFile(_ path: String) throws {
    if TextFile.isFolder(path) {
      let files = try TextFile.folder(path, endingWith: ".dl", admitting: gate.pass, telling: knowledge.note)
      try knowledge.load(try files.map { try TextFile.source($0) })
    } else if FileName.ending(of: path) == "tiltas" {
      try loadSnapshot(path)
    } else if ["nt", "ttl"].contains(FileName.ending(of: path)) {
      throw Diagnostic(
        .unknownFileKind, "`\(path)` is RDF, which this version does not read",
        help: "write its triples as TSV, or as facts in a .dl file")
    } else if FileName.endingOfTable(path) != nil {
      try knowledge.loadTable(path: path, relation: FileName.stemOfTable(path))
    } else {
      try knowledge.load([try TextFile.source(path)])
    }
  }

  /// Reads statements from a text into the graph, as ``load(path:)`` does.
  public func load(_ source: SourceFile) throws {
    try load(named: source.name, undoably: isInTransaction) { try knowledge.load([source]) }
  }

  /// Declares the types and relations that a text declares, which is to be read or run later, so that tables may be read
  /// by them first. What is wrong with it is told then.
  public func declare(_ source: SourceFile) { knowledge.declare(source) }

  /// Declares what a file of statements declares; tables and snapshots declare nothing.
  public func declare(path: String) throws {
    if FileName.endingOfTable(path) != nil || ["tiltas", "nt", "ttl"].contains(FileName.ending(of: path)) { return }
    declare(try TextFile.source(path))
  }

  private func loadSnapshot(_ path: String) throws {
    activity.begin("opening \(path)", canBeEnded: false)
    let opened = try TextFile.hinting(path) { try Snapshot.open(path, into: graph, forChanges: false, on: disk) }
    try take(opened, from: path)
  }

  func take(_ opened: Snapshot.Opened, from path: String) throws {
    snapshots.append(opened.state)
    try loadRules(opened.rules)
    knowledge.noteReserved(from: path)
    noteEnd(ofJournalBeside: path, opened.tail)
  }

  func loadRules(_ texts: [(name: String, text: String)]) throws {
    try knowledge.load(texts.map { SourceFile(name: $0.name, text: $0.text) }, isStored: true)
  }

  /// What was read otherwise than it was written, or left out, since this was last asked.
  public func takeNotes() -> [String] { knowledge.takeNotes() }

  /// Reads each `NAME.tsv`, `NAME.csv` and `NAME.facts` of a folder into the relation NAME.
  public func loadFacts(folder: String) throws {
    try load(named: folder, undoably: isInTransaction) {
      guard TextFile.isFolder(folder) else {
        throw Diagnostic(
          .notAFile, "`\(folder)` is not a folder", help: "--facts takes a folder of NAME.tsv, NAME.csv or NAME.facts")
      }
      try gate.admitting(folder) {
        for ending in [".tsv", ".csv", ".facts"] {
          for path in try TextFile.folder(folder, endingWith: ending, admitting: gate.pass, telling: knowledge.note) {
            try knowledge.loadTable(path: path, relation: FileName.stem(of: path))
          }
        }
      }
    }
  }

  // MARK: Parameters and rules

  /// Sets a parameter as `--param NAME=VALUE` does. The text is read as a value of the kind that the default has, which it
  /// prevails over; of an entity it is the name. Throws a ``Diagnostic`` where it is none, if the parameter is declared; of
  /// one that is declared later this is told then, and ``checkParameters(declaredIn:)`` tells of one that never is.
  public func setParameter(_ name: String, to text: String) throws {
    guard Text.isBareName(name) else {
      throw Diagnostic(
        .parameterSyntax, "`\(name)` is not the name of a parameter", help: "write NAME=VALUE, such as min=3")
    }
    try knowledge.setParameter(name, to: text)
  }

  /// Sets parameters as ``setParameter(_:to:)`` does, for as long as `body` runs.
  /// - Parameter sources: where they may be declared besides what was read.
  public func withParameters<Result>(
    _ values: [(name: String, value: String)], declaredIn sources: [SourceFile] = [], _ body: () throws -> Result
  ) throws -> Result {
    let before = knowledge.parameterTexts
    defer { if !values.isEmpty { knowledge.restoreParameters(before) } }
    for (name, value) in values { try setParameter(name, to: value) }
    if !values.isEmpty { try checkParameters(declaredIn: sources) }
    return try body()
  }

  /// Throws ``Diagnostic`` for parameters that were set and are declared nowhere: neither in what was read nor in some
  /// sources, or the files that these include.
  public func checkParameters(declaredIn sources: [SourceFile] = []) throws {
    try knowledge.checkParameters(declaredIn: sources)
  }

  /// The parameters that statements declared, by name.
  public var parameters: [(name: String, value: Value, description: String?)] { knowledge.parameters }

  /// Counts the changes of rules, parameters and constraints.
  public var programVersion: Int { knowledge.version }

  /// How many rules are in force.
  public var ruleCount: Int { knowledge.rules.count }

  /// The rules that are in force, each as its source text with its place.
  public var rules: [(text: String, span: SourceSpan)] {
    knowledge.rules.map { ($0.span.statementText + ".", $0.span) }
  }

  /// Where a relation or type was declared or first used, in what was read as text.
  public func place(of relation: String) -> SourceSpan? { knowledge.place(of: relation) }

  /// The names of the relations that rules define.
  public var derivedRelations: [String] { knowledge.derivedRelations }

  // MARK: Asking

  /// Reads a file's statements and answers its queries in their order. `answer` is called for each query as it comes.
  /// Throws ``Diagnostic``, ``QueryFailure`` or what `answer` throws.
  ///
  /// `explain` is called for `?why` and `?why not`.
  /// - Parameter keeps: whether the file's facts, rules and parameters stay after the run; its declarations do.
  public func run(
    path: String, keeps: Bool = true, answer: (Answers) throws -> Void,
    explain: (Engine.Reply) throws -> Void = { _ in }
  ) throws {
    try run(try TextFile.source(path), keeps: keeps, answer: answer, explain: explain)
  }

  /// As ``run(path:keeps:answer:explain:)``, for a text; `include` and `import` are relative to the folder of its name.
  public func run(
    _ source: SourceFile, keeps: Bool = true, answer: (Answers) throws -> Void,
    explain: (Engine.Reply) throws -> Void = { _ in }
  ) throws {
    let wasSaved = !hasUnsavedChanges
    // What does not stay leaves nothing to be saved.
    defer { if wasSaved && !keeps { savedPosition = graph.version } }
    try change {
      try timed(\.querySeconds) {
        _ = try engine.run(source, mode: .file, keeps: keeps) { try pass($0, answer, explain) }
      }
    }
  }

  private func pass(
    _ reply: Engine.Reply, _ answer: (Answers) throws -> Void, _ explain: (Engine.Reply) throws -> Void
  ) throws {
    guard case .answers(let answers) = reply else { return try explain(reply) }
    count(answers)
    try answer(answers)
  }

  /// Why a fact holds, given as source, of which the full stop may be left out. Throws ``Diagnostic``, also where it
  /// does not hold.
  /// - Parameter showingAll: whether aggregates show all that they are of, and not the first few rows.
  /// - Parameter values: what stands for some parameters, by their names.
  public func why(
    _ fact: String, with values: [String: Value] = [:], showingAll: Bool = false
  ) throws -> Explanation {
    try given(values, in: .fact, fact, Parser.fact) { try engine.explain($0, showingAll: showingAll) }
  }

  /// Why a row of answers, counted from 0, is one of them; `nil` where there is no such row.
  public func why(_ answers: Answers, row: Int, showingAll: Bool = false) throws -> Explanation? {
    try engine.explain(answers, row: row, showingAll: showingAll)
  }

  /// Whether the answers of files that are run are kept for ``why(answer:showingAll:)``, as those of the prompt are.
  public var remembersAnswers: Bool {
    get { engine.remembersAnswers }
    set { engine.remembersAnswers = newValue }
  }

  /// Whether explanations tell entities by their names where these tell which are meant, and not by their ids.
  public var explainsByName: Bool {
    get { engine.explainsByName }
    set { engine.explainsByName = newValue }
  }

  /// Why an answer of the last query, counted from 1, is one. Throws ``Diagnostic``, also where there is no such answer.
  public func why(answer number: Int, showingAll: Bool = false) throws -> Explanation {
    try engine.explainAnswer(number, showingAll: showingAll)
  }

  /// Why a fact does not hold. Throws ``Diagnostic``, also where it holds.
  /// - Parameter values: what stands for some parameters, by their names.
  public func whyNot(_ fact: String, with values: [String: Value] = [:]) throws -> Refutation {
    try given(values, in: .fact, fact, Parser.fact) { try engine.refute($0) }
  }

  /// Answers one query, of which `?-` and the full stop may be left out.
  /// - Parameter values: what stands for some parameters, by their names.
  public func query(
    _ text: String, with values: [String: Value] = [:], origin: SourceFile.Origin = .query
  ) throws -> Answers {
    let answers = try timed(\.querySeconds) {
      try given(values, in: origin, text, Parser.query) { query in try checked { try engine.answer(query) } }
    }
    count(answers)
    return answers
  }

  /// Reads a text with values for parameters, and does something with it while the declared ones among them are set.
  private func given<Parsed, Result>(
    _ values: [String: Value], in origin: SourceFile.Origin, _ text: String,
    _ parse: (SourceFile, [String: Value]) throws(Diagnostic) -> (Parsed, Set<String>),
    _ body: (Parsed) throws -> Result
  ) throws -> Result {
    let (parsed, used) = try parse(try SourceFile.reading(origin, bytes: Array(text.utf8)), values)
    return try knowledge.withParameters(values, used: used) { try body(parsed) }
  }

  /// What whoever asked may not expect of answers that were just given, as sentences; see ``Engine/remarks(on:)``.
  public func remarks(on answers: Answers) -> [String] { engine.remarks(on: answers) }

  /// How a query, of which `?-` and the full stop may be left out, will be answered; with `running` it is, so that real
  /// counts and times stand beside the estimates.
  public func plan(_ text: String, origin: SourceFile.Origin = .query, running: Bool = false) throws -> QueryPlan {
    let source = try SourceFile.reading(origin, bytes: Array(text.utf8))
    return try engine.plan(try Parser.query(in: source), running: running)
  }

  /// Runs one entry of the prompt: a query, `+fact.`, `-fact.`, a rule, a declaration, any number of them. What it
  /// states and defines stays for the session; answers go to `answer` as they come. Returns what it changed.
  public func enter(
    _ text: String, origin: SourceFile.Origin = .prompt, answer: (Answers) throws -> Void,
    explain: (Engine.Reply) throws -> Void = { _ in }
  ) throws -> Changes {
    let source = try SourceFile.reading(origin, bytes: Array(text.utf8))
    return try change {
      try timed(\.querySeconds) {
        try engine.run(source, mode: .prompt, keeps: true) { try pass($0, answer, explain) }
      }
    }
  }

  /// A load of more facts than this cannot be undone, for they would have to be remembered.
  public var mostFactsToUndo: Int {
    get { knowledge.mostFactsToUndo }
    set { knowledge.mostFactsToUndo = newValue }
  }

  /// What ``loadUndoably(path:)`` has read last, where ``undo()`` cannot take it back.
  public var irrevocableLoad: String? { knowledge.irrevocableLoad }

  /// Undoes the last entry, or the last ``loadUndoably(path:)``, that changed facts, rules or parameters; `nil` where there
  /// is none.
  public func undo() throws -> Undone? {
    guard let undone = try change({ try knowledge.undo() }) else { return nil }
    if undone.position == savedPosition { savedPosition = graph.version }
    return undone
  }

  /// What holds for the facts of entries, such as their source and line, unless they say otherwise.
  public var entryAnnotations: [(key: String, value: Value)] {
    get { engine.promptAnnotations }
    set { engine.promptAnnotations = newValue }
  }

  /// The answers that ``why(answer:showingAll:)`` explains: those of the last query.
  public var lastAnswers: Answers? { engine.lastAnswers }

  /// What an entry changed.
  public typealias Changes = Evaluation.Changes

  /// Looks around in the graph without a query, under the limits of queries. Throws what `body` throws, and ``QueryFailure``.
  public func explore<Result>(_ body: (Explorer) throws -> Result) throws -> Result {
    explorer.begin()
    return try timed(\.querySeconds) { try engine.supervisor.underLimits { try body(explorer) } }
  }

  /// Checks all that is loaded: arity, types, safety, strata, and every constraint. Empty where all is well.
  public func check() throws -> Problems {
    let (problems, broken, warnings) = try engine.check()
    var found = Problems()
    found.warnings = warnings
    found.diagnostics = problems
    found.brokenConstraints = broken
    return found
  }

  /// What ``check()`` found.
  public struct Problems: Sendable {
    public var diagnostics: [Diagnostic] = []
    public var brokenConstraints: [Diagnostic] = []
    /// What is no mistake and may be a slip of the pen: entities of no type.
    public var warnings: [Diagnostic] = []
    public init() {}
    public var isEmpty: Bool { diagnostics.isEmpty && brokenConstraints.isEmpty }
  }

  private func count(_ answers: Answers) {
    counters.queries += 1
    counters.rows += answers.rowCount
  }

  func timed<Result>(_ counter: WritableKeyPath<Statistics, Double>, _ body: () throws -> Result) rethrows
    -> Result
  {
    let start = MonotonicTime.seconds
    defer { counters[keyPath: counter] += MonotonicTime.seconds - start }
    return try engine.supervisor.activity.during(body)
  }

  // MARK: Saving

  /// Reads a file of statements. Throws a ``Diagnostic``.
  public static func source(_ path: String) throws -> SourceFile { try TextFile.source(path) }

  /// Writes a text to a file: whole or not at all. Throws a ``Diagnostic``.
  public static func write(_ text: String, to path: String) throws { try TextFile.write(Array(text.utf8), to: path) }

  /// Writes the whole graph with its rules, parameters and constraints as a snapshot: whole or not at all. Throws a
  /// ``Diagnostic``, also within a transaction, of which the file would hold a part.
  ///
  /// Where it says that the file is written, and that a power failure may undo that, the session goes on from that file all the same.
  public func save(to path: String) throws {
    if isInTransaction {
      throw Diagnostic(
        .openTransaction, "a transaction has not ended, and would be saved in part",
        help: "end it first: `commit.` or `rollback.`")
    }
    try checked {
      try activity.during {
        activity.begin("saving \(path)")
        graph.pace.begin()
        let wasOurs = journal != nil
        try takeHome(toSave: path)
        // Who only saves has the lock no longer than that takes.
        defer { if !isKeeping && !wasOurs && journal != nil { endJournal() } }
        try Snapshot.write(
          graph, rules: ruleTexts, to: path, journal: journal, knowing: snapshots, on: disk,
          afterReplacing: { snapshots.append($0) })
      }
    }
    savedPosition = graph.version
    savedRules = typedRules
  }

  /// Writes the graph as a snapshot if there is no file of that name.
  public func makeSnapshot(at path: String) throws {
    if disk.status(of: path) == nil { try save(to: path) }
  }

  var ruleTexts: [(name: String, text: String)] {
    RuleTexts(knowledge.sources, isInForce: knowledge.isInForce).texts
  }

  /// Checks a snapshot file: all its checksums and what must hold among its parts. Throws a ``Diagnostic``.
  /// - Returns: what is left out of it all the same, for people to know.
  @discardableResult
  public static func verify(_ path: String) throws -> String? {
    let end = try TextFile.hinting(path) { try Snapshot.verify(path) }
    let note = end.note(path)
    if let note, end.isDoubtful { throw Diagnostic(.doubtfulEnd, note) }
    return note.map { "note: \($0)" }
  }

  /// What a snapshot file holds, without opening it as a graph.
  public static func info(of path: String) throws -> SnapshotInfo {
    try TextFile.hinting(path) { try Snapshot.info(of: path) }
  }

  /// Whether facts have changed since the graph was opened or saved.
  public var hasUnsavedChanges: Bool {
    graph.version != savedPosition && !graph.ledger.hasOnlyRules(since: savedPosition)
  }

  /// Whether rules that were typed at the prompt would be lost: neither a snapshot holds them nor a file of which
  /// ``noteSaved(rules:)`` was told.
  public var hasUnsavedRules: Bool { !typedRules.isSubset(of: savedRules) }

  /// Notes that rules, given as their source text, are kept in a file.
  public func noteSaved(rules: [String]) { savedRules.formUnion(rules) }

  var typedRules: Set<String> { Set(rules.filter { $0.span.file.origin == .prompt }.map(\.text)) }
}
