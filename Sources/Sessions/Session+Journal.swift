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
        let opened = try Snapshot.open(path, into: graph, forChanges: takingLock, on: disk)
        try take(opened, from: path)
        (journal, refusal) = (opened.journal, opened.refusal)
        if opened.names > 1 {
          engine.note(
            "note: \(path) has \(opened.names) names (hard links): what is changed under one is not seen under another")
        }
        if journal == nil && isAlone { home = Home(path, opened, graph, on: disk) }
      }
    }
    savedVersion = graph.version
    return journal != nil
  }

  /// From here on each change is on the disk when the function that makes it returns, or as soon as others let go of the
  /// snapshot.
  public func startJournal() {
    isKeeping = true
    journal?.start(graph)
    keptRules = engine.programVersion
    askedVersions = (graph.version, engine.programVersion)
  }

  /// Lets others change the snapshot; what is changed from here on is in memory only.
  public func endJournal() {
    graph.recorder = nil
    if let journal { snapshots.append(journal.state) }
    (journal, home, isKeeping) = (nil, nil, false)
  }

  /// Whether changes are kept beside the snapshot that was opened.
  public var keepsJournal: Bool { journal != nil }

  /// From here on changes wait for ``commit()``, and are then on the disk all or none. Whatever throws because of a mistake
  /// ends the transaction by ``rollBack()``.
  public func begin() {
    isInTransaction = true
    wasSavedBeforeTransaction = !hasUnsavedChanges
    engine.beginTransaction()
  }

  /// Ends what ``begin()`` began.
  public func commit() throws {
    isInTransaction = false
    engine.endTransaction()
    try checked { try keep() }
  }

  /// Ends what ``begin()`` began, and undoes all that was changed since: facts, rules, parameters and declarations.
  public func rollBack() {
    guard isInTransaction else { return }
    isInTransaction = false
    let recorder = graph.recorder
    // Nothing of the transaction was told to the disk, so nothing need be told to be undone.
    graph.recorder = nil
    engine.rollBack()
    graph.recorder = recorder
    journal?.forgetChanges()
    if wasSavedBeforeTransaction { savedVersion = graph.version }
  }

  /// Keeps what `body` has changed, also where it throws; not in a transaction, which ends with a mistake, and goes on
  /// where a question was interrupted or came to a limit.
  func keeping<Result>(_ body: () throws -> Result) throws -> Result {
    try checked { try kept(body) }
  }

  private func kept<Result>(_ body: () throws -> Result) throws -> Result {
    let result: Result
    do {
      result = try body()
    } catch {
      if isInTransaction, !(error is QueryFailure) { rollBack() }
      try keep()
      throw error
    }
    try keep()
    return result
  }

  private func keep() throws {
    if isInTransaction { return }
    if journal == nil && isKeeping { try takeHome() }
    try keepInJournal()
  }

  func keepInJournal() throws {
    guard let journal, isKeeping else { return }
    let rulesHaveChanged = engine.programVersion != keptRules
    if try journal.keep(rules: rulesHaveChanged ? ruleTexts : nil) {
      keptRules = engine.programVersion
      savedVersion = graph.version
      savedRules = typedRules
    }
  }
}
