import Diagnostics
import Graphs
import Relations
import Terms

/// Writes a graph section by section, and the header when all else is there.
struct SnapshotWriter {
  let graph: Graph
  let sources: [(name: String, text: String)]

  /// - Parameter journal: of the snapshot that the new one takes the place of; it goes on from the new one afterwards.
  /// - Parameter checking: is given all that was written before it has its name. If it throws, nothing is there.
  /// - Parameter afterReplacing: gets the identity of the new snapshot when that has taken the place.
  /// - Returns: the same, when that is certain.
  func write(
    to target: String, named path: String, journal: Journal?, on disk: any Disk,
    checking: ((InputFile) throws -> Void)? = nil, afterReplacing: (UInt64) -> Void = { _ in }
  ) throws -> UInt64 {
    let file = try ReplacingFile(target, named: path, on: disk)
    let header = try graph.pace.governing { try write(to: file) }
    let identity = header.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: header.count - 8, as: UInt64.self) }
    try file.commit {
      if let checking { try checking(try file.reading()) }
      try journal?.fold(into: identity)
    } afterReplacing: {
      journal?.goOn(from: identity)
      afterReplacing(identity)
    }
    journal?.beginAnew()
    return identity
  }

  /// Writes all of the file, of which the last is the header, and returns that.
  private func write(to file: ReplacingFile) throws -> [UInt8] {
    let catalogue = try Catalogue(graph)
    try graph.checkSupplies()
    // Offsets into the facts of a relation have 32 bits, and so have the lengths of texts.
    if let large = catalogue.relations.first(where: { $0.facts > Int(UInt32.max) }) {
      throw Catalogue.Fault(reason: "the relation `\(large.name)` has 2^32 facts or more")
    }
    if let large = sources.first(where: { $0.text.utf8.count > Int(UInt32.max) }) {
      throw Catalogue.Fault(reason: "the text `\(large.name)` has 2^32 bytes or more")
    }
    let count = SnapshotLayout.order(
      relations: catalogue.relations.count, version: SnapshotLayout.newestVersion
    ).count
    let writer = try SectionWriter(file, from: SnapshotLayout.headerLength(sections: count), pace: graph.pace)
    let (catalogueBytes, sourceBytes) = (catalogue.bytes, sourceBytes)
    try writer.section(.catalogue) { catalogueBytes.withUnsafeBytes { writer.append($0) } }
    try writeTerms(writer)
    try writeAnnotationSets(writer)
    try writer.section(.sources) { sourceBytes.withUnsafeBytes { writer.append($0) } }
    for (number, entry) in catalogue.relations.enumerated() {
      guard let relation = graph.relation(named: entry.name) else { continue }
      try writer.section(.facts, relation: number) { writeFacts(relation.facts, writer) }
      try writer.section(.backwardFacts, relation: number) {
        if entry.arity == 2 { writeRows(relation.facts.rows([1, 0]), writer) }
      }
      try writer.section(.statements, relation: number) { writeStatements(relation.statements, writer) }
    }
    let pageChecksums = writer.pageChecksums
    try writer.section(.pages) { pageChecksums.withUnsafeBufferPointer { writer.append($0) } }
    try graph.checkSupplies()
    var layout = SnapshotLayout(
      version: SnapshotLayout.newestVersion, sections: writer.sections, fileLength: writer.end)
    layout.fileLength += layout.copiesLength
    let header = layout.header
    let copies = layout.copies(header: header, [catalogueBytes, sourceBytes])
    try copies.withUnsafeBytes { try file.write($0, at: writer.end) }
    try header.withUnsafeBytes { try file.write($0, at: 0) }
    return header
  }

  private var sourceBytes: [UInt8] {
    var bytes = ByteWriter()
    bytes.write(UInt32(sources.count))
    for source in sources {
      bytes.write(source.name)
      bytes.write(source.text)
    }
    return bytes.bytes
  }

  private func writeTerms(_ writer: SectionWriter) throws {
    try graph.terms.withStorage { storage in
      try writer.section(.termKinds) { writer.append(storage.kinds) }
      try writer.section(.termPayloads) { writer.append(storage.payloads) }
      try writer.section(.texts) { writer.append(storage.texts) }
      try writer.section(.termSlots) { writer.append(storage.slots) }
      try writer.section(.termBlocks) { writeBlocks(storage, writer) }
    }
  }

  /// What lets a reader check a part of the terms by itself.
  private func writeBlocks(_ storage: TermDictionary.Storage, _ writer: SectionWriter) {
    func appendChecksum<Number>(_ numbers: Slice<UnsafeBufferPointer<Number>>) {
      writer.append(Checksum.of(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: numbers))))
    }
    func parts(_ count: Int, _ size: Int) -> [Range<Int>] {
      stride(from: 0, to: count, by: size).map { $0..<min(count, $0 + size) }
    }
    var textStart = 0
    for terms in parts(storage.kinds.count, TermDictionary.blockSize) {
      let textEnd = storage.textEnd(of: terms, from: textStart)
      writer.append(UInt64(textStart))
      appendChecksum(storage.kinds[terms])
      appendChecksum(storage.payloads[terms])
      appendChecksum(storage.texts[textStart..<textEnd])
      textStart = textEnd
    }
    for slots in parts(storage.slots.count, TermDictionary.slotBlockSize) { appendChecksum(storage.slots[slots]) }
  }

  private func writeAnnotationSets(_ writer: SectionWriter) throws {
    let sets = (0..<graph.annotationSets.count).map { graph.annotationSets.entries(AnnotationSet(UInt32($0))) }
    try writer.section(.annotationOffsets) {
      var offset: UInt32 = 0
      writer.append(offset)
      for set in sets {
        offset += UInt32(set.count)
        writer.append(offset)
      }
    }
    try writer.section(.annotationEntries) {
      for entry in sets.joined() {
        writer.append(entry.key.number)
        writer.append(entry.value.number)
      }
    }
  }

  private func writeFacts(_ facts: Relation, _ writer: SectionWriter) {
    switch facts.arity {
    case 0: break
    case 1: writeNumbers(facts.terms(ofColumn: 0), writer)
    case 2: writeRows(facts.rows([0, 1]), writer)
    default: writeTrie(facts, writer)
    }
  }

  private func writeNumbers(_ numbers: SetView, _ writer: SectionWriter) {
    numbers.forEachNumber { number in
      writer.append(number)
      return true
    }
  }

  private func writeRows(_ rows: Rows, _ writer: SectionWriter) {
    let limit = rows.keys.last.map { Int($0) + 1 } ?? 0
    let isDense = limit > 0 && RowsSection.isDense(limit: limit, keys: rows.keys.count)
    writer.append(UInt64(isDense ? limit : 0))
    writer.append(UInt64(rows.keys.count))
    if !isDense { writeNumbers(rows.keys, writer) }
    var start: UInt32 = 0
    func writeStart(_ key: UInt32) -> Bool {
      writer.append(start)
      start += UInt32(rows[key].count)
      return true
    }
    if isDense {
      for term in 0..<UInt32(limit) { _ = writeStart(term) }
    } else {
      rows.keys.forEachNumber { writeStart($0) }
    }
    writer.append(start)
    rows.keys.forEachNumber { key in
      writeNumbers(rows[key], writer)
      return true
    }
  }

  private func writeTrie(_ facts: Relation, _ writer: SectionWriter) {
    guard let trie = facts.packedTrie() else { return }
    trie.forEachLevel { terms, _ in writer.append(UInt64(terms.count)) }
    trie.forEachLevel { terms, starts in
      writer.append(terms)
      if let starts { writer.append(starts) }
    }
  }

  private func writeStatements(_ statements: StatementTable, _ writer: SectionWriter) {
    for set in statements.annotations { writer.append(set.number) }
    statements.arguments.withUnsafeBufferPointer { writer.append($0) }
  }
}
