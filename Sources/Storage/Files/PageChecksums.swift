/// Takes the checksums of the pages of a section, of which the bytes come piece by piece.
struct PageChecksums {
  private(set) var values: [UInt64] = []
  private let checksum: Checksum
  /// How many bytes of the page that has begun are in its checksum.
  private var filled = 0

  init() throws { checksum = try Checksum() }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(SnapshotPages.length - filled))
      rest = rest.dropFirst(piece.count)
      if piece.count == SnapshotPages.length {
        values.append(Checksum.of(piece))
        continue
      }
      checksum.update(piece)
      filled += piece.count
      if filled == SnapshotPages.length { endPage() }
    }
  }

  /// The section ends, and with it the page that has begun.
  mutating func endSection() { if filled > 0 { endPage() } }

  private mutating func endPage() {
    values.append(checksum.value)
    checksum.reset()
    filled = 0
  }
}
