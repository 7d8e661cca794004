import Glibc

/// Time on a clock that only runs forward.
package enum MonotonicTime {
  /// Nanoseconds since some moment before the program began.
  package static var nanoseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  /// The same in seconds.
  package static var seconds: Double { Double(nanoseconds) * 1e-9 }
}
