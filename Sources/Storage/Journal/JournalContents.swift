/// What the bytes of a journal hold.
struct JournalContents {
  /// The identity of the snapshot that the journal goes on from; `nil` where there is no whole header, as of a journal that
  /// was being begun.
  private(set) var snapshot: UInt64?
  private(set) var records: [JournalLayout.Record] = []
  /// Where the whole records end.
  private(set) var end = 0
  /// How many bytes behind them belong to no whole record: what was being written when the computer or the program stopped.
  private(set) var tornBytes = 0

  /// Whether these bytes may be changes that were acknowledged and are damaged: there is room for a whole record, and none is
  /// as it was written. A record that the file ends within was never acknowledged.
  private(set) var isEndDoubtful = false

  /// Whether there is nothing in the file, not even a part of a header.
  private(set) var isEmpty = true

  /// Throws ``Damage`` where a record that is not whole has whole ones behind it, and ``NewerVersion``.
  init(_ bytes: [UInt8]) throws {
    isEmpty = bytes.isEmpty
    guard try readHeader(bytes) else { return }
    end = JournalLayout.headerLength
    while let record = record(bytes, at: end, sequence: UInt64(records.count + 1)) {
      records.append(record)
      end = Self.end(of: record, at: end)
    }
    tornBytes = bytes.count - end
    isEndDoubtful = !isUnfinished(bytes, from: end, after: UInt64(records.count))
    try checkRest(bytes)
  }

  /// Whether the bytes behind the last whole record are nothing or a part of one more record.
  func isUnfinished(_ bytes: [UInt8], from end: Int, after sequence: UInt64) -> Bool {
    guard bytes.count - end >= JournalLayout.recordHeaderLength else { return true }
    // The zeros behind a record were written with it.
    let most = UInt64(bytes.count - end - JournalLayout.recordHeaderLength) & ~7
    return isHeader(bytes, at: end, after: sequence) && Self.number(bytes, end, 0) > most
  }

  /// What is behind an unfinished record was written after it was whole, so there can be nothing behind it.
  private func checkRest(_ bytes: [UInt8]) throws {
    if let length = payloadLength(bytes, at: end, after: UInt64(records.count)),
      Self.number(bytes, end, 1) == UInt64(records.count + 1),
      bytes[SnapshotLayout.aligned(end + JournalLayout.recordHeaderLength + length)...].contains(where: { $0 != 0 })
    {
      throw notAsWritten
    }
    // In what was made up, each place may look like a long record. Its checksum takes time, of which there is an end.
    var budget = 16 * bytes.count
    // Its own length may be damaged too, so whole records are looked for at each place.
    for place in stride(from: end + 8, to: bytes.count, by: 8) {
      guard let length = payloadLength(bytes, at: place, after: UInt64(records.count)) else { continue }
      budget -= length
      if budget < 0 || record(bytes, at: place, sequence: nil) != nil { throw notAsWritten }
    }
    try checkLast(bytes)
  }

  /// A record that is whole but for the number that tells its length was written to its end.
  private func checkLast(_ bytes: [UInt8]) throws {
    // What a change holds may look like records too.
    var budget = 16 * bytes.count
    for place in stride(from: end, to: bytes.count, by: 8) where budget > 0 {
      guard isHeader(bytes, at: place, after: UInt64(records.count)) else { continue }
      budget -= 8 * (bytes.count - place)
      if lastRecord(bytes, at: place, after: UInt64(records.count)) != nil { throw notAsWritten }
    }
  }

  private var notAsWritten: Damage {
    Damage(section: Self.name, reason: "record \(records.count + 1) is not as it was written")
  }

  /// No journal.
  init() {}

  /// A journal of which nothing is read yet.
  init(goingOnFrom snapshot: UInt64) { self.snapshot = snapshot }

  static let name = "journal"

  /// Whether all of the records are in a snapshot.
  func isFolded(into snapshot: UInt64) -> Bool { changes(since: snapshot)?.isEmpty ?? false }

  /// The records that a snapshot does not hold yet; `nil` where the journal goes on from another one.
  func changes(since snapshot: UInt64) -> ArraySlice<JournalLayout.Record>? {
    if let folded = records.lastIndex(where: { $0.kind == .folded && $0.foldedInto == snapshot }) {
      return records[(folded + 1)...]
    }
    return records.isEmpty || self.snapshot == snapshot ? records[...] : nil
  }

  /// Stands for the records that a snapshot does not hold yet, or for the first of them.
  func digest(since snapshot: UInt64, first count: Int = .max) -> UInt64 {
    changes(since: snapshot)?.prefix(count).reduce(0) { JournalLayout.chained($0, $1) } ?? 0
  }

  private mutating func readHeader(_ bytes: [UInt8]) throws -> Bool {
    guard bytes.count >= JournalLayout.headerLength else {
      if JournalLayout.isUnfinished(bytes) { return false }
      throw Damage(section: Self.name, reason: "its beginning is not as it was written")
    }
    let header = bytes[..<JournalLayout.headerLength]
    try header.withUnsafeBytes { header in
      var reader = ByteReader(header, section: Self.name)
      let isJournal = try reader.bytes(8).elementsEqual(JournalLayout.magic)
      let version = try reader.number(UInt32.self)
      if isJournal && version > JournalLayout.version { throw SnapshotLayout.NewerVersion(version: version) }
      _ = try reader.number(UInt32.self)
      let snapshot = try reader.number(UInt64.self)
      if JournalLayout.isHeader(header, snapshot: snapshot) { self.snapshot = snapshot }
    }
    if snapshot == nil && bytes.count > JournalLayout.headerLength {
      throw Damage(section: Self.name, reason: "its beginning is not as it was written")
    }
    return snapshot != nil
  }

  static func end(of record: JournalLayout.Record, at place: Int) -> Int {
    SnapshotLayout.aligned(place + JournalLayout.recordHeaderLength + record.payload.count)
  }

  /// The length that a record at a place, with a number above one, would have; `nil` where none can be.
  func payloadLength(_ bytes: [UInt8], at place: Int, after sequence: UInt64) -> Int? {
    let start = place + JournalLayout.recordHeaderLength
    guard start <= bytes.count, Self.number(bytes, place, 0) <= UInt64(bytes.count - start),
      Self.number(bytes, place, 1) > sequence,
      JournalLayout.Kind(rawValue: Self.number(bytes, place, 2)) != nil
    else { return nil }
    let length = Int(Self.number(bytes, place, 0))
    return SnapshotLayout.aligned(start + length) <= bytes.count ? length : nil
  }

  /// Whether a record with a number above one may begin at a place, whatever its length.
  func isHeader(_ bytes: [UInt8], at place: Int, after sequence: UInt64) -> Bool {
    let headerLength = JournalLayout.recordHeaderLength
    guard place + headerLength <= bytes.count else { return false }
    let (number, room) = (Self.number(bytes, place, 1), UInt64(bytes.count / headerLength))
    return number > sequence && number - sequence <= room
      && JournalLayout.Kind(rawValue: Self.number(bytes, place, 2)) != nil
  }

  /// The record at a place with a number above one that ends with the file and is whole but for what tells its length; `nil`
  /// where there is none.
  func lastRecord(_ bytes: [UInt8], at place: Int, after sequence: UInt64) -> JournalLayout.Record? {
    guard isHeader(bytes, at: place, after: sequence) else { return nil }
    let room = bytes.count - place - JournalLayout.recordHeaderLength
    for length in max(0, room - 7)...room {
      var writer = ByteWriter()
      writer.write(UInt64(length))
      writer.bytes += bytes[(place + 8)...]
      if let record = record(writer.bytes, at: 0, after: sequence) { return record }
    }
    return nil
  }

  /// A number of the record header at a place.
  static func number(_ bytes: [UInt8], _ place: Int, _ index: Int) -> UInt64 {
    bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: place + 8 * index, as: UInt64.self)) }
  }

  /// The whole record at a place; `nil` where there is none, or one of another number.
  private func record(_ bytes: [UInt8], at place: Int, sequence: UInt64?) -> JournalLayout.Record? {
    let record = record(bytes, at: place, after: (sequence ?? 1) &- 1)
    return sequence == nil || record?.sequence == sequence ? record : nil
  }

  /// The whole record at a place with a number above one; `nil` where there is none.
  func record(_ bytes: [UInt8], at place: Int, after sequence: UInt64) -> JournalLayout.Record? {
    guard let snapshot, let length = payloadLength(bytes, at: place, after: sequence),
      let kind = JournalLayout.Kind(rawValue: Self.number(bytes, place, 2))
    else { return nil }
    let start = place + JournalLayout.recordHeaderLength
    let payload = bytes[start..<start + length]
    guard
      JournalLayout.checksum(Array(bytes[place..<place + 24]), payload, snapshot: snapshot)
        == Self.number(bytes, place, 3)
    else { return nil }
    return JournalLayout.Record(sequence: Self.number(bytes, place, 1), kind: kind, payload: Array(payload))
  }
}
