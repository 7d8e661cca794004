import Terms

/// The values that random programs are made of: few, so that they meet.
extension ProgramGenerator {
  static let dates = [
    "2012", "2013", "2013-02", "2013-02-01/2013-02-28", "2013-02-14", "2013-02-28", "2013-03-01",
    "2013-02-10/2013-03-02",
    "2012-12/2013-02", "2014-02-14", "2012-02-29", "2013?", "2013-02~", "201X", "2012/..", "../2013-02", "2013/",
    "/2013-02-14", "2012-24%", "2013-XX", "2013-02-XX", "-0044", "2012~/2013?", "20XX~",
  ]
  static let texts = ["Žemė", "žeme", "ab", "a b", "Ana Žukaitė", "12", "", "e", "ЁЖ", "memel"]
  private static let names = ["a", "b", "c"].map(Value.name) + [.string("s")]
  private static let entities = [
    "ana", "jonas", "petras", "port", "council", "dual", "member_x", "klaipeda", "vilnius", "x",
  ]

  /// Types all below `agent` that have a subtype in common, and places.
  static let entityTypes = [
    ["agent"], ["person"], ["organisation"], ["person", "municipality"], ["entity"], ["person", "place"],
  ]

  mutating func addTypes() {
    program.types = [
      ("agent", []), ("person", ["agent"]), ("organisation", ["agent"]), ("municipality", ["organisation"]),
      ("member", ["person", "municipality"]), ("place", []), ("city", ["place"]),
    ]
    let members = [
      ("person", "ana"), ("person", "jonas"), ("agent", "petras"), ("organisation", "port"),
      ("municipality", "council"),
      ("person", "dual"), ("city", "dual"), ("member", "member_x"), ("place", "klaipeda"), ("city", "vilnius"),
    ]
    for (type, _) in program.types {
      program.arities[type] = 1
      let kind: Kind = ["place", "city"].contains(type) ? .place : .entity
      relations.append(Relation(name: type, level: 0, columns: [Column(kind: kind, types: [type], isMembership: true)]))
    }
    for (type, member) in members where random.happens(85) {
      program.facts.append(.init(relation: type, values: [.name(member)], annotations: annotations()))
    }
  }

  mutating func addNames() {
    let names = [
      ("label", "ana", "Ana Žukaitė"), ("alias", "ana", "Memel"), ("label", "jonas", "Jonas"),
      ("label", "petras", "jonas"),
      ("alias", "petras", "Петр Ёлкин"), ("label", "port", "Uostas 2"), ("label", "klaipeda", "Klaipėda"),
      ("alias", "klaipeda", "Memel"), ("label", "vilnius", "Vilnius"), ("label", "council", "Žemės taryba"),
    ]
    for relation in ["label", "alias"] {
      program.arities[relation] = 2
      let columns = [Column(kind: .entity, types: ["entity"]), Column(kind: .text, types: ["string"])]
      relations.append(Relation(name: relation, level: 0, columns: columns))
    }
    for (relation, entity, name) in names where random.happens(85) {
      program.facts.append(
        .init(relation: relation, values: [.name(entity), .string(name)], annotations: annotations()))
    }
  }

  /// Words that `~` may find something by.
  mutating func words() -> String { one(["žuk", "ANA", "memel", "jon", "el пет", "2", "taryba zem", "ap", "a"]) }

  /// A value that a column of a fact has.
  mutating func fact(_ column: Column) -> Value {
    guard has(.large), random.happens(97), column.kind != .place else { return constant(column) }
    switch column.kind {
    case .number: return .integer(Int64(random.number(0...500)))
    case .date: return date("20\(random.number(10...14))-0\(random.number(1...9))-\(random.number(10...28))")
    case .text: return .string("t\(random.number(0...500))")
    default: return .name("n\(random.number(0...500))")
    }
  }

  /// A value that a column may have: where the language reads strings as something else, sometimes a string.
  mutating func constant(_ column: Column) -> Value {
    switch column.kind {
    case .number: return .integer(Int64(random.number(0...3)))
    case .date:
      let text = one(Self.dates)
      return column.isDeclared && random.happens(30) ? .string(text) : date(text)
    case .text: return .string(one(Self.texts))
    case .entity, .place: return entity(column)
    case .anything, .other:
      if random.happens(25) { return .integer(Int64(random.number(0...3))) }
      if breadth == .wide && random.happens(20) {
        return [.boolean(true), date(one(Self.dates)), .string("ab")][random.number(0...2)]
      }
      return one(Self.names)
    }
  }

  func date(_ text: String) -> Value { DateSpan(text).map { .date($0) } ?? .string(text) }

  private mutating func entity(_ column: Column) -> Value {
    let fitting = Self.entities.map(Value.name).filter { !column.isDeclared || names.mayBe($0, column.types) }
    let entity = fitting.isEmpty || random.happens(20) ? Value.name("x") : one(fitting)
    guard has(.names), column.isDeclared, random.happens(30) else { return entity }
    let named = program.facts.prefix(40).filter { ["label", "alias"].contains($0.relation) && $0.values[0] == entity }
    guard let name = named.randomElement(using: &random)?.values[1].plainText else { return entity }
    let text = Value.string(random.happens(50) ? name : name.uppercased())
    return names.fitted(text, column.isMembership ? ["entity"] : column.types) == nil ? entity : text
  }
}
