import Diagnostics
import Glibc
import Graphs
import TestSupport
import Testing

@testable import Storage

/// However a repair ends, the damaged files are as they were, and the new snapshot is whole or not there.
@Suite(.tellsSeed) struct InterruptedRepairTests {
  private let folder: Folder
  private let path: String
  private let new: String
  private let originals: [[UInt8]]

  init() throws {
    folder = try Folder()
    path = folder / "a.tiltas"
    new = folder / "new.tiltas"
    try JournalWorkload.begin(path)
    try JournalWorkload.carryOut(1...3, in: path)
    var journal = try Folder.bytes(path + ".journal")
    journal[300] ^= 1
    try Folder.write(journal, to: path + ".journal")
    originals = [try Folder.bytes(path), journal]
  }

  private func expectOriginals(_ comment: Comment) throws {
    #expect(try [path, path + ".journal"].map { try Folder.bytes($0) } == originals, comment)
  }

  @Test("at whatever moment the power fails or the process is killed", arguments: ForgetfulDisk.Crash.allCases)
  func crashes(_ crash: ForgetfulDisk.Crash) throws {
    let disk = try ForgetfulDisk([path, path + ".journal"])
    #expect(try Snapshot.repair(path, to: new, on: disk).changes == 2)
    disk.acknowledge()
    #expect(disk.moments > 10)
    var random = SplitMix64(usually: 3)
    let place = try Folder()
    for run in 0..<(Long.isOn ? 3_000 : 10 * disk.moments) {
      let moment = run % (disk.moments + 1)
      let (files, acknowledged) = disk.files(at: moment, after: crash, &random)
      for name in place.names { unlink(place / name) }
      for (file, bytes) in files { try Folder.write(bytes, to: place / String(file.dropFirst(folder.path.count + 1))) }
      #expect(try Folder.bytes(place / "a.tiltas") == originals[0], "moment \(moment)")
      #expect(try Folder.bytes(place / "a.tiltas.journal") == originals[1], "moment \(moment)")
      if place.names.contains("new.tiltas") {
        #expect(throws: Never.self, "moment \(moment)") { try Snapshot.verify(place / "new.tiltas") }
      } else {
        #expect(acknowledged == 0, "moment \(moment)")
      }
    }
  }

  @Test("an empty journal that a killed repair has left is in nobody's way: to repair, to save and to open")
  func emptyJournal() throws {
    for work in 0...2 {
      try Folder.write([], to: new + ".journal")
      switch work {
      case 0: #expect(try Snapshot.repair(path, to: new).changes == 2)
      case 1: try Snapshot.write(sampleGraph(), rules: [], to: new)
      default: #expect(throws: Diagnostic.self) { _ = try Snapshot.open(new, into: Graph(), on: SystemDisk()) }
      }
      #expect(folder.names.contains("new.tiltas") == (work < 2))
      if work < 2 {
        #expect(!folder.names.contains("new.tiltas.journal"))
        try Snapshot.verify(new)
        unlink(new)
      }
    }
    unlink(new + ".journal")
  }

  @Test("whichever operation on a file fails", arguments: [true, false])
  func failures(_ hasUnnamedFiles: Bool) throws {
    var number = 1
    while true {
      let disk = FailingDisk(operation: number, .error(EIO), lasts: false, hasUnnamedFiles: hasUnnamedFiles)
      let report = try? Snapshot.repair(path, to: new, on: disk)
      if folder.names.contains("new.tiltas") {
        #expect(throws: Never.self, "operation \(number)") { try Snapshot.verify(new) }
      } else {
        #expect(report == nil, "operation \(number)")
      }
      try expectOriginals("operation \(number)")
      for name in folder.names where !name.hasPrefix("a.tiltas") { unlink(folder / name) }
      if !disk.hasFailed { break }
      number += 1
    }
    #expect(number > 6)
  }

  @Test("what does not read back as it was written gets no name")
  func notAsWritten() throws {
    let error = #expect(throws: Diagnostic.self) { try Snapshot.repair(path, to: new, on: LyingDisk()) }
    let name = Graph().relationNames.first ?? "step"
    #expect(
      error?.message
        == "cannot repair `\(path)`: what was made of it is not whole: the snapshot `\(new)` is damaged in its facts of "
        + "`\(name)`: the checksum differs")
    #expect(folder.names == ["a.tiltas", "a.tiltas.journal"])
    try expectOriginals("")
  }

  @Test("a file that gets the name meanwhile stays there")
  func takenMeanwhile() throws {
    let disk = HastyDisk()
    let path = new
    disk.whenSyncing = { try? Folder.write([1], to: path) }
    let error = #expect(throws: Diagnostic.self) { try Snapshot.repair(self.path, to: new, on: disk) }
    #expect(error?.message.hasPrefix("cannot repair into `\(new)`: there is a file") == true)
    #expect(try Folder.bytes(new) == [1])
  }
}

/// A disk on which one byte of a new file is not as it was written.
private final class LyingDisk: SystemDisk {
  private var written: Int32 = -1

  override func openUnnamed(in folder: String, _ mode: mode_t) -> Int32 {
    written = super.openUnnamed(in: folder, mode)
    return written
  }

  override func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int, from descriptor: Int32) -> Int {
    let count = super.read(buffer, at: offset, from: descriptor)
    guard descriptor == written, let length = status(of: descriptor)?.length else { return count }
    let place = (try? facts(length)) ?? 0
    if place >= offset && place < offset + count { buffer[place - offset] ^= 1 }
    return count
  }

  private func facts(_ length: Int) throws -> Int {
    let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      count = super.read(UnsafeMutableRawBufferPointer(buffer), at: 0, from: written)
    }
    return Forgery(bytes: bytes).start(.facts, relation: 0)
  }
}
