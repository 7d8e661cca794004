import Interchange
import Storage

extension Session {
  /// Keeps whatever is whole of a snapshot and its journal, in a new snapshot; the originals are only read. Throws a
  /// ``Diagnostic``, also if there is a file already where the new one goes.
  /// - Returns: what was kept and what is lost.
  public static func repair(_ path: String, to new: String) throws -> RepairReport {
    try TextFile.hinting(path) { try Snapshot.repair(path, to: new) }
  }

  /// Tells what the end of a journal leaves out.
  func noteEnd(ofJournalBeside path: String, _ tail: JournalTail) {
    if let note = tail.note(path) { knowledge.note("note: \(note)") }
    if tail.isDoubtful { mayLackChange = true }
  }
}
