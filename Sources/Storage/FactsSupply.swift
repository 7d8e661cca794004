import Relations

/// Reads the facts of a relation that has columns from a snapshot when they are first asked for, each direction of two columns by itself.
final class FactsSupply: IndexSupply {
  private let reader: SnapshotReader
  private let number: Int
  private let entry: Catalogue.RelationEntry
  private let termCount: Int
  private let supply: SnapshotSupply

  init(_ reader: SnapshotReader, _ number: Int, termCount: Int, _ supply: SnapshotSupply) {
    self.reader = reader
    self.number = number
    entry = reader.catalogue.relations[number]
    self.termCount = termCount
    self.supply = supply
  }

  var count: Int { entry.facts }

  func distinctCount(column: Int) -> Int { entry.distinctTerms[column] }

  func index(_ order: [Int]) -> Index? {
    let isBackward = order == [1, 0]
    guard isBackward || order == Array(0..<entry.arity) else { return nil }
    return supply.reading { try Self.read(reader, number, isBackward: isBackward, termCount: termCount) }
      ?? Index(order: order)
  }

  /// Reads and checks the facts of a relation that has columns, in one direction.
  static func read(_ reader: SnapshotReader, _ number: Int, isBackward: Bool, termCount: Int) throws -> Index {
    let entry = reader.catalogue.relations[number]
    let kind: SnapshotLayout.Kind = isBackward ? .backwardFacts : .facts
    let section = NumberSection(try reader.read(kind, of: number), name: reader.name(kind, of: number))
    switch entry.arity {
    case 1: return Index(members: try MembersSection(section, entry, termCount: termCount).members)
    case 2:
      let order = isBackward ? [1, 0] : [0, 1]
      let rows = try RowsSection(section, entry, isBackward: isBackward, termCount: termCount).rows
      return Index(order: order, borrowing: rows)
    default:
      let order = Array(0..<entry.arity)
      guard let trie = try TrieSection(section, entry, termCount: termCount).trie else { return Index(order: order) }
      return Index(order: order, trie: trie)
    }
  }
}
