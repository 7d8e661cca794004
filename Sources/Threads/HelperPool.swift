/// The workers that nobody has taken, and that wait for work for a while.
final class HelperPool: Sendable {
  static let shared = HelperPool(patience: 1_000)

  private let idle = Lock<[HelperWorker]>([])
  /// How many milliseconds a worker waits for work.
  let patience: Int

  init(patience: Int) { self.patience = patience }

  /// How many workers wait for work.
  var idleCount: Int { idle.withLock { $0.count } }

  /// A worker that is idle, or a new one; `nil` where the system has no thread to give.
  func take() -> HelperWorker? {
    if let worker = idle.withLock({ $0.popLast() }) { return worker }
    let worker = HelperWorker(of: self)
    return BackgroundThread.start { worker.run() } ? worker : nil
  }

  func add(_ worker: HelperWorker) { idle.withLock { $0.append(worker) } }

  /// Takes a worker out of those that are idle; false where it is none of them.
  func remove(_ worker: HelperWorker) -> Bool {
    idle.withLock { idle in
      guard let place = idle.firstIndex(where: { $0 === worker }) else { return false }
      idle.remove(at: place)
      return true
    }
  }
}
