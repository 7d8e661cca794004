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

/// The declaration of a relation: for each position the types of which it takes any.
public struct RelationDeclaration: Hashable, Sendable {
  public var positions: [[PositionType]]
  public init(positions: [[PositionType]]) { self.positions = positions }

  /// As source: `(person or organisation, event)`.
  public var signature: String {
    "(" + positions.map { $0.map(\.name).joined(separator: " or ") }.joined(separator: ", ") + ")"
  }
}
