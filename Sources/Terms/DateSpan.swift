/// A date as far as it is known: a day, a month, a year, or an interval between two of these (ISO 8601, EDTF level 0).
public struct DateSpan: Hashable, Sendable {
  /// A packed form that fits a term's payload; ``init(bits:)`` reads it back.
  public let bits: UInt64
  public init(bits: UInt64) { self.bits = bits }
}
