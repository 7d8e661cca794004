/// What a term stands for, outside the dictionary: the form in which values are read, written and computed with.
///
/// A decimal that equals an integer of 64 bits is that integer (`1.0` and `1` are one value), so equality of values is
/// equality in the language. Build numbers with ``number(_:)`` to keep to that.
public enum Value: Hashable, Sendable {
  /// An entity, by its name.
  case name(String)
  /// A text.
  case string(String)
  /// An integer of 64 bits.
  case integer(Int64)
  /// A finite decimal that is not an integer of 64 bits.
  case decimal(Double)
  /// `true` or `false`.
  case boolean(Bool)
  /// A day, month, year or interval.
  case date(DateSpan)

  /// What stands in a column of a fact that says nothing there: a name without letters, which no program can write, which is no
  /// entity, and which no variable of a query ever is.
  public static let absent = Value.name("")

  /// The value of a finite decimal: an integer where it equals one, `nil` where it is not finite.
  public static func number(_ decimal: Double) -> Value? {
    guard decimal.isFinite else { return nil }
    if let integer = Int64(exactly: decimal) { return .integer(integer) }
    return .decimal(decimal)
  }
}
