import Synchronization
import Threads

/// What a session is doing, for another thread to show: the stage, since when, and how many rows there are so far.
///
/// The thread that works notes it where it asks whether to go on, every few thousand steps.
public final class Activity: Sendable {
  /// What is going on at one moment.
  public struct Report: Sendable {
    /// Such as `deriving path`; empty where nothing can be said.
    public var stage: String
    /// What was found, or read, in this stage.
    public var rows: Int
    public var seconds: Double
    /// Whether an ``Interruption`` ends it.
    public var canBeEnded: Bool
  }

  private struct State {
    var depth = 0
    var stage = ""
    var canBeEnded = true
    var start = 0.0
  }

  private let state = Lock(State())
  private let settled = Atomic<Int>(0)
  private let gathered = Atomic<Int>(0)

  public init() {}

  /// What is going on; `nil` while nothing is.
  public var report: Report? {
    let state = state.withLock { $0 }
    guard state.depth > 0 else { return nil }
    let rows = settled.load(ordering: .relaxed) + gathered.load(ordering: .relaxed)
    return Report(
      stage: state.stage, rows: rows, seconds: MonotonicTime.seconds - state.start, canBeEnded: state.canBeEnded)
  }

  /// Does some work, which begins without a stage unless it is a part of other work.
  public func during<Result>(_ work: () throws -> Result) rethrows -> Result {
    state.withLock { state in
      if state.depth == 0 { state = State(start: MonotonicTime.seconds) }
      state.depth += 1
    }
    defer { state.withLock { $0.depth -= 1 } }
    return try work()
  }

  /// A stage begins, without rows.
  public func begin(_ stage: String, canBeEnded: Bool = true) {
    state.withLock { state in
      state.stage = stage
      state.canBeEnded = canBeEnded
    }
    settle(0)
  }

  /// There are so many rows in this stage for good.
  func settle(_ rows: Int) {
    settled.store(rows, ordering: .relaxed)
    gathered.store(0, ordering: .relaxed)
  }

  /// There are so many rows more, until they are settled or given up.
  public func gather(_ rows: Int) { gathered.store(rows, ordering: .relaxed) }
}
