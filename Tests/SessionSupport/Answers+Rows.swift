import Sessions

extension Answers {
  /// The values row by row.
  public var values: [[Value]] {
    (0..<rowCount).map { row in columns.indices.map { value(row: row, column: $0) } }
  }

  /// The rows as people read them, without quotes.
  public var texts: [[String]] { values.map { $0.map(\.plainText) } }

  /// The rows as a program writes them.
  public var sources: [[String]] { values.map { $0.map(\.description) } }
}
