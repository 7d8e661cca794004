import Diagnostics
import Glibc
import Sessions
import Synchronization
import Threads

import enum Storage.TemporaryNames

/// Ends the program where what it does goes on beyond the limits and does not end by itself.
///
/// What is done looks at its limits every few thousand steps, and ends with all in order. Where a step takes long and does not look,
/// it is ended here after a short patience, by a thread that does nothing else, with the program.
/// In the shell, where people type, there is none.
enum Watchdog {
  /// When what is done now has to end, in nanoseconds of the clock; 0 where nothing is limited.
  private static let deadline = Atomic<UInt64>(0)
  /// Whether reading or a query is done now, so that its memory is looked at.
  private static let activity = Atomic<UInt8>(Activity.none.rawValue)
  private static let isArmed = Atomic<Bool>(false)
  /// Whether what is done is a part of a transaction, which ends with the program.
  static let isInTransaction = Atomic<Bool>(false)
  private static let nanoseconds = Atomic<UInt64>(0)
  private static let bytes = Atomic<Int>(0)
  /// How long was paused so far.
  private static let paused = Atomic<UInt64>(0)

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
    set(limits)
    guard limits.seconds != nil || limits.memory != nil, !isArmed.exchange(true, ordering: .relaxed) else { return }
    if !BackgroundThread.start({ watch(Reporter(color: color)) }) {
      isArmed.store(false, ordering: .relaxed)
    }
  }

  /// What is begun from here on has other limits.
  static func set(_ limits: Limits) {
    nanoseconds.store(limits.seconds.map { UInt64(min($0, 1e9) * 1e9) } ?? 0, ordering: .relaxed)
    bytes.store(limits.memory ?? 0, ordering: .relaxed)
  }

  /// How to go on where so many bytes were not enough.
  static func help(beyond bytes: Int, inShell: Bool = false) -> String {
    (bytes == MachineMemory.share ? "that is three quarters of the memory here; " : "")
      + "allow more with \(inShell ? "`:set memory MIB`" : "--memory")"
  }

  /// Does something under the limits, of which the time begins now.
  static func watching<Result>(_ activity: Activity, _ work: () throws -> Result) rethrows -> Result {
    begin(activity)
    defer { end() }
    return try work()
  }

  /// Receives something, of which the memory counts; the time is that of whoever sends it.
  static func receiving<Result>(_ work: () throws -> Result) rethrows -> Result {
    begin(.reading, isTimed: false)
    defer { end() }
    return try work()
  }

  /// Does something that takes time for which the program is not at fault, as waiting for a reader, or that must not be cut off.
  static func pausing<Result>(_ work: () throws -> Result) rethrows -> Result {
    let current = Activity(rawValue: activity.load(ordering: .relaxed)) ?? .none
    let end = deadline.load(ordering: .relaxed)
    let start = now
    self.end()
    defer {
      let time = now - start
      paused.wrappingAdd(time, ordering: .relaxed)
      if current != .none {
        deadline.store(end == 0 ? 0 : end + time, ordering: .relaxed)
        activity.store(current.rawValue, ordering: .sequentiallyConsistent)
      }
    }
    return try work()
  }

  /// Seconds on a clock that stands still in pauses, for the limits of queries.
  static var workingSeconds: Double { Double(now - paused.load(ordering: .relaxed)) * 1e-9 }

  /// Lets the time begin anew, where anything is watched: the next query is another one.
  static func beginAnew() {
    let current = Activity(rawValue: activity.load(ordering: .relaxed)) ?? .none
    if current != .none { begin(current) }
  }

  private static func begin(_ next: Activity, isTimed: Bool = true) {
    guard isArmed.load(ordering: .relaxed) else { return }
    let time = isTimed ? nanoseconds.load(ordering: .relaxed) : 0
    deadline.store(time == 0 ? 0 : now + time, ordering: .relaxed)
    activity.store(next.rawValue, ordering: .sequentiallyConsistent)
  }

  private static func end() {
    // Whoever comes too late waits for the end, and says nothing more.
    let last = activity.exchange(Activity.none.rawValue, ordering: .sequentiallyConsistent)
    if last == Activity.ended.rawValue { while true { pause() } }
  }

  private static var now: UInt64 { UInt64(MonotonicTime.nanoseconds) }

  // MARK: The thread

  private static func watch(_ reporter: Reporter) -> Never {
    var overSince: UInt64?
    var isFar = false
    while true {
      // Where there is much room left it is not looked at so often.
      usleep(isFar ? interval * 8 : interval)
      isFar = false
      let current = activity.load(ordering: .sequentiallyConsistent)
      guard let doing = Activity(rawValue: current), doing != .none else {
        overSince = nil
        continue
      }
      let end = deadline.load(ordering: .relaxed)
      let time = nanoseconds.load(ordering: .relaxed)
      if end > 0, now > end + patience {
        finish(
          doing, .timeLimit, "after \(Decimals.short(Double(time) / 1e9)) s", help: "allow more with --timeout",
          reporter)
      }
      let memory = bytes.load(ordering: .relaxed)
      guard memory > 0 else { continue }
      guard Watch.isBeyond(memory) else {
        overSince = nil
        isFar = end == 0 && Watch.residentBytes < memory / 2
        continue
      }
      let since = overSince ?? now
      overSince = since
      if now > since + patience || Watch.residentBytes > memory + memory / 8 + leastExcess {
        finish(doing, .memoryLimit, "it needs more than \(memory >> 20) MiB", help: help(beyond: memory), reporter)
      }
    }
  }

  private static let leastExcess = 8 << 20

  /// Ends the program, unless what was done has come to its end meanwhile.
  private static func finish(_ doing: Activity, _ code: Code, _ reason: String, help: String, _ reporter: Reporter) {
    guard
      activity.compareExchange(
        expected: doing.rawValue, desired: Activity.ended.rawValue, ordering: .sequentiallyConsistent
      ).exchanged
    else { return }
    let separator = code == .timeLimit ? " " : ": "
    var problems = [Diagnostic(code, "\(doing.name) was ended\(separator)\(reason)", help: help)]
    if isInTransaction.load(ordering: .relaxed) { problems.append(Script.unendedTransaction) }
    reporter.report(problems)
    TemporaryNames.removeFiles()
    _exit(ExitStatus.limit.rawValue)
  }
}
