import Graphs
import Relations
import Terms

/// Reads the sections of a snapshot and makes a graph of them. Nothing in a section is believed before it is checked.
///
/// A section is read into memory of its own, and then compared with its checksum: what another process does to the file
/// afterwards changes nothing that was checked. (Of a file that is mapped, cutting it short would end the program.)
struct SnapshotReader {
  let file: InputFile
  let layout: SnapshotLayout
  let catalogue: Catalogue

  init(_ file: InputFile) throws {
    self.file = file
    layout = try SnapshotLayout(reading: file)
    let memory = try Self.read(layout.section(.catalogue), name: Catalogue.sectionName, from: file)
    catalogue = try Catalogue(
      UnsafeRawBufferPointer(memory.bytes), relationCount: layout.relationCount, version: layout.version)
    withExtendedLifetime(memory) {}
  }

  /// A reader of a file that may be damaged.
  init(_ file: InputFile, layout: SnapshotLayout, catalogue: Catalogue) {
    (self.file, self.layout, self.catalogue) = (file, layout, catalogue)
  }

  /// The graph that the file holds. Terms, facts and statements are read when they are first asked for; those of a file of
  /// version 1, and the terms of one of version 2, are read here.
  func graph() throws -> Graph {
    let supply = SnapshotSupply(path: file.path)
    let terms = try terms(supply)
    let graph = Graph(terms: terms, annotationSets: annotationSets(supply), supply: supply)
    for (number, entry) in catalogue.relations.enumerated() {
      if layout.version == 1 {
        try readVersion1(number, into: graph)
      } else {
        restore(number, entry, in: graph, supply)
      }
    }
    for type in catalogue.types {
      graph.declareType(type.name, supertypes: type.supertypes.map { catalogue.types[$0].name })
    }
    return graph
  }

  private func restore(
    _ number: Int, _ entry: Catalogue.RelationEntry, in graph: Graph, _ supply: SnapshotSupply
  ) {
    let facts: Relation
    if entry.arity == 0 {
      facts = Relation(arity: 0)
      if entry.facts == 1 { facts.append([]) }
    } else {
      facts = Relation(
        arity: entry.arity, supply: FactsSupply(self, number, termCount: graph.terms.count, supply))
    }
    let statements = StatementsSupply(
      self, number, termCount: graph.terms.count, setCount: layout.annotationSetCount, supply)
    graph.restoreRelation(
      entry.name, declaration: entry.declaration, isType: entry.isType, facts: facts, statements: statements)
  }

  func sources() throws -> [(name: String, text: String)] { try Self.sources(try read(.sources)) }

  /// The texts of rules of a section.
  static func sources(_ memory: Memory) throws -> [(name: String, text: String)] {
    let name = Self.name(.sources)
    defer { withExtendedLifetime(memory) {} }
    var reader = ByteReader(UnsafeRawBufferPointer(memory.bytes), section: name)
    var sources: [(name: String, text: String)] = []
    for _ in 0..<(try reader.number(UInt32.self)) { sources.append((try reader.text(), try reader.text())) }
    guard reader.isAtEnd else { throw Damage(section: name, reason: "bytes are left at its end") }
    return sources
  }

  /// The name of a section in messages.
  static func name(_ kind: SnapshotLayout.Kind) -> String {
    switch kind {
    case .catalogue: Catalogue.sectionName
    case .termKinds: "kinds of terms"
    case .termPayloads: "values of terms"
    case .texts: "texts of terms"
    case .termSlots: "index of terms"
    case .termBlocks: "blocks of terms"
    case .annotationOffsets: "offsets of annotations"
    case .annotationEntries: "annotations"
    case .sources: "texts of rules"
    case .facts: "facts"
    case .backwardFacts: "facts backwards"
    case .statements: "statements"
    case .pages: "checksums of pages"
    }
  }

  /// The name of a relation's section in messages.
  func name(_ kind: SnapshotLayout.Kind, of relation: Int) -> String {
    "\(Self.name(kind)) of `\(catalogue.relations[relation].name)`"
  }

  /// The name of a section in messages.
  func name(of section: SnapshotLayout.Section) -> String {
    let isOfRelation = SnapshotLayout.Kind.ofRelations(version: layout.version).contains(section.kind)
    return isOfRelation ? name(section.kind, of: section.relation) : Self.name(section.kind)
  }

  func read(_ kind: SnapshotLayout.Kind, of relation: Int) throws -> Memory {
    try Self.read(layout.section(kind, of: relation), name: name(kind, of: relation), from: file)
  }

  func read(_ kind: SnapshotLayout.Kind) throws -> Memory {
    try Self.read(layout.section(kind), name: Self.name(kind), from: file)
  }

  /// The bytes of a section, with the checksum compared.
  private static func read(
    _ section: SnapshotLayout.Section, name: String, from file: InputFile
  ) throws -> Memory {
    file.expect(section.range)
    let memory = try file.read(section.range)
    guard Checksum.of(UnsafeRawBufferPointer(memory.bytes)) == section.checksum else {
      throw Damage(section: name, reason: "the checksum differs")
    }
    return memory
  }

  /// The numbers of a section that belongs to no relation, with the checksum compared.
  func numbers<Number: FixedWidthInteger>(_ kind: SnapshotLayout.Kind, _: Number.Type) throws -> [Number] {
    try numbers(layout.section(kind), name: Self.name(kind))
  }

  /// The numbers of a section, with the checksum compared. There is room for an eighth more, which takes no memory before
  /// it is used, so that the first addition doesn't move all.
  func numbers<Number: FixedWidthInteger>(_ section: SnapshotLayout.Section, name: String) throws -> [Number] {
    let size = MemoryLayout<Number>.size
    guard section.length % size == 0 else { throw Damage(section: name, reason: "the last number is cut off") }
    let count = section.length / size
    // One that is empty from the start would be the one that all empty arrays share, and be written to.
    return try [Number](unsafeUninitializedCapacity: max(1, count + count / 8)) { buffer, initialized in
      let bytes = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      try file.read(section.range, into: bytes)
      guard Checksum.of(UnsafeRawBufferPointer(bytes)) == section.checksum else {
        throw Damage(section: name, reason: "the checksum differs")
      }
      initialized = count
    }
  }

  /// Throws where the bytes between sections are not zero.
  func checkPadding() throws {
    for section in layout.sections {
      let padding = try file.read(section.range.upperBound..<section.paddedRange.upperBound)
      guard padding.bytes.allSatisfy({ $0 == 0 }) else {
        throw Damage(section: name(of: section), reason: "the bytes between it and the next section are not zero")
      }
    }
  }
}

extension SnapshotReader {
  /// The terms; those of a file of version 1 or 2 are read here.
  private func terms(_ supply: SnapshotSupply) throws -> TermDictionary {
    if layout.version > 2 {
      let terms = TermDictionary(layout.termCount, from: try TermsSupply(self, supply))
      if let failure = supply.failure { throw failure }
      return terms
    }
    let kinds = try numbers(.termKinds, UInt8.self)
    let payloads = try numbers(.termPayloads, UInt64.self)
    let texts = try numbers(.texts, UInt8.self)
    _ = try read(.termSlots)
    do {
      return try TermDictionary(indexing: kinds, payloads: payloads, texts: texts)
    } catch {
      throw TermsSupply.damage(error)
    }
  }

  /// The sets of annotations, which are read when they are first asked for.
  private func annotationSets(_ supply: SnapshotSupply) -> AnnotationSets {
    AnnotationSets {
      // Statements have the numbers of as many sets, whatever can be read of these.
      supply.reading { try annotationSets() }
        ?? AnnotationSets(starts: Array(repeating: 0, count: max(1, layout.annotationSetCount) + 1))
    }
  }

  /// Reads and checks the sets of annotations.
  func annotationSets() throws -> AnnotationSets {
    let starts = try numbers(.annotationOffsets, UInt32.self)
    let pairs = try numbers(.annotationEntries, UInt32.self)
    func damage(_ kind: SnapshotLayout.Kind, _ reason: String) -> Damage {
      Damage(section: Self.name(kind), reason: reason)
    }
    guard pairs.count % 2 == 0 else { throw damage(.annotationEntries, "the last number is cut off") }
    guard starts.count >= 2, starts[0] == 0, starts[1] == 0, Int(starts[starts.count - 1]) * 2 == pairs.count else {
      throw damage(.annotationOffsets, "they do not span the annotations")
    }
    for set in 1..<(starts.count - 1) where starts[set] >= starts[set + 1] {
      throw damage(.annotationOffsets, "they do not ascend at set \(set)")
    }
    var entries: [AnnotationSets.Entry] = []
    entries.reserveCapacity(pairs.count / 2)
    for index in stride(from: 0, to: pairs.count, by: 2) {
      let (key, value) = (pairs[index], pairs[index + 1])
      guard max(Int(key), Int(value)) < layout.termCount else {
        throw damage(.annotationEntries, "annotation \(index / 2) holds a term that there is not")
      }
      entries.append(AnnotationSets.Entry(key: Term(key), value: Term(value)))
    }
    return AnnotationSets(starts: starts, entries: entries)
  }
}
