import Diagnostics
import Graphs
import Language
import Relations
import Terms

/// Answers questions on what is known.
///
/// What a query derived stays until facts or rules change. An engine belongs to one thread at a time.
public final class Engine {
  public let knowledge: Knowledge
  public let supervisor: Supervisor
  public var graph: Graph { knowledge.graph }
  /// How many stored facts a query must rest on for only those rows of derived relations to be computed that its constants
  /// demand. On a smaller graph whole relations are computed at once, and stay for the next query.
  public var demandThreshold = 20_000
  /// How many steps of a join must be saved for a part of a body to be kept by a computed value, `lower(X)` say, and not to be
  /// compared row by row; below 0 for all parts that can be.
  package var valueJoinCost = Evaluator.usualValueJoinCost
  /// How many rows of a query with a limit are computed before the first ones alone are looked for.
  package var rowsAtOnce = 100_000
  /// How long a join goes on alone before other threads help; see ``JoinThreads/patience``.
  public var threadPatience = JoinThreads.usualPatience
  var evaluator: Evaluator?
  var evaluatorVersions = (graph: -1, program: -1)
  /// The versions of the graph and the program from which the names were computed that rules give.
  var namesVersions: (graph: Int, program: Int)?
  var hasDerivedNames = false
  var isGivingNames = false
  var queryCount = 0
  /// Whether the answers of each query are kept until the next one, for ``explainAnswer(_:at:showingAll:)``. Those of the
  /// prompt are, and those of a file that asks about them.
  public var remembersAnswers = false
  public private(set) var lastAnswers: Answers?
  /// Whether explanations tell entities by their names where these tell which are meant, and not by their ids.
  public var explainsByName = false
  /// What holds for the facts that are stated at the prompt, as `@ {…}` does for those of a file.
  public var promptAnnotations: [(key: String, value: Value)] = []

  public init(_ graph: Graph, files: FileAccess, interruption: Interruption, activity: Activity = Activity()) {
    supervisor = Supervisor(graph.pace, interruption, activity)
    knowledge = Knowledge(graph, files, supervisor)
    provideNames()
    knowledge.rows = { [unowned self] in try rows(of: $0) }
  }

  /// What a query, `?why` or `?why not` is answered with.
  public enum Reply {
    case answers(Answers)
    case explanation(Explanation)
    case refutation(Refutation)
  }

  // MARK: Statements and questions

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
    supervisor.beginStatements()
    defer { supervisor.endStatements() }
    let parsed = try knowledge.parsed(source, mode: mode)
    let isEntry = mode == .prompt
    if isEntry && hasNameRules { try? giveNames() }
    let isParsed = parsed.diagnostics.isEmpty
    let isUndoable = isEntry || knowledge.transaction != nil
    let moment = isUndoable || !keeps || !isParsed ? knowledge.beginStep() : knowledge.moment()
    knowledge.program.readFiles.insert(knowledge.files.canonical(source.name))
    var ending = Ending.whole
    var loader = Loader(knowledge, isEntry: isEntry, defaults: isEntry ? promptAnnotations : [])
    defer {
      knowledge.filesInProgress.end()
      if !keeps || !isParsed || ending == .cutOff {
        knowledge.revert(to: moment, keepingDeclarations: !keeps)
      } else if isUndoable {
        if knowledge.endStep(moment), isEntry { noteStaying(ending) }
      } else {
        knowledge.noteRules(since: moment.program)
      }
    }
    var problems: [Diagnostic] = []
    if mode == .file { lastAnswers = nil }
    let remembers = remembersAnswers || isEntry || parsed.asksAboutAnswers
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
      try graph.checkSupplies()
      problems +=
        loader.diagnostics + knowledge.typeProblems()
        + ruleProblems(of: loader.headsByFile[ObjectIdentifier(source)] ?? [])
      try graph.pace.check()
    } catch let failure as QueryFailure {
      if ending != .inAnswers { ending = .cutOff }
      throw failure
    }
    if !isParsed { problems = parsed.withoutConsequences(problems) }
    if !problems.isEmpty {
      ending = .mistaken
      throw Diagnostic(ordering: problems)
    }
    return loader.changes(since: isEntry ? moment : nil)
  }

  /// Has a reply shown. If that is ended, it is no reason to take back what was changed before.
  private func show(_ found: Reply, _ reply: (Reply) throws -> Void) throws {
    supervisor.beginStatements()
    defer { supervisor.beginStatements() }
    try reply(found)
    try supervisor.check()
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

  /// How what is carried out has come to its end: as a whole, by a limit or Ctrl-C while it changed something or while answers were
  /// looked for or shown, or by a mistake.
  private enum Ending { case whole, cutOff, inAnswers, mistaken }

  /// Tells what stays of an entry that has changed something and ended by an error. A mistake ends a transaction, and nothing stays.
  private func noteStaying(_ ending: Ending) {
    switch ending {
    case .inAnswers: knowledge.note("note: what this entry had changed stays; `:undo` takes it back")
    case .mistaken where knowledge.transaction == nil:
      knowledge.note("note: what is right in this entry stays; `:undo` takes it back")
    case .whole, .cutOff, .mistaken: break
    }
  }
}
