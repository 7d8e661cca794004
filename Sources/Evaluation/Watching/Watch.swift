import CMalloc
import Glibc
import Threads

/// Watches over a running query: whether it was interrupted, or uses more time or memory than it may.
public final class Watch {
  private let limits: Limits
  private let interruption: Interruption
  private let deadline: Double?
  /// When the memory was last looked at.
  private var lastLook = 0.0
  /// How often more it may be asked, as it is every few thousand steps; `nil` for always. Unlike seconds, this limit does not
  /// depend on the machine's speed.
  public var questionsLeft: Int?
  /// Whether it was asked so often.
  public var isSpent: Bool { questionsLeft == 0 }
  /// Why the query is to end, once it is.
  public private(set) var failure: QueryFailure?

  /// Starts the query's time.
  public init(_ limits: Limits, _ interruption: Interruption) {
    self.limits = limits
    self.interruption = interruption
    deadline = limits.seconds.map { limits.clock() + $0 }
  }

  /// Whether to go on, which is counted where it may be asked so often only.
  public func proceed() -> Bool {
    let mayGoOn = mayGoOn()
    // Without such a limit nothing is counted, for several threads may ask.
    if let left = questionsLeft {
      if left == 0 { return false }
      questionsLeft = left - 1
    }
    return mayGoOn
  }

  /// Whether neither an interruption nor a limit of time or memory ends it.
  func mayGoOn() -> Bool {
    if interruption.isSet || limits.isCancelled() {
      failure = .interrupted
    } else if let deadline, let seconds = limits.seconds, limits.clock() > deadline {
      failure = .time(seconds)
    } else if let memory = limits.memory, isTimeToLook(), Watch.isBeyond(memory) {
      failure = .memory(memory)
    }
    return failure == nil
  }

  /// Whether so many bytes more may be taken at once, by the limit and by the system.
  func hasRoom(for bytes: Int) -> Bool {
    if let memory = limits.memory, Watch.isBeyond(memory - bytes) {
      failure = .memory(memory)
    } else if !limits.isGranted(bytes) {
      failure = .refused
    }
    return failure == nil
  }

  /// Asking for the memory costs more than most steps between two questions.
  private func isTimeToLook() -> Bool {
    let now = MonotonicTime.seconds
    guard now - lastLook > 0.002 else { return false }
    lastLook = now
    return true
  }

  /// Whether the process takes more memory than it may, in bytes, also once it has given back what it has only kept for
  /// later use.
  public static func isBeyond(_ memory: Int) -> Bool {
    guard residentBytes > memory else { return false }
    return malloc_trim(0) == 0 || residentBytes > memory
  }

  /// The memory of the process that is in use, in bytes.
  public static var residentBytes: Int {
    let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return 0 }
    defer { close(file) }
    // It is asked for every few milliseconds, so no string is made of it: the second number counts.
    return withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { line in
      let fields = line.prefix(max(0, read(file, line.baseAddress, line.count))).split(
        separator: UInt8(ascii: " "), maxSplits: 2)
      guard fields.count > 1 else { return 0 }
      return fields[1].reduce(0) { $0 &* 10 &+ Int($1 &- UInt8(ascii: "0")) } * sysconf(Int32(_SC_PAGESIZE))
    }
  }
}
