import Glibc
import Graphs
import Language

extension Snapshot {
  /// Keeps whatever is whole of a snapshot and its journal, in a new snapshot, which is whole. The originals are only read.
  ///
  /// Throws where nothing is left, or if there is a file already where the new one goes.
  /// - Returns: what was kept and what is lost.
  public static func repair(_ path: String, to new: String) throws -> RepairReport {
    try repair(path, to: new, on: SystemDisk())
  }

  package static func repair(_ path: String, to new: String, on disk: any Disk) throws -> RepairReport {
    try telling(path) {
      try checkFree(new, path)
      let fault = fault(of: path)
      let salvage = try salvage(path)
      try write(salvage.graph, rules: salvage.rules, to: new, journal: nil, on: disk)
      try verify(new)
      var report = salvage.report
      if let fault {
        report.notes.insert(fault, at: 0)
      } else {
        report.isWhole = report.losses.isEmpty
      }
      return report
    }
  }

  /// What is wrong with a snapshot or its journal; `nil` where all is whole.
  private static func fault(of path: String) -> String? {
    do {
      let (tornBytes, _) = try verify(path)
      return tornBytes == 0 ? nil : "the journal of `\(path)` does not end with a whole change"
    } catch {
      return (error as? Diagnostic)?.message ?? "\(error)"
    }
  }

  private static func salvage(_ path: String) throws -> Salvage {
    for _ in 0..<mostAttempts {
      let input = try InputFile(path)
      let journal = try journalBytes(beside: path)
      // A process that saves puts a new snapshot in its place, and then begins the journal anew.
      if input.isInPlace { return try Salvage(input, journal: journal) }
    }
    throw Diagnostic("cannot read `\(path)`: it is replaced again and again", help: "end the program that writes it")
  }

  private static func journalBytes(beside path: String) throws -> [UInt8]? {
    let journal = Journal.path(beside: SystemDisk().target(of: path))
    guard access(journal, F_OK) == 0, let file = try InputFile(ifThere: journal, on: SystemDisk()) else { return nil }
    guard let memory = try SalvageFile(input: file).bytes(0..<file.count) else { return try readablePart(file) }
    return memory.array
  }

  /// A file of which the disk does not give all, with zeros in place of what it does not.
  private static func readablePart(_ file: InputFile) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: file.count)
    for start in stride(from: 0, to: file.count, by: sectorLength) {
      let range = start..<min(file.count, start + sectorLength)
      if let sector = try SalvageFile(input: file).bytes(range) { bytes.replaceSubrange(range, with: sector.array) }
    }
    return bytes
  }

  private static let sectorLength = 512

  /// Nothing is overwritten: what is there could be the damaged file itself, or its journal, by another name.
  private static func checkFree(_ new: String, _ path: String) throws {
    for taken in [new, Journal.path(beside: SystemDisk().target(of: new))] {
      var status = stat()
      if lstat(taken, &status) == 0 {
        throw Diagnostic(
          "cannot repair into `\(new)`: there is a file `\(taken)` already", help: "give a name that nothing has yet")
      }
    }
  }
}
