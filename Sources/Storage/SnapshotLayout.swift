import Glibc

#if _endian(big)
  #error("a snapshot's numbers are little-endian and are read without conversion")
#endif

/// Where the sections of a snapshot lie: the file's header and its section table.
struct SnapshotLayout {
  enum Kind: UInt32, CaseIterable {
    case catalogue = 1
    case termKinds, termPayloads, texts, termSlots, annotationOffsets, annotationEntries, sources
    /// One of these for each relation; the last one in no file of version 1.
    case facts, statements, backwardFacts
    /// In no file before version 3.
    case termBlocks
    /// In no file before version 5.
    case pages

    /// The kinds of which there is one in a file, in their order.
    static func shared(version: UInt32) -> [Kind] {
      [.catalogue, .termKinds, .termPayloads, .texts, .termSlots] + (version < 3 ? [] : [.termBlocks])
        + [.annotationOffsets, .annotationEntries, .sources]
    }

    /// The kinds of which there is one in a file, behind those of the relations.
    static func last(version: UInt32) -> [Kind] { version < SnapshotPages.firstVersion ? [] : [.pages] }

    /// The kinds of which there is one for each relation, in their order.
    static func ofRelations(version: UInt32) -> [Kind] {
      version == 1 ? [.facts, .statements] : [.facts, .backwardFacts, .statements]
    }
  }

  struct Section: Equatable {
    var kind: Kind
    /// The relation's number in the catalogue, 0 for sections that belong to no relation.
    var relation = 0
    var offset = 0
    var length = 0
    var checksum: UInt64 = 0

    var range: Range<Int> { offset..<offset + length }
    /// The section with the zero bytes that follow it.
    var paddedRange: Range<Int> { offset..<SnapshotLayout.aligned(offset + length) }
  }

  static let magic: [UInt8] = [0x89, 0x54, 0x49, 0x4C, 0x54, 0x41, 0x53, 0x0A]
  /// The version of the format that is written; older ones are read too.
  static let newestVersion: UInt32 = 6
  /// The bytes before the section table.
  static let beginningLength = 24
  static let entryLength = 32

  var version: UInt32
  /// In the order of ``order(relations:version:)``.
  var sections: [Section]
  var fileLength: Int
  /// The checksum of the header, which holds those of all sections: two files of the same identity hold the same.
  var identity: UInt64 = 0

  /// The kinds of a snapshot's sections and the relations that they belong to, in their order in the file.
  static func order(relations: Int, version: UInt32) -> [(kind: Kind, relation: Int)] {
    let ofRelations = Kind.ofRelations(version: version)
    return Kind.shared(version: version).map { (kind: $0, relation: 0) }
      + (0..<relations).flatMap { relation in ofRelations.map { (kind: $0, relation: relation) } }
      + Kind.last(version: version).map { (kind: $0, relation: 0) }
  }

  /// How many relations a file with so many sections has.
  static func relationCount(sections: Int, version: UInt32) -> Int {
    let others = Kind.shared(version: version).count + Kind.last(version: version).count
    return (sections - others) / Kind.ofRelations(version: version).count
  }

  static func headerLength(sections: Int) -> Int { beginningLength + sections * entryLength + 8 }

  static func aligned(_ offset: Int) -> Int { (offset + 7) & ~7 }

  var relationCount: Int { Self.relationCount(sections: sections.count, version: version) }

  /// The number of terms.
  var termCount: Int { section(.termKinds).length }

  /// The number of sets of annotations, the empty one among them.
  var annotationSetCount: Int { section(.annotationOffsets).length / 4 - 1 }

  /// A section that belongs to no relation.
  func section(_ kind: Kind) -> Section {
    kind == .pages ? sections[sections.count - 1] : sections[Kind.shared(version: version).firstIndex(of: kind) ?? 0]
  }

  /// A section of a relation.
  func section(_ kind: Kind, of relation: Int) -> Section {
    let kinds = Kind.ofRelations(version: version)
    return sections[Kind.shared(version: version).count + relation * kinds.count + (kinds.firstIndex(of: kind) ?? 0)]
  }
}

// MARK: Writing

extension SnapshotLayout {
  /// The bytes of the header, of which the last are the identity.
  var header: [UInt8] {
    var writer = ByteWriter()
    writer.bytes = Self.magic
    writer.write(version)
    writer.write(UInt32(sections.count))
    writer.write(UInt64(fileLength))
    for section in sections {
      writer.write(section.kind.rawValue)
      writer.write(UInt32(section.relation))
      writer.write(UInt64(section.offset))
      writer.write(UInt64(section.length))
      writer.write(section.checksum)
    }
    writer.write(writer.bytes.withUnsafeBytes { Checksum.of($0) })
    return writer.bytes
  }
}

// MARK: Reading

extension SnapshotLayout {
  /// Reads and checks the header of a file; what it says is consistent with itself and with the file's length.
  init(reading file: InputFile) throws {
    let beginning = try file.read(0..<min(file.count, Self.beginningLength))
    let (_, count) = try Self.beginning(UnsafeRawBufferPointer(beginning.bytes))
    guard Self.headerLength(sections: count) <= file.count else {
      throw Damage(section: "header", reason: "the file ends within the table of its sections")
    }
    let memory = try file.read(0..<Self.headerLength(sections: count))
    try self.init(header: UnsafeRawBufferPointer(memory.bytes))
    withExtendedLifetime(memory) {}
    guard fileLength == file.count else {
      throw Damage(section: "header", reason: "the file should have \(fileLength) bytes and has \(file.count)")
    }
  }

  /// Checks a header; what it says is consistent with itself.
  init(header: UnsafeRawBufferPointer) throws {
    let sectionCount: Int
    (version, sectionCount) = try Self.beginning(header)
    let length = Self.headerLength(sections: sectionCount)
    var reader = ByteReader(header, section: "header")
    let content = try reader.bytes(length - 8)
    identity = Checksum.of(content)
    guard try reader.number(UInt64.self) == identity, reader.isAtEnd else {
      throw Damage(section: "header", reason: "the checksum differs")
    }
    reader = ByteReader(content, section: "header")
    _ = try reader.bytes(16)
    fileLength = try reader.size()
    sections = []
    let relations = Self.relationCount(sections: sectionCount, version: version)
    var end = length
    for expected in Self.order(relations: relations, version: version) {
      let section = try Self.section(&reader, expected, at: end, fileLength: fileLength)
      sections.append(section)
      end = section.paddedRange.upperBound
    }
    guard end + copiesLength == fileLength else {
      throw Damage(
        section: "header",
        reason: "the sections end at byte \(end) of \(fileLength), with \(copiesLength) to follow them")
    }
  }

  /// The version and the number of sections that the first bytes of a file tell.
  static func beginning(_ bytes: UnsafeRawBufferPointer) throws -> (version: UInt32, sections: Int) {
    guard bytes.count >= magic.count, bytes.prefix(magic.count).elementsEqual(magic) else { throw NotASnapshot() }
    var reader = ByteReader(bytes, section: "header")
    _ = try reader.bytes(magic.count)
    let version = try reader.number(UInt32.self)
    if version > newestVersion { throw NewerVersion(version: version) }
    guard version > 0 else { throw Damage(section: "header", reason: "there is no version 0") }
    let count = Int(try reader.number(UInt32.self))
    guard canBe(sections: count, version: version) else {
      throw Damage(section: "header", reason: "there can't be \(count) sections")
    }
    return (version, count)
  }

  /// Whether a file of a version can have so many sections.
  static func canBe(sections count: Int, version: UInt32) -> Bool {
    let others = Kind.shared(version: version).count + Kind.last(version: version).count
    return count >= others && (count - others) % Kind.ofRelations(version: version).count == 0
  }

  private static func section(
    _ reader: inout ByteReader, _ expected: (kind: Kind, relation: Int), at offset: Int, fileLength: Int
  ) throws -> Section {
    guard try reader.number(UInt32.self) == expected.kind.rawValue,
      try reader.number(UInt32.self) == UInt32(expected.relation)
    else { throw Damage(section: "header", reason: "the sections do not come in their order") }
    let start = try reader.size()
    let length = try reader.size()
    let checksum = try reader.number(UInt64.self)
    guard start == offset, length <= fileLength - offset, aligned(offset + length) <= fileLength else {
      throw Damage(
        section: "header",
        reason: "a section of \(length) bytes is said to begin at byte \(start), where \(offset) would be right")
    }
    return Section(
      kind: expected.kind, relation: expected.relation, offset: start, length: length, checksum: checksum)
  }

  /// The file begins with other bytes than a snapshot.
  struct NotASnapshot: Error {}

  /// The file has a version of the format that came after this program.
  struct NewerVersion: Error {
    var version: UInt32
  }
}
