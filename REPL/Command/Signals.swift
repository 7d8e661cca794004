import Glibc
import Synchronization
import Tiltas

/// The signals that the program answers, and what has come of them.
///
/// Handlers only set atomics, remove the temporary file of the output and end the program: all that is safe in them.
enum Signals {
  private static let interrupted = Atomic<Bool>(false)
  private static let ended = Atomic<Int32>(0)
  private static let resized = Atomic<Bool>(false)
  private static let continued = Atomic<Bool>(false)
  private static let isShell = Atomic<Bool>(false)
  /// The addresses of the running session's interruption and of the temporary file's path; 0 for none.
  private static let running = Atomic<UInt>(0)
  private static let temporaryFile = Atomic<UInt>(0)

  /// Ctrl-C ends what the session runs; a second one ends the program at once. A closed pipe and a file that
  /// may not grow are errors of the write, not signals.
  static func install(for session: Session) {
    running.store(
      UInt(bitPattern: Unmanaged.passRetained(session.interruption).toOpaque()), ordering: .sequentiallyConsistent)
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

  /// The file to remove when the program is ended from outside; `nil` for none.
  static func setTemporaryFile(_ path: String?) {
    let address = UInt(bitPattern: path.flatMap { strdup($0) })
    free(UnsafeMutableRawPointer(bitPattern: temporaryFile.exchange(address, ordering: .sequentiallyConsistent)))
  }

  private static func interrupt() {
    let again = interrupted.exchange(true, ordering: .relaxed)
    if again && !isShell.load(ordering: .relaxed) {
      removeTemporaryFile()
      _exit(ExitStatus.interrupted.rawValue)
    }
    interruptSession()
  }

  private static func end(_ signal: Int32) {
    if isShell.load(ordering: .relaxed) && ended.exchange(signal, ordering: .relaxed) == 0 {
      interruptSession()
      return
    }
    removeTemporaryFile()
    _exit(128 + signal)
  }

  private static func interruptSession() {
    guard let pointer = UnsafeRawPointer(bitPattern: running.load(ordering: .sequentiallyConsistent)) else { return }
    Unmanaged<Interruption>.fromOpaque(pointer).takeUnretainedValue().set()
  }

  static func removeTemporaryFile() {
    let address = temporaryFile.load(ordering: .sequentiallyConsistent)
    if let path = UnsafePointer<CChar>(bitPattern: address) { unlink(path) }
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
