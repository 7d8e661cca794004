import Graphs
import Terms

/// What the graph's pace asks the engine, whatever is being done.
extension Engine {
  /// Why what is being done is to end; `nil` where it may go on.
  func reasonToEnd() -> (any Error)? {
    guard let watch = watch ?? outerWatch else { return interruption.isSet ? QueryFailure.interrupted : nil }
    return watch.mayGoOn() ? nil : watch.failure ?? QueryFailure.interrupted
  }

  /// Why what is being done may not take so many bytes more; `nil` where it may.
  func reasonForNoRoom(_ bytes: Int) -> (any Error)? {
    guard let watch = watch ?? outerWatch, !watch.hasRoom(for: bytes) else { return nil }
    return watch.failure
  }

  static func reason(_ watch: Watch) -> any Error {
    watch.failure ?? (watch.isSpent ? TooMuchWork() as any Error : QueryFailure.interrupted)
  }

  /// Does what is no query, as reading a file, under the limits of one. Throws ``QueryFailure`` where it comes to them, and then
  /// nothing else.
  public func underLimits<Result>(_ work: () throws -> Result) throws -> Result {
    if watch != nil || outerWatch != nil { return try work() }
    beginStatements()
    defer { endStatements() }
    do {
      let result = try work()
      try graph.pace.check()
      return result
    } catch {
      throw graph.pace.failure ?? error
    }
  }

  /// From here on statements are carried out, or answers shown, under the limits of a query.
  func beginStatements() {
    outerWatch = Watch(limits, interruption)
    graph.pace.begin()
  }

  func endStatements() {
    outerWatch = nil
    graph.pace.begin()
  }

  /// From here on an answer is computed, under limits of its own, as the work of this thread.
  func begin(effort: Int? = nil) -> Watch {
    let watch = Watch(limits, interruption)
    watch.questionsLeft = effort
    self.watch = watch
    outerPace = (Pace.ofThread, graph.pace.failure)
    graph.pace.begin()
    Pace.ofThread = graph.pace
    return watch
  }

  /// Goes on with what was done before.
  func end() {
    watch = nil
    graph.pace.begin(endingBy: outerPace.failure)
    Pace.ofThread = outerPace.ofThread
    outerPace = (nil, nil)
  }
}
