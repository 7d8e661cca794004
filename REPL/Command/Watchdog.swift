import Glibc
import Relations
import Synchronization
import Tiltas

import enum Storage.TemporaryNames

/// Ends the program where what it does goes on beyond the limits and does not end by itself.
///
/// A query looks at its limits every few thousand steps, and ends with all in order. Reading, sorting, printing, and a step that
/// takes long, do not look; after a short patience they are ended here, by a thread that does nothing else, with the program.
/// In the shell, where people type, there is none.
enum Watchdog {
  /// When what is done now has to end, in nanoseconds of the clock; 0 where nothing is limited.
  private static let deadline = Atomic<UInt64>(0)
  /// Whether reading or a query is done now, so that its memory is looked at.
  private static let activity = Atomic<UInt8>(Activity.none.rawValue)
  private static let isArmed = Atomic<Bool>(false)
  private static let nanoseconds = Atomic<UInt64>(0)

  enum Activity: UInt8 {
    case none, reading, query
    /// The program is being ended.
    case ended

    var name: String { self == .reading ? "reading" : "the query" }
  }

  /// How long a query may take to end by itself.
  private static let patience: UInt64 = 50_000_000
  private static let interval: useconds_t = 4_000

  /// From here on limits are watched over, if there are any.
  static func arm(_ limits: Limits, color: Bool) {
    guard limits.seconds != nil || limits.memory != nil, !isArmed.exchange(true, ordering: .relaxed) else { return }
    if let seconds = limits.seconds { nanoseconds.store(UInt64(min(seconds, 1e9) * 1e9), ordering: .relaxed) }
    if !BackgroundThread.start({ watch(limits, Reporter(color: color)) }) {
      isArmed.store(false, ordering: .relaxed)
    }
  }

  /// Does something under the limits, of which the time begins now.
  static func watching<Result>(_ activity: Activity, _ work: () throws -> Result) rethrows -> Result {
    begin(activity)
    defer { end() }
    return try work()
  }

  /// Does something that takes time for which the program is not at fault, as waiting for a reader, or that must not be cut off.
  static func pausing<Result>(_ work: () throws -> Result) rethrows -> Result {
    let current = Activity(rawValue: activity.load(ordering: .relaxed)) ?? .none
    let paused = deadline.load(ordering: .relaxed)
    let start = now
    end()
    defer {
      if current != .none {
        deadline.store(paused == 0 ? 0 : paused + (now - start), ordering: .relaxed)
        activity.store(current.rawValue, ordering: .sequentiallyConsistent)
      }
    }
    return try work()
  }

  /// Lets the time begin anew, where anything is watched: the next query is another one.
  static func beginAnew() {
    let current = Activity(rawValue: activity.load(ordering: .relaxed)) ?? .none
    if current != .none { begin(current) }
  }

  private static func begin(_ next: Activity) {
    guard isArmed.load(ordering: .relaxed) else { return }
    let time = nanoseconds.load(ordering: .relaxed)
    deadline.store(time == 0 ? 0 : now + time, ordering: .relaxed)
    activity.store(next.rawValue, ordering: .sequentiallyConsistent)
  }

  private static func end() {
    // Whoever comes too late waits for the end, and says nothing more.
    let last = activity.exchange(Activity.none.rawValue, ordering: .sequentiallyConsistent)
    if last == Activity.ended.rawValue { while true { pause() } }
  }

  private static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  // MARK: The thread

  private static func watch(_ limits: Limits, _ reporter: Reporter) -> Never {
    var overSince: UInt64?
    while true {
      usleep(interval)
      let current = activity.load(ordering: .sequentiallyConsistent)
      guard let doing = Activity(rawValue: current), doing != .none else {
        overSince = nil
        continue
      }
      let end = deadline.load(ordering: .relaxed)
      if let seconds = limits.seconds, end > 0, now > end + patience {
        finish(doing, "after \(Decimals.short(seconds)) s", option: "--timeout", reporter)
      }
      guard let memory = limits.memory else { continue }
      guard Watch.isBeyond(memory) else {
        overSince = nil
        continue
      }
      let since = overSince ?? now
      overSince = since
      if now > since + patience || Watch.residentBytes > memory + memory / 8 + leastExcess {
        finish(doing, "it needs more than \(memory >> 20) MiB", option: "--memory", reporter)
      }
    }
  }

  private static let leastExcess = 8 << 20

  /// Ends the program, unless what was done has come to its end meanwhile.
  private static func finish(_ doing: Activity, _ reason: String, option: String, _ reporter: Reporter) {
    guard
      activity.compareExchange(
        expected: doing.rawValue, desired: Activity.ended.rawValue, ordering: .sequentiallyConsistent
      ).exchanged
    else { return }
    let separator = reason.hasPrefix("after") ? " " : ": "
    reporter.report([Diagnostic("\(doing.name) was ended\(separator)\(reason)", help: "allow more with \(option)")])
    TemporaryNames.removeFiles()
    _exit(ExitStatus.limit.rawValue)
  }
}
