import Diagnostics
import Terms

extension Snapshot {
  /// The lock of a file that is to be replaced, or is to be there for the first time.
  ///
  /// Throws if that would take away what nobody has asked for: a damaged snapshot, of which this may be the last copy, a file of
  /// another kind, changes of another snapshot, and what others have changed since the snapshot was read.
  /// - Parameter known: what was read of the file before, if anything.
  static func lock(
    toReplace target: String, named path: String, knowing known: SnapshotState?, pace: Pace, on disk: any Disk
  ) throws -> Journal {
    let journal = try Journal(beside: target, on: disk)
    do {
      if (disk.status(of: target)?.length ?? 0) == 0 {
        try resume(journalBesideNothing: journal, on: disk)
      } else {
        try resume(journal, besideWholeAt: path, knowing: known, pace: pace, on: disk)
      }
      return journal
    } catch let problem as Diagnostic {
      throw refusal(path, otherFile(at: journal.path, on: disk) ?? problem)
    }
  }

  /// A snapshot that was read before is not looked at again as long as it is the same: what is written is made of it.
  private static func resume(
    _ journal: Journal, besideWholeAt path: String, knowing known: SnapshotState?, pace: Pace, on disk: any Disk
  ) throws {
    do {
      try reading(path, on: disk) { reader, contents in
        let identity = reader.layout.identity
        if let known {
          guard SnapshotState(journal.target, identity, contents) == known else { throw changed(path) }
        } else {
          try reader.checkSections(pace)
          if contents.isEndDoubtful { throw Diagnostic(.doubtfulEnd, contents.tail.note(path) ?? "") }
        }
        journal.resume(contents, of: identity)
      }
    } catch is Diagnostic where known != nil {
      throw changed(path)
    }
  }

  private static func changed(_ path: String) -> Diagnostic {
    Diagnostic(
      .changedByAnother, "another process has changed it since it was opened",
      help: "save under another name; or open it anew, with what was changed, and make your changes there")
  }

  /// The journal beside nothing, or beside an empty file.
  private static func resume(journalBesideNothing journal: Journal, on disk: any Disk) throws {
    let contents = try? JournalContents(of: journal.target, on: disk)
    guard let contents, contents.records.isEmpty, !contents.isEndDoubtful else {
      throw Diagnostic(
        .foreignJournal, "`\(journal.path)` holds changes of another snapshot",
        help: "put that back, or move the journal away")
    }
    journal.resume(contents, of: 0)
  }

  /// What is said of a file in the place of a journal that is none; `nil` if there is no such file.
  private static func otherFile(at path: String, on disk: any Disk) -> Diagnostic? {
    guard let file = try? InputFile(ifThere: path, on: disk), !JournalLayout.isBeginning(of: file) else { return nil }
    return Diagnostic(.cannotWrite, "`\(path)` is there, which is no journal", help: "move it away")
  }

  /// What is said if a file is not written because of what is there.
  package static func refusal(_ path: String, _ problem: Diagnostic) -> Diagnostic {
    var refusal = problem
    refusal.message = "cannot write `\(path)`: " + problem.message
    let repair = "`tiltas verify --repair \(path) -o NEW.tiltas`"
    switch problem.code {
    case .damagedSnapshot, .doubtfulEnd:
      refusal.help = "save under another name; or keep what is whole of it (\(repair)), and move it away"
    case .notASnapshot:
      refusal.help = "save under another name, or move it away; if it was one, \(repair) keeps what is whole"
    default: refusal.help = problem.help ?? "save under another name"
    }
    return refusal
  }
}

extension SnapshotReader {
  /// Throws where a byte is not as it was written. What the bytes mean is not looked at.
  func checkSections(_ pace: Pace) throws {
    let checksum = try Checksum()
    for section in layout.sections {
      checksum.reset()
      for start in stride(from: section.offset, to: section.range.upperBound, by: Self.pieceLength) {
        let piece = try file.read(start..<min(section.range.upperBound, start + Self.pieceLength))
        checksum.update(UnsafeRawBufferPointer(piece.bytes))
        try pace.step(piece.bytes.count / Self.bytesOfStep)
      }
      guard checksum.value == section.checksum else {
        throw Damage(section: name(of: section), reason: "the checksum differs")
      }
    }
    try checkPadding()
    try checkCopies()
  }

  private static let pieceLength = 1 << 20
  private static let bytesOfStep = 64
}
