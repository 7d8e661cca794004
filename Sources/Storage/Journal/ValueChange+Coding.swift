import Graphs
import Relations
import Terms

extension ValueChange {
  func write(_ writer: inout ByteWriter) {
    switch self {
    case .type(let name, let supertypes):
      writer.write(UInt8(1))
      writer.write(name)
      writer.write(UInt32(supertypes.count))
      for supertype in supertypes { writer.write(supertype) }
    case .relation(let name, let arity, let declaration):
      writer.write(UInt8(2))
      writer.write(name)
      writer.write(UInt32(arity))
      writer.write(UInt8(declaration == nil ? 0 : 1))
      for column in 0..<arity { Catalogue.write(declaration, column: column, &writer) }
    case .state(let name, let tuples, let annotations): Self.write(name, tuples, annotations, &writer)
    case .retract(let name, let values):
      writer.write(UInt8(4))
      writer.write(name)
      writer.write(UInt32(values.count))
      for value in values { Self.write(value, &writer) }
    case .takeBackStatement(let name, let values, let annotations):
      writer.write(UInt8(5))
      writer.write(name)
      writer.write(UInt32(values.count))
      for value in values { Self.write(value, &writer) }
      Self.write(annotations, &writer)
    case .rules(let texts):
      writer.write(UInt8(6))
      writer.write(UInt32(texts.count))
      for text in texts {
        writer.write(text.name)
        writer.write(text.text)
      }
    }
  }

  private static func write(
    _ name: String, _ tuples: [[Value]], _ annotations: [Annotation], _ writer: inout ByteWriter
  ) {
    writeHead(ofStated: tuples.count, name, arity: tuples.first?.count ?? 0, annotations, &writer)
    for value in tuples.joined() { write(value, &writer) }
  }

  /// Writes what stands before the values of facts that are stated.
  static func writeHead(
    ofStated count: Int, _ name: String, arity: Int, _ annotations: [Annotation], _ writer: inout ByteWriter
  ) {
    writer.write(UInt8(3))
    writer.write(name)
    write(annotations, &writer)
    writer.write(UInt32(count))
    writer.write(UInt32(arity))
  }

  private static func write(_ annotations: [Annotation], _ writer: inout ByteWriter) {
    writer.write(UInt32(annotations.count))
    for annotation in annotations {
      writer.write(annotation.key)
      write(annotation.value, &writer)
    }
  }

  static func write(_ value: Value, _ writer: inout ByteWriter) {
    func number(_ kind: TermDictionary.Kind, _ bits: UInt64) {
      writer.write(kind.rawValue)
      writer.write(bits)
    }
    func text(_ kind: TermDictionary.Kind, _ text: String) {
      writer.write(kind.rawValue)
      writer.write(text)
    }
    switch value {
    case .name(let name): text(.name, name)
    case .string(let string): text(.string, string)
    case .integer(let integer): number(.integer, UInt64(bitPattern: integer))
    case .decimal(let decimal): number(.decimal, decimal.bitPattern)
    case .boolean(let boolean): number(.boolean, boolean ? 1 : 0)
    case .date(let date): number(.date, date.bits)
    }
  }

  init(_ reader: inout ByteReader) throws {
    switch try reader.number(UInt8.self) {
    case 1:
      let name = try reader.text()
      self = .type(name, supertypes: try Self.list(&reader) { try $0.text() })
    case 2: self = try Self.relation(&reader)
    case 3: self = try Self.statement(&reader)
    case 4:
      let name = try reader.text()
      self = .retract(name, try Self.list(&reader, Self.value))
    case 5:
      let name = try reader.text()
      let values = try Self.list(&reader, Self.value)
      self = .takeBackStatement(name, values, annotations: try Self.annotations(&reader))
    case 6: self = .rules(try Self.list(&reader) { RuleText(name: try $0.text(), text: try $0.text()) })
    case let kind: throw reader.damage("there is no change of kind \(kind)")
    }
  }

  /// A count and as many parts, each of which takes bytes of its own.
  private static func list<Part>(
    _ reader: inout ByteReader, _ part: (inout ByteReader) throws -> Part
  ) throws -> [Part] {
    var parts: [Part] = []
    for _ in 0..<(try reader.number(UInt32.self)) { parts.append(try part(&reader)) }
    return parts
  }

  private static func relation(_ reader: inout ByteReader) throws -> ValueChange {
    let name = try reader.text()
    let arity = Int(try reader.number(UInt32.self))
    guard arity <= Relation.mostColumns else { throw reader.damage("`\(name)` has \(arity) columns") }
    let isDeclared = try reader.number(UInt8.self) == 1
    // Each position takes bytes, also without a declaration, so that a small file can't ask for memory for a great number.
    var columns = Catalogue.Columns()
    for _ in 0..<arity { try columns.read(&reader, of: name) }
    return .relation(name, arity: arity, declaration: isDeclared ? columns.declaration : nil)
  }

  private static func annotations(_ reader: inout ByteReader) throws -> [Annotation] {
    try list(&reader) { Annotation(key: try $0.text(), value: try value(&$0)) }
  }

  private static func statement(_ reader: inout ByteReader) throws -> ValueChange {
    let name = try reader.text()
    let annotations = try annotations(&reader)
    let count = Int(try reader.number(UInt32.self))
    let arity = Int(try reader.number(UInt32.self))
    guard arity > 0 || count <= 1 else { throw reader.damage("a fact without arguments is stated \(count) times") }
    var tuples: [[Value]] = []
    for _ in 0..<count {
      var tuple: [Value] = []
      for _ in 0..<arity { tuple.append(try value(&reader)) }
      tuples.append(tuple)
    }
    return .state(name, tuples: tuples, annotations: annotations)
  }

  private static func value(_ reader: inout ByteReader) throws -> Value {
    let code = try reader.number(UInt8.self)
    switch TermDictionary.Kind(rawValue: code) {
    case .name: return .name(try reader.text())
    case .string: return .string(try reader.text())
    case .integer: return .integer(Int64(bitPattern: try reader.number(UInt64.self)))
    case .boolean: return .boolean(try reader.number(UInt64.self) != 0)
    case .decimal:
      let decimal = Double(bitPattern: try reader.number(UInt64.self))
      if decimal.isFinite { return .decimal(decimal) }
      throw reader.damage("a decimal is no number")
    case .date:
      if let date = DateSpan(checking: try reader.number(UInt64.self)) { return .date(date) }
      throw reader.damage("a date is none")
    case nil: throw reader.damage("there is no kind \(code) of values")
    }
  }
}
