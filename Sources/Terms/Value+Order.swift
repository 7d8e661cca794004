extension Value {
  /// The order of values in output: negative where the first comes before the second, 0 where they are equal.
  ///
  /// Booleans come first, then numbers by value, dates by start, strings and names by the Unicode collation algorithm.
  public static func order(_ left: Value, _ right: Value) -> Int {
    switch (left, right) {
    case (.boolean(let left), .boolean(let right)): order(left ? 1 : 0, right ? 1 : 0)
    case (.integer(let left), .integer(let right)): order(left, right)
    case (.decimal(let left), .decimal(let right)): order(left, right)
    case (.integer(let left), .decimal(let right)): order(left, right)
    case (.decimal(let left), .integer(let right)): -order(right, left)
    case (.date(let left), .date(let right)): order(left, right)
    case (.string(let left), .string(let right)), (.name(let left), .name(let right)): Collation.compare(left, right)
    default: order(left.rank, right.rank)
    }
  }

  private var rank: Int {
    switch self {
    case .boolean: 0
    case .integer, .decimal: 1
    case .date: 2
    case .string: 3
    case .name: 4
    }
  }

  private static func order<Ordered: Comparable>(_ left: Ordered, _ right: Ordered) -> Int {
    left < right ? -1 : left > right ? 1 : 0
  }

  /// Compares whole parts as integers and then looks at the fraction: a conversion to `Double` would round the integer.
  private static func order(_ integer: Int64, _ decimal: Double) -> Int {
    guard decimal < 0x1p63 else { return -1 }
    guard decimal >= -0x1p63 else { return 1 }
    let whole = decimal.rounded(.towardZero)
    let difference = order(integer, Int64(whole))
    return difference != 0 ? difference : order(whole, decimal)
  }
}
