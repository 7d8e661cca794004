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
      write(relation.declaration?.positions[position] ?? [], &writer)
    }
  }

  /// The types of a column.
  static func write(_ types: [PositionType], _ writer: inout ByteWriter) {
    writer.write(UInt32(types.count))
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
    var positions: [[PositionType]] = []
    var distinctTerms: [Int] = version == 1 && arity == 2 ? [keys] : []
    for _ in 0..<arity {
      if version > 1 { distinctTerms.append(try reader.size()) }
      positions.append(try position(&reader, of: name))
    }
    let isDeclared = flags & declaredFlag != 0
    guard isDeclared || positions.allSatisfy(\.isEmpty) else {
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
      declaration: isDeclared ? RelationDeclaration(positions: positions) : nil, facts: facts, statements: statements,
      distinctTerms: distinctTerms)
  }

  static func position(_ reader: inout ByteReader, of name: String) throws -> [PositionType] {
    var types: [PositionType] = []
    for _ in 0..<(try reader.number(UInt32.self)) {
      switch try reader.number(UInt32.self) {
      case 0: types.append(.any)
      case 1: types.append(.entity)
      case 2: types.append(.member(try reader.text()))
      case 3: types.append(.string)
      case 4: types.append(.integer)
      case 5: types.append(.decimal)
      case 6: types.append(.boolean)
      case 7: types.append(.date)
      case let code:
        throw Damage(section: sectionName, reason: "a column of `\(name)` is of the unknown type \(code)")
      }
    }
    return types
  }

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
