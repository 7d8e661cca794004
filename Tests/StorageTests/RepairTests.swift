import Diagnostics
import Glibc
import Graphs
import Sessions
import Terms
import TestSupport
import Testing

@testable import Storage

/// What is whole of a damaged snapshot is kept, and what is lost is told.
@Suite(.tellsSeed) struct RepairTests {
  private let folder: Folder
  private let path: String
  private let new: String
  private let whole: [UInt8]
  private let original: [String]

  init() throws {
    folder = try Folder()
    path = folder / "a.tiltas"
    new = folder / "new.tiltas"
    try Snapshot.write(sampleGraph(), rules: [(name: "a.dl", text: "x(A) :- number(A).")], to: path)
    whole = try Folder.bytes(path)
    original = contents(of: sampleGraph())
  }

  /// Repairs a file of some bytes; what was told, and what the new file holds.
  private func repair(_ bytes: some Collection<UInt8>) throws -> (report: RepairReport, contents: [String]) {
    try Folder.write(bytes, to: path)
    unlink(new)
    let report = try Snapshot.repair(path, to: new, on: HastyDisk())
    #expect(try Folder.bytes(path).elementsEqual(bytes))
    let graph = Graph()
    _ = try Snapshot.read(from: new, into: graph)
    return (report, contents(of: graph))
  }

  private func facts(_ contents: [String]) -> Set<String> {
    let others = ["type ", "members ", "relation "]
    return Set(contents.filter { line in !others.contains { line.hasPrefix($0) } && !line.contains(" @ ") })
  }

  private func statements(_ contents: [String]) -> [String] { contents.filter { $0.contains(" @ ") } }

  /// The relation that a line of ``contents(of:)`` is about.
  private func relation(_ line: String) -> String { String(line.prefix { $0 != " " }) }

  @Test("a file that is whole is told to be, and the new one is the same to the byte")
  func wholeFile() throws {
    let (report, _) = try repair(whole)
    #expect(report.isWhole)
    #expect(report.losses.isEmpty)
    #expect(report.notes.isEmpty)
    #expect(report.facts == 20)
    #expect(try Folder.bytes(new) == whole)
    let session = Session()
    try session.load(path: new)
    #expect(try session.query("x(A)").rowCount == 4)
  }

  @Test("a file of an older version that is whole loses nothing", arguments: [1, 2, 3, 4, 5])
  func olderVersions(_ version: Int) throws {
    let here = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!))
    let bytes = try Folder.bytes(here + "/Version\(version).tiltas")
    let graph = Graph()
    _ = try Snapshot.read(from: here + "/Version\(version).tiltas", into: graph)
    let (report, kept) = try repair(bytes)
    #expect(report.isWhole)
    #expect(kept == contents(of: graph))
  }

  @Test("of an older version too each byte may be flipped, and no fact is made up", arguments: [1, 2, 3, 4, 5])
  func olderVersionsFlipped(_ version: Int) throws {
    let here = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!))
    let bytes = try Folder.bytes(here + "/Version\(version).tiltas")
    let (_, old) = try repair(bytes)
    for index in bytes.indices where Long.isOn || index % 31 == 0 {
      var damaged = bytes
      damaged[index] ^= 0x20
      guard let (_, kept) = try? repair(damaged) else { continue }
      #expect(facts(kept).isSubset(of: facts(old)), "byte \(index)")
    }
  }

  /// Where the bytes of a section and those that follow it lie.
  private func range(_ section: SnapshotLayout.Section) -> Range<Int> { section.paddedRange }

  private func layout() throws -> SnapshotLayout {
    let length = SnapshotLayout.headerLength(sections: Forgery(bytes: whole).number(12, 4))
    return try whole[..<length].withUnsafeBytes { try SnapshotLayout(header: $0) }
  }

  @Test("whichever byte is flipped, what is lost is what rests on it and on nothing else")
  func flippedBytes() throws {
    let layout = try layout()
    let names = sampleGraph().relationNames
    let terms = values(of: sampleGraph()).map { "\($0)" }
    for index in whole.indices {
      let section = layout.sections.first { range($0).contains(index) }
      if !Long.isOn, index % (section?.kind == .termSlots ? 256 : 13) > 0 { continue }
      var bytes = whole
      bytes[index] ^= 0x10
      let (report, kept) = try repair(bytes)
      let lostFacts = facts(original).subtracting(facts(kept))
      #expect(facts(kept).isSubset(of: facts(original)), "byte \(index)")
      #expect(report.isWhole == false)
      switch section?.kind {
      case nil, .catalogue, .sources, .termSlots, .termBlocks, .backwardFacts, .pages:
        #expect(kept == original, "byte \(index)")
        #expect(report.losses.isEmpty)
      case .termKinds, .termPayloads, .texts:
        let hasCommonTerm = terms.contains { term in lostFacts.allSatisfy { $0.contains(term) } }
        #expect(hasCommonTerm, "byte \(index)")
      case .facts:
        let name = names[section?.relation ?? 0]
        #expect(lostFacts.allSatisfy { relation($0) == name })
        if ["label", "holds", "four"].contains(name) { #expect(lostFacts.isEmpty) }
        #expect(statements(kept) == statements(original))
      case .statements:
        let name = names[section?.relation ?? 0]
        #expect(lostFacts.isEmpty)
        #expect(statements(kept) == statements(original).filter { relation($0) != name || report.losses.isEmpty })
      case .annotationOffsets, .annotationEntries:
        #expect(lostFacts.isEmpty)
        #expect(statements(kept).isEmpty || report.losses.isEmpty)
      }
    }
  }

  @Test("what is lost is told by relation, with how much of how much, and why")
  func losses() throws {
    let forgery = Forgery(bytes: whole)
    var bytes = whole
    bytes[forgery.start(.facts, relation: 10)] ^= 1
    bytes[forgery.start(.statements, relation: 4)] ^= 1
    bytes[forgery.start(.texts)] ^= 1
    let report = try repair(bytes).report
    #expect(
      report.losses.map(\.text) == [
        "of `four` 5 of 5 facts, 5 of 5 annotated statements: terms cannot be read",
        "of `holds` 1 of 1 fact, 3 of 3 annotated statements: its statements are damaged; terms cannot be read",
        "of `label` 2 of 3 facts: terms cannot be read",
        "of `person` 1 of 1 fact: terms cannot be read",
        "of `three` 5 of 5 facts: its facts are damaged",
      ])
    #expect(report.notes.contains("1 of 24 terms cannot be read"))
    #expect(report.facts == 6)
  }

  @Test("wherever the file is cut, what is kept was there, and the new file is whole")
  func truncation() throws {
    for length in whole.indices where Long.isOn || length % 97 == 0 {
      guard let (_, kept) = try? repair(whole[..<length]) else {
        #expect(try length < layout().section(.catalogue).range.upperBound, "length \(length)")
        continue
      }
      #expect(facts(kept).isSubset(of: facts(original)), "length \(length)")
    }
  }

  @Test("runs of sectors of zeros cost what lies in them")
  func zeroSectors() throws {
    var random = SplitMix64(usually: 7)
    for _ in 0..<(Long.isOn ? 2000 : 60) {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let start = Int.random(in: 0..<bytes.count, using: &random) & ~511
        for place in start..<min(bytes.count, start + 512 * Int.random(in: 1...4, using: &random)) { bytes[place] = 0 }
      }
      guard let (_, kept) = try? repair(bytes) else { continue }
      #expect(facts(kept).isSubset(of: facts(original)))
    }
  }

  @Test("one sector of zeros at the beginning costs nothing")
  func firstSector() throws {
    let (report, kept) = try repair([UInt8](repeating: 0, count: 512) + whole[512...])
    #expect(report.losses.isEmpty)
    #expect(kept == original)
  }

  @Test("whatever byte is changed under right checksums, what is written is whole")
  func forged() throws {
    let forgery = Forgery(bytes: whole)
    let slots = forgery.start(.termSlots)..<forgery.start(.termBlocks)
    for index in whole.indices where !slots.contains(index) && (Long.isOn || index % 23 == 0) {
      var changed = forgery
      changed.bytes[index] ^= [0x01, 0x80, 0xFF][index % 3]
      _ = try? repair(changed.sealed)
    }
  }

  @Test("without a header or a copy of it, what the table tells rightly is used")
  func table() throws {
    var bytes = whole
    bytes[9] ^= 1
    bytes[whole.count - 1] ^= 1
    let (report, kept) = try repair(bytes)
    #expect(kept == original)
    #expect(report.notes.last == "the header is damaged; what its table tells rightly was used")
  }

  @Test("without the names of the relations the rules are kept, and all facts are lost")
  func catalogue() throws {
    let layout = try layout()
    var bytes = whole
    bytes[layout.section(.catalogue).offset] ^= 1
    bytes[try #require(layout.copy(of: .catalogue)).offset] ^= 1
    try Folder.write(bytes, to: path)
    let report = try Snapshot.repair(path, to: new, on: HastyDisk())
    #expect(
      report.losses.map(\.text) == [
        "11 relations, with all their facts: the catalogue is damaged, and tells their names"
      ])
    #expect(try Snapshot.read(from: new, into: Graph()).map(\.text) == ["x(A) :- number(A)."])
  }

  @Test("a file that is none, and one of a later version, are refused")
  func refused() throws {
    for (bytes, message) in [
      (Array("partner(a, b).".utf8), "`\(path)` is not a snapshot"), ([], "`\(path)` is not a snapshot"),
      ([UInt8](repeating: 0, count: 100_000), "`\(path)` is not a snapshot"),
    ] {
      try Folder.write(bytes, to: path)
      let error = #expect(throws: Diagnostic.self) { try Snapshot.repair(path, to: new, on: HastyDisk()) }
      #expect(error?.message == message)
    }
    var later = Forgery(bytes: whole)
    later.bytes[8] = 7
    let end = SnapshotLayout.headerLength(sections: later.number(12, 4)) - 8
    later.set(end, 8, to: later.bytes[..<end].withUnsafeBytes { Checksum.of($0) })
    try Folder.write(later.bytes, to: path)
    later.bytes[whole.count - 1] ^= 1
    try Folder.write(later.bytes, to: path)
    let error = #expect(throws: Diagnostic.self) { try Snapshot.repair(path, to: new, on: HastyDisk()) }
    #expect(error?.message.contains("has version 7 of the format") == true)
    #expect(folder.names == ["a.tiltas"])
  }

  @Test("nothing is overwritten: neither the file by any name, nor its journal, nor another file")
  func nothingIsOverwritten() throws {
    let workload = try JournalWorkload(path)
    try workload.step(1)
    workload.close()
    symlink(path, folder / "link.tiltas")
    link(path, folder / "hard.tiltas")
    symlink(folder / "nowhere", folder / "dangling.tiltas")
    try Folder.write([0], to: folder / "other.tiltas.journal")
    try Folder.write([], to: folder / "empty")
    symlink(folder / "empty", folder / "linked.tiltas.journal")
    let before = try [path, path + ".journal"].map { try Folder.bytes($0) }
    for name in [
      "a.tiltas", "link.tiltas", "hard.tiltas", "dangling.tiltas", "a.tiltas.journal", "other.tiltas", "linked.tiltas",
    ] {
      let error = #expect(throws: Diagnostic.self) { try Snapshot.repair(path, to: folder / name) }
      #expect(error?.message.hasPrefix("cannot repair into `\(folder / name)`: there is a file") == true)
    }
    #expect(try [path, path + ".journal"].map { try Folder.bytes($0) } == before)
  }

  @Test("an empty journal that a repair left which was killed does not hinder the next, and goes")
  func emptyJournal() throws {
    try Folder.write([], to: new + ".journal")
    #expect(try repair(whole).report.isWhole)
    #expect(folder.names == ["a.tiltas", "new.tiltas"])
  }
}

/// A disk that takes no time to bring anything to itself.
final class HastyDisk: SystemDisk {
  var whenSyncing: () -> Void = {}

  override func sync(_ descriptor: Int32) -> Int32 {
    whenSyncing()
    return 0
  }
}
