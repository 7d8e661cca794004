import Dispatch
import Glibc

@testable import Storage

/// A machine with a disk and processes, of which one takes a step at a time: that which is told to.
///
/// Each process has a thread of its own, which stops before each step that others may notice until it is its turn. So no two run at
/// the same time, and a list of turns says all that happens.
final class Machine: @unchecked Sendable {
  /// A step that a process waits to take.
  private struct Waiting {
    var name: String
    var path: String
    var pausing: Bool
    /// How often the disk was changed when it began to wait.
    var changes: Int
  }

  /// A step that was taken.
  struct Event {
    var process: Int
    var text: String
  }

  var disk: SimulatedDisk
  var claims: Claims
  let splitsWrites: Bool
  private(set) var events: [Event] = []
  /// What a process has found that must not be.
  private(set) var fault: String?
  private(set) var refusals: [String: Int] = [:]
  private var waiting: [Waiting?] = []
  private var isOver: [Bool] = []
  private var wasKilled: [Bool] = []
  private var isReplacing: [Bool] = []
  /// Stands for all that a process has learnt of the disk, and so for what it does next.
  private var histories: [Int] = []
  private var turns: [DispatchSemaphore] = []
  private let arrived = DispatchSemaphore(value: 0)
  /// Called before each step when there is nobody else.
  private let alone: ((Machine) -> Void)?

  /// - Parameter processes: what each does.
  init(_ disk: SimulatedDisk, _ claims: Claims, splitsWrites: Bool, processes: [@Sendable (Machine, Int) -> Void]) {
    (self.disk, self.claims, self.splitsWrites, alone) = (disk, claims, splitsWrites, nil)
    for _ in processes { addProcess() }
    for (number, work) in processes.enumerated() {
      Threads.start { [self] in
        turns[number].wait()
        work(self, number)
        isOver[number] = true
        arrived.signal()
      }
      // Each goes up to its first step by itself.
      go(number)
    }
  }

  /// A machine with one process, which the caller is.
  init(alone disk: SimulatedDisk, before: @escaping (Machine) -> Void = { _ in }) {
    (self.disk, claims, splitsWrites, alone) = (disk, Claims(), false, before)
    addProcess()
  }

  private func addProcess() {
    waiting.append(nil)
    isOver.append(false)
    wasKilled.append(false)
    isReplacing.append(false)
    histories.append(0)
    turns.append(DispatchSemaphore(value: 0))
  }

  // MARK: For processes

  func hasEnded(_ process: Int) -> Bool { wasKilled[process] }

  /// Waits until a process may take its next step; whether it lives to take it.
  func awaitTurn(_ process: Int, _ name: String, _ path: String, pausing: Bool = false) -> Bool {
    if wasKilled[process] { return false }
    if let alone {
      alone(self)
      return true
    }
    waiting[process] = Waiting(name: name, path: path, pausing: pausing, changes: disk.changes)
    arrived.signal()
    turns[process].wait()
    waiting[process] = nil
    return !wasKilled[process]
  }

  func note(_ process: Int, _ name: String, _ path: String, _ told: Int) {
    histories[process] = [histories[process], name.hashValue, told].hashValue
    if alone != nil { return }
    let failed = told < 0 && told > -1000 ? ": " + String(cString: strerror(Int32(-told))) : ""
    events.append(Event(process: process, text: name + (path.isEmpty ? "" : " " + Self.short(path)) + failed))
  }

  /// Notes what a process does, or what it was told.
  func tell(_ process: Int, _ text: String) {
    if wasKilled[process] { return }
    events.append(Event(process: process, text: "**" + text + "**"))
  }

  func noteFault(_ process: Int, _ text: String) {
    if wasKilled[process] { return }
    tell(process, text)
    fault = fault ?? text
  }

  func noteRefusal(_ process: Int, _ text: String) {
    if wasKilled[process] { return }
    tell(process, text)
    refusals[text, default: 0] += 1
  }

  /// From here on a process is about to put another graph in the place of the one that is there, or no longer.
  func setReplacing(_ process: Int, _ isReplacing: Bool) { self.isReplacing[process] = isReplacing }

  func noteReplaced(by process: Int) { if isReplacing[process] { claims.replace() } }

  private static func short(_ path: String) -> String {
    if path.hasSuffix(".tmp") { return "the new snapshot" }
    if path == SimulatedDisk.folder { return "the folder" }
    return path.split(separator: "/").last.map(String.init) ?? path
  }

  // MARK: For whoever gives the turns

  private func go(_ process: Int) {
    turns[process].signal()
    arrived.wait()
  }

  /// The processes that can take a step. One that waits for others to do something can if all do.
  var ready: [Int] {
    let living = waiting.indices.filter { !isOver[$0] }
    let ready = living.filter { process in
      waiting[process].map { !$0.pausing || $0.changes != disk.changes } ?? true
    }
    return ready.isEmpty ? living : ready
  }

  var living: [Int] { isOver.indices.filter { !isOver[$0] } }

  func step(_ process: Int) { go(process) }

  /// Whether the next steps of two processes may be taken in either order, with the same in the end.
  func areIndependent(_ first: Int, _ second: Int) -> Bool {
    guard let first = access(first), let second = access(second) else { return false }
    return first.writes.isDisjoint(with: second.reads.union(second.writes))
      && second.writes.isDisjoint(with: first.reads)
  }

  private func access(_ process: Int) -> Access? {
    waiting[process].map { Access(of: $0.name, $0.path, on: disk) }
  }

  func kill(_ process: Int) {
    events.append(Event(process: process, text: "**killed**"))
    wasKilled[process] = true
    disk.end(process)
    go(process)
  }

  /// Ends all processes, which leaves nothing to be looked at.
  func giveUp() { for process in living { kill(process) } }

  /// Stands for the disk and what the living processes know of it: where two are alike, all that can happen is.
  /// - Parameter victim: a process that is thought of as killed.
  func fingerprint(killing victim: Int? = nil) -> Int {
    var hasher = Hasher()
    var disk = disk
    if let victim { disk.end(victim) }
    disk.fingerprint(&hasher)
    hasher.combine(claims)
    for process in isOver.indices {
      let isGone = isOver[process] || process == victim
      hasher.combine(isGone ? -1 : histories[process])
      hasher.combine(isGone ? nil : waiting[process].map { $0.pausing && $0.changes == disk.changes })
    }
    return hasher.finalize()
  }
}
