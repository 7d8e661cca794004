internal import Terms

/// What stands in a cell of an answer or at a place of a fact.
///
/// A decimal that equals an integer of 64 bits is that integer: `2.0` and `2` are one value.
public enum Value: Hashable, Sendable {
  case entity(Entity)
  case string(String)
  case integer(Int)
  case decimal(Double)
  case boolean(Bool)
  case date(DateSpan)
}

/// A person, office, organisation, city, event or anything else that facts speak of, by its id.
///
/// ```swift
/// try db.add("partner", Entity("klaipeda"), Entity("water_quality"))
/// ```
public struct Entity: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The id, without quotes.
  public let id: String

  public init(_ id: String) { self.id = id }

  public init(from decoder: any Decoder) throws { id = try decoder.singleValueContainer().decode(String.self) }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(id)
  }

  /// The id.
  public var description: String { id }
}

/// A day, a month, a season, a year or an interval between two of these, with marks if it is uncertain.
///
/// ```swift
/// let june = DateSpan("2010-06")!
/// june.firstDay  // "2010-06-01"
/// DateSpan("1870~")!.isApproximate  // true
/// ```
public struct DateSpan: Hashable, Sendable, Comparable, Codable, LosslessStringConvertible {
  let span: Terms.DateSpan

  init(_ span: Terms.DateSpan) { self.span = span }

  /// The date that a text writes, such as `2013-02-14`, `2013-02`, `2013`, `2013-02/2014` or `1870~`; `nil` if it writes
  /// none.
  public init?(_ text: String) {
    guard let span = Terms.DateSpan(text) else { return nil }
    self.span = span
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let date = DateSpan(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "this is no date")
    }
    self = date
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// The date as it is written.
  public var description: String { span.description }
  /// The first day that it covers; `nil` if its beginning is open or unknown. Beyond the year 9999 it is the year.
  public var firstDay: DateSpan? { span.start.map { DateSpan($0) } }
  /// The last day that it covers; `nil` if its end is open or unknown. Beyond the year 9999 it is the year.
  public var lastDay: DateSpan? { span.end.map { DateSpan($0) } }
  /// Whether it is marked as uncertain, as in `1870?`.
  public var isUncertain: Bool { span.marks.contains(.uncertain) }
  /// Whether it is marked as approximate, as in `1870~`.
  public var isApproximate: Bool { span.marks.contains(.approximate) }

  /// By the first day, then by the last one, then those without marks first, then the coarser first.
  public static func < (left: DateSpan, right: DateSpan) -> Bool { left.span < right.span }
}

extension Value: CustomStringConvertible {
  /// The value as a statement writes it: an entity with its quotes if it needs them, a string in quotes.
  public var description: String { term.description }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = value.value }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
}

extension Value {
  init(_ value: Terms.Value) {
    self =
      switch value {
      case .name(let id): .entity(Entity(id))
      case .string(let text): .string(text)
      case .integer(let integer): .integer(Int(integer))
      case .decimal(let decimal): .decimal(decimal)
      case .boolean(let boolean): .boolean(boolean)
      case .date(let span): .date(DateSpan(span))
      }
  }

  /// The same for the graph, where texts are in NFC.
  var term: Terms.Value {
    switch self {
    case .entity(let entity): .name(Text.nfc(entity.id))
    case .string(let text): .string(Text.nfc(text))
    case .integer(let integer): .integer(Int64(integer))
    case .decimal(let decimal): Terms.Value.number(decimal) ?? .decimal(decimal)
    case .boolean(let boolean): .boolean(boolean)
    case .date(let date): .date(date.span)
    }
  }

  /// What it is, as messages say it.
  var kind: String {
    switch self {
    case .entity: "an entity"
    case .string: "a string"
    case .integer: "an integer"
    case .decimal: "a decimal"
    case .boolean: "a truth value"
    case .date: "a date"
    }
  }
}
