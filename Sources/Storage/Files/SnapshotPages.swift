/// The checksums by which a page of a section can be told to be as it was written where the section is not: of the sections of
/// which there is neither a copy nor another form.
///
/// Nobody reads them but who verifies or repairs a file.
enum SnapshotPages {
  /// The first version of the format that has them.
  static let firstVersion: UInt32 = 5
  /// As much as a bad sector of most disks takes.
  static let length = 4096
  static let kinds: [SnapshotLayout.Kind] = [
    .annotationOffsets, .annotationEntries, .facts, .backwardFacts, .statements,
  ]

  /// How many pages so many bytes have.
  static func count(_ length: Int) -> Int { (length + Self.length - 1) / Self.length }

  /// Where the pages of so many bytes lie.
  static func ranges(_ length: Int) -> [Range<Int>] {
    stride(from: 0, to: length, by: Self.length).map { $0..<min(length, $0 + Self.length) }
  }
}

extension SnapshotLayout {
  /// Where the checksums of a section's pages lie; `nil` if there are none.
  func pageChecksums(of section: Section) -> Range<Int>? {
    guard version >= SnapshotPages.firstVersion, SnapshotPages.kinds.contains(section.kind) else { return nil }
    var start = self.section(.pages).offset
    for other in sections where SnapshotPages.kinds.contains(other.kind) {
      let end = start + 8 * SnapshotPages.count(other.length)
      if other.kind == section.kind && other.relation == section.relation { return start..<end }
      start = end
    }
    return nil
  }
}
