import Storage

extension Session {
  /// Keeps whatever is whole of a snapshot and its journal, in a new snapshot; the originals are only read. Throws a
  /// ``Diagnostic``, also if there is a file already where the new one goes.
  /// - Returns: what was kept and what is lost.
  public static func repair(_ path: String, to new: String) throws -> RepairReport {
    try Snapshot.repair(path, to: new)
  }

  /// Notes what is left out at the end of the journal of a snapshot.
  func noteEnd(of path: String, _ tornBytes: Int, _ isDoubtful: Bool) {
    if let note = Self.note(ofTornBytes: tornBytes, isDoubtful, path) { engine.note("note: \(note)") }
    if isDoubtful { mayLackChange = true }
  }

  /// What is said of the end of a journal that is no whole change; `nil` if there is nothing.
  static func note(ofTornBytes count: Int, _ isDoubtful: Bool, _ path: String) -> String? {
    if count == 0 { return nil }
    let reason = "a change that was being written when the program or the computer stopped"
    return
      "\(count) byte\(count == 1 ? "" : "s") at the end of the journal of \(path) belong to no whole change and are left out: "
      + (isDoubtful ? "damage, or \(reason)" : reason)
  }
}
