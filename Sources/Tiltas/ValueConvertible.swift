/// A type whose values stand for values of the graph: `Int`, `Double`, `Bool`, `String`, `Entity`, `DateSpan`, `Value` and types that
/// you make so.
///
/// ```swift
/// enum City: String, ValueConvertible { case klaipeda, kaliningrad }
/// extension City {
///   var value: Value { .entity(Entity(rawValue)) }
///   init?(_ value: Value) { if case .entity(let city) = value { self.init(rawValue: city.id) } else { return nil } }
/// }
/// ```
public protocol ValueConvertible {
  /// What a value stands for; `nil` if it is of another kind.
  init?(_ value: Value)
  /// The value of the graph that it is.
  var value: Value { get }
}

extension Value: ValueConvertible {
  public init?(_ value: Value) { self = value }
  public var value: Value { self }
}

extension Entity: ValueConvertible {
  public init?(_ value: Value) {
    guard case .entity(let entity) = value else { return nil }
    self = entity
  }
  public var value: Value { .entity(self) }
}

extension DateSpan: ValueConvertible {
  public init?(_ value: Value) {
    guard case .date(let date) = value else { return nil }
    self = date
  }
  public var value: Value { .date(self) }
}

/// A string is read from a string, from an entity (its id) and from a date (as it is written). As a value it is a string.
extension String: ValueConvertible {
  public init?(_ value: Value) {
    switch value {
    case .string(let text): self = text
    case .entity(let entity): self = entity.id
    case .date(let date): self = date.description
    case .integer, .decimal, .boolean: return nil
    }
  }
  public var value: Value { .string(self) }
}

extension Int: ValueConvertible {
  public init?(_ value: Value) {
    guard case .integer(let integer) = value else { return nil }
    self = integer
  }
  public var value: Value { .integer(self) }
}

extension Double: ValueConvertible {
  public init?(_ value: Value) {
    switch value {
    case .decimal(let decimal): self = decimal
    case .integer(let integer): self = Double(integer)
    default: return nil
    }
  }
  /// The integer that it equals, if it does.
  public var value: Value { Int(exactly: self).map { .integer($0) } ?? .decimal(self) }
}

extension Bool: ValueConvertible {
  public init?(_ value: Value) {
    guard case .boolean(let boolean) = value else { return nil }
    self = boolean
  }
  public var value: Value { .boolean(self) }
}
