import Graphs
import Relations

extension Catalogue {
  private static let typeFlag: UInt32 = 1
  private static let declaredFlag: UInt32 = 2

  /// The section's bytes.
  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.write(UInt32(types.count))
    writer.write(UInt32(relations.count))
    for type in types {
      writer.write(type.name)
      writer.write(UInt32(type.supertypes.count))
      for supertype in type.supertypes { writer.write(UInt32(supertype)) }
    }
    for relation in relations { Self.write(relation, &writer) }
    return writer.bytes
  }

  private static func write(_ relation: RelationEntry, _ writer: inout ByteWriter) {
    writer.write(relation.name)
    writer.write(UInt32(relation.arity))
    writer.write((relation.isType ? typeFlag : 0) | (relation.declaration != nil ? declaredFlag : 0))
    writer.write(UInt64(relation.facts))
    writer.write(UInt64(relation.statements))
    for position in 0..<relation.arity {
      writer.write(UInt64(relation.distinctTerms[position]))
      write(relation.declaration, column: position, &writer)
    }
  }

  /// The name of a column, if it has one, and its types.
  static func write(_ declaration: RelationDeclaration?, column: Int, _ writer: inout ByteWriter) {
    let types = declaration?.positions[column] ?? []
    let name = declaration?.column(at: column)
    writer.write(UInt32(types.count + (name == nil ? 0 : 1)))
    if let name {
      writer.write(columnName)
      writer.write(name)
    }
    for type in types {
      writer.write(code(type))
      if case .member(let name) = type { writer.write(name) }
    }
  }

  init(_ bytes: UnsafeRawBufferPointer, relationCount: Int, version: UInt32) throws {
    var reader = ByteReader(bytes, section: Self.sectionName)
    let typeCount = Int(try reader.number(UInt32.self))
    guard try reader.number(UInt32.self) == UInt32(relationCount) else {
      throw Damage(section: Self.sectionName, reason: "the header has another number of relations")
    }
    types = []
    relations = []
    for _ in 0..<typeCount { types.append(try Self.type(&reader, typeCount: typeCount)) }
    for _ in 0..<relationCount { relations.append(try Self.relation(&reader, version)) }
    guard reader.isAtEnd else { throw Damage(section: Self.sectionName, reason: "bytes are left at its end") }
    if let fault { throw Damage(section: Self.sectionName, reason: fault) }
  }

  private static func type(_ reader: inout ByteReader, typeCount: Int) throws -> TypeEntry {
    var type = TypeEntry(name: try reader.text(), supertypes: [])
    for _ in 0..<(try reader.number(UInt32.self)) {
      let supertype = Int(try reader.number(UInt32.self))
      guard supertype < typeCount else {
        throw Damage(section: sectionName, reason: "the type `\(type.name)` is beneath an unknown one")
      }
      type.supertypes.append(supertype)
    }
    return type
  }

  /// The name of the section in messages.
  static let sectionName = "catalogue"

  private static func relation(_ reader: inout ByteReader, _ version: UInt32) throws -> RelationEntry {
    let name = try reader.text()
    let arity = Int(try reader.number(UInt32.self))
    guard arity <= Relation.mostColumns else {
      throw Damage(section: sectionName, reason: "the relation `\(name)` has \(arity) columns")
    }
    let flags = try reader.number(UInt32.self)
    guard flags & ~(typeFlag | declaredFlag) == 0 else {
      throw Damage(section: sectionName, reason: "the relation `\(name)` has unknown flags")
    }
    let facts = try reader.size()
    let keys = version == 1 ? try reader.size() : 0
    let statements = try reader.size()
    // Each position takes bytes of its own, also in a relation without a declaration, so that a small file can't ask
    // for memory for a great number of columns.
    var columns = Columns()
    var distinctTerms: [Int] = version == 1 && arity == 2 ? [keys] : []
    for _ in 0..<arity {
      if version > 1 { distinctTerms.append(try reader.size()) }
      try columns.read(&reader, of: name)
    }
    let isDeclared = flags & declaredFlag != 0
    guard isDeclared || columns.areEmpty else {
      throw Damage(section: sectionName, reason: "the relation `\(name)` has types without a declaration")
    }
    guard arity == 2 || keys == 0 else {
      throw Damage(section: sectionName, reason: "the relation `\(name)` has keys without two columns")
    }
    guard distinctTerms.allSatisfy({ $0 <= facts && (facts == 0 || $0 > 0) }) else {
      throw Damage(section: sectionName, reason: "the relation `\(name)` has other numbers of terms than of facts")
    }
    guard arity > 0 || facts <= 1 else {
      throw Damage(section: sectionName, reason: "the relation `\(name)` without columns has \(facts) facts")
    }
    return RelationEntry(
      name: name, arity: arity, isType: flags & typeFlag != 0,
      declaration: isDeclared ? columns.declaration : nil, facts: facts, statements: statements,
      distinctTerms: distinctTerms)
  }

  /// The columns of a relation, as they are read.
  struct Columns {
    private var positions: [[PositionType]] = []
    private var names: [String?] = []

    var areEmpty: Bool { positions.allSatisfy(\.isEmpty) && names.allSatisfy { $0 == nil } }

    var declaration: RelationDeclaration { RelationDeclaration(positions: positions, columns: names) }

    mutating func read(_ reader: inout ByteReader, of relation: String) throws {
      var (types, name): ([PositionType], String?) = ([], nil)
      for part in 0..<(try reader.number(UInt32.self)) {
        let code = try reader.number(UInt32.self)
        if code == columnName, part == 0 {
          name = try reader.text()
        } else {
          types.append(try Catalogue.type(code, &reader, of: relation))
        }
      }
      if let name, names.contains(name) {
        throw Damage(section: sectionName, reason: "two columns of `\(relation)` have the name `\(name)`")
      }
      positions.append(types)
      names.append(name)
    }
  }

  private static func type(_ code: UInt32, _ reader: inout ByteReader, of name: String) throws -> PositionType {
    switch code {
    case 0: .any
    case 1: .entity
    case 2: .member(try reader.text())
    case 3: .string
    case 4: .integer
    case 5: .decimal
    case 6: .boolean
    case 7: .date
    default: throw Damage(section: sectionName, reason: "a column of `\(name)` is of the unknown type \(code)")
    }
  }

  /// What stands before the name of a column, in the place of the code of a type.
  private static let columnName: UInt32 = 8

  private static func code(_ type: PositionType) -> UInt32 {
    switch type {
    case .any: 0
    case .entity: 1
    case .member: 2
    case .string: 3
    case .integer: 4
    case .decimal: 5
    case .boolean: 6
    case .date: 7
    }
  }
}
