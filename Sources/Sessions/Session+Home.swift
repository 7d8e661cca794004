import Diagnostics
import Evaluation
import Graphs
import Language
import Storage
import Terms

/// A session that has not the lock of the snapshot it was opened from. What it changes is in memory until the other lets go; then
/// what the other has changed is read, both are put together, and the session has the lock from then on.
extension Session {
  /// What a session has read of the changes of others.
  public struct Merge: Sendable {
    /// How many facts, declarations, rules, parameters and constraints others have changed.
    public var theirs = 0
    /// How many this session has changed, and keeps.
    public var own = 0
    /// What both had changed, and is as the others have it now.
    public var givenUp: [String] = []
    /// Whether the session has the lock now.
    public var isOurs = false
  }

  /// Whether the snapshot was changed by others since it was read; tells so once.
  public func tellsOfChange() -> Bool { home?.tellsOfChange() ?? false }

  /// Whether something was changed that is in memory only, and was to be kept beside the snapshot.
  public var hasUnkeptChanges: Bool {
    guard let home, isKeeping else { return false }
    return home.hasOwnRules || home.hasOwnChanges
  }

  /// Keeps changes that are in memory only because others had the snapshot open, if these have left. Throws a ``Diagnostic``
  /// where both have changed the same.
  public func keepWaitingChanges() throws {
    guard let home, hasUnkeptChanges, !isInTransaction, let lock = home.lock() else { return }
    let merge = try take(home, lock)
    try keepInJournal()
    note(merge, home)
  }

  /// Reads what others have changed in the snapshot since it was read. What this session has changed stays, unless others have
  /// changed the same: then theirs holds. With changes of its own the session takes the lock, if it can be had.
  public func reload() throws -> Merge {
    if isInTransaction {
      throw Diagnostic(.openTransaction, "a transaction has not ended", help: "end it first: `commit.` or `rollback.`")
    }
    if let journal {
      if journal.isInPlace { return Merge(isOurs: true) }
      throw Diagnostic(
        .homeMoved, "the snapshot or its journal was moved, removed or replaced since it was opened",
        help: "save what you have under another name (`:save OTHER.tiltas`), and open the new one")
    }
    guard let home else {
      throw Diagnostic(
        .cannotReload, "only a graph that was opened from a snapshot can be read anew",
        help: "leave the shell, and open it again")
    }
    return try checked {
      let merge = try take(home, hasUnkeptChanges ? home.lock() : nil, takingTheirs: true)
      try keepInJournal()
      return merge
    }
  }

  /// Takes the lock for a change that was just made, if it can be had. Where both have changed the same, that is noted, and the
  /// change stays in memory.
  func takeHome() throws {
    guard let home, graph.version != askedPosition else { return }
    askedPosition = graph.version
    guard let lock = home.lock() else { return }
    let merge: Merge
    do {
      merge = try take(home, lock)
    } catch let conflict as Diagnostic {
      if conflict.message != toldConflict {
        knowledge.note(
          "note: your changes stay in memory: \(conflict.message)" + (conflict.help.map { "; " + $0 } ?? ""))
      }
      toldConflict = conflict.message
      return
    } catch let failure as QueryFailure {
      return knowledge.note("note: your changes stay in memory: reading what others have changed \(reason(failure))")
    }
    try keepInJournal()
    note(merge, home)
  }

  /// Takes the lock to save onto the snapshot that the session was opened from. Throws a ``Diagnostic`` where both have changed
  /// the same.
  func takeHome(toSave path: String) throws {
    guard journal == nil, let home, home.isAt(path), let lock = home.lock() else { return }
    let merge: Merge
    do {
      merge = try take(home, lock)
    } catch let conflict as Diagnostic {
      throw Snapshot.refusal(path, conflict)
    }
    try keepInJournal()
    note(merge, home)
  }

  private func reason(_ failure: QueryFailure) -> String {
    switch failure {
    case .interrupted where limits.wasRefused(), .refused: "was ended: the system refuses more memory"
    case .interrupted: "was interrupted"
    case .time(let seconds): "was ended after \(seconds) s"
    case .memory(let bytes): "was ended: it needs more than \(bytes >> 20) MiB"
    }
  }

  private func note(_ merge: Merge, _ home: Home) {
    func changes(_ count: Int) -> String { "\(count) change\(count == 1 ? "" : "s")" }
    let read = "\(changes(merge.theirs)) of the other \(merge.theirs == 1 ? "was" : "were") read"
    let kept = merge.own == 1 ? "your 1 is kept" : "your \(merge.own) are kept"
    let path = home.path
    if !isKeeping {
      if merge.theirs > 0 { knowledge.note("\(path) was changed meanwhile: \(read); \(kept)") }
    } else if merge.theirs == 0 {
      knowledge.note("\(path) is yours now" + (merge.own == 0 ? "" : ": \(kept)"))
    } else {
      knowledge.note("\(path) is yours now: \(read)" + (merge.own == 0 ? "" : "; \(kept)"))
    }
  }

  /// Reads what is there now and puts both together. With the lock the snapshot is ours afterwards, and what this session has
  /// changed is to be kept next. Throws a ``Diagnostic`` and changes nothing where that can't be.
  private func take(_ home: Home, _ lock: Journal?, takingTheirs: Bool = false) throws -> Merge {
    let news = try home.news(lock)
    if lock != nil { try checkEnd(of: news, home) }
    if let lock, news.isUnchanged, !isKeeping {
      (journal, self.home) = (lock, nil)
      return Merge(isOurs: true)
    }
    let facts = try Rebase(home, news, takingTheirs: takingTheirs)
    let rules = RuleMerge(before: home.rules, here: ruleTexts, there: news.rules, takingTheirs: takingTheirs)
    let differences = facts.differences.map(Self.told) + rules.differences
    if !takingTheirs && !differences.isEmpty {
      throw conflict(home, differences, canTakeTheirs: facts.canTakeTheirs)
    }
    let hasOwnRules = home.hasOwnRules && rules.ownCount > 0
    if rules.theirCount > 0 || (hasOwnRules && facts.theirCount > 0) { try tryOut(rules, on: news, home) }
    try carryOut(facts, rules, lock, home, hasOwnRules: hasOwnRules)
    knowledge.noteMerge(replacing: rules.theirCount > 0 || !differences.isEmpty)
    let own = facts.ownCount + (hasOwnRules ? rules.ownCount : 0)
    if own == 0 { savedPosition = graph.version }
    snapshots.append(news.state)
    noteEnd(ofJournalBeside: home.path, news.tail)
    if let lock { (journal, self.home, refusal) = (lock, nil, nil) }
    toldConflict = nil
    askedPosition = graph.version
    return Merge(
      theirs: facts.theirCount + rules.theirCount, own: own, givenUp: differences, isOurs: lock != nil)
  }

  /// Throws if the first change would cut off the end of a journal that may be an acknowledged change, before anybody has read of it.
  private func checkEnd(of news: Home.News, _ home: Home) throws {
    guard news.tail.isDoubtful, let note = news.tail.note(home.path) else { return }
    throw Diagnostic(
      .doubtfulEnd, note,
      help:
        "`:save OTHER.tiltas` keeps what you have, and `tiltas verify --repair \(home.path) -o NEW.tiltas` what is whole there"
    )
  }

  /// Has the rules of others together with those of this session in another engine first: what is wrong with that, and was not wrong in
  /// one of them, is a contradiction of both.
  private func tryOut(_ rules: RuleMerge, on news: Home.News, _ home: Home) throws {
    do {
      let trial = try trialEngine(news.graph, ruleTexts)
      let taken = try trial.knowledge.storedRules(in: rules.taken.map { SourceFile(name: $0.name, text: $0.text) })
      try trial.knowledge.replace(rules: rules.forgotten.rules, parameters: rules.forgotten.parameters, with: taken)
      var problems = trial.ruleProblems()
      try withoutKnown(engine)
      // The graph that was read has what this session has changed by now.
      if !problems.isEmpty { try withoutKnown(trialEngine(home.news(nil).graph, news.rules)) }
      if !problems.isEmpty { throw Diagnostic(all: problems) }
      func withoutKnown(_ engine: Engine) throws {
        let known = Set(engine.ruleProblems().map(\.message))
        problems.removeAll { known.contains($0.message) }
      }
    } catch let problem as Diagnostic {
      throw contradiction(home, problem)
    }
  }

  /// An engine that has rules, and reads no files.
  private func trialEngine(_ graph: Graph, _ texts: [(name: String, text: String)]) throws -> Engine {
    func none(_ path: String) -> Diagnostic { Diagnostic(.damagedSnapshot, "a snapshot reads no files") }
    let files = FileAccess(
      source: { throw none($0) }, table: { path, _, _, _, _ in throw none(path) },
      resolve: { path, _ in path }, canonical: { $0 })
    let trial = Engine(graph, files: files, interruption: interruption)
    for (name, text) in knowledge.parameterTexts { try trial.knowledge.setParameter(name, to: text) }
    try trial.knowledge.load(texts.map { SourceFile(name: $0.name, text: $0.text) }, isStored: true)
    return trial
  }

  /// Has the graph and the rules as both together, or throws and leaves them as they were.
  private func carryOut(
    _ facts: Rebase, _ rules: RuleMerge, _ lock: Journal?, _ home: Home, hasOwnRules: Bool
  ) throws {
    let wasSaved = !hasUnsavedChanges
    var isDone = false
    // What was taken back counts as a change, and is none of this session.
    defer { if !isDone && wasSaved { savedPosition = graph.version } }
    let taken = try knowledge.storedRules(in: rules.taken.map { SourceFile(name: $0.name, text: $0.text) })
    try graph.pace.unasked {
      try facts.carryOut(lock, hasOwnRules: hasOwnRules) {
        do {
          try knowledge.replace(rules: rules.forgotten.rules, parameters: rules.forgotten.parameters, with: taken)
        } catch let problem as Diagnostic {
          throw contradiction(home, problem)
        }
      }
    }
    isDone = true
    if rules.theirCount > 0 { savedRules.formUnion(typedRules) }
  }

  private static func told(_ difference: Rebase.Difference) -> String {
    switch difference.item {
    case .type(let name): return "the type `\(name)`"
    case .relation(let name): return "the relation `\(RelationName.source(name))`"
    case .fact(let relation, let values):
      let fact = "`\(RelationName.fact(relation, values))`"
      if difference.isThere && difference.isHere { return fact + " (with other annotations)" }
      return fact + (difference.isThere ? " (taken back here)" : " (taken back there)")
    }
  }

  private func conflict(_ home: Home, _ differences: [String], canTakeTheirs: Bool) -> Diagnostic {
    let shown = differences.prefix(Self.mostDifferences).joined(separator: ", ")
    let others = differences.count - Self.mostDifferences
    return Diagnostic(
      .changedByAnother,
      "another process has changed in `\(home.path)` what you have changed too: " + shown
        + (others > 0 ? " and \(others) more" : ""),
      help: !isKeeping
        ? "save under another name"
        : canTakeTheirs
          ? "`:save OTHER.tiltas` keeps what you have; `:reload` takes theirs for these, and keeps the rest of yours"
          : Rebase.helpAnew)
  }

  private func contradiction(_ home: Home, _ problem: Diagnostic) -> Diagnostic {
    Diagnostic(
      .changedByAnother,
      "what `\(home.path)` holds now does not go with what you have defined: "
        + problem.all.prefix(Self.mostDifferences).map(\.message).joined(separator: "; "),
      help: Rebase.helpAnew)
  }

  private static let mostDifferences = 10
}
