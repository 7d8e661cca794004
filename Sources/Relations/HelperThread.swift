import Glibc

/// A thread that does one piece of work.
final class HelperThread {
  private let work: () -> Void
  private var thread = pthread_t()
  /// Is given when the work has ended.
  private let end = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  /// `nil` where the system has no thread to give.
  /// - Parameter work: must not touch what the thread that made this one changes meanwhile.
  init?(_ work: @escaping () -> Void) {
    self.work = work
    sem_init(end, 0, 0)
    let failure = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let this = Unmanaged<HelperThread>.fromOpaque(argument).takeUnretainedValue()
        this.work()
        sem_post(this.end)
        return nil
      }, Unmanaged.passUnretained(self).toOpaque())
    if failure != 0 { return nil }
  }

  deinit {
    sem_destroy(end)
    end.deallocate()
  }

  /// Waits until the work has ended. To be asked once, and not after ``hasEnded(within:)`` was true.
  func join() {
    while sem_wait(end) != 0 {}
    pthread_join(thread, nil)
  }

  /// Waits until the work has ended, and not longer than some milliseconds; whether it has. To be asked until it has.
  func hasEnded(within milliseconds: Int) -> Bool {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    time.tv_nsec += milliseconds * 1_000_000
    if time.tv_nsec >= 1_000_000_000 {
      time.tv_nsec -= 1_000_000_000
      time.tv_sec += 1
    }
    guard sem_timedwait(end, &time) == 0 else { return false }
    pthread_join(thread, nil)
    return true
  }
}
