/// A thread that does one piece of work after another, and ends when there was none for a while.
///
/// Its work is changed by one thread at a time, which semaphores hand over: who has taken the worker, and it itself between
/// the beginning and the end.
final class HelperWorker: @unchecked Sendable {
  private var work: (() -> Void)?
  private let start = Semaphore(0)
  private let end = Semaphore(0)

  private let pool: HelperPool

  init(of pool: HelperPool) { self.pool = pool }

  func begin(_ work: @escaping () -> Void) {
    self.work = work
    start.give()
  }

  func waitForEnd() {
    end.wait()
    rest()
  }

  func hasEnded(within milliseconds: Int) -> Bool {
    guard end.wait(milliseconds: milliseconds) else { return false }
    rest()
    return true
  }

  private func rest() {
    work = nil
    pool.add(self)
  }

  // MARK: The thread itself

  func run() {
    while true {
      while !start.wait(milliseconds: pool.patience) {
        // If it is not idle, somebody has just taken it, or is about to say that its last work has ended.
        if pool.remove(self) { return }
      }
      work?()
      end.give()
    }
  }
}
