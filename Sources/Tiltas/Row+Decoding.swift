extension Row {
  /// The row as a value of a type: by the names of its properties, or if there is one column by that alone. The column `Day` is that of a
  /// property `day` or `Day`. Throws ``TiltasError`` with the column that does not fit.
  public func decoded<Element: Decodable>(as type: Element.Type = Element.self) throws -> Element {
    do {
      return try RowDecoder(row: self).decoded(type)
    } catch let error as DecodingError {
      throw TiltasError(error)
    }
  }
}

/// Gives the cells of a row to a type that reads itself: by the names of the columns, or one alone.
private struct RowDecoder: Decoder {
  let row: Row
  /// The column that is read, if it is one.
  var column: String?
  var codingPath: [any CodingKey] { column.map { [ColumnName(stringValue: $0)] } ?? [] }
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func decoded<Element: Decodable>(_ type: Element.Type) throws -> Element {
    if column != nil, let converting = type as? any ValueConvertible.Type, let cell = try cell() {
      guard let converted = converting.init(cell) as? Element else { throw wrong(cell, type) }
      return converted
    }
    return try type.init(from: self)
  }

  /// The cell of the column, or of the only one.
  func cell() throws -> Value? {
    if let column { return try? row[column] }
    guard row.count == 1 else {
      throw DecodingError.typeMismatch(
        Value.self,
        .init(codingPath: codingPath, debugDescription: "a row of \(row.count) columns is read into one value"))
    }
    return row[0]
  }

  func wrong(_ value: Value, _ type: Any.Type) -> TiltasError {
    TiltasError.wrongKind(value, type, column: column ?? row.columns.first ?? "")
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard column == nil else {
      throw DecodingError.typeMismatch(
        type, .init(codingPath: codingPath, debugDescription: "the column holds one value, and none with properties"))
    }
    return KeyedDecodingContainer(RowContainer(decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw DecodingError.typeMismatch(
      [Value].self, .init(codingPath: codingPath, debugDescription: "a row is read by the names of its columns"))
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { CellContainer(decoder: self) }
}

private struct ColumnName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

private struct RowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: RowDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { decoder.row.columns.compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { name(key) != nil }
  func decodeNil(forKey key: Key) throws -> Bool { !contains(key) }

  func decode<Element: Decodable>(_ type: Element.Type, forKey key: Key) throws -> Element {
    try column(key).decoded(type)
  }

  func superDecoder(forKey key: Key) throws -> any Decoder { try column(key) }
  func superDecoder() throws -> any Decoder { decoder }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws
    -> KeyedDecodingContainer<Nested>
  {
    try column(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try column(key).unkeyedContainer()
  }

  private func column(_ key: Key) throws -> RowDecoder {
    guard let name = name(key) else { throw TiltasError.noColumn(key.stringValue, decoder.row.columns) }
    return RowDecoder(row: decoder.row, column: name)
  }

  /// The column of a property: the one of its name, or of its name with a capital, as variables begin with one.
  private func name(_ key: Key) -> String? {
    let name = key.stringValue
    return [name, name.prefix(1).uppercased() + name.dropFirst()].first { decoder.row.columns.contains($0) }
  }
}

private struct CellContainer: SingleValueDecodingContainer {
  let decoder: RowDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { false }
  func decode(_ type: Bool.Type) throws -> Bool { try converted() }
  func decode(_ type: String.Type) throws -> String { try converted() }
  func decode(_ type: Double.Type) throws -> Double { try converted() }
  func decode(_ type: Float.Type) throws -> Float { Float(try converted() as Double) }
  func decode(_ type: Int.Type) throws -> Int { try converted() }
  func decode(_ type: Int8.Type) throws -> Int8 { try exactly() }
  func decode(_ type: Int16.Type) throws -> Int16 { try exactly() }
  func decode(_ type: Int32.Type) throws -> Int32 { try exactly() }
  func decode(_ type: Int64.Type) throws -> Int64 { try exactly() }
  func decode(_ type: UInt.Type) throws -> UInt { try exactly() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try exactly() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try exactly() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try exactly() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try exactly() }

  func decode<Element: Decodable>(_ type: Element.Type) throws -> Element {
    if let converting = type as? any ValueConvertible.Type, let cell = try decoder.cell() {
      guard let converted = converting.init(cell) as? Element else { throw decoder.wrong(cell, type) }
      return converted
    }
    return try type.init(from: decoder)
  }

  private func converted<Converted: ValueConvertible>() throws -> Converted {
    guard let cell = try decoder.cell() else { throw TiltasError.noColumn(decoder.column ?? "", decoder.row.columns) }
    guard let converted = Converted(cell) else { throw decoder.wrong(cell, Converted.self) }
    return converted
  }

  private func exactly<Number: FixedWidthInteger>() throws -> Number {
    let integer: Int = try converted()
    guard let number = Number(exactly: integer) else { throw decoder.wrong(.integer(integer), Number.self) }
    return number
  }
}
