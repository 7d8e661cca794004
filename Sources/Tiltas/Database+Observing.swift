internal import Sessions
internal import Terms

extension Database {
  /// Calls `react` with the answers of a query now, and after each change that alters them.
  ///
  /// ```swift
  /// let watching = try db.observe("overdue(Task)") { error in print(error) } react: { answers in show(answers) }
  /// ```
  /// It is called by the thread that made the change, before anybody else has the database, and after a transaction as a whole. What
  /// it changes itself is told when it has returned. It goes on until the observation is cancelled or freed.
  /// - Parameter failed: called if the query cannot be answered after a change.
  public func observe(
    _ query: String, _ parameters: [String: any ValueConvertible] = [:],
    failed: @escaping @Sendable (any Error) -> Void,
    react: @escaping @Sendable (Answers) -> Void
  ) throws -> Observation {
    try work { core in
      let parameters = try parameters.terms()
      let answers = Answers(try core.session.query(query, with: parameters))
      core.observerCount += 1
      let number = core.observerCount
      core.observers[number] = Observer(
        query: query, parameters: parameters, last: answers, version: core.version, failed: failed, react: react)
      react(answers)
      return Observation { [weak self] in self?.turn.take { $0.observers[number] = nil } }
    }
  }

  /// What somebody observes.
  struct Observer {
    let query: String
    let parameters: [String: Terms.Value]
    var last: Answers?
    /// The versions of facts and rules that the last answers are of.
    var version: [Int]
    let failed: @Sendable (any Error) -> Void
    let react: @Sendable (Answers) -> Void
  }

  /// Tells who observes of changes, until nobody makes others because of them.
  func tellObservers(_ core: Core) {
    if core.isInTransaction || core.isTellingObservers || core.observers.isEmpty { return }
    core.isTellingObservers = true
    defer { core.isTellingObservers = false }
    while let number = core.observers.keys.sorted().first(where: { core.observers[$0]?.version != core.version }) {
      tell(number, core)
    }
  }

  private func tell(_ number: Int, _ core: Core) {
    guard let observer = core.observers[number] else { return }
    core.observers[number]?.version = core.version
    do {
      let answers = Answers(try core.session.query(observer.query, with: observer.parameters))
      if let last = observer.last, last.holds == answers.holds, last.elementsEqual(answers) { return }
      core.observers[number]?.last = answers
      observer.react(answers)
    } catch {
      core.observers[number]?.last = nil
      observer.failed(TiltasError.told(error))
    }
  }
}

extension Database.Core {
  /// Differs after each change of facts or rules.
  var version: [Int] { [session.graph.version, session.programVersion] }
}

/// Somebody observes the answers of a query until this is cancelled or freed.
public final class Observation: Sendable {
  private let end: @Sendable () -> Void
  init(_ end: @escaping @Sendable () -> Void) { self.end = end }
  deinit { end() }

  /// Calls nobody any more.
  public func cancel() { end() }
}
