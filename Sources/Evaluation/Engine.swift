import Diagnostics
import Graphs
import Language
import Relations
import Terms

/// Loads statements into a graph and answers queries on it.
///
/// What a query derived stays until facts or rules change. An engine belongs to one thread at a time; only its
/// ``interruption`` may be set from another.
public final class Engine {
  public let graph: Graph
  let files: FileAccess
  var program = Program()
  let filesInProgress = FilesInProgress()
  public var limits = Limits()
  public let interruption: Interruption
  /// What is being done, for another thread to show.
  public let activity: Activity
  /// How many stored facts a query must rest on for only those rows of derived relations to be computed that its constants
  /// demand. On a smaller graph whole relations are computed at once, and stay for the next query.
  public var demandThreshold = 20_000
  /// How many steps of a join must be saved for a part of a body to be kept by a computed value, `lower(X)` say, and not to be
  /// compared row by row; below 0 for all parts that can be.
  package var valueJoinCost = Engine.usualValueJoinCost
  static let usualValueJoinCost = 100.0
  /// How many rows of a query with a limit are computed before the first ones alone are looked for.
  package var rowsAtOnce = 100_000
  /// How long a join goes on alone before other threads help; see ``JoinThreads/patience``.
  public var threadPatience = JoinThreads.usualPatience
  private var evaluator: Evaluator?
  private var evaluatorVersions = (graph: -1, program: -1)
  var watch: Watch?
  /// Watches over what is no query: reading and looking around.
  var outerWatch: Watch?
  /// The thread's pace, and why the graph's was to end, before what is watched began.
  var outerPace: (ofThread: Pace?, failure: (any Error)?) = (nil, nil)
  /// The versions of the graph and the program from which the names were computed that rules give.
  var namesVersions: (graph: Int, program: Int)?
  var hasDerivedNames = false
  var isGivingNames = false
  var isAnswering: Bool { watch != nil }
  private var queryCount = 0
  /// The entities among the values that a program gave for parameters of what is being asked.
  var given: Set<String> = []
  /// Whether the answers of each query are kept until the next one, for ``explainAnswer(_:at:showingAll:)``. Those of the
  /// prompt are, and those of a file that asks about them.
  public var remembersAnswers = false
  public private(set) var lastAnswers: Answers?
  /// Whether explanations tell entities by their names where these tell which are meant, and not by their ids.
  public var explainsByName = false
  /// What holds for the facts that are stated at the prompt, as `@ {…}` does for those of a file.
  public var promptAnnotations: [(key: String, value: Value)] = []
  var undoing = Undoing()
  /// A load of more facts than this cannot be undone.
  public var mostFactsToUndo = 2_000_000
  /// The beginning of a transaction that has not ended.
  public internal(set) var transaction: Moment?
  /// What was read otherwise than it was written, or left out, for people to know.
  public private(set) var notes: [String] = []
  /// The queries of the files that were loaded, which ``check()`` looks at.
  private(set) var loadedQueries: [Query] = []

  public init(_ graph: Graph, files: FileAccess, interruption: Interruption, activity: Activity = Activity()) {
    self.graph = graph
    self.files = files
    self.interruption = interruption
    self.activity = activity
    graph.pace.question = { [weak self] in self?.reasonToEnd() }
    graph.pace.memoryQuestion = { [weak self] in self?.reasonForNoRoom($0) }
    provideNames()
  }

  /// What statements changed.
  public struct Changes: Sendable {
    public var added = 0
    /// Facts that were stated already, and of which nothing new was said.
    public var known = 0
    /// Facts that were stated already, with other annotations.
    public var annotated = 0
    public var removed = 0
    /// Facts to take back that were not there.
    public var absent = 0
    /// The first of these, as source.
    public var absentFacts: [String] = []
    public var rules = 0
    /// The entities of which nothing was said before.
    public var newEntities: [NewEntity] = []
    public init() {}
  }

  /// An entity that an entry brought into the graph.
  public struct NewEntity: Sendable {
    public var name: String
    /// The name of another entity, which may have been meant.
    public var near: String?
  }

  // MARK: Loading

  /// Reads the statements of files into the graph and the program, the declarations of all files first; queries are not
  /// asked. Throws ``Diagnostic``; what could be read stays read.
  /// - Parameter isStored: whether the sources are those of a snapshot, which may have been written when names were free that
  ///   are the language's own now.
  public func load(_ sources: [SourceFile], isStored: Bool = false) throws {
    if outerWatch == nil { graph.pace.begin() }
    let before = program
    defer { noteRules(since: before) }
    try load(try sources.map { try parsed($0, mode: .file) }, isStored: isStored)
  }

  func load(_ parsedFiles: [ParsedFile], isStored: Bool) throws {
    for parsed in parsedFiles { program.readFiles.insert(files.canonical(parsed.file.name)) }
    var loader = Loader(self)
    loader.isStored = isStored
    defer { filesInProgress.end() }
    try loader.load(parsedFiles) { request, _ in
      if case .query(let query) = request { loadedQueries.append(query) }
    }
    try graph.pace.check()
    try checkSupplies()
    // A snapshot's texts name no types, and what was wrong before keeps nobody from reading them.
    let problems = loader.diagnostics + (isStored ? [] : typeProblems())
    if !problems.isEmpty { throw Diagnostic(all: Self.ordered(problems)) }
  }

  /// Declares the types and relations that a source declares, which is to be loaded or run later; what is wrong with it is
  /// told then.
  public func declare(_ source: SourceFile) {
    var loader = Loader(self)
    loader.declareKinds(of: ParsedFile(source, mode: .file, terms: graph.terms, pace: graph.pace))
  }

  /// Parses a source, unless that is interrupted.
  func parsed(_ source: SourceFile, mode: Parser.Mode) throws -> ParsedFile {
    if mode == .file { activity.begin("reading \(source.name)") }
    let parsed = ParsedFile(source, mode: mode, terms: graph.terms, pace: graph.pace) { [activity] in
      activity.gather($0)
    }
    try graph.pace.check()
    if interruption.isSet { throw QueryFailure.interrupted }
    return parsed
  }

  /// Reads a table into a relation.
  public func loadTable(path: String, relation: String) throws {
    if relation == ReservedName.triple {
      throw ReservedName.problem(
        at: SourceSpan(SourceFile(name: path, text: ""), 0, 0), help: "give the file another name")
    }
    activity.begin("reading \(path)")
    try readTable(path, relation, TableOptions())
  }

  func readTable(_ path: String, _ relation: String, _ options: TableOptions) throws {
    for text in try files.table(path, relation, graph, options, limits.threads) { note(text) }
    if graph.relation(named: relation) == nil { program.emptyRelations.insert(relation) }
  }

  /// Carries out the statements of a source and answers its queries, in their order. Throws ``Diagnostic`` for all that
  /// is wrong with it, ``QueryFailure``, or what `reply` throws.
  ///
  /// A source that can't be parsed is only checked, so that all its mistakes are told at once; so is each query below a
  /// statement that is wrong.
  /// - Parameter keeps: whether what it states and defines stays; where not, declarations do.
  @discardableResult
  public func run(
    _ source: SourceFile, mode: Parser.Mode, keeps: Bool, reply: (Reply) throws -> Void
  ) throws -> Changes {
    beginStatements()
    defer { endStatements() }
    let parsed = try parsed(source, mode: mode)
    if mode == .prompt && hasNameRules { try? giveNames() }
    let isParsed = parsed.diagnostics.isEmpty
    let isUndoable = mode == .prompt || transaction != nil
    let moment = isUndoable || !keeps || !isParsed ? beginStep() : self.moment()
    program.readFiles.insert(files.canonical(source.name))
    var ending = Ending.whole
    var loader = Loader(
      self, countsFacts: mode == .prompt, defaults: mode == .prompt ? promptAnnotations : [])
    loader.notesNames = mode == .prompt
    defer {
      filesInProgress.end()
      if !keeps || !isParsed || ending == .cutOff {
        revert(to: moment, keepingDeclarations: !keeps)
      } else if isUndoable {
        if endStep(moment), mode == .prompt { noteStaying(ending) }
      } else {
        noteRules(since: moment.program)
      }
    }
    var problems: [Diagnostic] = []
    if mode == .file { lastAnswers = nil }
    let remembers = remembersAnswers || mode == .prompt || parsed.asksAboutAnswers
    do {
      try loader.load([parsed]) { request, isSound in
        // Beyond a hundred mistakes nothing is learned from more of them.
        if problems.count >= Parser.mostDiagnostics { return }
        do {
          if isSound {
            do {
              try show(try self.reply(to: request, remembers: remembers), reply)
            } catch let failure as QueryFailure {
              ending = .inAnswers
              throw failure
            }
          } else {
            problems += self.problems(of: request)
          }
        } catch let found as Diagnostic {
          problems += found.all
        }
      }
      try graph.pace.check()
      try checkSupplies()
      problems +=
        loader.diagnostics + typeProblems() + ruleProblems(of: loader.headsByFile[ObjectIdentifier(source)] ?? [])
      try graph.pace.check()
    } catch let failure as QueryFailure {
      if ending != .inAnswers { ending = .cutOff }
      throw failure
    }
    if !isParsed { problems = parsed.withoutConsequences(problems) }
    if !problems.isEmpty {
      ending = .mistaken
      throw Diagnostic(all: Self.ordered(problems))
    }
    var changes = Changes()
    changes.added = loader.writer.added
    if mode == .prompt {
      changes.annotated = annotatedFacts(in: graph.ledger.changes(since: moment.position) ?? [])
    }
    changes.known = loader.writer.known - changes.annotated
    changes.removed = loader.removed
    changes.absent = loader.absent
    changes.absentFacts = loader.absentFacts
    changes.rules = loader.ruleCount
    changes.newEntities = news(loader.newNames)
    return changes
  }

  private func news(_ names: [String]) -> [NewEntity] {
    let suggestion = NameSuggestion(graph: graph)
    let all = Set(names)
    return names.map { NewEntity(name: $0, near: suggestion.nearest(toNew: $0, but: all)) }
  }

  /// Has a reply shown. If that is ended, it is no reason to take back what was changed before.
  private func show(_ found: Reply, _ reply: (Reply) throws -> Void) throws {
    beginStatements()
    defer { beginStatements() }
    try reply(found)
    try graph.pace.check()
    if interruption.isSet { throw QueryFailure.interrupted }
  }

  private func reply(to request: Loader.Request, remembers: Bool) throws -> Reply {
    switch request {
    case .query(let query):
      let answers = try answer(query)
      if remembers { lastAnswers = answers }
      return .answers(answers)
    case .why(let atom, false): return .explanation(try explain(atom))
    case .why(let atom, true): return .refutation(try refute(atom))
    case .whyAnswer(let row, let span): return .explanation(try explainAnswer(row, at: span))
    }
  }

  private func problems(of request: Loader.Request) -> [Diagnostic] {
    if case .query(let query) = request { queryProblems(query) } else { [] }
  }

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

  private func checkSupplies() throws {
    try graph.checkSupplies()
  }

  /// Each mistake once, those of one file in the order of their places.
  static func ordered(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<String> = []
    let distinct = diagnostics.filter { diagnostic in
      let place = diagnostic.span.map { "\($0.file.name) \($0.start)" } ?? ""
      return seen.insert("\(place) \(diagnostic.message)").inserted
    }
    var files: [ObjectIdentifier: Int] = [:]
    func number(_ diagnostic: Diagnostic) -> Int {
      guard let file = diagnostic.span.map({ ObjectIdentifier($0.file) }) else { return .max }
      if let known = files[file] { return known }
      files[file] = files.count
      return files.count - 1
    }
    return distinct.map { (number($0), $0.span?.start ?? 0, $0) }.enumerated()
      .sorted { ($0.element.0, $0.element.1, $0.offset) < ($1.element.0, $1.element.1, $1.offset) }
      .map(\.element.2)
  }

  // MARK: Rules

  /// Counts the changes of rules, parameters and constraints.
  public var programVersion: Int { program.version }

  /// The rules in force, with their places.
  public var rules: [Rule] { program.rules }

  /// The names of the relations that rules define.
  public var derivedRelations: [String] { program.rulesByHead.keys.sorted() }

  /// Where a relation or type was declared or first used.
  public func place(of relation: String) -> SourceSpan? { program.places[relation] }

  // MARK: Asking

  /// What a query, `?why` or `?why not` is answered with.
  public enum Reply {
    case answers(Answers)
    case explanation(Explanation)
    case refutation(Refutation)
  }

  /// Answers a query. Throws ``Diagnostic`` or ``QueryFailure``.
  public func answer(_ query: Query) throws -> Answers {
    try watched { evaluator in
      let lowered = try lower(query, evaluator.base)
      return try demanding(lowered.relation, evaluator) { goal in
        let rows = AnswerRows(lowered, graph.terms, graph.pace, proceed: evaluator.proceed) { [activity] in
          activity.begin("putting answers in order")
        }
        return Answers(
          try rows.chosen(of: goal, evaluator, most: rowsAtOnce), columns: lowered.columns, query: query,
          parameters: parametersUsed(by: query), terms: graph.terms, program: program)
      }
    }
  }

  private func lower(_ query: Query, _ base: ClauseBase) throws -> LoweredQuery {
    guard let lowered = LoweredQuery(query, in: base) else { throw Diagnostic(all: base.diagnostics) }
    return lowered
  }

  /// Why a row of a query's answers is one, counted from 0; of a query without columns, why it holds. `nil` where there
  /// is no such row.
  /// - Parameter showingAll: whether aggregates show all that they are of.
  public func explain(_ answers: Answers, row: Int, showingAll: Bool = false) throws -> Explanation? {
    guard answers.columns.isEmpty ? answers.holds && row == 0 : row >= 0 && row < answers.rowCount else { return nil }
    let current = program
    program = answers.program
    defer { program = current }
    return try watched { evaluator in
      evaluator.isRecording = true
      evaluator.base.showsNames = explainsByName
      defer { (evaluator.isRecording, evaluator.base.showsNames) = (false, false) }
      let lowered = try lower(answers.query, evaluator.base)
      return try demanding(lowered.relation, evaluator) { goal in
        let wanted = answers.columns.indices.map { answers.term(row: row, column: $0).number }
        let choices = wanted.enumerated().map { (column: $0, terms: [$1]) }
        let (relation, _) = try GoalRows(of: goal, evaluator).rows(among: choices, most: 1)
        evaluator.assume(goal, is: relation)
        var found: [UInt32]?
        relation.forEachTuple { tuple in
          found = Array(tuple)
          return false
        }
        guard let found else { return nil }
        return try Explainer(evaluator, for: goal, showingAll: showingAll).explain(goal, found)
      }
    }
  }

  /// Why an answer of the last query is one, counted from 1; what it holds of a query without columns. Throws
  /// ``Diagnostic``, also where there is no such answer.
  public func explainAnswer(_ row: Int, at span: SourceSpan? = nil, showingAll: Bool = false) throws -> Explanation {
    guard let answers = lastAnswers else {
      throw Diagnostic(
        .noAnswerToExplain, "there is no answer to explain yet", at: span,
        help: "ask a query first, or write a fact: ?why fact.")
    }
    if let explanation = try explain(answers, row: row - 1, showingAll: showingAll) { return explanation }
    let count = answers.columns.isEmpty ? (answers.holds ? 1 : 0) : answers.rowCount
    throw Diagnostic(
      .noAnswerToExplain,
      count == 0 ? "the last query has no answer" : "the last query has \(count) answer\(count == 1 ? "" : "s")",
      at: span, help: count == 0 ? "ask why not: ?why not fact." : "write ?why 1 for the first")
  }

  /// Why a fact holds. Throws ``Diagnostic``, also where it does not hold.
  public func explain(_ fact: Atom, showingAll: Bool = false) throws -> Explanation {
    try watched { evaluator in
      let (key, row) = try self.row(fact, evaluator.base)
      if let explanation = try explain(key, row, showingAll, evaluator) { return explanation }
      throw Diagnostic(
        .doesNotHold, "this does not hold", at: fact.span,
        help: "ask why not: ?why not …, or on the command line tiltas why --not")
    }
  }

  /// Computes no more than the query for the row would.
  private func explain(
    _ key: RelationKey, _ row: [UInt32], _ showingAll: Bool, _ evaluator: Evaluator
  ) throws -> Explanation? {
    let base = evaluator.base
    let atom = ClauseAtom(relation: key, arguments: row.map { .constant(Term($0)) }, span: .none)
    let head = ClauseAtom(relation: base.makeAuxiliary(arity: 0, name: "answer"), arguments: [], span: .none)
    base.add(Clause(origin: .query, head: head, body: [.atom(atom)], variableNames: [], span: .none))
    evaluator.isRecording = true
    base.showsNames = explainsByName
    defer { (evaluator.isRecording, base.showsNames) = (false, false) }
    return try demanding(head.relation, evaluator) { goal in
      guard case .atom(let atom)? = base.clauses(for: goal).first?.body.first else { return nil }
      if evaluator.closure(key)?.canCompute != true { _ = try evaluator.relation(goal) }
      return try Explainer(evaluator, for: goal, showingAll: showingAll).explain(atom.relation, row)
    }
  }

  /// Gives `body` the relation that has a goal's rows and is cheaper to compute, or the goal itself. Where that fails, it may be
  /// for rows that the query does not ask for: then it gets the one whose rows are asked for alone, on a graph of any size.
  func demanding<Result>(
    _ goal: RelationKey, _ evaluator: Evaluator, _ body: (RelationKey) throws -> Result
  ) throws -> Result {
    let first = queryCount + 1
    defer {
      for scope in first...queryCount { evaluator.forget(goal, scope: scope) }
    }
    func demanded(threshold: Int) -> RelationKey {
      queryCount += 1
      return Demand(evaluator.base, scope: queryCount, threshold: threshold) { evaluator.isComplete($0) }.restrict(goal)
    }
    let relation = demanded(threshold: demandThreshold)
    do {
      return try body(relation)
    } catch let failure as Diagnostic {
      guard relation == goal else { throw failure }
      let other = demanded(threshold: 0)
      if other == goal { throw failure }
      return try body(other)
    }
  }

  /// How a query will be answered. Throws ``Diagnostic``, or where it is run ``QueryFailure``.
  /// - Parameter running: whether it is answered, so that real counts and times stand beside the estimates.
  public func plan(_ query: Query, running: Bool = false) throws -> QueryPlan {
    try watched { evaluator in
      let lowered = try lower(query, evaluator.base)
      return try demanding(lowered.relation, evaluator) { goal in
        var report = PlanReport(evaluator, isRunning: running, watch)
        return try report.plan(goal)
      }
    }
  }

  /// Why a fact does not hold. Throws ``Diagnostic``, also where it holds.
  public func refute(_ fact: Atom) throws -> Refutation {
    try watched { evaluator in
      let (key, row) = try self.row(fact, evaluator.base)
      evaluator.base.showsNames = explainsByName
      defer { evaluator.base.showsNames = false }
      let refuter = Refuter(evaluator) { goal in
        try self.demanding(goal, evaluator) { try evaluator.relation($0) }
      }
      if let refutation = try refuter.refute(key, row) { return refutation }
      throw Diagnostic(
        .doesHold, "this holds", at: fact.span, help: "ask why: ?why …, or on the command line tiltas why")
    }
  }

  /// The relation of a fact without variables, and its row.
  private func row(_ fact: Atom, _ base: ClauseBase) throws -> (RelationKey, [UInt32]) {
    let lowering = Lowering(base)
    let literals = lowering.conjunctions(.atom(fact), Lowering.Scope(outer: [:]))
    if !base.diagnostics.isEmpty { throw Diagnostic(all: base.diagnostics) }
    guard literals.count == 1, literals[0].count == 1, case .atom(let atom) = literals[0][0], atom.variables.isEmpty
    else {
      throw Diagnostic(
        .notOneFact, "what is explained is one fact without variables and expressions", at: fact.span,
        help: "ask for it first, and then for the row: ?why 1")
    }
    return (atom.relation, ClauseInstances.row(atom, [:]))
  }

  /// How often what is being done may still ask whether to go on, if that is limited.
  var questionsLeft: Int { watch?.questionsLeft ?? 0 }

  func limitQuestions(to count: Int?) { watch?.questionsLeft = count }

  /// Runs a part of an answer under the limits of time and memory.
  /// - Parameter effort: how many times it may ask whether to go on, if it is to end with ``TooMuchWork`` then.
  func watched<Result>(effort: Int? = nil, _ body: (Evaluator) throws -> Result) throws -> Result {
    let watch = begin(effort: effort)
    defer { end() }
    do {
      let evaluator = try currentEvaluator()
      evaluator.threads = JoinThreads(count: limits.threads, patience: threadPatience)
      evaluator.valueJoinCost = valueJoinCost
      evaluator.base.given = given
      let result = try activity.during { try body(evaluator) }
      try graph.pace.check()
      try graph.checkSupplies()
      return result
    } catch {
      throw failure(error, watch)
    }
  }

  /// Computes the names that rules give, under the limits of queries.
  func giveNames() throws {
    if watch != nil { return try refreshNames() }
    let watch = begin()
    defer { end() }
    do {
      try refreshNames()
      try graph.pace.check()
    } catch {
      throw failure(error, watch)
    }
  }

  func namesEvaluator(_ base: ClauseBase) -> Evaluator {
    let evaluator = Evaluator(base, activity: activity) { [unowned self] in watch?.proceed() ?? true }
    evaluator.threads = JoinThreads(count: limits.threads, patience: threadPatience)
    return evaluator
  }

  /// What a caller is told; what was half done is forgotten.
  private func failure(_ error: any Error, _ watch: Watch) -> any Error {
    // What only seems wrong where something could not be read, such as an unknown name, is not told.
    let found = graph.supplyFailure == nil ? evaluator?.base.diagnostics ?? [] : []
    evaluator = nil
    let cause = graph.supplyFailure ?? graph.pace.failure ?? error
    switch cause {
    case let diagnostic as Diagnostic:
      if !diagnostic.others.isEmpty { return Diagnostic(all: Self.ordered(diagnostic.all)) }
      return Diagnostic(all: Self.ordered(found.contains(diagnostic) ? found : found + [diagnostic]))
    case is JoinMachine.Stopped: return Self.reason(watch)
    default: return cause
    }
  }

  /// The evaluator for the graph and the program as they are: with what it has computed where rules are the same as before.
  private func currentEvaluator() throws -> Evaluator {
    try refreshNames()
    if let evaluator, try isCurrent(evaluator) { return evaluator }
    let base = ClauseBase(graph: graph, program: program, ahead: filesInProgress)
    let evaluator = Evaluator(base, activity: activity) { [unowned self] in watch?.proceed() ?? true }
    evaluatorVersions = (graph.version, program.version)
    self.evaluator = evaluator
    graph.ledger.hold(.derivation, most: Maintenance.mostChanges)
    return evaluator
  }

  /// Whether what an evaluator has computed holds, or could be brought up to date with the changes of facts since.
  private func isCurrent(_ evaluator: Evaluator) throws -> Bool {
    guard evaluatorVersions.program == program.version else { return false }
    if evaluatorVersions.graph == graph.version { return true }
    guard evaluator.base.hasSameAbsences else { return false }
    // Constants may mean something else where names follow from facts.
    if hasNameRules { return false }
    evaluator.forgetClosureParts()
    defer { evaluator.forgetClosureParts() }
    guard graph.ledger.isHeld(by: .derivation), let changes = graph.ledger.changes(since: evaluatorVersions.graph),
      var maintenance = Maintenance(changes, evaluator)
    else { return false }
    do {
      try maintenance.run()
    } catch is Diagnostic {
      // It may be of rows that hold neither before nor after the changes.
      return false
    }
    evaluatorVersions.graph = graph.version
    graph.ledger.hold(.derivation, most: Maintenance.mostChanges)
    return true
  }
}
