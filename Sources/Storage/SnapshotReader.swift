import Graphs
import Language
import Relations
import Terms

/// Reads the sections of a snapshot and makes a graph of them. Nothing in a section is believed before it is checked.
struct SnapshotReader {
  let file: InputFile
  let layout: SnapshotLayout
  let catalogue: Catalogue

  init(_ file: InputFile) throws {
    self.file = file
    layout = try SnapshotLayout(reading: file)
    let memory = try Self.read(layout.section(.catalogue), name: Catalogue.sectionName, from: file)
    catalogue = try Catalogue(UnsafeRawBufferPointer(memory.bytes), relationCount: layout.relationCount)
    withExtendedLifetime(memory) {}
  }

  /// The graph that the file holds.
  func graph() throws -> Graph {
    let graph = Graph(terms: try terms())
    try readAnnotationSets(into: graph)
    for (number, entry) in catalogue.relations.enumerated() {
      let relation = graph.restoreRelation(
        entry.name, arity: entry.arity, declaration: entry.declaration, isType: entry.isType)
      try RowsReader(self, number, relation.facts, termCount: graph.terms.count).read()
      try readStatements(number, relation, graph)
    }
    for type in catalogue.types {
      graph.declareType(type.name, supertypes: type.supertypes.map { catalogue.types[$0].name })
    }
    return graph
  }

  func sources() throws -> [(name: String, text: String)] {
    let name = Self.name(.sources)
    let memory = try read(.sources)
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
    case .annotationOffsets: "offsets of annotations"
    case .annotationEntries: "annotations"
    case .sources: "texts of rules"
    case .facts: "facts"
    case .statements: "statements"
    }
  }

  /// The name of a relation's section in messages.
  func name(_ kind: SnapshotLayout.Kind, of relation: Int) -> String {
    "\(Self.name(kind)) of `\(catalogue.relations[relation].name)`"
  }

  func read(_ kind: SnapshotLayout.Kind) throws -> Memory {
    try Self.read(layout.section(kind), name: Self.name(kind), from: file)
  }

  func read(_ kind: SnapshotLayout.Kind, of relation: Int) throws -> Memory {
    try Self.read(layout.section(kind, of: relation), name: name(kind, of: relation), from: file)
  }

  /// The bytes of a section and the zeros behind it, with the checksum compared.
  private static func read(
    _ section: SnapshotLayout.Section, name: String, from file: InputFile
  ) throws -> Memory {
    let padding = try file.read(section.range.upperBound..<section.paddedRange.upperBound)
    guard padding.bytes.allSatisfy({ $0 == 0 }) else {
      throw Damage(section: name, reason: "the bytes between it and the next section are not zero")
    }
    let memory = try file.read(section.range)
    guard Checksum.of(UnsafeRawBufferPointer(memory.bytes)) == section.checksum else {
      throw Damage(section: name, reason: "the checksum differs")
    }
    return memory
  }
}

extension SnapshotReader {
  private func terms() throws -> TermDictionary {
    let (kinds, payloads) = (try read(.termKinds), try read(.termPayloads))
    let (texts, slots) = (try read(.texts), try read(.termSlots))
    try Self.checkWhole(payloads, 8, .termPayloads)
    try Self.checkWhole(slots, 4, .termSlots)
    do {
      return try kinds.withNumbers(UInt8.self, count: kinds.bytes.count) { kinds in
        try payloads.withNumbers(UInt64.self, count: payloads.bytes.count / 8) { payloads in
          try texts.withNumbers(UInt8.self, count: texts.bytes.count) { texts in
            try slots.withNumbers(UInt32.self, count: slots.bytes.count / 4) { slots in
              try TermDictionary(
                copying: TermDictionary.Storage(kinds: kinds, payloads: payloads, texts: texts, slots: slots))
            }
          }
        }
      }
    } catch let fault as TermDictionary.StorageFault {
      throw Damage(section: Self.name(Self.kind(fault.part)), reason: fault.reason)
    }
  }

  private static func checkWhole(_ memory: Memory, _ size: Int, _ kind: SnapshotLayout.Kind) throws {
    guard memory.bytes.count % size == 0 else {
      throw Damage(section: name(kind), reason: "the last number is cut off")
    }
  }

  private static func kind(_ part: TermDictionary.StorageFault.Part) -> SnapshotLayout.Kind {
    switch part {
    case .kinds: .termKinds
    case .payloads: .termPayloads
    case .texts: .texts
    case .slots: .termSlots
    }
  }

  private func readAnnotationSets(into graph: Graph) throws {
    let (offsets, entries) = (try read(.annotationOffsets), try read(.annotationEntries))
    try Self.checkWhole(offsets, 4, .annotationOffsets)
    try Self.checkWhole(entries, 8, .annotationEntries)
    try offsets.withNumbers(UInt32.self, count: offsets.bytes.count / 4) { offsets in
      try entries.withNumbers(UInt32.self, count: entries.bytes.count / 4) { numbers in
        guard offsets.count >= 2, offsets[0] == 0, offsets[1] == 0, Int(offsets[offsets.count - 1]) * 2 == numbers.count
        else { throw Damage(section: Self.name(.annotationOffsets), reason: "they do not span the annotations") }
        for set in 1..<(offsets.count - 1) {
          guard offsets[set] < offsets[set + 1], Int(offsets[set + 1]) * 2 <= numbers.count else {
            throw Damage(section: Self.name(.annotationOffsets), reason: "they do not ascend at set \(set)")
          }
          let pairs = numbers[Int(offsets[set]) * 2..<Int(offsets[set + 1]) * 2]
          try restoreSet(set, UnsafeBufferPointer(rebasing: pairs), graph)
        }
      }
    }
  }

  private func restoreSet(_ set: Int, _ pairs: UnsafeBufferPointer<UInt32>, _ graph: Graph) throws {
    func damage(_ reason: String) -> Damage { Damage(section: Self.name(.annotationEntries), reason: reason) }
    var entries: [AnnotationSets.Entry] = []
    var keys: Set<UInt32> = []
    for index in stride(from: 0, to: pairs.count, by: 2) {
      let (key, value) = (pairs[index], pairs[index + 1])
      guard max(Int(key), Int(value)) < graph.terms.count else {
        throw damage("set \(set) holds a term that there is not")
      }
      guard graph.terms.isName(Term(key)) else { throw damage("set \(set) has a key that is no name") }
      guard keys.insert(key).inserted else { throw damage("set \(set) has one key twice") }
      entries.append(AnnotationSets.Entry(key: Term(key), value: Term(value)))
    }
    guard Int(graph.annotationSets.intern(entries).number) == set else {
      throw damage("set \(set) is there already")
    }
  }

  private func readStatements(_ number: Int, _ relation: StoredRelation, _ graph: Graph) throws {
    let count = catalogue.relations[number].statements
    let memory = try read(.statements, of: number)
    func damage(_ reason: String) -> Damage { Damage(section: name(.statements, of: number), reason: reason) }
    let numbers = memory.bytes.count / 4
    // Not by multiplication: the catalogue's number may be too great for it.
    guard memory.bytes.count % 4 == 0, numbers % (relation.arity + 1) == 0, numbers / (relation.arity + 1) == count
    else { throw damage("its length is not that of \(count) statements") }
    try memory.withNumbers(UInt32.self, count: numbers) { numbers in
      let sets = UnsafeBufferPointer(rebasing: numbers[..<count])
      let arguments = UnsafeBufferPointer(rebasing: numbers[count...])
      guard sets.allSatisfy({ $0 > 0 && $0 < graph.annotationSets.count }) else {
        throw damage("one has annotations that there are not")
      }
      for index in 0..<count {
        let tuple = UnsafeBufferPointer(rebasing: arguments[index * relation.arity..<(index + 1) * relation.arity])
        guard relation.facts.contains(tuple) else { throw damage("statement \(index) states no fact of the relation") }
      }
      graph.restoreStatements(
        relation, arguments: Array(arguments), annotations: sets.map { AnnotationSet($0) })
    }
  }
}
