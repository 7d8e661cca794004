/// A file of which some places may be damaged or unreadable: what can't be read is `nil`, and ends nothing.
struct SalvageFile {
  let input: InputFile

  var count: Int { input.count }

  /// The bytes of a range; `nil` if the file does not have them, or the disk does not give them. Throws where there is not
  /// enough memory: nothing is given up for that.
  func bytes(_ range: Range<Int>) throws -> Memory? {
    guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
    guard let memory = Memory(count: range.count) else { throw input.noMemory(range.count) }
    do {
      try input.read(range, into: memory.bytes)
      return memory
    } catch {
      return nil
    }
  }

  /// The checksum of a range, of which little is in memory at once; `nil` where it can't be read.
  func checksum(_ range: Range<Int>) throws -> UInt64? {
    let checksum = try Checksum()
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(start + Self.pieceLength, range.upperBound)
      guard let piece = try bytes(start..<end) else { return nil }
      piece.withBytes { checksum.update($0) }
      start = end
    }
    return checksum.value
  }

  /// Throws where there is not enough memory for a section that the file has.
  func checkRoom(for section: SnapshotLayout.Section) throws {
    guard section.range.upperBound <= count, Memory(count: section.length) == nil else { return }
    throw input.noMemory(section.length)
  }

  private static let pieceLength = 1 << 20

  /// Whether the bytes of a section are all there and as they were written.
  func isWhole(_ section: SnapshotLayout.Section) throws -> Bool {
    try section.range.upperBound <= count && checksum(section.range) == section.checksum
  }
}
