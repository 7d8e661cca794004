import Glibc

/// A number of permits that one thread waits for and another gives.
package final class Semaphore: @unchecked Sendable {
  // The system's functions may be called by several threads at once.
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  package init(_ count: Int) { sem_init(semaphore, 0, UInt32(count)) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  package func give() { sem_post(semaphore) }

  package func wait() {
    while sem_wait(semaphore) != 0 {}
  }

  package func tryWait() -> Bool { sem_trywait(semaphore) == 0 }

  /// Waits, and not longer than some milliseconds; whether a permit was taken.
  package func wait(milliseconds: Int) -> Bool {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    time.tv_sec += milliseconds / 1000
    time.tv_nsec += milliseconds % 1000 * 1_000_000
    if time.tv_nsec >= 1_000_000_000 {
      time.tv_nsec -= 1_000_000_000
      time.tv_sec += 1
    }
    while sem_timedwait(semaphore, &time) != 0 { if errno != EINTR { return false } }
    return true
  }

  /// Whether there is a permit now.
  package var isGiven: Bool {
    var value: Int32 = 0
    sem_getvalue(semaphore, &value)
    return value > 0
  }
}
