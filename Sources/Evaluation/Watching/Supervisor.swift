import Terms

/// Keeps work within its limits: what asks a graph's pace is told by it whether to go on.
///
/// It belongs to one thread at a time; only its ``interruption`` may be set from another.
public final class Supervisor {
  public var limits = Limits()
  public let interruption: Interruption
  /// What is being done, for another thread to show.
  public let activity: Activity
  private let pace: Pace
  /// Watches over an answer that is computed.
  private(set) var watch: Watch?
  /// Watches over what is no query: reading and looking around.
  private var outerWatch: Watch?
  /// The thread's pace, and why the graph's was to end, before what is watched began.
  private var outerPace: (ofThread: Pace?, failure: (any Error)?) = (nil, nil)

  init(_ pace: Pace, _ interruption: Interruption, _ activity: Activity) {
    self.pace = pace
    self.interruption = interruption
    self.activity = activity
    pace.question = { [weak self] in self?.reasonToEnd() }
    pace.memoryQuestion = { [weak self] in self?.reasonForNoRoom($0) }
  }

  var isAnswering: Bool { watch != nil }

  /// Why what is being done is to end; `nil` where it may go on.
  private func reasonToEnd() -> (any Error)? {
    guard let watch = watch ?? outerWatch else { return interruption.isSet ? QueryFailure.interrupted : nil }
    return watch.mayGoOn() ? nil : watch.failure ?? QueryFailure.interrupted
  }

  /// Why what is being done may not take so many bytes more; `nil` where it may.
  private func reasonForNoRoom(_ bytes: Int) -> (any Error)? {
    guard let watch = watch ?? outerWatch, !watch.hasRoom(for: bytes) else { return nil }
    return watch.failure
  }

  /// Throws where the work of this thread is to end, or was interrupted.
  func check() throws {
    try pace.check()
    if interruption.isSet { throw QueryFailure.interrupted }
  }

  /// Does what is no query, as reading a file, under the limits of one. Throws ``QueryFailure`` where it comes to them, and then
  /// nothing else.
  public func underLimits<Result>(_ work: () throws -> Result) throws -> Result {
    if watch != nil || outerWatch != nil { return try work() }
    beginStatements()
    defer { endStatements() }
    do {
      let result = try work()
      try pace.check()
      return result
    } catch {
      throw pace.failure ?? error
    }
  }

  /// From here on statements are carried out, or answers shown, under the limits of a query.
  func beginStatements() {
    outerWatch = Watch(limits, interruption)
    pace.begin()
  }

  /// The next work begins, unless it is a part of what is watched already.
  func beginUnwatched() { if outerWatch == nil { pace.begin() } }

  func endStatements() {
    outerWatch = nil
    pace.begin()
  }

  /// From here on an answer is computed, under limits of its own, as the work of this thread.
  /// - Parameter effort: how many times it may ask whether to go on.
  func begin(effort: Int? = nil) -> Watch {
    let watch = Watch(limits, interruption)
    watch.questionsLeft = effort
    self.watch = watch
    outerPace = (Pace.ofThread, pace.failure)
    pace.begin()
    Pace.ofThread = pace
    return watch
  }

  /// Goes on with what was done before.
  func end() {
    watch = nil
    pace.begin(endingBy: outerPace.failure)
    Pace.ofThread = outerPace.ofThread
    outerPace = (nil, nil)
  }
}

/// What a limited piece of work ends with once it has taken as many steps as it may.
public struct TooMuchWork: Error {}
