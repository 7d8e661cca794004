import Diagnostics
import Graphs
import Language
import Relations
import Terms

/// The evaluator of what is known as it is now, and the limits under which it works.
extension Engine {
  /// Runs a part of an answer under the limits of time and memory.
  /// - Parameter effort: how many times it may ask whether to go on, if it is to end with ``TooMuchWork`` then.
  func watched<Result>(effort: Int? = nil, _ body: (Evaluator) throws -> Result) throws -> Result {
    try withinLimits(effort: effort) {
      let evaluator = try currentEvaluator()
      evaluator.threads = threads
      evaluator.valueJoinCost = valueJoinCost
      evaluator.base.given = knowledge.given
      let result = try supervisor.activity.during { try body(evaluator) }
      try graph.checkSupplies()
      return result
    }
  }

  func withinLimits<Result>(effort: Int? = nil, _ work: () throws -> Result) throws -> Result {
    let watch = supervisor.begin(effort: effort)
    defer { supervisor.end() }
    do {
      let result = try work()
      try graph.pace.check()
      return result
    } catch {
      throw failure(error, watch)
    }
  }

  /// What a caller is told; what was half done is forgotten.
  private func failure(_ error: any Error, _ watch: Watch) -> any Error {
    // What only seems wrong where something could not be read, such as an unknown name, is not told.
    let found = graph.supplyFailure == nil ? evaluator?.base.diagnostics ?? [] : []
    evaluator = nil
    let cause = graph.supplyFailure ?? graph.pace.failure ?? error
    switch cause {
    case let diagnostic as Diagnostic:
      if !diagnostic.others.isEmpty { return Diagnostic(ordering: diagnostic.all) }
      return Diagnostic(ordering: found.contains(diagnostic) ? found : found + [diagnostic])
    case is JoinMachine.Stopped:
      return watch.failure ?? (watch.isSpent ? TooMuchWork() as any Error : QueryFailure.interrupted)
    default: return cause
    }
  }

  /// The evaluator for the graph and the program as they are: with what it has computed where rules are the same as before.
  private func currentEvaluator() throws -> Evaluator {
    try refreshNames()
    if let evaluator, try isCurrent(evaluator) { return evaluator }
    let evaluator = makeEvaluator(knowledge.makeClauses())
    evaluatorVersions = (graph.version, knowledge.program.version)
    self.evaluator = evaluator
    graph.ledger.hold(.derivation, most: Maintenance.mostChanges)
    return evaluator
  }

  /// Whether what an evaluator has computed holds, or could be brought up to date with the changes of facts since.
  private func isCurrent(_ evaluator: Evaluator) throws -> Bool {
    guard evaluatorVersions.program == knowledge.program.version else { return false }
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

  func makeEvaluator(_ base: ClauseBase) -> Evaluator {
    let evaluator = Evaluator(base, activity: supervisor.activity) { [supervisor] in supervisor.watch?.proceed() ?? true
    }
    evaluator.threads = threads
    return evaluator
  }

  private var threads: JoinThreads { JoinThreads(count: supervisor.limits.threads, patience: threadPatience) }
}
