import Diagnostics
import Graphs
import Sessions
import Terms

@testable import Storage

/// What a process does, as a shell or a verb would have sessions do it.
struct Program: Sendable {
  enum Step: Sendable, Equatable {
    /// As a shell is opened on the snapshot.
    case open
    /// A transaction that states the two facts of a change.
    case add(Int)
    /// Takes back a change that the session has made.
    case takeBack(Int)
    /// `:save`
    case save
    /// `:reload`
    case reload
    /// The end of a shell.
    case leave
    /// As `query` reads the graph.
    case read
    /// As `save` puts a graph with one change in the place of another, whatever that is.
    case replace(Int)
    /// As `save --graph g.tiltas more.dl -o g.tiltas` adds a change.
    case saveWith(Int)
  }

  let name: String
  let steps: [Step]
  init(_ name: String, _ steps: [Step]) { (self.name, self.steps) = (name, steps) }

  static let path = SimulatedDisk.folder + "/g.tiltas"

  static func text(of change: Int) -> String { "x(\(change)). y(\(change))." }

  /// The changes that a session has.
  static func found(in graph: Graph) throws -> Claims.Found {
    func numbers(_ name: String) -> Set<Int> {
      var numbers: Set<Int> = []
      graph.relation(named: name)?.facts.forEachTuple { tuple in
        if case .integer(let number) = graph.terms.value(Term(tuple[0])) { numbers.insert(Int(number)) }
        return true
      }
      return numbers
    }
    let (first, second) = (numbers("x"), numbers("y"))
    try graph.checkSupplies()
    return Claims.Found(changes: first.intersection(second), halves: first.symmetricDifference(second))
  }
}

/// A process that carries out a program.
final class ProgramRun {
  private let machine: Machine
  private let number: Int
  private let disk: any Disk
  private var session: Session?
  /// What it has changed and nobody has acknowledged yet.
  private var waiting: Set<Int> = []
  private var waitingToGo: Set<Int> = []

  init(_ machine: Machine, _ number: Int, _ disk: any Disk) {
    (self.machine, self.number, self.disk) = (machine, number, disk)
  }

  func carryOut(_ program: Program) {
    for step in program.steps where !machine.hasEnded(number) {
      machine.tell(number, "\(step)")
      do { try carryOut(step) } catch { judge(error, step) }
    }
    session?.endJournal()
    session = nil
  }

  private func judge(_ error: any Error, _ step: Program.Step) {
    let text = (error as? Diagnostic)?.message ?? "\(error)"
    // Nobody need be able to save while another has the lock; all else must be possible.
    let mayBeRefused = [.save, .reload].contains(step) && session?.keepsJournal != true
    switch step {
    case .replace, .saveWith: machine.noteRefusal(number, text)
    case _ where mayBeRefused: machine.noteRefusal(number, text)
    default: machine.noteFault(number, "\(step) failed: \(text)")
    }
  }

  private func carryOut(_ step: Program.Step) throws {
    switch step {
    case .open:
      let session = Session(on: disk)
      self.session = session
      try session.openForChanges(path: Program.path)
      session.startJournal()
    case .add(let change):
      claim { $0.stated.insert(change) }
      waiting.insert(change)
      try enter("+x(\(change)). +y(\(change)).")
    case .takeBack(let change):
      claim { $0.beingTakenBack.insert(change) }
      waitingToGo.insert(change)
      try enter("-x(\(change)). -y(\(change)).")
    case .save:
      try session?.save(to: Program.path)
      acknowledge()
    case .reload:
      _ = try session?.reload()
      acknowledgeIfKept()
    case .leave:
      try? session?.keepWaitingChanges()
      acknowledgeIfKept()
      session?.endJournal()
      session = nil
    case .read: try read()
    case .replace(let change):
      claim { $0.stated.insert(change) }
      waiting = [change]
      let session = Session(on: disk)
      try session.load(SourceFile(name: "new.dl", text: Program.text(of: change)))
      machine.setReplacing(number, true)
      defer { machine.setReplacing(number, false) }
      try session.save(to: Program.path)
      acknowledge()
    case .saveWith(let change):
      claim { $0.stated.insert(change) }
      waiting = [change]
      let session = Session(on: disk)
      try session.openForChanges(path: Program.path, takingLock: false)
      try session.load(SourceFile(name: "more.dl", text: Program.text(of: change)))
      try session.save(to: Program.path)
      acknowledge()
    }
  }

  private func enter(_ text: String) throws {
    guard let session else { return }
    session.begin()
    _ = try session.enter(text) { _ in }
    try session.commit()
    acknowledgeIfKept()
  }

  /// A step that does nothing on the disk, to look at what was acknowledged.
  private func awaitTurn(_ name: String) -> Bool {
    guard machine.awaitTurn(number, name, "") else { return false }
    machine.note(number, name, "", 0)
    return true
  }

  private func read() throws {
    guard awaitTurn("begin to read") else { return }
    let before = machine.claims
    let session = Session(on: disk)
    try session.load(path: Program.path)
    let found = try Program.found(in: session.graph)
    guard awaitTurn("have read") else { return }
    var claims = machine.claims
    // What was acknowledged when the reading began, and was not replaced meanwhile.
    claims.acknowledged.formIntersection(before.acknowledged)
    claims.takenBack = before.takenBack
    if let fault = claims.fault(in: found) { machine.noteFault(number, "read: " + fault) }
  }

  private func claim(_ change: (inout Claims) -> Void) {
    if machine.hasEnded(number) { return }
    change(&machine.claims)
  }

  private func acknowledgeIfKept() { if session?.keepsJournal == true { acknowledge() } }

  private func acknowledge() {
    if machine.hasEnded(number) || waiting.isEmpty && waitingToGo.isEmpty { return }
    machine.tell(number, "acknowledged: \((waiting.map { "+\($0)" } + waitingToGo.map { "-\($0)" }).sorted())")
    claim { claims in
      claims.acknowledged.formUnion(waiting)
      claims.takenBack.formUnion(waitingToGo)
    }
    (waiting, waitingToGo) = ([], [])
  }
}
