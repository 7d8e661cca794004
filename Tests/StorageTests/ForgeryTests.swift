import Diagnostics
import Glibc
import Graphs
import Terms
import Testing

@testable import Storage

/// Files whose checksums are right and whose contents are not.
@Suite struct ForgeryTests {
  private let folder: Folder
  private let path: String
  private let whole: Forgery

  init() throws {
    folder = try Folder()
    path = folder / "a.tiltas"
    try Snapshot.write(sampleGraph(), rules: [(name: "a.dl", text: "x :- y.")], to: path)
    whole = Forgery(bytes: try Folder.bytes(path))
  }

  /// What is wrong with a file: the section and the reason; `nil` where it is read.
  private func fault(_ forgery: Forgery) throws -> String? {
    try Folder.write(forgery.sealed, to: path)
    use()
    do {
      try Snapshot.verify(path)
      return nil
    } catch let diagnostic as Diagnostic {
      let beginning = "the snapshot `\(path)` is damaged in its "
      return diagnostic.message.hasPrefix(beginning)
        ? String(diagnostic.message.dropFirst(beginning.count)) : diagnostic.message
    }
  }

  /// Opens the file and goes through all that it holds, in all orders: it may hold anything, and nothing of it does harm.
  private func use() {
    let graph = Graph()
    guard (try? Snapshot.read(from: path, into: graph)) != nil else { return }
    for relation in graph.relationNames.compactMap({ graph.relation(named: $0) }) {
      if relation.arity == 2 { _ = relation.facts.rows([1, 0]).nodes }
      if relation.arity > 2 { _ = relation.facts.index([2, 0, 1] + (3..<relation.arity)).count }
    }
    _ = contents(of: graph)
    for value in values(of: graph) { _ = graph.terms.find(value) }
    _ = graph.terms.intern(.name("new"))
  }

  private func fault(_ change: (inout Forgery) throws -> Void) throws -> String? {
    var forgery = whole
    try change(&forgery)
    return try fault(forgery)
  }

  private func term(_ value: Value) throws -> Int { Int(try #require(sampleGraph().terms.find(value)).number) }

  @Test("whatever byte is changed under right checksums, the file is read or refused")
  func anyChange() throws {
    let slots = whole.start(.termSlots)..<whole.start(.termBlocks)
    for index in whole.bytes.indices where !slots.contains(index) || index % 64 == 0 {
      let changes: [UInt8] = [0x01, 0x80, 0xFF]
      for change in Long.isOn ? changes[...] : changes[index % 3...index % 3] {
        var forgery = whole
        forgery.bytes[index] ^= change
        _ = try fault(forgery)
      }
    }
  }

  @Test("numbers of 2^63, 2^32 - 1 and 0 in the place of others are read or refused")
  func hugeNumbers() throws {
    let slots = whole.start(.termSlots)..<whole.start(.termBlocks)
    let numbers = [(8, UInt64.max), (8, 1 << 63), (8, 1 << 59), (4, 0xFFFF_FFFF), (4, 0x7FFF_FFFF), (4, 0)]
    for index in stride(from: 12, to: whole.bytes.count - 8, by: 4) where !slots.contains(index) {
      let place = index / 4 % numbers.count
      for (width, number) in Long.isOn ? numbers[...] : numbers[place...place] {
        var forgery = whole
        forgery.set(index, width, to: number)
        _ = try fault(forgery)
      }
    }
  }

  @Test("a section that reaches beyond the end is refused")
  func sectionBeyondEnd() throws {
    let fault = try fault { $0.set($0.entry(.statements, relation: 10) + 16, 8, to: 1 << 40) }
    #expect(fault?.hasPrefix("header: a section of 1099511627776 bytes is said to begin") == true)
  }

  @Test("an unknown kind of term is refused")
  func unknownKind() throws {
    #expect(
      try fault { $0.bytes[$0.start(.termKinds) + 3] = 6 } == "kinds of terms: term 3 is of the unknown kind 6")
  }

  @Test("values that their kind does not have are refused")
  func badValues() throws {
    let date = try term(.date(#require(DateSpan("2010-06-08"))))
    let decimal = try term(.decimal(-0.5))
    let boolean = try term(.boolean(true))
    for (term, bits, kind) in [
      (date, UInt64(2010 << 9 | 13 << 5) << 23, "date"), (date, UInt64(2010 << 9 | 8) << 23, "date"),
      (date, 1 << 46, "date"), (decimal, Double.infinity.bitPattern, "decimal"),
      (decimal, (2.0).bitPattern, "decimal"), (boolean, 2, "boolean"),
    ] {
      #expect(
        try fault { $0.set($0.start(.termPayloads) + term * 8, 8, to: bits) }
          == "values of terms: term \(term) has a value that no \(kind) has")
    }
  }

  @Test("texts that are not UTF-8 are refused")
  func badText() throws {
    #expect(try fault { $0.bytes[$0.start(.texts)] = 0xFF } == "texts of terms: byte 0 is not valid UTF-8")
  }

  @Test("two terms that are the same are refused")
  func duplicateTerms() throws {
    let first = try term(.integer(6))
    let second = try term(.integer(19))
    #expect(
      try fault { $0.set($0.start(.termPayloads) + second * 8, 8, to: 6) }
        == "values of terms: the terms \(first) and \(second) are the same")
  }

  @Test("an index that does not lead to the terms is refused")
  func badSlots() throws {
    let full = try #require((0..<1024).first { whole.number(whole.start(.termSlots) + $0 * 8, 8) != 0 })
    #expect(
      try fault { $0.set($0.start(.termSlots) + full * 8, 8, to: 0) } == "index of terms: they do not lead to the terms"
    )
  }

  @Test("facts about terms that there are not, or out of order, are refused")
  func badFacts() throws {
    let holds = 4
    let number = 7
    // A limit, the number of rows, a start for the one term and one for the end, and a term.
    #expect(
      try fault { $0.set($0.start(.facts, relation: holds), 8, to: 1000) }
        == "facts of `holds`: it is not of 1 terms of \(sampleGraph().terms.count)")
    #expect(
      try fault { $0.set($0.start(.facts, relation: holds) + 20, 4, to: 2) }
        == "facts of `holds`: the rows do not span the terms")
    #expect(
      try fault { $0.set($0.start(.facts, relation: holds) + 24, 4, to: 1000) }
        == "facts of `holds`: a term that there is not occurs")
    #expect(
      try fault { $0.set($0.start(.facts, relation: holds) + 24, 4, to: 1) }
        == "facts backwards of `holds`: they are not those forwards")
    #expect(
      try fault { $0.set($0.start(.facts, relation: number), 4, to: 60) }
        == "facts of `number`: the terms of a row do not ascend")
  }

  @Test("a tree of facts with other nodes than it should have is refused")
  func badTree() throws {
    // The counts of three levels, three terms of the first and where the nodes beneath them begin.
    let three = 10
    #expect(
      try fault { $0.set($0.start(.facts, relation: three) + 24 + 12 + 4, 4, to: 0) }
        == "facts of `three`: the terms of a row do not ascend")
    #expect(
      try fault { $0.set($0.start(.facts, relation: three) + 24 + 12 + 4, 4, to: 1000) }
        == "facts of `three`: the rows are not in their order")
    #expect(
      try fault { $0.set($0.start(.facts, relation: three) + 16, 8, to: 6) }
        == "facts of `three`: its length is not that of 5 facts")
  }

  @Test("a statement of no fact, or with annotations that there are not, is refused")
  func badStatements() throws {
    #expect(
      try fault { $0.set($0.start(.statements, relation: 4) + 12, 4, to: 3) }
        == "statements of `holds`: statement 0 states no fact of the relation")
    #expect(
      try fault { $0.set($0.start(.statements, relation: 4), 4, to: 4) }
        == "statements of `holds`: one has annotations that there are not")
  }

  @Test("a set of annotations with an unknown term, or with a key that is no name, is refused")
  func badAnnotations() throws {
    let six = try term(.integer(6))
    #expect(
      try fault { $0.set($0.start(.annotationEntries) + 4, 4, to: 1000) }
        == "annotations: annotation 0 holds a term that there is not")
    #expect(
      try fault { $0.set($0.start(.annotationEntries), 4, to: UInt64(six)) }
        == "annotations: the key `6` is no name")
  }

  @Test("types beneath unknown ones or beneath themselves are refused")
  func badTypes() throws {
    // The catalogue begins with two counts; `agent` takes 4 + 5 + 4 bytes, `person` 4 + 6 + 4 and its supertypes.
    let supertype = whole.start(.catalogue) + 8 + 13 + 14
    #expect(
      try fault { $0.set(supertype, 4, to: 3) } == "catalogue: the type `person` is beneath an unknown one")
    #expect(try fault { $0.set(supertype, 4, to: 1) } == "catalogue: the type `person` is beneath itself")
  }

  @Test(
    "a section that is longer than what it holds is refused, and named",
    arguments: [
      (.catalogue, 0, 1, "catalogue: bytes are left at its end"),
      (.sources, 0, 1, "texts of rules: bytes are left at its end"),
      (.annotationOffsets, 0, 1, "offsets of annotations: the last number is cut off"),
      (.annotationEntries, 0, 4, "annotations: the last number is cut off"),
      (.facts, 2, 4, "facts of `empty`: its length is not that of 0 facts"),
      (.facts, 4, 4, "facts of `holds`: its length is not that of 1 facts"),
      (.facts, 7, 4, "facts of `number`: its length is not that of 4 facts"),
      (.facts, 10, 4, "facts of `three`: bytes are left at its end"),
      (.backwardFacts, 7, 4, "facts backwards of `number`: there can be nothing in it"),
      (.statements, 4, 4, "statements of `holds`: its length is not that of 3 statements"),
      (.pages, 0, 8, "checksums of pages: they are not those of the pages"),
    ] as [(SnapshotLayout.Kind, Int, Int, String)])
  func longSection(_ kind: SnapshotLayout.Kind, relation: Int, by count: Int, fault: String) throws {
    try Folder.write(whole.extended(kind, relation: relation, by: count), to: path)
    let error = #expect(throws: Diagnostic.self) { try Snapshot.verify(path) }
    #expect(error?.message == "the snapshot `\(path)` is damaged in its \(fault)")
  }

  @Test("values of terms that are more than their kinds are refused, and so are texts of no terms")
  func termLengths() throws {
    try Folder.write(whole.extended(.termPayloads, by: 8), to: path)
    let terms = sampleGraph().terms.count
    let error = #expect(throws: Diagnostic.self) { try Snapshot.verify(path) }
    #expect(
      error?.message
        == "the snapshot `\(path)` is damaged in its values of terms: it has \(8 * terms + 8) bytes in place of "
        + "\(8 * terms) for \(terms) terms")
    try Snapshot.write(Graph(), rules: [], to: path)
    try Folder.write(Forgery(bytes: try Folder.bytes(path)).extended(.texts, by: 1), to: path)
    let other = #expect(throws: Diagnostic.self) { try Snapshot.verify(path) }
    #expect(other?.message == "the snapshot `\(path)` is damaged in its texts of terms: they belong to no term")
  }

  @Test("a file that says it has version 0 is refused")
  func noVersion() throws {
    #expect(try fault { $0.set(8, 4, to: 0) } == "header: there is no version 0")
  }

  @Test("a catalogue that contradicts itself is refused with the reason")
  func contradictions() throws {
    func fault(_ types: [Catalogue.TypeEntry]) -> String? {
      let relations = ["a", "b"].map {
        Catalogue.RelationEntry(
          name: $0, arity: 1, isType: true, declaration: nil, facts: 0, statements: 0, distinctTerms: [0])
      }
      let bytes = Catalogue(types: types, relations: relations).bytes
      do {
        _ = try bytes.withUnsafeBytes { try Catalogue($0, relationCount: 2, version: SnapshotLayout.newestVersion) }
        return nil
      } catch {
        return (error as? Damage)?.reason
      }
    }
    let (first, second) = (
      Catalogue.TypeEntry(name: "a", supertypes: []), Catalogue.TypeEntry(name: "b", supertypes: [0])
    )
    #expect(fault([first, second]) == nil)
    #expect(fault([first, second, first]) == "the type `a` is declared twice")
    #expect(
      fault([first, Catalogue.TypeEntry(name: "b", supertypes: [0, 0])])
        == "the type `b` is twice beneath the same type")
    #expect(fault([first]) == "the relation `b` is a type that is not declared")
  }

  @Test(
    "each number of the facts in a file of version 1 is looked at: with another in its place they are read or refused")
  func version1() throws {
    let old = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!)) + "/Version1.tiltas"
    let bytes = try Folder.bytes(old)
    let length = SnapshotLayout.headerLength(sections: Forgery(bytes: bytes).number(12, 4))
    let layout = try bytes[..<length].withUnsafeBytes { try SnapshotLayout(header: $0) }
    var reasons: Set<String> = []
    for (index, section) in layout.sections.enumerated() where section.kind == .facts {
      for place in stride(from: section.offset, to: section.offset + section.length, by: 4) {
        for number in [0, 1, 2, UInt64(UInt32.max)] {
          var forged = Forgery(bytes: bytes)
          forged.set(place, 4, to: number)
          let entry = SnapshotLayout.beginningLength + index * SnapshotLayout.entryLength
          forged.set(entry + 24, 8, to: forged.bytes[section.range].withUnsafeBytes { Checksum.of($0) })
          forged.set(length - 8, 8, to: forged.bytes[..<(length - 8)].withUnsafeBytes { Checksum.of($0) })
          try Folder.write(forged.bytes, to: path)
          do {
            _ = try Snapshot.read(from: path, into: Graph())
          } catch let error as Diagnostic {
            reasons.insert(error.message.split(separator: ": ").last.map(String.init) ?? "")
          }
        }
      }
    }
    #expect(
      reasons.isSuperset(of: [
        "a term that there is not occurs", "the offsets do not span the values", "the terms of a row do not ascend",
      ]), "\(reasons)")
  }

  @Test("two keys of one set of annotations that are the same are refused")
  func sameKeys() throws {
    let fault = try fault { forgery in
      let first = forgery.start(.annotationEntries)
      forgery.set(first + 8, 4, to: UInt64(forgery.number(first, 4)))
    }
    #expect(fault == "annotations: two sets, or two keys of one, are the same")
  }
}
