import Glibc

/// A number of permits that one thread waits for and another gives.
package final class Semaphore: @unchecked Sendable {
  private let lock: Lock<Int>
  /// Tells those that wait of a permit.
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  package init(_ count: Int) {
    lock = Lock(count)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    // The clock of `MonotonicTime`, which nobody sets.
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    condition.deallocate()
  }

  package func give() {
    lock.withLock { $0 += 1 }
    pthread_cond_signal(condition)
  }

  package func wait() {
    lock.withLock(waiting: condition, until: { $0 > 0 }, then: { $0 -= 1 })
  }

  package func tryWait() -> Bool { wait(milliseconds: 0) }

  /// Waits, and not longer than some milliseconds; whether a permit was taken.
  package func wait(milliseconds: Int) -> Bool {
    let end = MonotonicTime.nanoseconds + milliseconds * 1_000_000
    return lock.withLock(waiting: condition, until: { $0 > 0 }, end: end, then: { $0 -= 1 }) != nil
  }

  /// Whether there is a permit now.
  package var isGiven: Bool { lock.withLock { $0 > 0 } }
}
