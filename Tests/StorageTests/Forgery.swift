import Glibc

@testable import Storage

/// A snapshot's bytes, to be changed and sealed again with right checksums.
struct Forgery {
  var bytes: [UInt8]

  func number(_ offset: Int, _ width: Int) -> Int {
    (0..<width).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
  }

  mutating func set(_ offset: Int, _ width: Int, to number: UInt64) {
    for index in 0..<width { bytes[offset + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * index)) }
  }

  /// The place of a section's entry in the table.
  func entry(_ kind: SnapshotLayout.Kind, relation: Int = 0) -> Int {
    let order = SnapshotLayout.order(relations: relation + 1, version: SnapshotLayout.newestVersion)
    let index =
      kind == .pages ? number(12, 4) - 1 : order.firstIndex { $0.kind == kind && $0.relation == relation }
    return SnapshotLayout.beginningLength + (index ?? 0) * SnapshotLayout.entryLength
  }

  /// Where a section's first byte is.
  func start(_ kind: SnapshotLayout.Kind, relation: Int = 0) -> Int { number(entry(kind, relation: relation) + 8, 8) }

  /// The bytes with the checksums that belong to them, as far as the table makes sense.
  var sealed: [UInt8] {
    var copy = self
    let count = number(12, 4)
    let end = SnapshotLayout.beginningLength + count * SnapshotLayout.entryLength
    guard count < 1000, end + 8 <= bytes.count else { return bytes }
    copy.sealTerms()
    copy.sealPages(count)
    for index in 0..<count {
      let entry = SnapshotLayout.beginningLength + index * SnapshotLayout.entryLength
      let (start, length) = (number(entry + 8, 8), number(entry + 16, 8))
      guard start >= 0, length >= 0, start <= bytes.count, length <= bytes.count - start else { continue }
      copy.set(entry + 24, 8, to: checksum(copy.bytes[start..<start + length]))
    }
    copy.set(end, 8, to: checksum(copy.bytes[..<end]))
    copy.sealCopies()
    return copy.bytes
  }

  /// Makes the checksums of pages right, as far as the table makes sense.
  private mutating func sealPages(_ count: Int) {
    let relations = SnapshotLayout.relationCount(sections: count, version: SnapshotLayout.newestVersion)
    guard relations >= 0 else { return }
    let order = SnapshotLayout.order(relations: relations, version: SnapshotLayout.newestVersion)
    guard order.count == count else { return }
    // What was changed so far may have been the table itself.
    var target = number(SnapshotLayout.beginningLength + (count - 1) * SnapshotLayout.entryLength + 8, 8)
    for (index, section) in order.enumerated() where SnapshotPages.kinds.contains(section.kind) {
      let entry = SnapshotLayout.beginningLength + index * SnapshotLayout.entryLength
      let (start, length) = (number(entry + 8, 8), number(entry + 16, 8))
      guard start >= 0, length >= 0, start <= bytes.count, length <= bytes.count - start else { continue }
      for page in SnapshotPages.ranges(length) where target >= 0 && target <= bytes.count - 8 {
        set(target, 8, to: checksum(bytes[start + page.lowerBound..<start + page.upperBound]))
        target += 8
      }
    }
  }

  /// Makes the copies of the header, the catalogue and the rules right, as far as the header does.
  private mutating func sealCopies() {
    let length = SnapshotLayout.headerLength(sections: number(12, 4))
    guard length <= bytes.count, let layout = bytes[..<length].withUnsafeBytes({ try? SnapshotLayout(header: $0) }),
      layout.fileLength == bytes.count
    else { return }
    let sections = SnapshotCopies.kinds.map { Array(bytes[layout.section($0).range]) }
    bytes.replaceSubrange(layout.sectionsEnd..., with: layout.copies(header: Array(bytes[..<length]), sections))
  }

  /// Makes the checksums of the first block of terms right, and that of the slots: a small graph has no more.
  private mutating func sealTerms() {
    let kinds: [SnapshotLayout.Kind] = [.termKinds, .termPayloads, .texts, .termSlots]
    for (place, kind) in kinds.enumerated() {
      let (start, length) = (start(kind), number(entry(kind) + 16, 8))
      let target = self.start(.termBlocks) + 8 + 8 * place
      guard start >= 0, length >= 0, start <= bytes.count, length <= bytes.count - start, target >= 0,
        target <= bytes.count - 8
      else { continue }
      set(target, 8, to: checksum(bytes[start..<start + length]))
    }
  }

  private func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.withUnsafeBytes { Checksum.of($0) } }

  /// The bytes with some more at the end of a section, and all else where it is then, under right checksums.
  func extended(_ kind: SnapshotLayout.Kind, relation: Int = 0, by count: Int) throws -> [UInt8] {
    let length = SnapshotLayout.headerLength(sections: number(12, 4))
    var layout = try bytes[..<length].withUnsafeBytes { try SnapshotLayout(header: $0) }
    var body: [UInt8] = []
    var copied: [[UInt8]] = []
    for (index, section) in layout.sections.enumerated() {
      var content = Array(bytes[section.range])
      if section.kind == kind && section.relation == relation { content += [UInt8](repeating: 0, count: count) }
      layout.sections[index].offset = length + body.count
      layout.sections[index].length = content.count
      layout.sections[index].checksum = checksum(content[...])
      if SnapshotCopies.kinds.contains(section.kind) { copied.append(content) }
      body += content + [UInt8](repeating: 0, count: SnapshotLayout.aligned(content.count) - content.count)
    }
    layout.fileLength = length + body.count + layout.copiesLength
    let header = layout.header
    return header + body + layout.copies(header: header, copied)
  }
}
