import Glibc

/// What one thread has at a time, and may have again while it has it. Those that wait get it in the order in which they came.
///
/// What is guarded is reached through ``take(_:)`` alone, and so by one thread at a time: that is why the turn is `Sendable` though
/// the state is not. The state must not leave the body.
package final class Turn<State>: @unchecked Sendable {
  private struct Line {
    var owner: pthread_t?
    var depth = 0
    var waiting: [Semaphore] = []
  }

  private let state: State
  private let line = Lock(Line())

  package init(_ state: sending State) { self.state = state }

  /// Calls `body` with the state when this thread has its turn.
  package func take<Result>(_ body: (State) throws -> Result) rethrows -> Result {
    enter()
    defer { leave() }
    return try body(state)
  }

  private func enter() {
    let thread = pthread_self()
    let permit = line.withLock { line -> Semaphore? in
      if line.owner == nil || line.owner == thread {
        line.owner = thread
        line.depth += 1
        return nil
      }
      let permit = Semaphore(0)
      line.waiting.append(permit)
      return permit
    }
    guard let permit else { return }
    permit.wait()
    line.withLock { $0.owner = thread }
  }

  /// The turn goes straight to who has waited longest, so that nobody who comes later is before him.
  private func leave() {
    line.withLock { line in
      line.depth -= 1
      if line.depth > 0 { return }
      if line.waiting.isEmpty {
        line.owner = nil
      } else {
        line.depth = 1
        // Until the other has woken, the turn is of no thread that could ask.
        line.owner = Self.nobody
        line.waiting.removeFirst().give()
      }
    }
  }

  private static var nobody: pthread_t { pthread_t.max }
}
