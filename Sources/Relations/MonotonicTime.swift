import Glibc

/// Time on a clock that only runs forward.
public enum MonotonicTime {
  /// Nanoseconds since some moment before the program began.
  public static var nanoseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
