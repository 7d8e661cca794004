import Dispatch
import Foundation

/// Threads that are used again, for the processes of one machine after the other.
enum Threads {
  private final class Worker: @unchecked Sendable {
    let begins = DispatchSemaphore(value: 0)
    var work: (() -> Void)?
  }

  private static let lock = NSLock()
  nonisolated(unsafe) private static var idle: [Worker] = []

  static func start(_ work: @escaping @Sendable () -> Void) {
    let worker = lock.withLock { idle.popLast() } ?? made()
    worker.work = work
    worker.begins.signal()
  }

  private static func made() -> Worker {
    let worker = Worker()
    let thread = Thread {
      while true {
        worker.begins.wait()
        worker.work?()
        worker.work = nil
        lock.withLock { idle.append(worker) }
      }
    }
    thread.stackSize = 8 << 20
    thread.start()
    return worker
  }
}
