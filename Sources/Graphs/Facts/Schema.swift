import Terms

/// What a position of a relation takes: entities of some types, or a kind of value.
public enum PositionType: Hashable, Sendable {
  /// Anything at all; also the type of each position of an undeclared relation.
  case any
  /// An entity of any type.
  case entity
  /// An entity that is a member of the named type.
  case member(String)
  case string
  case integer
  /// A number with or without a fraction.
  case decimal
  case boolean
  case date

  /// The types that every graph has, by the names that declarations use.
  public static let builtIn: [String: PositionType] = [
    "any": .any, "entity": .entity, "string": .string, "integer": .integer, "decimal": .decimal, "number": .decimal,
    "boolean": .boolean, "date": .date,
  ]

  public var name: String {
    switch self {
    case .any: "any"
    case .entity: "entity"
    case .member(let type): type
    case .string: "string"
    case .integer: "integer"
    case .decimal: "decimal"
    case .boolean: "boolean"
    case .date: "date"
    }
  }

  /// Whether only entities fit, so that a string in this position names one.
  public var isEntity: Bool {
    switch self {
    case .entity, .member: true
    default: false
    }
  }
}

/// The declaration of a relation: for each position the types of which it takes any, and perhaps the name of the column.
public struct RelationDeclaration: Hashable, Sendable {
  public var positions: [[PositionType]]
  /// The columns' names, `nil` for one that has none; empty if none has. No two are alike.
  public let columns: [String?]

  /// - Parameter columns: as many as there are positions, or none.
  public init(positions: [[PositionType]], columns: [String?] = []) {
    self.positions = positions
    self.columns = columns.contains { $0 != nil } ? columns : []
  }

  /// The position of the column with a name.
  public func position(of column: String) -> Int? { columns.firstIndex(of: column) }

  /// The name of a column, if it has one.
  public func column(at position: Int) -> String? { columns.indices.contains(position) ? columns[position] : nil }

  /// As source: `(person or organisation, event)`, `(id: string, sender: person)`.
  public var signature: String {
    let parts = positions.enumerated().map { position, types in
      (column(at: position).map { columnSource($0) + ": " } ?? "") + types.map(\.name).joined(separator: " or ")
    }
    return "(" + parts.joined(separator: ", ") + ")"
  }

  private func columnSource(_ name: String) -> String {
    Text.isBareName("a" + name) && !name.hasPrefix("_") ? name : Value.name(name).description
  }
}
