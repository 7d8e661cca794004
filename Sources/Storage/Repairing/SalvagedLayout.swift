/// Where the sections of a snapshot lie whose header may be damaged: as the header tells, else its copy, else what is left of
/// the table.
struct SalvagedLayout {
  enum Source {
    case header, copy, table
  }

  var layout: SnapshotLayout
  let source: Source

  /// Whether it is known which snapshot this is, so that its journal can be told from that of another.
  var hasIdentity: Bool { source != .table }

  /// `nil` if there is nothing of a snapshot in the file. Throws ``SnapshotLayout/NewerVersion``.
  init?(_ file: SalvageFile) throws {
    if let layout = try Self.header(file, at: 0) {
      (self.layout, source) = (layout, .header)
      return
    }
    if let offset = try Self.copyOffset(file), let layout = try Self.header(file, at: offset),
      layout.fileLength == file.count
    {
      (self.layout, source) = (layout, .copy)
      return
    }
    try Self.refuseNewerVersion(file)
    guard let layout = try SalvagedTable(file)?.layout() else { return nil }
    (self.layout, source) = (layout, .table)
  }

  private static func copyOffset(_ file: SalvageFile) throws -> Int? {
    let footer = try file.bytes(file.count - SnapshotCopies.footerLength..<file.count)
    return footer.flatMap { $0.withBytes { SnapshotCopies.offset($0) } }
  }

  /// The header that is whole at a place.
  private static func header(_ file: SalvageFile, at start: Int) throws -> SnapshotLayout? {
    let end = start.addingReportingOverflow(SnapshotLayout.beginningLength)
    guard !end.overflow, let beginning = try file.bytes(start..<end.partialValue),
      let (_, count) = try? beginning.withBytes({ try SnapshotLayout.beginning($0) }),
      let header = try file.bytes(start..<start + SnapshotLayout.headerLength(sections: count))
    else { return nil }
    return try? header.withBytes { try SnapshotLayout(header: $0) }
  }

  /// Throws if the header is whole, and of a version that came after this program.
  private static func refuseNewerVersion(_ file: SalvageFile) throws {
    guard let beginning = try file.bytes(0..<min(file.count, SnapshotLayout.beginningLength)) else { return }
    do {
      _ = try beginning.withBytes { try SnapshotLayout.beginning($0) }
    } catch let newer as SnapshotLayout.NewerVersion {
      guard beginning.bytes.count == SnapshotLayout.beginningLength else { return }
      let count = beginning.withBytes { Int($0.loadUnaligned(fromByteOffset: 12, as: UInt32.self)) }
      guard let header = try file.bytes(0..<SnapshotLayout.headerLength(sections: count)) else { return }
      let isWhole = header.withBytes { header in
        let content = UnsafeRawBufferPointer(rebasing: header[..<(header.count - 8)])
        return Checksum.of(content) == header.loadUnaligned(fromByteOffset: content.count, as: UInt64.self)
      }
      if isWhole { throw newer }
    } catch {}
  }
}
