/// The bytes of a journal: a header, and records one behind the other, each at a multiple of 8.
///
/// All checksums begin with the snapshot's, so that what is left of a journal of another one counts for nothing.
enum JournalLayout {
  /// Whether a file begins as a journal does, or as what is left of one: with most of the magic number's bytes, or with zeros.
  static func isBeginning(of file: InputFile) -> Bool {
    guard let memory = try? file.read(0..<min(file.count, magic.count)) else { return true }
    let bytes = Array(memory.bytes)
    return isUnfinished(bytes) || bytes.count == magic.count && zip(bytes, magic).count { $0 != $1 } <= 2
  }

  /// Whether bytes are what is there of a header that was being written: some may be as they are to be, and zeros in place of others.
  static func isUnfinished(_ bytes: [UInt8]) -> Bool { zip(bytes, magic).allSatisfy { $0 == $1 || $0 == 0 } }

  static let magic: [UInt8] = [0x89, 0x54, 0x49, 0x4C, 0x4A, 0x52, 0x4E, 0x0A]
  /// The version that a journal begins with; one of version 1, which has no uncertain dates, is read and gone on with.
  static let version: UInt32 = 2
  static let headerLength = 32
  /// The length of the payload, the sequence number, the kind and the checksum.
  static let recordHeaderLength = 32

  enum Kind: UInt64 {
    case changes = 1
    /// All before it is in the snapshot whose identity is the payload.
    case folded = 2
  }

  struct Record {
    var sequence: UInt64
    var kind: Kind
    var payload: [UInt8]

    /// The identity of the snapshot that a record of the kind `folded` names.
    var foldedInto: UInt64? {
      payload.count == 8 ? payload.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) } : nil
    }
  }

  /// Whether bytes are the header of a journal of a version that is known.
  static func isHeader(_ bytes: some Sequence<UInt8>, snapshot: UInt64) -> Bool {
    (1...version).contains { bytes.elementsEqual(header(snapshot: snapshot, version: $0)) }
  }

  static func header(snapshot: UInt64, version: UInt32 = version) -> [UInt8] {
    var writer = ByteWriter()
    writer.bytes = magic
    writer.write(version)
    writer.write(UInt32(0))
    writer.write(snapshot)
    writer.write(writer.bytes.withUnsafeBytes { Checksum.of($0) })
    return writer.bytes
  }

  static func bytes(_ record: Record, snapshot: UInt64) -> [UInt8] {
    var writer = ByteWriter()
    writer.write(UInt64(record.payload.count))
    writer.write(record.sequence)
    writer.write(record.kind.rawValue)
    writer.write(checksum(writer.bytes, record.payload[...], snapshot: snapshot))
    writer.bytes += record.payload
    writer.bytes += [UInt8](repeating: 0, count: SnapshotLayout.aligned(writer.bytes.count) - writer.bytes.count)
    return writer.bytes
  }

  static func checksum(_ numbers: [UInt8], _ payload: ArraySlice<UInt8>, snapshot: UInt64) -> UInt64 {
    var writer = ByteWriter()
    writer.write(snapshot)
    writer.bytes += numbers
    writer.write(payload.withUnsafeBytes { Checksum.of($0) })
    return writer.bytes.withUnsafeBytes { Checksum.of($0) }
  }

  /// A number that stands for a record and all those before it, of which another stands for the ones before it.
  static func chained(_ digest: UInt64, _ record: Record) -> UInt64 {
    var writer = ByteWriter()
    writer.write(digest)
    writer.write(record.sequence)
    writer.write(record.kind.rawValue)
    writer.write(record.payload.withUnsafeBytes { Checksum.of($0) })
    return writer.bytes.withUnsafeBytes { Checksum.of($0) }
  }
}
