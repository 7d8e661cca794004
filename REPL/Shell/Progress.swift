import Glibc
import Synchronization

/// A line on a terminal that tells how long something takes, from half a second on, and is gone when it is done.
enum Progress {
  private final class State: Sendable {
    let line = Mutex((isDone: false, isShown: false))
  }

  /// Runs `work`, of which nothing may be shown meanwhile.
  static func showing<Result>(_ work: () throws -> Result) rethrows -> Result {
    guard Environment.isTerminal(STDERR_FILENO), !Environment.isDumb else { return try work() }
    let state = State()
    start(state)
    defer {
      // The thread ends of itself; under the lock it sees that it is to write no more.
      state.line.withLock { line in
        line.isDone = true
        if line.isShown { Output.writeError("\r\u{1B}[K") }
      }
    }
    return try work()
  }

  private static func start(_ state: State) {
    let context = Unmanaged.passRetained(state)
    var thread = pthread_t()
    if pthread_create(&thread, nil, { Progress.run($0) }, context.toOpaque()) == 0 {
      pthread_detach(thread)
    } else {
      context.release()
    }
  }

  private static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let state = Unmanaged<State>.fromOpaque(context).takeRetainedValue()
    // Signals are for the thread that works.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    var tenths = 0
    while true {
      usleep(100_000)
      tenths += 1
      let isDone = state.line.withLock { line in
        if !line.isDone && tenths >= 5 {
          line.isShown = true
          Output.writeError("\r\u{1B}[K\(tenths / 10).\(tenths % 10) s, Ctrl-C ends it")
        }
        return line.isDone
      }
      if isDone { return nil }
    }
  }
}
