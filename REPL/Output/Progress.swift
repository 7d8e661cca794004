import Glibc
import Sessions
import Synchronization
import Threads

/// A line on the terminal that tells what takes long, from half a second on, and is gone when it is done.
///
/// A thread of its own writes it on standard error; whatever else the program writes to a terminal goes through
/// ``writing(_:to:_:)``, so that neither comes into the other.
enum Progress {
  private struct Line {
    var isShown = false
    /// Whether what was written last ended its line, so that nothing of it would be written over.
    var isAtStart = true
    /// Whether another program, which may use the same terminal, has got something to show.
    var isOver = false
  }

  private static let line = Lock(Line())

  private final class Watcher: Sendable {
    let activity: Activity
    let width: Int
    let isOver = Atomic<Bool>(false)
    init(_ activity: Activity, width: Int) {
      self.activity = activity
      self.width = width
    }
  }

  /// Whether the line is ever shown; where not, nothing is asked of what is written.
  private static let isPossible = Environment.isTerminal(STDERR_FILENO) && !Environment.isDumb

  /// Runs `work`, and shows what a session is doing meanwhile.
  static func showing<Result>(_ activity: Activity, _ work: () throws -> Result) rethrows -> Result {
    guard isPossible else { return try work() }
    let watcher = Watcher(activity, width: Environment.terminalWidth(STDERR_FILENO) ?? 80)
    BackgroundThread.start { watch(watcher) }
    defer {
      // The thread ends of itself; under the lock it sees that it is to write no more.
      line.withLock { line in
        watcher.isOver.store(true, ordering: .relaxed)
        hide(&line)
      }
    }
    return try work()
  }

  /// Writes with the line out of the way.
  static func writing(_ bytes: [UInt8], to descriptor: Int32, _ write: () throws -> Void) rethrows {
    guard isPossible, let last = bytes.last, !Files.isRegular(descriptor) else { return try write() }
    let isTerminal = Environment.isTerminal(descriptor)
    try line.withLock { line in
      hide(&line)
      if isTerminal { line.isAtStart = last == 0x0A } else { line.isOver = true }
      try write()
    }
  }

  private static func hide(_ line: inout Line) {
    if line.isShown { show("\r\u{1B}[K") }
    line.isShown = false
  }

  /// Past what ``writing(_:to:_:)`` guards, and without regard to a terminal that has gone.
  private static func show(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  private static func watch(_ watcher: Watcher) {
    while true {
      usleep(100_000)
      let isOver = line.withLock { line in
        if watcher.isOver.load(ordering: .relaxed) { return true }
        if let report = watcher.activity.report, report.seconds >= 0.5, line.isAtStart, !line.isOver {
          line.isShown = true
          show("\r\u{1B}[K" + text(report, width: watcher.width))
        }
        return false
      }
      if isOver { return }
    }
  }

  /// Such as `1.2 s, deriving path: 120000 rows, Ctrl-C ends it`.
  private static func text(_ report: Activity.Report, width: Int) -> String {
    let tenths = Int(report.seconds * 10)
    let rows = report.rows == 0 ? "" : ": " + Decimals.count(report.rows, "row", "rows")
    let stage = report.stage.isEmpty ? "" : ", " + Text.escapedForTerminal(report.stage)
    let text = "\(tenths / 10).\(tenths % 10) s\(stage)\(rows)" + (report.canBeEnded ? ", Ctrl-C ends it" : "")
    return TextTable.shortened(text, to: width - 1, false)
  }
}
