import Glibc

/// A value that one thread at a time reads and changes.
///
/// It is the system's own lock, and not the library's `Mutex`: the thread sanitizer knows what it orders.
package final class Lock<Value: ~Copyable>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var value: Value

  package init(_ value: consuming sending Value) {
    self.value = value
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Calls `body` with the value when no other thread has it. It must not ask for the same lock again.
  package func withLock<Result: ~Copyable>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value)
  }

  /// Calls `body` when the value is as it should be, of which `condition` tells; `nil` if it was not before the end, a moment of
  /// ``MonotonicTime/nanoseconds``.
  func withLock<Result>(
    waiting condition: UnsafeMutablePointer<pthread_cond_t>, until isReady: (borrowing Value) -> Bool, end: Int = .max,
    then body: (inout Value) -> Result
  ) -> Result? {
    var time = timespec(tv_sec: end / 1_000_000_000, tv_nsec: end % 1_000_000_000)
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while !isReady(value) {
      if pthread_cond_timedwait(condition, mutex, &time) == ETIMEDOUT && !isReady(value) { return nil }
    }
    return body(&value)
  }
}
