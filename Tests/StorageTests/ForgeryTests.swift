import Glibc
import Graphs
import Language
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
}
