/// The second copy of what a snapshot's facts are worth nothing without: its header, its catalogue and the texts of its rules.
///
/// It lies behind the last section, as far from the first one as can be, and is found from the file's end. Nobody reads it but
/// who verifies or repairs a file.
enum SnapshotCopies {
  /// The first version of the format that has it.
  static let firstVersion: UInt32 = 4
  /// The sections of which there is a copy, in their order.
  static let kinds: [SnapshotLayout.Kind] = [.catalogue, .sources]
  static let footerMagic: [UInt8] = [0x89, 0x54, 0x49, 0x4C, 0x45, 0x4E, 0x44, 0x0A]
  /// Where the copy begins, the magic number, and the checksum of both.
  static let footerLength = 24

  /// The last bytes of a file, which lead to the copy.
  static func footer(leadingTo offset: Int) -> [UInt8] {
    var writer = ByteWriter()
    writer.write(UInt64(offset))
    writer.bytes += footerMagic
    writer.write(writer.bytes.withUnsafeBytes { Checksum.of($0) })
    return writer.bytes
  }

  /// Where the last bytes of a file say that the copy begins; `nil` if they are not as they were written.
  static func offset(_ footer: UnsafeRawBufferPointer) -> Int? {
    guard footer.count == footerLength else { return nil }
    let number = UInt64(littleEndian: footer.loadUnaligned(as: UInt64.self))
    guard let offset = Int(exactly: number), footer.elementsEqual(Self.footer(leadingTo: offset)) else { return nil }
    return offset
  }
}

extension SnapshotLayout {
  /// Where the last section ends, and the copies begin where there are any.
  var sectionsEnd: Int { sections.last?.paddedRange.upperBound ?? Self.headerLength(sections: 0) }

  /// How many bytes follow the sections.
  var copiesLength: Int {
    guard version >= SnapshotCopies.firstVersion else { return 0 }
    let copies = SnapshotCopies.kinds.reduce(0) { $0 + Self.aligned(section($1).length) }
    return Self.headerLength(sections: sections.count) + copies + SnapshotCopies.footerLength
  }

  /// Where the copy of a section lies; `nil` if there is none.
  func copy(of kind: Kind) -> Section? {
    guard version >= SnapshotCopies.firstVersion, let index = SnapshotCopies.kinds.firstIndex(of: kind) else {
      return nil
    }
    var copy = section(kind)
    copy.offset = SnapshotCopies.kinds[..<index].reduce(sectionsEnd + Self.headerLength(sections: sections.count)) {
      $0 + Self.aligned(section($1).length)
    }
    return copy
  }

  /// What follows the sections.
  /// - Parameter sections: the bytes of the sections of ``SnapshotCopies/kinds``.
  func copies(header: [UInt8], _ sections: [[UInt8]]) -> [UInt8] {
    let padded = sections.map { $0 + [UInt8](repeating: 0, count: Self.aligned($0.count) - $0.count) }
    return header + padded.joined() + SnapshotCopies.footer(leadingTo: sectionsEnd)
  }
}

extension SnapshotReader {
  /// Throws where what follows the sections is not a copy of what it should be.
  func checkCopies() throws {
    guard layout.version >= SnapshotCopies.firstVersion else { return }
    let header = try file.read(0..<SnapshotLayout.headerLength(sections: layout.sections.count))
    let sections = try SnapshotCopies.kinds.map { try read($0).array }
    let copies = try file.read(layout.sectionsEnd..<layout.fileLength)
    guard copies.array == layout.copies(header: header.array, sections) else {
      throw Damage(section: "copies", reason: "they are not what the header, the catalogue and the rules are")
    }
  }
}
