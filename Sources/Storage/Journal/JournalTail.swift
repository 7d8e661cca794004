/// The end of a journal that is no whole change.
public struct JournalTail: Sendable {
  public var byteCount: Int
  /// Whether it may be a change that was acknowledged and is damaged.
  public var isDoubtful: Bool

  public init(byteCount: Int, isDoubtful: Bool) {
    (self.byteCount, self.isDoubtful) = (byteCount, isDoubtful)
  }

  /// What a shell says that will cut it off; `nil` if nobody need know.
  /// - Parameter path: of the snapshot that the journal lies beside.
  public func warning(_ path: String) -> String? {
    if !isDoubtful { return nil }
    return "the next change cuts these bytes off; to keep them, copy \(path) and \(Journal.path(beside: path)) first; "
      + "`tiltas verify --repair \(path) -o NEW.tiltas` keeps what is whole"
  }

  /// What is said of it; `nil` if there is nothing.
  /// - Parameter path: of the snapshot that the journal lies beside.
  public func note(_ path: String) -> String? {
    if byteCount == 0 { return nil }
    let reason = "a change that was being written when the program or the computer stopped"
    return
      "\(byteCount) byte\(byteCount == 1 ? "" : "s") at the end of the journal of \(path) belong to no whole change and are left out: "
      + (isDoubtful ? "damage, or \(reason)" : reason)
  }
}

extension JournalContents {
  /// What the journal ends with that is no whole change.
  var tail: JournalTail { JournalTail(byteCount: tornBytes, isDoubtful: isEndDoubtful) }
}
