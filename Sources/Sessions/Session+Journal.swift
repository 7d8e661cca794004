import Interchange
import Storage

/// How changes are kept beside the snapshot that was opened, and transactions.
extension Session {
  /// Reads a snapshot as ``load(path:)`` does, and has what is changed after ``startJournal()`` kept beside it.
  ///
  /// Whether it can be: not where another process has the snapshot open so, or where nothing can be written there. Then changes
  /// are in memory, and ``startJournal()`` has them kept as soon as that can be.
  /// - Parameter takingLock: whether others are kept from changing it from here on, and not only while it is saved.
  @discardableResult
  public func openForChanges(path: String, takingLock: Bool = true) throws -> Bool {
    openedPaths.append(path)
    let isAlone = graph.isNew
    try checked {
      try timed(\.loadSeconds) {
        activity.begin("opening \(path)", canBeEnded: false)
        let opened = try TextFile.hinting(path) {
          try Snapshot.open(path, into: graph, forChanges: takingLock, on: disk)
        }
        try take(opened, from: path)
        (journal, refusal) = (opened.journal, opened.refusal)
        if journal != nil, let warning = opened.tail.warning(path) { knowledge.note("note: \(warning)") }
        if opened.names > 1 {
          knowledge.note(
            "note: \(path) has \(opened.names) names (hard links): what is changed under one is not seen under another")
        }
        if journal == nil && isAlone { home = Home(path, opened, graph, on: disk) }
      }
    }
    savedPosition = graph.version
    return journal != nil
  }

  /// From here on each change is on the disk when the function that makes it returns, or as soon as others let go of the
  /// snapshot.
  public func startJournal() {
    isKeeping = true
    journal?.start(graph)
    home?.startRules()
    askedPosition = graph.version
  }

  /// Lets others change the snapshot; what is changed from here on is in memory only.
  public func endJournal() {
    journal?.stop()
    if let journal { snapshots.append(journal.state) }
    (journal, home, isKeeping) = (nil, nil, false)
  }

  /// Whether changes are kept beside the snapshot that was opened.
  public var keepsJournal: Bool { journal != nil }

  // MARK: Changing

  /// Has `body` change what the session holds: everything that does so goes through here. What it has changed is then on the disk, also
  /// where it throws. In a transaction that waits for ``commit()``; a mistake ends it by ``rollBack()``, but not a question that was
  /// interrupted or came to a limit.
  ///
  /// If there is no memory for what goes to the disk, or that is interrupted, all is as it was before.
  func change<Result>(_ body: () throws -> Result) throws -> Result {
    try checked {
      let before = knowledge.moment()
      let result: Result
      do {
        result = try body()
      } catch {
        if isInTransaction, !(error is QueryFailure) { rollBack() }
        try keep(since: nil)
        throw error
      }
      try keep(since: before)
      return result
    }
  }

  /// - Parameter moment: to where to go back if writing is interrupted; without it nobody is asked.
  private func keep(since moment: Moment?) throws {
    if isInTransaction { return }
    guard let moment, journal != nil else {
      if journal == nil && isKeeping { try takeHome() }
      return try keepInJournal()
    }
    do {
      try keepInJournal(asking: true)
    } catch let failure as QueryFailure {
      knowledge.revert(to: moment)
      wentBack(to: moment)
      throw failure
    }
  }

  /// Puts what has changed on the disk.
  /// - Parameter asking: whether to write may be interrupted, up to when it goes to the disk.
  func keepInJournal(asking: Bool = false) throws {
    guard let journal, isKeeping else { return }
    func record() throws -> [UInt8]? { try journal.record { ruleTexts } }
    guard let record = asking ? try engine.supervisor.underLimits({ try graph.pace.governing(record) }) : try record()
    else {
      return
    }
    try journal.write(record)
    savedPosition = graph.version
    savedRules = typedRules
  }

  // MARK: Transactions

  /// From here on changes wait for ``commit()``, and are then on the disk all or none. Whatever throws because of a mistake
  /// ends the transaction by ``rollBack()``.
  public func begin() { knowledge.beginTransaction() }

  /// Ends what ``begin()`` began.
  public func commit() throws {
    let beginning = knowledge.transaction
    knowledge.endTransaction()
    try checked { try keep(since: beginning) }
  }

  /// Ends what ``begin()`` began, and undoes all that was changed since: facts, rules, parameters and declarations.
  public func rollBack() {
    guard let beginning = knowledge.transaction else { return }
    knowledge.rollBack()
    wentBack(to: beginning)
  }

  /// What is as it was when it was saved counts as saved. What was loaded since, and counted so too, is not there any more.
  private func wentBack(to moment: Moment) {
    if savedPosition >= moment.position { savedPosition = graph.version }
  }
}
