import Diagnostics
import Graphs
import Language
import Terms

/// What is known: the facts of a graph, and the program of rules, parameters and constraints beside them. It is read from files,
/// changed step by step, and put back as it was.
public final class Knowledge {
  public let graph: Graph
  let files: FileAccess
  let supervisor: Supervisor
  var program = Program()
  let filesInProgress = FilesInProgress()
  /// Answers the body of an `add` or `remove`; given by the engine, which stands above what is known.
  var rows: (Query) throws -> QueryRows = { _ in QueryRows(width: 0, holds: false) }
  /// The entities among the values that a program gave for parameters of what is being asked.
  var given: Set<String> = []
  var undoing = Undoing()
  /// A load of more facts than this cannot be undone.
  public var mostFactsToUndo = 2_000_000
  /// The beginning of a transaction that has not ended.
  public internal(set) var transaction: Moment?
  /// What was read otherwise than it was written, or left out, for people to know.
  private var notes: [String] = []
  /// The queries of the files that were loaded.
  private(set) var loadedQueries: [Query] = []

  init(_ graph: Graph, _ files: FileAccess, _ supervisor: Supervisor) {
    self.graph = graph
    self.files = files
    self.supervisor = supervisor
  }

  /// Counts the changes of rules, parameters and constraints.
  public var version: Int { program.version }

  /// The rules in force, with their places.
  public var rules: [Rule] { program.rules }

  /// The names of the relations that rules define.
  public var derivedRelations: [String] { program.rulesByHead.keys.sorted() }

  /// Where a relation or type was declared or first used.
  public func place(of relation: String) -> SourceSpan? { program.places[relation] }

  /// The clauses that the rules as they are now stand for, together with what is being read.
  func makeClauses(looksUpNames: Bool = true) -> ClauseBase {
    ClauseBase(graph: graph, program: program, ahead: filesInProgress, looksUpNames: looksUpNames)
  }

  // MARK: Loading

  /// Reads the statements of files into the graph and the program, the declarations of all files first; queries are not
  /// asked. Throws ``Diagnostic``; what could be read stays read.
  /// - Parameter isStored: whether the sources are those of a snapshot, which may have been written when names were free that
  ///   are the language's own now.
  public func load(_ sources: [SourceFile], isStored: Bool = false) throws {
    supervisor.beginUnwatched()
    let before = program
    defer { noteRules(since: before) }
    try load(try sources.map { try parsed($0, mode: .file) }, isStored: isStored)
  }

  func load(_ parsedFiles: [ParsedFile], isStored: Bool) throws {
    for parsed in parsedFiles { program.readFiles.insert(files.canonical(parsed.file.name)) }
    var loader = Loader(self, isStored: isStored)
    defer { filesInProgress.end() }
    try loader.load(parsedFiles) { request, _ in
      if case .query(let query) = request { loadedQueries.append(query) }
    }
    try graph.pace.check()
    try graph.checkSupplies()
    // A snapshot's texts name no types, and what was wrong before keeps nobody from reading them.
    let problems = loader.diagnostics + (isStored ? [] : typeProblems())
    if !problems.isEmpty { throw Diagnostic(ordering: problems) }
  }

  /// Declares the types and relations that a source declares, which is to be loaded or run later; what is wrong with it is
  /// told then.
  public func declare(_ source: SourceFile) {
    var loader = Loader(self)
    loader.declareKinds(of: ParsedFile(source, mode: .file, terms: graph.terms, pace: graph.pace))
  }

  /// Parses a source, unless that is interrupted.
  func parsed(_ source: SourceFile, mode: Parser.Mode) throws -> ParsedFile {
    if mode == .file { supervisor.activity.begin("reading \(source.name)") }
    let parsed = ParsedFile(source, mode: mode, terms: graph.terms, pace: graph.pace) { [supervisor] in
      supervisor.activity.gather($0)
    }
    try supervisor.check()
    return parsed
  }

  /// Reads a table into a relation.
  public func loadTable(path: String, relation: String) throws {
    if relation == ReservedName.triple {
      throw ReservedName.problem(
        at: SourceSpan(SourceFile(name: path, text: ""), 0, 0), help: "give the file another name")
    }
    supervisor.activity.begin("reading \(path)")
    try readTable(path, relation, TableOptions())
  }

  func readTable(_ path: String, _ relation: String, _ options: TableOptions) throws {
    for text in try files.table(path, relation, graph, options, supervisor.limits.threads) { note(text) }
    if graph.relation(named: relation) == nil { program.emptyRelations.insert(relation) }
  }

  /// The types that are named and nowhere declared.
  func typeProblems() -> [Diagnostic] {
    let unknown = program.typeUses.filter { !graph.isType($0.key) }.sorted { $0.key < $1.key }
    return unknown.prefix(Parser.mostDiagnostics).map { name, span in
      let nearest = Suggestion.nearest(to: name, among: graph.typeNames + PositionType.builtIn.keys.sorted())
      return Diagnostic(
        .unknownType, "unknown type `\(name)`", at: span,
        help: (Suggestion.type(name) ?? nearest).map { "did you mean `\($0)`?" } ?? "declare it: `type \(name).`")
    }
  }

  // MARK: Notes

  /// The notes since they were last taken.
  public func takeNotes() -> [String] {
    defer { notes = [] }
    return notes
  }

  /// Adds a note for ``takeNotes()``.
  public func note(_ text: String) { notes.append(text) }

  /// Notes where a graph that was opened has a relation whose name is the language's own.
  public func noteReserved(from path: String) {
    guard let relation = graph.relation(named: ReservedName.triple) else { return }
    let count = relation.factCount
    note(
      "note: `\(path)` has a relation `triple`, whose name is the language's own now: its \(count) "
        + "fact\(count == 1 ? " stays" : "s stay") in the graph, but `triple(S, R, O)` doesn't ask for "
        + (count == 1 ? "it" : "them"))
  }
}
