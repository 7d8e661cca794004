import Diagnostics
import Glibc
import Graphs
import Language
import Terms
import Testing

@testable import Storage

@Suite struct JournalTests {
  private let folder: Folder
  private let path: String
  private var journalPath: String { path + ".journal" }

  init() throws {
    folder = try Folder()
    path = folder / "a.tiltas"
    try JournalWorkload.begin(path)
  }

  private func message(_ work: () throws -> Void) -> String? {
    do {
      try work()
      return nil
    } catch {
      return (error as? Diagnostic)?.message
    }
  }

  @Test("each sort of change is there when the snapshot is opened again")
  func allSorts() throws {
    try Snapshot.write(sampleGraph(), rules: [(name: "a.dl", text: "x :- y.")], to: path)
    let graph = Graph()
    let opened = try Snapshot.open(path, into: graph)
    opened.journal?.start(graph)
    graph.declareType("office", supertypes: ["agent"])
    graph.addRelation(
      "met",
      RelationDeclaration(
        positions: [[.member("person")], [.entity], [.date, .integer]], columns: ["who", "whom", "on"]))
    state(graph, "met", [.name("a"), .name("ž"), .date(DateSpan("2013-02")!)], [("line", .integer(4))])
    state(graph, "met", [.name("a"), .name("ž"), .integer(3)])
    state(graph, "number", [.decimal(2.25)])
    for date in ["1870~", "187X", "../1870", "1870/", "-0044-03-15", "Y17000", "1870-05-XX/1871-24?"] {
      state(graph, "number", [.date(DateSpan(date)!)], [("from", .date(DateSpan("1870%")!))])
    }
    state(graph, "snowing", [])
    graph.state(graph.addRelation("edge", arity: 2), tuples: [1, 2, 3, 4])
    let holds = try #require(graph.relation(named: "holds"))
    #expect(graph.retract(holds, [Value.name("vaida_žvikienė"), .name("mayor")].map { graph.terms.find($0)!.number }))
    let four = try #require(graph.relation(named: "four"))
    graph.takeBackStatement(four, Array(four.statements.tuple(2)), four.statements.annotations[2])
    graph.ledger.noteRules()
    #expect(try opened.journal?.keep(rules: { [(name: "b.dl", text: "z :- x.")] }) == true)
    let again = Graph()
    #expect(try Snapshot.read(from: path, into: again).map(\.text) == ["z :- x."])
    #expect(contents(of: again) == contents(of: graph))
    try Snapshot.verify(path)
  }

  @Test("changes that were not kept yet are not there")
  func unkept() throws {
    let workload = try JournalWorkload(path)
    try workload.step(1)
    state(workload.graph, "step", [.integer(9), .integer(9)])
    #expect(try JournalWorkload.steps(in: path) == 1)
  }

  @Test("saving folds the journal in, and it goes when its process is done with it")
  func folding() throws {
    let workload = try JournalWorkload(path)
    try workload.step(1)
    try workload.step(2)
    #expect(folder.names == ["a.tiltas", "a.tiltas.journal"])
    try workload.save()
    #expect(try JournalWorkload.steps(in: path) == 2)
    try workload.step(3)
    #expect(try JournalWorkload.steps(in: path) == 3)
    try workload.save()
    workload.close()
    #expect(folder.names == ["a.tiltas"])
    #expect(try JournalWorkload.steps(in: path) == 3)
  }

  @Test("a snapshot that was opened with its journal goes on from there")
  func reopening() throws {
    for number in 1...4 {
      let workload = try JournalWorkload(path)
      try workload.step(number)
      workload.close()
      #expect(try JournalWorkload.steps(in: path) == number)
    }
  }

  @Test("one writer at a time: another gets no journal, and can't replace the file")
  func oneWriter() throws {
    let first = try JournalWorkload(path)
    try first.step(1)
    let second = try JournalWorkload(path)
    #expect(second.journal == nil)
    #expect(
      message { try second.save() } == "cannot write `\(path)`: another process has it open for changes")
    first.close()
    let third = try JournalWorkload(path)
    #expect(third.journal != nil)
    #expect(try JournalWorkload.steps(in: path) == 1)
  }

  @Test("what another has changed since a snapshot was read is not overwritten")
  func changedMeanwhile() throws {
    let graph = Graph()
    let state = try Snapshot.open(path, into: graph, forChanges: false).state
    let other = try JournalWorkload(path)
    try other.step(1)
    other.close()
    let refused = "cannot write `\(path)`: another process has changed it since it was opened"
    #expect(message { try Snapshot.write(graph, rules: [], to: path, knowing: [state]) } == refused)
    #expect(try JournalWorkload.steps(in: path) == 1)
    let folding = try JournalWorkload(path)
    try folding.save()
    folding.close()
    #expect(message { try Snapshot.write(graph, rules: [], to: path, knowing: [state]) } == refused)
    #expect(try JournalWorkload.steps(in: path) == 1)
    #expect(folder.names == ["a.tiltas"])
  }

  @Test("what is as it was read is overwritten, and again by who has written it")
  func unchangedMeanwhile() throws {
    let graph = Graph()
    let read = try Snapshot.open(path, into: graph, forChanges: false).state
    let written = try Snapshot.write(sampleGraph(), rules: [], to: path, knowing: [read])
    try Snapshot.write(Graph(), rules: [], to: path, knowing: [read, written])
    #expect(try Snapshot.info(of: path).terms == 0)
  }

  @Test("who replaces a snapshot without a journal has its lock until the new one is there")
  func lockWhileReplacing() throws {
    let disk = OpeningDisk(path)
    try Snapshot.write(sampleGraph(), rules: [], to: path, journal: nil, on: disk)
    #expect(disk.openings == [false])
    #expect(folder.names == ["a.tiltas"])
    #expect(try JournalWorkload(path).journal != nil)
  }

  /// A disk on which another process opens a snapshot for changes just before it is replaced.
  private final class OpeningDisk: SystemDisk {
    private let path: String
    /// Whether it could.
    private(set) var openings: [Bool] = []

    init(_ path: String) { self.path = path }

    override func rename(_ old: String, to new: String) -> Int32 {
      openings.append((try? JournalWorkload(path).journal) ?? nil != nil)
      return super.rename(old, to: new)
    }
  }

  @Test("a change is refused if the journal was removed, or the snapshot replaced, while they were open")
  func movedMeanwhile() throws {
    for work in [{ unlink(self.journalPath) }, { rename(self.folder / "b.tiltas", self.path) }] {
      try JournalWorkload.begin(path)
      try Snapshot.write(sampleGraph(), rules: [], to: folder / "b.tiltas")
      let workload = try JournalWorkload(path)
      try workload.step(1)
      #expect(work() == 0)
      #expect(
        message { try workload.step(2) }
          == "the change could not be put on the disk: `\(path)` or its journal was moved, removed or replaced "
          + "since it was opened")
      #expect(
        message { try workload.save() }
          == "cannot write `\(path)`: it or its journal was moved, removed or replaced since it was opened")
      workload.close()
      unlink(journalPath)
    }
  }

  @Test("a journal that was moved away is not taken for the one that another has made in its place, which stays")
  func othersJournal() throws {
    try JournalWorkload.begin(path)
    let first = try JournalWorkload(path)
    #expect(rename(journalPath, folder / "moved") == 0)
    let second = try JournalWorkload(path)
    try second.step(1)
    first.close()
    second.close()
    #expect(try JournalWorkload.steps(in: path) == 1)
  }

  @Test("a journal with another name, as of a copy by links, is not written to")
  func linkedJournal() throws {
    try JournalWorkload.begin(path)
    let first = try JournalWorkload(path)
    try first.step(1)
    first.close()
    #expect(link(journalPath, folder / "copy.journal") == 0)
    let bytes = try Folder.bytes(journalPath)
    #expect(try JournalWorkload(path).journal == nil)
    #expect(
      message { try Snapshot.write(Graph(), rules: [], to: path) }?.contains("has several names (hard links)") == true)
    #expect(try Folder.bytes(folder / "copy.journal") == bytes)
  }

  @Test("records of another content are another state, even if there are as many of them behind the same snapshot")
  func states() throws {
    var states: [SnapshotState] = []
    for step in [1, 2, 1] {
      try JournalWorkload.begin(path)
      let workload = try JournalWorkload(path)
      try workload.step(step)
      workload.close()
      states.append(try Snapshot.open(path, into: Graph(), forChanges: false).state)
      unlink(journalPath)
    }
    #expect(states[0] != states[1] && states[0] == states[2])
  }

  @Test("a link in the place of a journal is not followed")
  func linkAsJournal() throws {
    symlink("other", journalPath)
    #expect(try JournalWorkload(path).journal == nil)
    #expect(
      message { try Snapshot.write(Graph(), rules: [], to: path) }
        == "cannot write `\(path)`: Too many levels of symbolic links")
    #expect(folder.names == ["a.tiltas", "a.tiltas.journal"])
    try Folder.write([1, 2, 3], to: folder / "other")
    #expect(message { try JournalWorkload(path).step(1) } != nil)
    #expect(try Folder.bytes(folder / "other") == [1, 2, 3])
  }

  @Test("a short file that is no journal is not taken for one")
  func noJournal() throws {
    try Folder.write(Array("my notes".utf8), to: journalPath)
    #expect(
      message { _ = try JournalWorkload(path) }
        == "the snapshot `\(path)` is damaged in its journal: its beginning is not as it was written")
    #expect(try Folder.bytes(journalPath) == Array("my notes".utf8))
  }

  @Test("damage in the last two records is not taken for an unfinished one")
  func lastTwoRecords() throws {
    let workload = try JournalWorkload(path)
    var starts: [Int] = []
    for number in 1...3 {
      starts.append(((try? Folder.bytes(journalPath)) ?? []).count)
      try workload.step(number)
    }
    workload.close()
    var bytes = try Folder.bytes(journalPath)
    for start in starts.suffix(2) { bytes[start + JournalLayout.recordHeaderLength + 3] ^= 1 }
    try Folder.write(bytes, to: journalPath)
    #expect(
      message { _ = try JournalWorkload(path) }
        == "the snapshot `\(path)` is damaged in its journal: record 2 is not as it was written")
  }

  @Test("the lock goes with the journal, also where a child that is just being started still has its descriptor")
  func lockOfAChild() throws {
    let first = try JournalWorkload(path)
    try first.step(1)
    let inherited = dup(try #require(first.journal).descriptor)
    defer { close(inherited) }
    first.close()
    #expect(try JournalWorkload(path).journal != nil)
  }

  @Test("beside a process that saves all the time it is told that, and not that the journal is another snapshot's")
  func restlessWriter() throws {
    let workload = try JournalWorkload(path)
    try workload.step(1)
    workload.close()
    for verify in [true, false] {
      let error = #expect(throws: Diagnostic.self) {
        if verify { _ = try Snapshot.verify(path, on: RestlessDisk()) }
        _ = try Snapshot.repair(path, to: path + ".new.tiltas", on: RestlessDisk())
      }
      #expect(error?.message == "cannot read `\(path)`: another process changes it all the time")
    }
  }

  @Test("wherever a journal is cut, the changes that are whole are there, and the next one follows them")
  func cuts() throws {
    let workload = try JournalWorkload(path)
    var ends = [JournalLayout.headerLength]
    for number in 1...4 {
      try workload.step(number)
      ends.append(try Folder.bytes(journalPath).count)
    }
    workload.close()
    let whole = try Folder.bytes(journalPath)
    for length in whole.indices {
      try Folder.write(whole[..<length], to: journalPath)
      let expected = max(0, ends.lastIndex { $0 <= length } ?? 0)
      #expect(try JournalWorkload.steps(in: path) == expected, "length \(length)")
      if length % 50 == 0 {
        let next = try JournalWorkload(path)
        let torn = length < JournalLayout.headerLength ? 0 : length - ends[expected]
        #expect(next.journal?.tornBytes == torn)
        try next.step(expected + 1)
        next.close()
        #expect(try JournalWorkload.steps(in: path) == expected + 1)
      }
    }
  }

  @Test("a journal with a damaged record is refused where whole ones follow, and else cut before it")
  func flippedBits() throws {
    let workload = try JournalWorkload(path)
    for number in 1...3 { try workload.step(number) }
    let lastStart = try Folder.bytes(journalPath).count
    try workload.step(4)
    workload.close()
    let whole = try Folder.bytes(journalPath)
    for place in whole.indices {
      for bit in Long.isOn ? 0..<8 : place % 8..<(place % 8 + 1) {
        var bytes = whole
        bytes[place] ^= 1 << UInt8(bit)
        try Folder.write(bytes, to: journalPath)
        var steps: Int?
        let message = message { steps = try JournalWorkload.steps(in: path) }
        // The zeros behind a record belong to nothing.
        if message == nil { #expect(steps == 4 || (place >= lastStart && steps == 3), "byte \(place)") }
        if place < JournalLayout.headerLength { #expect(message != nil, "byte \(place)") }
      }
    }
  }

  /// Writes a journal of three records, in the first of which a bit is wrong; its bytes.
  private func damageFirstRecord() throws -> [UInt8] {
    try JournalWorkload.carryOut(1...3, in: path)
    var bytes = try Folder.bytes(journalPath)
    bytes[JournalLayout.headerLength + JournalLayout.recordHeaderLength + 3] ^= 1
    try Folder.write(bytes, to: journalPath)
    return bytes
  }

  @Test("the damage in a journal is told")
  func damage() throws {
    let bytes = try damageFirstRecord()
    #expect(
      message { try Snapshot.verify(path) }
        == "the snapshot `\(path)` is damaged in its journal: record 1 is not as it was written")
    #expect(message { _ = try JournalWorkload(path) } != nil)
    #expect(try Folder.bytes(journalPath) == bytes)
  }

  @Test("who may not read the snapshot may not read its journal")
  func permissions() throws {
    chmod(path, 0o600)
    let workload = try JournalWorkload(path)
    try workload.step(1)
    var status = stat()
    #expect(stat(journalPath, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
  }

  @Test("a journal that another process begins anew between its opening and its reading is to be read again")
  func begunAnewMeanwhile() throws {
    let workload = try JournalWorkload(path)
    try workload.step(1)
    workload.close()
    let file = try InputFile(journalPath)
    #expect(try JournalContents(of: file).records.count == 1)
    for length in [0, JournalLayout.headerLength, file.count - 1] {
      #expect(truncate(journalPath, off_t(length)) == 0)
      #expect(throws: JournalContents.BegunAnew.self) { try JournalContents(of: file) }
      #expect(truncate(journalPath, off_t(file.count)) == 0)
    }
  }

  @Test("a journal that another process writes over while it is read is to be read again, and is no damage")
  func writtenOverMeanwhile() throws {
    let workload = try JournalWorkload(path)
    try workload.step(1)
    workload.close()
    var bytes = try Folder.bytes(journalPath)
    // As if it had been written long ago, whatever the clock of the file system can tell apart.
    let old = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
    #expect(utimensat(AT_FDCWD, journalPath, old, 0) == 0)
    let file = try InputFile(journalPath)
    bytes[8] ^= 3
    let descriptor = open(journalPath, O_WRONLY)
    #expect(pwrite(descriptor, bytes, bytes.count, 0) == bytes.count)
    close(descriptor)
    #expect(throws: JournalContents.BegunAnew.self) { try JournalContents(of: file) }
    #expect(throws: Damage.self) { try JournalContents(of: try InputFile(journalPath)) }
  }

  @Test("a journal beside another snapshot than its own is refused")
  func foreign() throws {
    let workload = try JournalWorkload(path)
    try workload.step(1)
    workload.close()
    let other = folder / "b.tiltas"
    try Snapshot.write(sampleGraph(), rules: [], to: other)
    try Folder.write(Folder.bytes(other), to: path)
    #expect(
      message { _ = try JournalWorkload.steps(in: path) }
        == "the journal `\(journalPath)` goes on from another snapshot than `\(path)`")
  }

  @Test("a snapshot that replaces one takes its journal away")
  func replaced() throws {
    let workload = try JournalWorkload(path)
    try workload.step(1)
    workload.close()
    try Snapshot.write(sampleGraph(), rules: [], to: path)
    #expect(folder.names == ["a.tiltas"])
    let graph = Graph()
    _ = try Snapshot.read(from: path, into: graph)
    #expect(contents(of: graph) == contents(of: sampleGraph()))
  }

  @Test("a record that declares more columns than it has bytes for is refused")
  func hugeArity() throws {
    let workload = try JournalWorkload(path)
    workload.graph.addRelation("wide", arity: 3)
    _ = try workload.journal?.keep()
    workload.close()
    let contents = try JournalContents(of: path)
    let snapshot = try #require(contents.snapshot)
    var forged = contents.records[0]
    // The kind, the name with its length, and then the number of columns.
    forged.payload[1 + 4 + 4 + 3] = 0x7F
    let bytes = JournalLayout.header(snapshot: snapshot) + JournalLayout.bytes(forged, snapshot: snapshot)
    try Folder.write(bytes, to: journalPath)
    #expect(
      message { _ = try Snapshot.read(from: path, into: Graph()) }
        == "the snapshot `\(path)` is damaged in its journal: `wide` has 2130706435 columns")
  }

  @Test("a journal in which each place looks like a long record is refused, and not looked through for ever")
  func madeUpRecords() throws {
    let workload = try JournalWorkload(path)
    try workload.step(1)
    workload.close()
    let whole = try Folder.bytes(journalPath)
    var made = ByteWriter()
    while made.bytes.count < 3_000_000 {
      made.write(UInt64(1_000_000))
      made.write(UInt64(2))
      made.write(UInt64(1))
    }
    // The first record of these has no whole one before it that it could be the end of.
    try Folder.write(whole + [UInt8](repeating: 0, count: 8) + made.bytes, to: journalPath)
    #expect(
      message { _ = try JournalWorkload.steps(in: path) }
        == "the snapshot `\(path)` is damaged in its journal: record 2 is not as it was written")
  }

  @Test("any bytes of a record with a right checksum are read or refused")
  func forgedRecords() throws {
    let workload = try JournalWorkload(path)
    try workload.step(1)
    workload.close()
    let contents = try JournalContents(of: path)
    let snapshot = try #require(contents.snapshot)
    let payload = contents.records[0].payload
    for place in payload.indices {
      for change: UInt8 in [0x01, 0x80, 0xFF] {
        var forged = contents.records[0]
        forged.payload[place] ^= change
        let bytes = JournalLayout.header(snapshot: snapshot) + JournalLayout.bytes(forged, snapshot: snapshot)
        try Folder.write(bytes, to: journalPath)
        _ = message { _ = try Snapshot.read(from: path, into: Graph()) }
      }
    }
    #expect(try Snapshot.info(of: path).relations.count == 3)
  }

  @Test("a journal that is well has nothing wrong with it, and one whose file is cut behind its back has")
  func invariants() throws {
    let workload = try JournalWorkload(path)
    #expect(workload.journal?.checkInvariants() == nil)
    try workload.step(1)
    #expect(workload.journal?.checkInvariants() == nil)
    truncate(journalPath, 40)
    let problem = workload.journal?.checkInvariants() ?? ""
    #expect(problem.hasPrefix("its file has 40 bytes in place of "))
    try workload.save()
    #expect(workload.journal?.checkInvariants() == nil)
  }

  @Test("what makes no sense in a record is refused with the reason, and so is what its graph can't take")
  func senselessChanges() throws {
    func fault(_ change: ValueChange, _ alter: (inout [UInt8]) -> Void = { _ in }) -> String? {
      var writer = ByteWriter()
      change.write(&writer)
      alter(&writer.bytes)
      do {
        return try writer.bytes.withUnsafeBytes { bytes in
          var reader = ByteReader(bytes, section: "journal")
          return try ValueChange(&reader).apply(to: sampleGraph())
        }
      } catch {
        return (error as? Damage)?.reason
      }
    }
    let mayor = [Value.name("vaida_žvikienė"), .name("mayor")]
    #expect(fault(.state("number", tuples: [[.boolean(true)]], annotations: [])) == nil)
    #expect(
      fault(.state("raining", tuples: [[], []], annotations: [])) == "a fact without arguments is stated 2 times")
    #expect(fault(.retract("number", [.decimal(.nan)])) == "a decimal is no number")
    #expect(
      fault(.retract("number", [.date(DateSpan("2014")!)])) { bytes in
        for place in bytes.indices.suffix(8) { bytes[place] = 0xFF }
      } == "a date is none")
    #expect(fault(.type("agent", supertypes: ["person"])) == "`agent` is beneath itself")
    #expect(fault(.type("holds", supertypes: [])) == "`holds` is no type")
    #expect(
      fault(.takeBackStatement("holds", [mayor[0]], annotations: [])) == "`holds` has another number of arguments")
    let twice = ValueChange.Annotation(key: "line", value: .integer(1))
    #expect(fault(.state("holds", tuples: [mayor], annotations: [twice, twice])) == "an annotation has one key twice")
  }

  @Test("a journal with changes that wait, and one whose file is gone, have something wrong with them")
  func brokenInvariants() throws {
    let workload = try JournalWorkload(path)
    state(workload.graph, "step", [.integer(9), .integer(9)])
    #expect(workload.journal?.checkInvariants() == "changes wait to be put on the disk")
    try workload.step(1)
    let journal = try #require(workload.journal)
    #expect(unlink(journalPath) == 0)
    #expect(message { try workload.step(2) } != nil)
    // It takes no more, and its state is no fault of its own.
    #expect(journal.checkInvariants() == nil)
  }

  @Test("a damaged journal is told by what a snapshot holds, and neither it nor its snapshot is replaced")
  func damagedJournal() throws {
    _ = try damageFirstRecord()
    guard case .failure(let problem) = try Snapshot.info(of: path).journal else {
      Issue.record("the damage is not told")
      return
    }
    #expect(
      problem.message == "the snapshot `\(path)` is damaged in its journal: record 1 is not as it was written")
    let before = try [path, journalPath].map(Folder.bytes)
    #expect(
      message { try Snapshot.write(sampleGraph(), rules: [], to: path) }
        == "cannot write `\(path)`: the snapshot `\(path)` is damaged in its journal: record 1 is not as it was written"
    )
    #expect(try [path, journalPath].map(Folder.bytes) == before)
  }

  @Test("what can't be read whole is not replaced, whichever byte of it is wrong, and nothing else is left there")
  func damagedTarget() throws {
    let whole = try Folder.bytes(path)
    let names = folder.names
    for place in stride(from: 0, to: whole.count, by: 61) {
      var damaged = whole
      damaged[place] ^= 0x40
      try Folder.write(damaged, to: path)
      let refusal = message { try Snapshot.write(sampleGraph(), rules: [], to: path) }
      #expect(refusal?.hasPrefix("cannot write `\(path)`: ") == true, "byte \(place)")
      #expect(try Folder.bytes(path) == damaged)
      #expect(folder.names == names)
    }
    for length in [1, 8, 100, whole.count - 1] {
      try Folder.write(Array(whole.prefix(length)), to: path)
      #expect(message { try Snapshot.write(sampleGraph(), rules: [], to: path) } != nil, "\(length) bytes")
      #expect(try Folder.bytes(path).count == length)
    }
    try Folder.write([], to: path)
    try Snapshot.write(sampleGraph(), rules: [], to: path)
    try Snapshot.verify(path)
  }

  @Test("a snapshot whose journal ends in what may have been a change is not replaced")
  func doubtfulTarget() throws {
    let workload = try JournalWorkload(path)
    try workload.step(1)
    workload.close()
    var bytes = try Folder.bytes(journalPath)
    bytes[bytes.count - 9] ^= 1
    try Folder.write(bytes, to: journalPath)
    let refusal = message { try Snapshot.write(sampleGraph(), rules: [], to: path) }
    #expect(refusal?.contains("bytes at the end of the journal of \(path) belong to no whole change") == true)
    #expect(try Folder.bytes(journalPath) == bytes)
  }

  @Test("a snapshot that could not be opened for changes has no journal afterwards")
  func nothingLeft() throws {
    try Folder.write(Array("not a snapshot".utf8), to: path)
    #expect(throws: Diagnostic.self) { _ = try Snapshot.open(path, into: Graph(), on: SystemDisk()) }
    #expect(folder.names == ["a.tiltas"])
  }

  @Test("what is no journal, and changes of a snapshot that is not there, stay if a snapshot is written")
  func inTheWay() throws {
    for text in ["my notes on the visit of 2012\n", "hm"] {
      try Folder.write(Array(text.utf8), to: journalPath)
      #expect(
        message { try Snapshot.write(sampleGraph(), rules: [], to: path) }
          == "cannot write `\(path)`: `\(journalPath)` is there, which is no journal")
      #expect(try Folder.bytes(journalPath) == Array(text.utf8))
      #expect(folder.names == ["a.tiltas", "a.tiltas.journal"])
    }
    unlink(journalPath)
    let workload = try JournalWorkload(path)
    try workload.step(1)
    workload.close()
    let changes = try Folder.bytes(journalPath)
    #expect(unlink(path) == 0)
    #expect(
      message { try Snapshot.write(sampleGraph(), rules: [], to: path) }
        == "cannot write `\(path)`: `\(journalPath)` holds changes of another snapshot")
    let other = path + "-other"
    try Snapshot.write(sampleGraph(), rules: [("a.dl", "q(X) :- p(X).")], to: other)
    #expect(rename(other, path) == 0)
    #expect(
      message { try Snapshot.write(sampleGraph(), rules: [], to: path) }
        == "cannot write `\(path)`: the journal `\(journalPath)` goes on from another snapshot than `\(path)`")
    #expect(try Folder.bytes(journalPath) == changes)
  }

  @Test("what is written for a record asks for memory before it grows, and is not written if there is none")
  func memory() {
    struct Refused: Error {}
    let graph = Graph()
    let relation = graph.addRelation("p", arity: 1)
    let terms = (0..<Int64(300_000)).map { graph.terms.intern(.integer($0)).number }
    let start = graph.ledger.hold(.journal)
    graph.state(relation, tuples: terms)
    let changes = graph.ledger.changes(since: start) ?? []
    func written(most: Int) -> (bytes: [UInt8]?, asked: [Int]) {
      let pace = Pace()
      var (writer, asked) = (RecordWriter(graph), [Int]())
      pace.memoryQuestion = { bytes in
        asked.append(bytes)
        return bytes > most ? Refused() : nil
      }
      let isWhole = pace.governing { changes.allSatisfy { (try? writer.write($0)) != nil } }
      return (isWhole ? writer.bytes : nil, asked)
    }
    let all = written(most: .max)
    let length = all.bytes?.count ?? 0
    #expect(length > 300_000 * 9)
    // For what it holds, and once more for the record that is made of it.
    #expect(all.asked.contains { $0 >= 2 * length })
    #expect(written(most: length).bytes == nil)
  }
}

/// A disk on which another file has a snapshot's name each time that it is looked at.
private final class RestlessDisk: SystemDisk {
  private var number: ino_t = 1 << 40

  override func status(of path: String) -> FileStatus? {
    guard var status = super.status(of: path), path.hasSuffix(".tiltas") else { return super.status(of: path) }
    number += 1
    status.identity = FileIdentity(device: status.identity.device, number: number)
    return status
  }

  override func pause() {}
}
