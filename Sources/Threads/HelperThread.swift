/// A thread that does one piece of work.
///
/// To start a thread takes several times as long as to wake one: a worker that has nothing to do waits for other work for a
/// while.
package final class HelperThread {
  private let worker: HelperWorker

  /// `nil` where the system has no thread to give.
  /// - Parameter work: must not touch what the thread that asks for this one changes meanwhile.
  package convenience init?(_ work: @escaping () -> Void) { self.init(of: .shared, work) }

  init?(of pool: HelperPool, _ work: @escaping () -> Void) {
    guard let worker = pool.take() else { return nil }
    self.worker = worker
    worker.begin(work)
  }

  /// Waits until the work has ended. To be asked once, and not after ``hasEnded(within:)`` was true.
  package func join() { worker.waitForEnd() }

  /// Waits until the work has ended, and not longer than some milliseconds; whether it has. To be asked until it has.
  package func hasEnded(within milliseconds: Int) -> Bool { worker.hasEnded(within: milliseconds) }
}
