import Diagnostics
import Glibc
import Graphs
import Terms
import Testing

@testable import Storage

/// The records of a damaged journal that are whole are made, and the others are told.
@Suite struct JournalRepairTests {
  private let folder: Folder
  private let path: String
  private let new: String
  private var journalPath: String { path + ".journal" }

  init() throws {
    folder = try Folder()
    path = folder / "a.tiltas"
    new = folder / "new.tiltas"
    try JournalWorkload.begin(path)
    try JournalWorkload.carryOut(1...4, in: path)
  }

  private func repair() throws -> (report: RepairReport, contents: [String]) {
    unlink(new)
    let report = try Snapshot.repair(path, to: new, on: HastyDisk())
    let graph = Graph()
    _ = try Snapshot.read(from: new, into: graph)
    return (report, contents(of: graph))
  }

  /// Where the records of the journal begin.
  private func places(_ bytes: [UInt8]) throws -> [Int] {
    let contents = try JournalContents(bytes)
    return contents.records.reduce(into: [JournalLayout.headerLength]) {
      $0.append(JournalContents.end(of: $1, at: $0.last!))
    }
  }

  private func damage(_ change: (inout [UInt8], [Int]) throws -> Void) throws {
    var bytes = try Folder.bytes(journalPath)
    try change(&bytes, try places(bytes))
    try Folder.write(bytes, to: journalPath)
  }

  @Test("a journal that is whole is in the new snapshot")
  func whole() throws {
    let (report, kept) = try repair()
    #expect(report.isWhole)
    #expect(report.changes == 4)
    #expect(kept == JournalWorkload.contents(after: 4))
  }

  @Test("records behind a damaged one are made, and it is told")
  func damagedRecord() throws {
    try damage { bytes, places in bytes[places[1] + 50] ^= 1 }
    let (report, kept) = try repair()
    #expect(report.changes == 3)
    #expect(
      report.losses.map(\.text) == [
        "record 2 of the journal, which is damaged from byte 200 to 399: what was stated there, and what was taken back is "
          + "there again"
      ])
    // The second record takes the third fact of the first step back, and the third one that of the second step.
    #expect(kept.count { $0.hasPrefix("step [step(1)") || $0.hasPrefix("step [1, ") } == 4)
    #expect(kept.count { $0.hasPrefix("step [2, ") } == 0)
    #expect(kept.count { $0.hasPrefix("step [4, ") } == 4)
  }

  @Test("a damaged record that the snapshot holds is no loss, and it is told")
  func damagedAndFolded() throws {
    var bytes = try Folder.bytes(journalPath)
    let (old, second) = (try #require(JournalContents(bytes).snapshot), try places(bytes)[1])
    let workload = try JournalWorkload(path)
    try workload.save()
    workload.close()
    let saved = try Snapshot.reading(path, on: SystemDisk()) { reader, _ in reader.layout.identity }
    var identity = ByteWriter()
    identity.write(saved)
    bytes += JournalLayout.bytes(
      JournalLayout.Record(sequence: 5, kind: .folded, payload: identity.bytes), snapshot: old)
    bytes[second + 50] ^= 1
    try Folder.write(bytes, to: journalPath)
    let (report, kept) = try repair()
    #expect(report.losses.isEmpty && report.changes == 0)
    #expect(
      report.notes == [
        "the snapshot `\(path)` is damaged in its journal: record 2 is not as it was written",
        "record 2 of the journal, which is damaged from byte 200 to 399, and the snapshot holds what was in it",
      ])
    #expect(kept == JournalWorkload.contents(after: 4))
  }

  @Test("a record of which only the length is damaged, and none is behind, is made")
  func damagedLength() throws {
    try damage { bytes, places in bytes[places[3] + 5] ^= 1 }
    let (report, kept) = try repair()
    #expect(report.losses.isEmpty)
    #expect(kept == JournalWorkload.contents(after: 4))
    let error = #expect(throws: Diagnostic.self) { try Snapshot.verify(path) }
    #expect(error?.message == "the snapshot `\(path)` is damaged in its journal: record 4 is not as it was written")
  }

  @Test("what belongs to no whole record at the end is told, with how many records and bytes")
  func damagedEnd() throws {
    try damage { bytes, places in
      bytes[places[2] + 40] ^= 1
      bytes[places[3] + 40] ^= 1
    }
    let report = try repair().report
    #expect(report.changes == 2)
    #expect(report.losses.count == 1)
    #expect(
      report.losses[0].text
        == "400 bytes at the end of the journal of \(path) belong to no whole change and are left out: damage, or a change that "
        + "was being written when the program or the computer stopped; they are from byte 400 on, at least 2 changes")
  }

  @Test("however many records are damaged, those between and behind them are made")
  func manyDamaged() throws {
    try Folder.write([], to: journalPath)
    try JournalWorkload.carryOut(1...40, in: path)
    try damage { bytes, places in
      for record in stride(from: 1, to: 39, by: 2) { bytes[places[record] + 60] ^= 1 }
    }
    let report = try repair().report
    #expect(report.changes == 21)
    #expect(report.losses.count == 19)
  }

  @Test("records that have changed their places are made in the order of their numbers")
  func swapped() throws {
    try damage { bytes, places in
      let (second, third) = (bytes[places[1]..<places[2]], bytes[places[2]..<places[3]])
      bytes.replaceSubrange(places[1]..<places[3], with: third + second)
    }
    #expect(throws: Diagnostic.self) { try Snapshot.verify(path) }
    let (report, kept) = try repair()
    #expect(report.losses.isEmpty)
    #expect(kept == JournalWorkload.contents(after: 4))
  }

  @Test("of zeros at the end it is not made up how many changes they were")
  func zeros() throws {
    try damage { bytes, places in
      for place in places[2]..<bytes.count { bytes[place] = 0 }
    }
    let end = try Snapshot.verify(path)
    #expect(end.byteCount == 400)
    #expect(end.isDoubtful)
    #expect(
      try repair().report.losses.map(\.text) == [
        try #require(end.note(path)) + "; they are from byte 400 on, how many changes cannot be told"
      ])
  }

  @Test("a change that the file ends within was never acknowledged: nothing is lost, and `verify` says the same of it")
  func unfinishedEnd() throws {
    let whole = try Folder.bytes(journalPath)
    let last = try places(whole)[3]
    for length in last + 1..<whole.count {
      try Folder.write(whole[..<length], to: journalPath)
      let end = try Snapshot.verify(path)
      #expect(!end.isDoubtful)
      let (report, kept) = try repair()
      #expect(report.isWhole)
      #expect(report.losses.isEmpty)
      #expect(report.notes == [try #require(end.note(path))])
      #expect(kept == JournalWorkload.contents(after: 3))
    }
  }

  @Test("rules that are damaged in the snapshot are not lost if the journal has those that count")
  func rulesInJournal() throws {
    let graph = Graph()
    state(graph, "step", [.integer(1), .integer(1)])
    unlink(journalPath)
    try Snapshot.write(graph, rules: [(name: "a.dl", text: "old(A) :- step(A, _).")], to: path)
    var bytes = try Folder.bytes(path)
    let forgery = Forgery(bytes: bytes)
    let layout = try bytes[..<SnapshotLayout.headerLength(sections: forgery.number(12, 4))].withUnsafeBytes {
      try SnapshotLayout(header: $0)
    }
    let workload = try JournalWorkload(path)
    workload.graph.ledger.noteRules()
    #expect(try workload.journal?.keep(rules: { [(name: "a.dl", text: "new(A) :- step(A, _).")] }) == true)
    workload.close()
    bytes[layout.section(.sources).offset + 9] ^= 1
    bytes[try #require(layout.copy(of: .sources)).offset + 9] ^= 1
    try Folder.write(bytes, to: path)
    let report = try repair().report
    #expect(report.losses.isEmpty)
    #expect(report.notes.last == "the texts of the rules are damaged; the journal holds those that count")
    #expect(try Snapshot.read(from: new, into: Graph()).map(\.text) == ["new(A) :- step(A, _)."])
    unlink(journalPath)
    #expect(try repair().report.losses.map(\.text) == ["the texts of the rules, parameters and constraints"])
  }

  @Test("with a damaged header the records are made: they hold the snapshot's identity too")
  func damagedHeader() throws {
    for place in [0, 9, 16, 25] {
      try damage { bytes, _ in bytes[place] ^= 1 }
      let (report, kept) = try repair()
      #expect(report.losses.isEmpty)
      #expect(kept == JournalWorkload.contents(after: 4))
      var bytes = try Folder.bytes(journalPath)
      bytes[place] ^= 1
      try Folder.write(bytes, to: journalPath)
    }
  }

  @Test("changes that go on from another snapshot are made on this one")
  func foreign() throws {
    let other = folder / "b.tiltas"
    let graph = Graph()
    state(graph, "step", [.integer(9), .integer(9)])
    try Snapshot.write(graph, rules: [], to: other)
    rename(other, path)
    let (report, kept) = try repair()
    #expect(report.losses.isEmpty)
    #expect(report.notes.last == "the journal goes on from another snapshot; its changes were made on this one")
    #expect(
      kept.count { $0.hasPrefix("step ") } == 1 + JournalWorkload.contents(after: 4).count { $0.hasPrefix("step ") })
  }

  @Test("without anything of the snapshot the changes are made on an empty graph")
  func withoutSnapshot() throws {
    try Folder.write([], to: path)
    let (report, kept) = try repair()
    #expect(
      report.losses.map(\.text) == ["all that the snapshot held: neither its header nor a copy of it is whole"])
    #expect(report.changes == 4)
    #expect(
      kept.filter { $0.hasPrefix("step ") } == JournalWorkload.contents(after: 4).filter { $0.hasPrefix("step ") })
  }

  @Test("whichever byte of a journal is flipped, what is kept was in it, and one record is lost at most")
  func flippedBytes() throws {
    let whole = try Folder.bytes(journalPath)
    var possible: Set<String> = []
    for steps in 1...4 { possible.formUnion(JournalWorkload.contents(after: steps)) }
    for index in whole.indices where Long.isOn || index % 3 == 0 {
      var bytes = whole
      bytes[index] ^= 0x10
      try Folder.write(bytes, to: journalPath)
      let (report, kept) = try repair()
      #expect(report.changes >= 3, "byte \(index)")
      #expect(report.losses.count <= 1, "byte \(index)")
      #expect(kept.filter { $0.hasPrefix("step ") }.allSatisfy { possible.contains($0) }, "byte \(index)")
    }
  }

  @Test("wherever a journal is cut, the records before are made")
  func cuts() throws {
    let whole = try Folder.bytes(journalPath)
    for length in whole.indices where Long.isOn || length % 5 == 0 {
      try Folder.write(whole[..<length], to: journalPath)
      let (report, kept) = try repair()
      let contents = JournalWorkload.contents(after: report.changes)
      #expect(kept.filter { $0.hasPrefix("step ") } == contents.filter { $0.hasPrefix("step ") }, "length \(length)")
    }
  }

  @Test("any bytes of a record with a right checksum are made or told")
  func forgedRecords() throws {
    let whole = try Folder.bytes(journalPath)
    let contents = try JournalContents(whole)
    let record = contents.records[1]
    for index in record.payload.indices {
      for change: UInt8 in Long.isOn ? [0x01, 0x02, 0x80, 0xFF] : [[0x01, 0x02, 0x80, 0xFF][index % 4]] {
        var forged = record
        forged.payload[index] ^= change
        let place = try places(whole)[1]
        let bytes = whole[..<place] + JournalLayout.bytes(forged, snapshot: contents.snapshot ?? 0)
        try Folder.write(bytes, to: journalPath)
        _ = try repair()
      }
    }
  }

  @Test("a change that rests on what is lost is made if it can be, and else told")
  func lostDeclarations() throws {
    let identity = try #require(JournalContents(try Folder.bytes(journalPath)).snapshot)
    var writer = ByteWriter()
    for change: ValueChange in [
      .type("mayor", supertypes: ["person"]), .type("step", supertypes: []), .type("city", supertypes: ["step"]),
      .state("met", tuples: [[.name("a"), .name("b")]], annotations: []),
      .state("met", tuples: [[.name("a")]], annotations: []), .retract("seen", [.name("a")]),
      .state("wide", tuples: [Array(repeating: .integer(1), count: 300)], annotations: []),
    ] { change.write(&writer) }
    let record = JournalLayout.Record(sequence: 1, kind: .changes, payload: writer.bytes)
    try Folder.write(
      JournalLayout.header(snapshot: identity) + JournalLayout.bytes(record, snapshot: identity), to: journalPath)
    let (report, kept) = try repair()
    #expect(
      report.losses.map(\.text) == [
        "a change of record 1 of the journal can't be made: `step` is no type",
        "a change of record 1 of the journal can't be made: `city` is beneath `step`, which is no type",
        "a change of record 1 of the journal can't be made: `met` has another number of arguments",
        "a change of record 1 of the journal can't be made: `wide` has another number of arguments",
      ])
    #expect(kept.contains("type mayor : [\"person\"]"))
    #expect(kept.contains("relation met 2 undeclared 1"))
  }

  /// A disk that does not give a sector of a file.
  private final class BadSectorDisk: SystemDisk {
    private let path: String
    private let sector: Range<Int>
    private var descriptors: Set<Int32> = []

    init(_ path: String, _ sector: Range<Int>) { (self.path, self.sector) = (path, sector) }

    override func openToRead(_ path: String) -> Int32 {
      let descriptor = super.openToRead(path)
      if path == self.path { descriptors.insert(descriptor) } else { descriptors.remove(descriptor) }
      return descriptor
    }
    override func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int, from descriptor: Int32) -> Int {
      if descriptors.contains(descriptor) && sector.overlaps(offset..<offset + buffer.count) { return -Int(EIO) }
      return super.read(buffer, at: offset, from: descriptor)
    }
    override func pause() {}
  }

  @Test("a sector of the journal that the disk does not give costs the records in it, and no others")
  func badSector() throws {
    try JournalWorkload.carryOut(5...12, in: path)
    let bytes = try Folder.bytes(journalPath)
    let places = try places(bytes)
    let lost = zip(places, places.dropFirst()).enumerated()
      .filter { (512..<1024).overlaps($1.0..<$1.1) }.map { $0.offset + 1 }
    let report = try Snapshot.repair(path, to: new, on: BadSectorDisk(journalPath, 512..<1024))
    #expect(lost.count > 1 && lost.count < 10)
    #expect(report.changes == 12 - lost.count)
    #expect(
      report.losses.map(\.text).first?.hasPrefix("records \(lost[0]) to \(lost[lost.count - 1]) of the journal") == true
    )
    #expect(try Folder.bytes(journalPath) == bytes)
  }
}
