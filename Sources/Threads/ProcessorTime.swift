import Glibc

/// What a thread has had of a processor, which other work on the machine does not lengthen. To ask takes longer than to ask
/// ``MonotonicTime``.
package enum ProcessorTime {
  /// Nanoseconds of the thread that asks.
  package static var nanoseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
