import Glibc
import Sessions
import Synchronization

import enum Storage.TemporaryNames

/// The signals that the program answers, and what has come of them.
///
/// Handlers only set atomics, remove what is not written to its end, and end the program: all that is safe in them.
enum Signals {
  private static let interrupted = Atomic<Bool>(false)
  private static let ended = Atomic<Int32>(0)
  private static let resized = Atomic<Bool>(false)
  private static let continued = Atomic<Bool>(false)
  private static let isShell = Atomic<Bool>(false)
  /// The address of the running session's interruption; 0 for none.
  private static let running = Atomic<UInt>(0)

  /// Ctrl-C ends what the session runs; a second one ends the program at once. A closed pipe and a file that
  /// may not grow are errors of the write, not signals.
  static func install(for session: Session? = nil) {
    if let session {
      running.store(
        UInt(bitPattern: Unmanaged.passRetained(session.interruption).toOpaque()), ordering: .sequentiallyConsistent)
    }
    handle(SIGPIPE, with: SIG_IGN)
    handle(SIGXFSZ, with: SIG_IGN)
    handle(SIGINT) { _ in Signals.interrupt() }
    handle(SIGTERM) { Signals.end($0) }
    handle(SIGHUP) { Signals.end($0) }
  }

  /// In the shell, Ctrl-C never ends the program, and the signals to end it first restore the terminal.
  static func installForShell() {
    isShell.store(true, ordering: .relaxed)
    handle(SIGWINCH) { _ in Signals.resized.store(true, ordering: .relaxed) }
    handle(SIGCONT) { _ in Signals.continued.store(true, ordering: .relaxed) }
  }

  static var wasInterrupted: Bool { interrupted.load(ordering: .relaxed) }

  static func clearInterruption() { interrupted.store(false, ordering: .relaxed) }

  /// The signal that told the shell to end, if one has come.
  static var endingSignal: Int32? {
    let signal = ended.load(ordering: .relaxed)
    return signal == 0 ? nil : signal
  }

  static func takeResized() -> Bool { resized.exchange(false, ordering: .relaxed) }

  static func takeContinued() -> Bool { continued.exchange(false, ordering: .relaxed) }

  private static func interrupt() {
    let again = interrupted.exchange(true, ordering: .relaxed)
    let isSession = running.load(ordering: .sequentiallyConsistent) != 0
    if (again || !isSession) && !isShell.load(ordering: .relaxed) {
      TemporaryNames.removeFiles()
      _exit(ExitStatus.interrupted.rawValue)
    }
    interruptSession()
  }

  private static func end(_ signal: Int32) {
    if isShell.load(ordering: .relaxed) && ended.exchange(signal, ordering: .relaxed) == 0 {
      interruptSession()
      return
    }
    TemporaryNames.removeFiles()
    _exit(128 + signal)
  }

  /// Ends what runs as Ctrl-C does, for the program itself.
  static func endWork() {
    interrupted.store(true, ordering: .relaxed)
    interruptSession()
  }

  private static func interruptSession() {
    guard let pointer = UnsafeRawPointer(bitPattern: running.load(ordering: .sequentiallyConsistent)) else { return }
    Unmanaged<Interruption>.fromOpaque(pointer).takeUnretainedValue().set()
  }

  private static func handle(_ signal: Int32, with handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    sigaction(signal, &action, nil)
  }

  private static func handle(_ signal: Int32, with disposition: __sighandler_t?) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = disposition
    sigaction(signal, &action, nil)
  }
}
