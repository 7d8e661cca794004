/// A thread that does one piece of work after another, and ends when there was none for a while.
///
/// Its work is changed by one thread at a time, which semaphores hand over: who has taken the worker, and it itself between
/// the beginning and the end.
final class HelperWorker: @unchecked Sendable {
  private var work: (() -> Void)?
  private let start = Semaphore(0)
  private let end = Semaphore(0)

  /// Those that nobody has taken. Whoever has the permit may change them: the thread sanitizer knows what semaphores order, and
  /// not what the library's `Mutex` does.
  private final class Idle: @unchecked Sendable {
    private let permit = Semaphore(1)
    private var workers: [HelperWorker] = []

    func change<Result>(_ body: (inout [HelperWorker]) -> Result) -> Result {
      permit.wait()
      defer { permit.give() }
      return body(&workers)
    }
  }

  private static let idle = Idle()
  /// How many milliseconds a worker waits for work.
  private static let patience = 1_000

  /// One that is idle, or a new one; `nil` where the system has no thread to give.
  static func take() -> HelperWorker? {
    if let worker = idle.change({ $0.popLast() }) { return worker }
    let worker = HelperWorker()
    return BackgroundThread.start { worker.run() } ? worker : nil
  }

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
    Self.idle.change { $0.append(self) }
  }

  // MARK: The thread itself

  private func run() {
    while true {
      if !start.wait(milliseconds: Self.patience) {
        if leave() { return }
        // Somebody has just taken it.
        start.wait()
      }
      work?()
      end.give()
    }
  }

  /// Takes itself out of those that are idle; false where it is none of them.
  private func leave() -> Bool {
    Self.idle.change { idle in
      guard let place = idle.firstIndex(where: { $0 === self }) else { return false }
      idle.remove(at: place)
      return true
    }
  }
}
