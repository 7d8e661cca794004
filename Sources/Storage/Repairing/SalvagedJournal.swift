/// The records of a journal that are whole, those behind a damaged one among them.
struct SalvagedJournal {
  private(set) var records: [JournalLayout.Record] = []
  /// The numbers of the records between those that are whole, and the bytes between these.
  private(set) var gaps: [(records: ClosedRange<UInt64>, bytes: Range<Int>)] = []
  /// Where the records lie.
  private var places: [Range<Int>] = []
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
    var budget = max(1 << 30, 16 * bytes.count)
    while place + JournalLayout.recordHeaderLength <= bytes.count, budget > 0 {
      var found: (record: JournalLayout.Record, snapshot: UInt64)?
      for identity in candidates where found == nil {
        let contents = JournalContents(goingOnFrom: identity)
        budget -= contents.payloadLength(bytes, at: place, after: 0) ?? 0
        found = contents.record(bytes, at: place, after: 0).map { ($0, identity) }
      }
      guard let found else {
        place += 8
        continue
      }
      candidates = [found.snapshot]
      end = JournalContents.end(of: found.record, at: place)
      note(found.record, place..<end)
      place = end
    }
    if let last = lastRecord(bytes, from: end, candidates) {
      candidates = [last.snapshot]
      note(last.record, last.place..<bytes.count)
      end = bytes.count
    }
    sort()
    snapshot = records.isEmpty ? header.snapshot : candidates.first
    noteTail(bytes, from: end)
  }

  private mutating func note(_ record: JournalLayout.Record, _ place: Range<Int>) {
    records.append(record)
    places.append(place)
  }

  /// The changes that a snapshot does not hold yet, and whether they go on from another snapshot.
  func changes(since identity: UInt64?) -> (records: ArraySlice<JournalLayout.Record>, isForeign: Bool) {
    guard let identity else { return (records[...], false) }
    if let folded = records.lastIndex(where: { $0.foldedInto == identity && $0.kind == .folded }) {
      return (records[(folded + 1)...], false)
    }
    return (records[...], !records.isEmpty && snapshot != identity)
  }

  /// The gaps, and whether what was in them is in a snapshot.
  func gaps(since identity: UInt64?) -> [(gap: (records: ClosedRange<UInt64>, bytes: Range<Int>), isFolded: Bool)] {
    let folded = identity.flatMap { identity in
      records.last { $0.kind == .folded && $0.foldedInto == identity }?.sequence
    }
    return gaps.map { ($0, $0.records.upperBound < folded ?? 0) }
  }

  /// A record that is whole but for what tells its length, and ends with the file.
  private func lastRecord(
    _ bytes: [UInt8], from end: Int, _ identities: [UInt64]
  ) -> (record: JournalLayout.Record, place: Int, snapshot: UInt64)? {
    var budget = 64 * bytes.count
    for place in stride(from: end, to: bytes.count, by: 8) where budget > 0 {
      for contents in identities.map({ JournalContents(goingOnFrom: $0) })
      where contents.isHeader(bytes, at: place, after: 0) {
        budget -= 8 * (bytes.count - place)
        guard let record = contents.lastRecord(bytes, at: place, after: 0) else { continue }
        return (record, place, contents.snapshot ?? 0)
      }
    }
    return nil
  }

  /// Puts the records in the order of their numbers, whatever has changed their places, and finds those that are not there.
  private mutating func sort() {
    var sorted: [JournalLayout.Record] = []
    var end = JournalLayout.headerLength
    for index in records.indices.sorted(by: { records[$0].sequence < records[$1].sequence }) {
      let expected = (sorted.last?.sequence ?? 0) &+ 1
      // One may be there twice.
      if records[index].sequence < expected { continue }
      if records[index].sequence > expected {
        gaps.append((expected...records[index].sequence - 1, end..<max(end, places[index].lowerBound)))
      }
      sorted.append(records[index])
      end = places[index].upperBound
    }
    records = sorted
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
    let header = bytes[..<JournalLayout.headerLength]
    return (snapshot, JournalLayout.isHeader(header, snapshot: UInt64(littleEndian: snapshot)))
  }
}
