import Synchronization

/// Pieces of work that do not depend on one another, done by as many threads as there may be.
package enum SharedTasks {
  /// Calls `body` with each number below a count, on whichever thread is free, and returns when all are done.
  /// - Parameter body: must not touch what it changes for another number.
  package static func forEach(below count: Int, threads: Int, _ body: (Int) -> Void) {
    guard threads > 1, count > 1 else { return (0..<count).forEach(body) }
    withoutActuallyEscaping(body) { body in
      let next = Next()
      let work = {
        while let number = next.take(below: count) { body(number) }
      }
      let helpers = (1..<min(threads, count)).compactMap { _ in HelperThread(work) }
      work()
      for helper in helpers { helper.join() }
    }
  }

  private final class Next: Sendable {
    private let number = Atomic<Int>(0)

    func take(below count: Int) -> Int? {
      let taken = number.wrappingAdd(1, ordering: .relaxed).oldValue
      return taken < count ? taken : nil
    }
  }
}
