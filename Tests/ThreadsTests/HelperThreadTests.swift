import Glibc
import Testing

@testable import Threads

@Suite("Helper threads", .serialized)
struct HelperThreadTests {
  /// Which thread has done something.
  private final class Trace { var thread: pthread_t? }

  /// A thousand hours in milliseconds.
  private static let endless = 3_600_000_000

  @Test("each does its work, on threads of their own while they are asked for together")
  func together() throws {
    let traces = (0..<3).map { _ in Trace() }
    let begun = Semaphore(0)
    let mayEnd = Semaphore(0)
    let helpers = try traces.map { trace in
      try #require(
        HelperThread {
          trace.thread = pthread_self()
          begun.give()
          mayEnd.wait()
        })
    }
    for _ in helpers { begun.wait() }
    for helper in helpers { #expect(!helper.hasEnded(within: 1)) }
    for _ in helpers { mayEnd.give() }
    for helper in helpers { helper.join() }
    let threads = Set(traces.compactMap(\.thread))
    #expect(threads.count == 3 && !threads.contains(pthread_self()))
  }

  @Test("one that has ended does the next work, and what its work held is let go of")
  func again() throws {
    let pool = HelperPool(patience: Self.endless)
    final class Held {}
    let traces = (0..<50).map { _ in Trace() }
    weak var held: Held?
    for (number, trace) in traces.enumerated() {
      let object = Held()
      held = object
      let helper = try #require(
        HelperThread(of: pool) {
          trace.thread = pthread_self()
          withExtendedLifetime(object) {}
        })
      if number % 2 == 0 { helper.join() } else { while !helper.hasEnded(within: 100) {} }
    }
    #expect(held == nil)
    #expect(Set(traces.compactMap(\.thread)).count == 1)
  }

  @Test("one that nobody asked for in a while ends, and is replaced by another")
  func idle() throws {
    let impatient = HelperPool(patience: 1)
    for _ in 0..<2 {
      let done = Semaphore(0)
      let helper = try #require(HelperThread(of: impatient) { done.give() })
      helper.join()
      #expect(done.tryWait())
      while impatient.idleCount > 0 { sched_yield() }
    }
  }

  @Test("tasks that threads share are done once each", arguments: [(0, 2), (1, 4), (1_000, 1), (1_000, 3)])
  func sharedTasks(count: Int, threads: Int) {
    var done = [Int](repeating: 0, count: count)
    done.withUnsafeMutableBufferPointer { done in
      SharedTasks.forEach(below: count, threads: threads) { done[$0] += 1 }
    }
    #expect(done == [Int](repeating: 1, count: count))
  }
}
