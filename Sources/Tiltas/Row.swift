/// One answer: a value for each column.
///
/// ```swift
/// for row in try db.query("attended(Person, Visit), held_on(Visit, Day)") {
///   let person = try row["Person", as: Entity.self]
///   let day = try row["Day", as: DateSpan.self]
/// }
/// ```
public struct Row: RandomAccessCollection, Sendable {
  let table: AnswerTable
  let number: Int

  init(_ table: AnswerTable, _ number: Int) {
    precondition(0 <= number && number < table.rowCount, "there are \(table.rowCount) rows, and no row \(number)")
    (self.table, self.number) = (table, number)
  }

  /// The names of the columns.
  public var columns: [String] { table.columns }

  public var startIndex: Int { 0 }
  public var endIndex: Int { table.columns.count }
  public subscript(position: Int) -> Value {
    precondition(indices.contains(position), "the row has \(count) columns, and no column \(position)")
    return table.value(row: number, column: position)
  }

  /// The value of a column. Throws ``TiltasError`` if no column has that name. Linear in the columns.
  public subscript(column: String) -> Value {
    get throws {
      guard let position = columns.firstIndex(of: column) else { throw TiltasError.noColumn(column, columns) }
      return self[position]
    }
  }

  /// The value of a column as one of a type. Throws ``TiltasError`` if no column has that name, or if its value is of another kind.
  public subscript<Converted: ValueConvertible>(column: String, as type: Converted.Type) -> Converted {
    get throws {
      let value = try self[column]
      guard let converted = Converted(value) else { throw TiltasError.wrongKind(value, type, column: column) }
      return converted
    }
  }
}

extension Row: Equatable {
  /// Whether the columns and the values are the same.
  public static func == (left: Row, right: Row) -> Bool { left.columns == right.columns && left.elementsEqual(right) }
}

extension Row: CustomStringConvertible {
  /// `Org: klaipeda, Project: water_quality`.
  public var description: String { zip(columns, self).map { "\($0): \($1)" }.joined(separator: ", ") }
}
