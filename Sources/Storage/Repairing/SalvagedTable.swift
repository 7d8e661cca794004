/// The section table of a snapshot whose header is damaged, and of whose header there is no copy.
///
/// Which section an entry belongs to follows from its place, and which version and how many sections there are from what fits
/// the entries best. An entry counts if the bytes that it names have the checksum that it names.
struct SalvagedTable {
  private let file: SalvageFile
  private let bytes: UnsafeRawBufferPointer
  private let memory: Memory
  private let version: UInt32
  private let order: [(kind: SnapshotLayout.Kind, relation: Int)]

  /// `nil` if no version has a table that is anything like what is there.
  init?(_ file: SalvageFile) throws {
    let length = SnapshotLayout.headerLength(sections: 1)
    guard let beginning = try file.bytes(0..<min(length, file.count)), beginning.bytes.count == length else {
      return nil
    }
    let counts = beginning.withBytes { Self.counts($0, file.count) }
    guard let most = counts.max(), let memory = try file.bytes(0..<SnapshotLayout.headerLength(sections: most)) else {
      return nil
    }
    self.file = file
    self.memory = memory
    bytes = UnsafeRawBufferPointer(memory.bytes)
    var best: (fitting: Int, version: UInt32, count: Int)?
    for version in (1...SnapshotLayout.newestVersion).reversed() {
      for count in counts where SnapshotLayout.canBe(sections: count, version: version) {
        let fitting = Self.fitting(Self.order(count, version), bytes)
        if fitting > best?.fitting ?? 0 { best = (fitting, version, count) }
      }
    }
    guard let best else { return nil }
    version = best.version
    order = Self.order(best.count, best.version)
  }

  private static func order(
    _ count: Int, _ version: UInt32
  ) -> [(kind: SnapshotLayout.Kind, relation: Int)] {
    SnapshotLayout.order(
      relations: SnapshotLayout.relationCount(sections: count, version: version), version: version)
  }

  /// How many sections there may be: as many as the header says, or as there is room for before the first one.
  private static func counts(_ beginning: UnsafeRawBufferPointer, _ fileLength: Int) -> [Int] {
    let told = Int(number(beginning, 12, UInt32.self))
    let room = number(beginning, SnapshotLayout.beginningLength + 8, UInt64.self)
    let least = SnapshotLayout.headerLength(sections: 0)
    let fromRoom =
      room < UInt64(fileLength) && room > UInt64(least)
      ? (Int(room) - least) / SnapshotLayout.entryLength : 0
    let most = (fileLength - least) / SnapshotLayout.entryLength
    return told == fromRoom ? [told].filter { $0 <= most } : [told, fromRoom].filter { $0 > 0 && $0 <= most }
  }

  private static func number<Number: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, _ place: Int, _: Number.Type
  ) -> Number {
    Number(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Number.self))
  }

  /// How many entries are of the section that their place says.
  private static func fitting(
    _ order: [(kind: SnapshotLayout.Kind, relation: Int)], _ bytes: UnsafeRawBufferPointer
  ) -> Int {
    zip(order.indices, order).count { index, expected in
      let place = SnapshotLayout.beginningLength + index * SnapshotLayout.entryLength
      return number(bytes, place, UInt32.self) == expected.kind.rawValue
        && number(bytes, place + 4, UInt32.self) == UInt32(expected.relation)
    }
  }

  /// Where the sections lie, as far as that can be told; one that can't be found has the checksum 0.
  func layout() throws -> SnapshotLayout {
    defer { withExtendedLifetime(memory) {} }
    let entries = order.indices.map { entry($0) }
    var sections = order.map { lostSection($0.kind, $0.relation) }
    var wholes = [Bool](repeating: false, count: order.count)
    // In what was made up, each entry may name the whole file. Its checksum takes time, of which there is an end.
    var budget = 4 * file.count
    for (index, entry) in entries.enumerated() {
      guard let entry, budget >= entry.length else { continue }
      budget -= entry.length
      wholes[index] = try file.isWhole(entry)
      if wholes[index] { sections[index] = entry }
    }
    for index in order.indices where !wholes[index] {
      if let guess = placed(index, entries, wholes) { sections[index] = guess }
    }
    let identityPlace = SnapshotLayout.headerLength(sections: order.count) - 8
    return SnapshotLayout(
      version: version, sections: sections, fileLength: file.count,
      identity: Self.number(bytes, identityPlace, UInt64.self))
  }

  /// What an entry says, if that can be.
  private func entry(_ index: Int) -> SnapshotLayout.Section? {
    let place = SnapshotLayout.beginningLength + index * SnapshotLayout.entryLength
    let offset = Self.number(bytes, place + 8, UInt64.self)
    let length = Self.number(bytes, place + 16, UInt64.self)
    guard offset <= UInt64(file.count), length <= UInt64(file.count) - offset, offset % 8 == 0 else { return nil }
    return SnapshotLayout.Section(
      kind: order[index].kind, relation: order[index].relation, offset: Int(offset), length: Int(length),
      checksum: Self.number(bytes, place + 24, UInt64.self))
  }

  private func lostSection(_ kind: SnapshotLayout.Kind, _ relation: Int) -> SnapshotLayout.Section {
    // No bytes have the checksum 0, nor could any be found that have.
    SnapshotLayout.Section(kind: kind, relation: relation, offset: file.count, length: 0, checksum: 0)
  }

  /// A section that lies between two whole ones: it may be damaged in part only, or only its entry is. Its bytes count for
  /// nothing without checksums of their own.
  private func placed(
    _ index: Int, _ entries: [SnapshotLayout.Section?], _ wholes: [Bool]
  ) -> SnapshotLayout.Section? {
    let before = index == 0 ? nil : entries[index - 1]
    let start =
      index == 0 ? SnapshotLayout.headerLength(sections: order.count) : before?.paddedRange.upperBound
    let end = index + 1 < order.count ? entries[index + 1]?.offset : nil
    if let entry = entries[index], entry.offset == start || entry.paddedRange.upperBound == end { return entry }
    guard let start, let end, start <= end, index == 0 || wholes[index - 1], wholes[index + 1] else { return nil }
    var section = lostSection(order[index].kind, order[index].relation)
    (section.offset, section.length) = (start, end - start)
    return section
  }
}
