import Glibc
import Synchronization

/// An index of names that is being made on a thread of its own.
final class NameIndexing: Sendable {
  /// What the thread is given, and what comes of it.
  private final class Work: Sendable {
    let names: Mutex<NameList?>
    let index = Mutex<NameIndex?>(nil)
    let isDone = Atomic<Bool>(false)
    init(_ names: consuming NameList) { self.names = Mutex(names) }
  }

  private let work: Work
  private let thread: Mutex<pthread_t?>

  /// `nil` where the system has no thread to give.
  init?(_ names: consuming NameList) {
    work = Work(names)
    guard let thread = Self.start(work) else { return nil }
    self.thread = Mutex(thread)
  }

  deinit { thread.withLock { if let thread = $0 { pthread_detach(thread) } } }

  private static func start(_ work: Work) -> pthread_t? {
    // Signals are for the thread that waits for them.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(work)
    let failure = pthread_create(
      &thread, nil,
      { context in
        if let context { NameIndexing.make(Unmanaged<Work>.fromOpaque(context).takeRetainedValue()) }
        return nil
      }, context.toOpaque())
    if failure == 0 { return thread }
    context.release()
    return nil
  }

  private static func make(_ work: Work) {
    guard let names = work.names.withLock({ $0.take() }) else { return }
    let index = NameIndex(names)
    work.index.withLock { $0 = index }
    work.isDone.store(true, ordering: .releasing)
  }

  var isDone: Bool { work.isDone.load(ordering: .acquiring) }

  /// Waits until the index is made, and gives it, once.
  func finish() -> NameIndex? {
    if let thread = thread.withLock({ $0.take() }) { pthread_join(thread, nil) }
    return work.index.withLock { $0.take() }
  }
}
