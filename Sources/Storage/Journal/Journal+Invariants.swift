extension Journal {
  /// What is wrong with the journal; `nil` where all is well. One that could not be written to any more is as it is.
  public func checkInvariants() -> String? {
    if hasFailed { return nil }
    if hasChanges { return "changes wait to be put on the disk" }
    if isStale { return recordCount == 0 && end == 0 ? nil : "it is to be begun anew, and has records" }
    if end != SnapshotLayout.aligned(end) || end < JournalLayout.headerLength { return "it ends at \(end)" }
    guard let length = fileLength else { return "its file is gone" }
    // Of a record that could not be written there may be a part.
    let most = end + tornBytes
    return (end...most).contains(length) ? nil : "its file has \(length) bytes in place of \(end) to \(most)"
  }
}
