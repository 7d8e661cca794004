import Glibc
import Synchronization
import Threads

/// How much a query may use before it ends with ``QueryFailure``.
public struct Limits: Sendable {
  public var seconds: Double?
  /// Bytes of memory of the whole process.
  public var memory: Int?
  /// Tells whether the system would give so many bytes more, where that can be told.
  public var isGranted: @Sendable (Int) -> Bool = { _ in true }
  /// Whether work was interrupted since the system refused memory, and not by a person.
  public var wasRefused: @Sendable () -> Bool = { false }
  /// Tells whether the work was called off in another way than by an ``Interruption``. The thread that began it asks.
  public var isCancelled: @Sendable () -> Bool = { false }
  /// How many threads may share what takes long; see ``usualThreads``.
  public var threads = 1
  /// What tells the time for ``seconds``. Tests tell it by what is done, so that no test rests on the machine's speed.
  package var clock: @Sendable () -> Double = { MonotonicTime.seconds }
  public init() {}

  /// As many threads as there are processors, and not more than eight: what is brought together in the end is so by one.
  public static var usualThreads: Int { min(8, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

/// A flag that ends the running query: setting it is safe from any thread and from a signal handler.
public final class Interruption: Sendable {
  private let flag = Atomic<Bool>(false)
  public init() {}
  public var isSet: Bool { flag.load(ordering: .relaxed) }
  public func set() { flag.store(true, ordering: .relaxed) }
  public func clear() { flag.store(false, ordering: .relaxed) }
}

/// Why a query ended without its answer, where the query itself is not at fault.
public enum QueryFailure: Error, Sendable {
  case interrupted
  /// The time limit, in seconds.
  case time(Double)
  /// The memory limit, in bytes.
  case memory(Int)
  /// The system would not give the memory that was asked for.
  case refused
}
