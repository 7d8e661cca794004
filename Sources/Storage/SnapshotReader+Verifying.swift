import Graphs
import Relations
import Terms

extension SnapshotReader {
  /// Reads all and throws where any part is not as it was written: also what opening leaves out, because no use of it could
  /// do harm.
  func verify() throws {
    try checkPadding()
    let graph = try graph()
    _ = try sources()
    for kind: SnapshotLayout.Kind in [.termKinds, .termPayloads, .texts, .termSlots] { _ = try read(kind) }
    graph.terms.readAll()
    graph.annotationSets.provide()
    try graph.checkSupplies()
    do throws(TermDictionary.StorageFault) {
      try graph.terms.checkIndex()
    } catch {
      throw TermsSupply.damage(error)
    }
    guard graph.annotationSets.areDistinct else {
      throw Damage(section: Self.name(.annotationEntries), reason: "two sets, or two keys of one, are the same")
    }
    for key in graph.annotationSets.keys where !graph.terms.isName(key) {
      throw Damage(
        section: Self.name(.annotationEntries), reason: "the key `\(graph.terms.value(key))` is no name")
    }
    for (number, entry) in catalogue.relations.enumerated() {
      guard let relation = graph.relation(named: entry.name) else { continue }
      relation.facts.provide()
      _ = relation.statements
      try graph.checkSupplies()
      try verify(relation, number, entry)
    }
    try checkPages()
    try checkCopies()
  }

  private func verify(_ relation: StoredRelation, _ number: Int, _ entry: Catalogue.RelationEntry) throws {
    if layout.version > 1 {
      if entry.arity == 2 {
        try verifyBackward(relation.facts, number)
      } else {
        try verifyEmpty(.backwardFacts, number)
      }
      if entry.arity == 0 { try verifyEmpty(.facts, number) }
    }
    for (column, count) in entry.distinctTerms.enumerated()
    where relation.facts.terms(ofColumn: column).count != count {
      throw Damage(
        section: Catalogue.sectionName, reason: "`\(entry.name)` has not \(count) terms in column \(column + 1)")
    }
    let statements = relation.statements
    for index in 0..<statements.count where !relation.facts.contains(Array(statements.tuple(index))) {
      throw Damage(
        section: name(.statements, of: number), reason: "statement \(index) states no fact of the relation")
    }
  }

  /// As many facts are there in both directions, so they are the same where each backwards is one forwards.
  private func verifyBackward(_ facts: Relation, _ number: Int) throws {
    let forward = facts.rows([0, 1])
    let isSame = facts.index([1, 0]).forEachRow { prefix, row in
      row.forEachNumber { forward[$0].contains(prefix[0]) }
    }
    guard isSame else {
      throw Damage(section: name(.backwardFacts, of: number), reason: "they are not those forwards")
    }
  }

  private func verifyEmpty(_ kind: SnapshotLayout.Kind, _ number: Int) throws {
    guard try read(kind, of: number).bytes.isEmpty else {
      throw Damage(section: name(kind, of: number), reason: "there can be nothing in it")
    }
  }

  /// Throws where the checksums of pages are not those of what is there.
  func checkPages() throws {
    guard layout.version >= SnapshotPages.firstVersion else { return }
    var expected = ByteWriter()
    for section in layout.sections where SnapshotPages.kinds.contains(section.kind) {
      let memory = try file.read(section.range)
      memory.withBytes { bytes in
        for page in SnapshotPages.ranges(bytes.count) {
          expected.write(Checksum.of(UnsafeRawBufferPointer(rebasing: bytes[page])))
        }
      }
    }
    guard try read(.pages).array == expected.bytes else {
      throw Damage(section: Self.name(.pages), reason: "they are not those of the pages")
    }
  }
}
