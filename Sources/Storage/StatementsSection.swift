import Graphs

/// The annotated statements of a relation.
struct StatementsSection {
  private let reader: SnapshotReader
  private let number: Int
  private let entry: Catalogue.RelationEntry

  init(_ reader: SnapshotReader, _ number: Int) {
    self.reader = reader
    self.number = number
    entry = reader.catalogue.relations[number]
  }

  /// The statements, about terms and with annotations that there are. That each states a fact is not looked at.
  func table(termCount: Int, setCount: Int) throws -> StatementTable {
    let section = NumberSection(
      try reader.read(.statements, of: number), name: reader.name(.statements, of: number))
    let count = entry.statements
    let width = entry.arity + 1
    // Not by multiplication: the catalogue's number may be too great for it.
    guard section.byteCount % (4 * width) == 0, section.byteCount / (4 * width) == count else {
      throw section.damage("its length is not that of \(count) statements")
    }
    let sets = try section.numbers(from: 0, count: count)
    let arguments = try section.numbers(from: count * 4, count: count * entry.arity)
    guard sets.allSatisfy({ $0 > 0 && $0 < setCount }) else {
      throw section.damage("one has annotations that there are not")
    }
    try section.checkTerms(arguments, below: termCount)
    return StatementTable(
      arity: entry.arity, arguments: Array(arguments), annotations: sets.map { AnnotationSet($0) })
  }
}

/// Reads the statements of a relation from a snapshot when they are first asked for.
final class StatementsSupply: StatementSupply {
  private let reader: SnapshotReader
  private let number: Int
  private let termCount: Int
  private let setCount: Int
  private let supply: SnapshotSupply

  init(_ reader: SnapshotReader, _ number: Int, termCount: Int, setCount: Int, _ supply: SnapshotSupply) {
    self.reader = reader
    self.number = number
    self.termCount = termCount
    self.setCount = setCount
    self.supply = supply
  }

  var count: Int { reader.catalogue.relations[number].statements }

  func statements() -> StatementTable {
    supply.reading { try StatementsSection(reader, number).table(termCount: termCount, setCount: setCount) }
      ?? StatementTable(arity: reader.catalogue.relations[number].arity)
  }
}
