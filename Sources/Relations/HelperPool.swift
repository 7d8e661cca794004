/// The workers that nobody has taken, and that wait for work for a while.
///
/// Whoever has the permit may change them: the thread sanitizer knows what semaphores order, and not what the library's `Mutex`
/// does.
final class HelperPool: @unchecked Sendable {
  static let shared = HelperPool(patience: 1_000)

  private let permit = Semaphore(1)
  private var idle: [HelperWorker] = []
  /// How many milliseconds a worker waits for work.
  let patience: Int

  init(patience: Int) { self.patience = patience }

  /// How many workers wait for work.
  var idleCount: Int { change { $0.count } }

  /// A worker that is idle, or a new one; `nil` where the system has no thread to give.
  func take() -> HelperWorker? {
    if let worker = change({ $0.popLast() }) { return worker }
    let worker = HelperWorker(of: self)
    return BackgroundThread.start { worker.run() } ? worker : nil
  }

  func add(_ worker: HelperWorker) { change { $0.append(worker) } }

  /// Takes a worker out of those that are idle; false where it is none of them.
  func remove(_ worker: HelperWorker) -> Bool {
    change { idle in
      guard let place = idle.firstIndex(where: { $0 === worker }) else { return false }
      idle.remove(at: place)
      return true
    }
  }

  private func change<Result>(_ body: (inout [HelperWorker]) -> Result) -> Result {
    permit.wait()
    defer { permit.give() }
    return body(&idle)
  }
}
