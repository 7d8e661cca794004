import Diagnostics
import Graphs

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
      let journal = Journal.path(beside: disk.target(of: new))
      try checkFree(isEmpty(journal, on: disk) ? [new] : [new, journal], for: new, on: disk)
      let fault = fault(of: path, on: disk)
      let salvage = try salvage(path, on: disk)
      func check(_ file: InputFile) throws {
        try Self.check(file, path)
        // Another may have given the name since; what has it now stays there, as nobody else has the lock.
        try checkFree([new], for: new, on: disk)
      }
      try write(salvage.graph, rules: salvage.rules, to: new, journal: nil, on: disk, checking: check)
      var report = salvage.report
      if let fault {
        report.notes.insert(fault, at: 0)
      } else {
        report.isWhole = report.losses.isEmpty
      }
      return report
    }
  }

  /// Throws if what was made is not whole, which is a fault of the program.
  private static func check(_ file: InputFile, _ path: String) throws {
    do {
      try SnapshotReader(file).verify()
    } catch {
      let reason = (error as? Damage)?.diagnostic(file.path).message ?? (error as? Diagnostic)?.message ?? "\(error)"
      throw Diagnostic(
        .cannotRepair, "cannot repair `\(path)`: what was made of it is not whole: \(reason)",
        help: "nothing was written; keep the file, and report it")
    }
  }

  /// What is wrong with a snapshot or its journal; `nil` where all is whole.
  private static func fault(of path: String, on disk: any Disk) -> String? {
    do {
      _ = try verify(path, on: disk)
      return nil
    } catch {
      return (error as? Diagnostic)?.message ?? "\(error)"
    }
  }

  private static func salvage(_ path: String, on disk: any Disk) throws -> Salvage {
    for _ in 0..<mostAttempts {
      let input = try InputFile(path, on: disk)
      let journal = try journalBytes(beside: path, on: disk)
      // A process that saves puts a new snapshot in its place, and then begins the journal anew.
      if input.isInPlace { return try Salvage(input, journal: journal) }
      disk.pause()
    }
    throw changing(path)
  }

  private static func journalBytes(beside path: String, on disk: any Disk) throws -> [UInt8]? {
    let journal = Journal.path(beside: disk.target(of: path))
    guard disk.status(of: journal) != nil, let file = try InputFile(ifThere: journal, on: disk) else { return nil }
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

  /// Whether there is an empty journal, as a repair leaves that was killed.
  private static func isEmpty(_ journal: String, on disk: any Disk) -> Bool {
    guard let status = disk.status(of: journal), disk.link(journal) == nil else { return false }
    return status.isRegular && status.length == 0
  }

  /// Nothing is overwritten: what is there could be the damaged file itself, or its journal, by another name.
  private static func checkFree(_ paths: [String], for new: String, on disk: any Disk) throws {
    for taken in paths where disk.status(of: taken) != nil || disk.link(taken) != nil {
      throw Diagnostic(
        .cannotRepair, "cannot repair into `\(new)`: there is a file `\(taken)` already",
        help: "give a name that nothing has yet")
    }
  }
}
