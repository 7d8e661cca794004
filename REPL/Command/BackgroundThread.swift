import Glibc

/// A thread that does something beside what the program does, until it is done or the program ends.
enum BackgroundThread {
  private final class Job: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Starts one; whether the system has a thread to give. Signals are for the thread that works, and never reach it.
  @discardableResult
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    let job = Unmanaged.passRetained(Job(body))
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let job = Unmanaged<Job>.fromOpaque(argument).takeRetainedValue()
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        job.body()
        return nil
      }, job.toOpaque())
    if failure == 0 {
      pthread_detach(thread)
    } else {
      job.release()
    }
    return failure == 0
  }
}
