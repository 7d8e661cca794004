import Graphs
import Relations

/// Puts what can be read of one relation of a snapshot into another graph: its facts forwards, else backwards, else those that
/// its statements state.
final class SalvagedRelation {
  private let file: SalvageFile
  private let reader: SnapshotReader
  private let number: Int
  private let terms: SalvagedTerms
  let entry: Catalogue.RelationEntry
  /// The terms of the facts that are kept, one fact behind the other.
  private var tuples: [UInt32] = []
  /// Whether the fact of a relation without columns is kept.
  private var holds = false

  /// Which of the relation's sections are damaged, as messages name them.
  private(set) var damagedSections: [String] = []
  /// Whether facts or statements are about terms that can't be read.
  private(set) var lacksTerms = false
  private(set) var lostFacts = 0
  private(set) var lostStatements = 0
  /// How many statements about facts that are kept have lost annotations, or all of them.
  private(set) var lostAnnotations = 0

  init(
    _ file: SalvageFile, _ reader: SnapshotReader, _ number: Int, _ terms: SalvagedTerms,
    _ annotations: SalvagedAnnotations, into graph: Graph
  ) throws {
    (self.file, self.reader, self.number, self.terms) = (file, reader, number, terms)
    entry = reader.catalogue.relations[number]
    let relation = graph.restoreRelation(
      entry.name, arity: entry.arity, declaration: entry.declaration, isType: entry.isType)
    try readFacts()
    graph.restoreStatements(relation, try readStatements(annotations))
    if entry.arity > 0 {
      graph.state(relation, tuples: tuples)
    } else if holds {
      relation.facts.append([])
    }
    lostFacts = max(0, entry.facts - relation.factCount)
    tuples = []
  }

  private func readFacts() throws {
    if entry.arity == 0 {
      holds = entry.facts == 1
    } else if reader.layout.version == 1 {
      try reading(.facts) {
        let facts = Relation(arity: entry.arity)
        try RowsReader(reader, number, facts, termCount: terms.count).read()
        facts.forEachTuple { tuple in
          take(tuple)
          return true
        }
      }
    } else if entry.arity != 2 {
      let isRead = try reading(.facts) { takeAll(of: try index(isBackward: false), isBackward: false) }
      if !isRead { try takePages(.facts) }
    } else {
      let isForward = try reading(.facts) { takeAll(of: try index(isBackward: false), isBackward: false) }
      // Nothing more is in them, and that they are damaged is told all the same.
      let isBackward = try reading(.backwardFacts) {
        let index = try index(isBackward: true)
        if !isForward { takeAll(of: index, isBackward: true) }
      }
      if !isForward && !isBackward {
        try takePages(.facts)
        try takePages(.backwardFacts)
      }
    }
  }

  /// Takes the facts in those pages of a damaged section that are whole.
  private func takePages(_ kind: SnapshotLayout.Kind) throws {
    guard let pages = try pages(kind) else { return }
    SalvagedFacts(pages, entry).forEach(isBackward: kind == .backwardFacts) { tuple in
      tuple.withUnsafeBufferPointer { take($0) }
    }
  }

  private func pages(_ kind: SnapshotLayout.Kind) throws -> SalvagedPages? {
    try SalvagedPages(file, reader.layout, reader.layout.section(kind, of: number))
  }

  private func index(isBackward: Bool) throws -> Index {
    try FactsSupply.read(reader, number, isBackward: isBackward, termCount: terms.count)
  }

  private func takeAll(of index: Index, isBackward: Bool) {
    index.forEachRow { prefix, row in
      var tuple = Array(prefix) + [0]
      let last = isBackward ? 0 : tuple.count - 1
      if isBackward { tuple[1] = prefix[0] }
      return row.forEachNumber { term in
        tuple[last] = term
        tuple.withUnsafeBufferPointer { take($0) }
        return true
      }
    }
  }

  /// Keeps a fact if its terms are known.
  private func take(_ tuple: UnsafeBufferPointer<UInt32>) {
    let start = tuples.count
    for term in tuple {
      guard let number = terms.number(term) else {
        tuples.removeLast(tuples.count - start)
        lacksTerms = true
        return
      }
      tuples.append(number)
    }
  }

  private func readStatements(_ annotations: SalvagedAnnotations) throws -> StatementTable {
    var kept = StatementTable(arity: entry.arity)
    let isRead = try reading(.statements) {
      let table = try StatementsSection(reader, number).table(termCount: terms.count, setCount: annotations.count)
      for index in 0..<table.count { take(table.tuple(index), annotations.set(table.annotations[index]), into: &kept) }
    }
    if !isRead { try takeStatementPages(annotations, into: &kept) }
    return kept
  }

  private func takeStatementPages(
    _ annotations: SalvagedAnnotations, into kept: inout StatementTable
  ) throws {
    let count = entry.statements
    lostStatements = count
    guard let pages = try pages(.statements), count <= pages.byteCount / 4 / (entry.arity + 1) else { return }
    for index in 0..<count {
      let tuple = (0..<entry.arity).compactMap { pages.number(count + index * entry.arity + $0) }
      guard tuple.count == entry.arity else { continue }
      lostStatements -= 1
      let set = pages.number(index).flatMap { $0 > 0 && $0 < annotations.count ? AnnotationSet($0) : nil }
      take(tuple[...], set.map { annotations.set($0) } ?? SalvagedAnnotations.lost, into: &kept)
    }
  }

  /// Keeps a statement, and the fact that it states, if its terms are known.
  private func take(
    _ tuple: ArraySlice<UInt32>, _ annotations: SalvagedAnnotations.Set, into kept: inout StatementTable
  ) {
    let start = tuples.count
    tuple.withUnsafeBufferPointer { take($0) }
    guard entry.arity == 0 || tuples.count > start else {
      lostStatements += 1
      return
    }
    holds = true
    if !annotations.isWhole { lostAnnotations += 1 }
    if annotations.new == .empty { return }
    tuples[start...].withUnsafeBufferPointer { kept.append($0, annotations.new) }
  }

  /// Whether a section could be read; else it is noted.
  @discardableResult
  private func reading(_ kind: SnapshotLayout.Kind, _ body: () throws -> Void) throws -> Bool {
    try file.checkRoom(for: reader.layout.section(kind, of: number))
    do {
      try body()
      return true
    } catch {
      damagedSections.append(SnapshotReader.name(kind))
      return false
    }
  }
}
