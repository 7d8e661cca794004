import Diagnostics
import Graphs
import Sessions

@testable import Storage

/// The disk that programs begin with: a snapshot with the change 0, and perhaps a journal with the change 1.
enum Beginning {
  static func disk(withJournal: Bool, reusingNumbers: Bool) throws -> SimulatedDisk {
    let machine = Machine(alone: SimulatedDisk([:]))
    let disk = ProcessDisk(machine, 0)
    let first = Session(on: disk)
    try first.load(SourceFile(name: "g.dl", text: Program.text(of: 0)))
    try first.save(to: Program.path)
    if withJournal {
      let session = Session(on: disk)
      try session.openForChanges(path: Program.path)
      session.startJournal()
      session.begin()
      _ = try session.enter("+x(1). +y(1).") { _ in }
      try session.commit()
      session.endJournal()
    }
    return SimulatedDisk(machine.disk.leavings.files, reusesNumbers: reusingNumbers)
  }

  static func claims(withJournal: Bool) -> Claims {
    let changes: Set<Int> = withJournal ? [0, 1] : [0]
    return Claims(stated: changes, acknowledged: changes)
  }
}
