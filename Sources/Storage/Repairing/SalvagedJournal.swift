/// The records of a journal that are whole, those behind a damaged one among them.
struct SalvagedJournal {
  private(set) var records: [JournalLayout.Record] = []
  /// The numbers of the records between those that are whole, and where these bytes are.
  private(set) var gaps: [(records: ClosedRange<UInt64>, bytes: Range<Int>)] = []
  /// The bytes at the end that belong to no whole record.
  private(set) var tail = 0..<0
  /// Whether these may be records that were written to their end. Else they are a part of one.
  private(set) var isTailDoubtful = false
  /// How many records begin in them, as far as can be seen.
  private(set) var tailRecords = 0
  /// The identity of the snapshot that the records go on from; `nil` where there are none.
  private(set) var snapshot: UInt64?
  /// Whether the journal's first bytes are not as they were written.
  private(set) var isHeaderDamaged = false

  /// - Parameter identities: of the snapshots that the journal may go on from, beside the one that its header names.
  init(_ bytes: [UInt8], identities: [UInt64]) {
    let header = Self.header(bytes)
    isHeaderDamaged = !header.isWhole && bytes.contains { $0 != 0 }
    var candidates = [header.snapshot].compactMap { $0 } + identities.filter { $0 != header.snapshot }
    var place = JournalLayout.headerLength
    var end = min(place, bytes.count)
    // In what was made up, each place may look like a long record. Its checksum takes time, of which there is an end.
    var budget = 16 * bytes.count
    while place + JournalLayout.recordHeaderLength <= bytes.count, budget > 0 {
      var found: (record: JournalLayout.Record, snapshot: UInt64)?
      for identity in candidates where found == nil {
        let contents = JournalContents(goingOnFrom: identity)
        let last = records.last?.sequence ?? 0
        budget -= contents.payloadLength(bytes, at: place, after: last) ?? 0
        let record = contents.record(bytes, at: place, after: last) ?? lastRecord(bytes, at: place, contents, &budget)
        found = record.map { ($0, identity) }
      }
      guard let found else {
        place += 8
        continue
      }
      candidates = [found.snapshot]
      note(found.record, end..<place)
      place = JournalContents.end(of: found.record, at: place)
      end = place
    }
    snapshot = records.isEmpty ? header.snapshot : candidates.first
    noteTail(bytes, from: end)
  }

  /// The changes that a snapshot does not hold yet, and whether they go on from another snapshot.
  func changes(since identity: UInt64?) -> (records: ArraySlice<JournalLayout.Record>, isForeign: Bool) {
    guard let identity else { return (records[...], false) }
    if let folded = records.lastIndex(where: { $0.foldedInto == identity && $0.kind == .folded }) {
      return (records[(folded + 1)...], false)
    }
    return (records[...], !records.isEmpty && snapshot != identity)
  }

  /// The record at a place that is whole but for what tells its length, and ends with the file.
  private func lastRecord(
    _ bytes: [UInt8], at place: Int, _ contents: JournalContents, _ budget: inout Int
  ) -> JournalLayout.Record? {
    let last = records.last?.sequence ?? 0
    guard contents.isHeader(bytes, at: place, after: last) else { return nil }
    budget -= 8 * (bytes.count - place)
    return contents.lastRecord(bytes, at: place, after: last)
  }

  /// - Parameter bytes: those between it and the record before it.
  private mutating func note(_ record: JournalLayout.Record, _ bytes: Range<Int>) {
    let expected = (records.last?.sequence ?? 0) &+ 1
    if record.sequence > expected { gaps.append((expected...record.sequence - 1, bytes)) }
    records.append(record)
  }

  private mutating func noteTail(_ bytes: [UInt8], from end: Int) {
    tail = end..<bytes.count
    let contents = JournalContents(goingOnFrom: snapshot ?? 0)
    var last = records.last?.sequence ?? 0
    isTailDoubtful = !contents.isUnfinished(bytes, from: end, after: last)
    for place in stride(from: end, to: bytes.count, by: 8) where contents.isHeader(bytes, at: place, after: last) {
      if JournalContents.number(bytes, place, 1) > last + 1 && place > end { continue }
      last = JournalContents.number(bytes, place, 1)
      tailRecords += 1
    }
  }

  /// The identity of a snapshot that the first bytes name, and whether they are as they were written.
  private static func header(_ bytes: [UInt8]) -> (snapshot: UInt64?, isWhole: Bool) {
    guard bytes.count >= JournalLayout.headerLength else { return (nil, bytes.isEmpty) }
    let snapshot = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 16, as: UInt64.self) }
    return (snapshot, bytes.starts(with: JournalLayout.header(snapshot: UInt64(littleEndian: snapshot))))
  }
}
