import Threads

/// An index of names that is being made on a thread of its own.
final class NameIndexing: Sendable {
  private let names: Lock<NameList?>
  private let index = Lock<NameIndex?>(nil)
  /// Has a permit when the index is made.
  private let end = Semaphore(0)

  /// `nil` where the system has no thread to give.
  init?(_ names: consuming NameList) {
    self.names = Lock(names)
    guard BackgroundThread.start({ [self] in make() }) else { return nil }
  }

  private func make() {
    guard let names = names.withLock({ $0.take() }) else { return }
    let made = NameIndex(names)
    index.withLock { $0 = made }
    end.give()
  }

  var isDone: Bool { end.isGiven }

  /// Waits until the index is made, and gives it. To be asked once.
  func finish() -> NameIndex? {
    end.wait()
    return index.withLock { $0.take() }
  }
}
