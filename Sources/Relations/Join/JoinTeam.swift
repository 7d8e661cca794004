import Synchronization
import Threads

/// How many threads may share a join.
public struct JoinThreads: Sendable {
  /// The join's own among them.
  public var count: Int
  /// For how many microseconds a part goes on alone, after its first steps, before others help; 0 for not at all.
  public var patience: Int

  public init(count: Int, patience: Int = Self.usualPatience) {
    self.count = count
    self.patience = patience
  }

  /// By then a part has taken longer than it takes to wake a thread, several times over.
  public static let usualPatience = 60
}

/// A part of a join that threads may share, by the number of its body.
struct JoinPart {
  let number: Int
  let shared: SharedPart

  init(_ number: Int, _ shared: SharedPart) {
    self.number = number
    self.shared = shared
  }
}

/// The threads that share the parts of one join.
///
/// A part begins on one thread. Helpers come once it has gone on for some time, so that what is quickly done pays nothing;
/// they read the same relations, which do not change meanwhile, and write to memory of their own.
final class JoinTeam {
  /// Tells helpers to end.
  private final class Signal: Sendable {
    private let isRaised = Atomic<Bool>(false)
    var mayProceed: Bool { !isRaised.load(ordering: .relaxed) }
    func raise() { isRaised.store(true, ordering: .relaxed) }
    func lower() { isRaised.store(false, ordering: .relaxed) }
  }

  private let threads: JoinThreads
  /// What was made for the join's own machine.
  private let original: JoinAssembler
  private let sinks: SinkList
  private let signal = Signal()
  /// The machines that were made so far; they run the same program, and those of the last run are used again.
  private var helpers: [JoinMachine] = []
  private var active: JoinPart?
  /// When it was first asked whether others should help; 0 where it was not.
  private var firstQuestion = 0
  /// The parts that took long when they were last run, as they mostly do again in the next round.
  private var long: Set<Int> = []
  private var running: [(thread: HelperThread, helper: JoinMachine)] = []

  init(threads: JoinThreads, _ original: JoinAssembler, _ sinks: SinkList) {
    self.threads = threads
    self.original = original
    self.sinks = sinks
  }

  // MARK: Running

  /// Runs a part to its end on all threads, and brings together what they counted and what rows they found.
  func run(_ part: JoinPart, _ step: JoinStep, _ machine: JoinMachine) {
    active = part
    firstQuestion = 0
    let start = MonotonicTime.nanoseconds
    machine.askSoon()
    _ = step.run(machine)
    active = nil
    part.shared.close()
    if !running.isEmpty { end(machine) }
    let isLong = MonotonicTime.nanoseconds - start >= Self.longPatience * threads.patience * 1_000
    if isLong { long.insert(part.number) } else { long.remove(part.number) }
  }

  /// What takes so many times as long as a part goes on alone is not begun alone the next time.
  private static let longPatience = 2

  /// Tells that a part's loop begins.
  func partHasOpened(_ machine: JoinMachine) {
    if mayBegin && (threads.patience == 0 || active.map { long.contains($0.number) } ?? false) { begin(machine) }
  }

  /// Tells that some hundreds or thousands of steps more were done.
  func someStepsWereDone(_ machine: JoinMachine) {
    guard mayBegin else { return }
    let now = MonotonicTime.nanoseconds
    if firstQuestion == 0 { firstQuestion = now }
    if now - firstQuestion >= threads.patience * 1_000 { begin(machine) }
  }

  /// Whether others may help and do not yet.
  private var mayBegin: Bool {
    active?.shared.isOpen == true && running.isEmpty && !original.accesses.contains(where: { $0.isLazy })
  }

  private func begin(_ machine: JoinMachine) {
    guard let active else { return }
    settle()
    signal.lower()
    if helpers.isEmpty { original.computing.prepareForThreads() }
    while helpers.count < threads.count - 1 {
      helpers.append(JoinMachine(helping: original) { [signal] in signal.mayProceed })
    }
    for helper in helpers {
      helper.prepare(like: machine)
      // Where the system has no thread to give the others do the work.
      guard let step = helper.assembler?.shared[active.number]?.step,
        let thread = HelperThread({ _ = step.run(helper) })
      else { return }
      running.append((thread, helper))
    }
  }

  /// Puts in order what is otherwise put in order when it is first read, so that reading changes nothing.
  private func settle() {
    for access in original.accesses { access.settle() }
    for sink in sinks.sinks { sink.settle() }
    for buffer in original.buffers.values { _ = buffer.view }
  }

  private func end(_ machine: JoinMachine) {
    if machine.failure != nil { signal.raise() }
    for (thread, helper) in running {
      while !thread.hasEnded(within: Self.milliseconds) {
        if machine.failure == nil && !machine.mayProceed() { signal.raise() }
      }
      if machine.failure == nil { machine.failure = helper.failure }
      if machine.failure == nil { _ = machine.add(helper.tally, times: 1) }
      for (sink, other) in zip(sinks.sinks, helper.sinks.sinks) {
        if machine.failure == nil { sink.absorb(other) } else { other.clear() }
      }
    }
    running.removeAll()
  }

  /// How long it is waited for helpers until it is asked again whether to go on.
  private static let milliseconds = 5
}

extension JoinMachine {
  fileprivate func prepare(like original: JoinMachine) {
    begin(like: original)
    for access in assembler?.accesses ?? [] {
      access.prepare()
      access.settle()
    }
    for (own, other) in zip(sinks.sinks, original.sinks.sinks) { own.begin(like: other) }
  }
}
