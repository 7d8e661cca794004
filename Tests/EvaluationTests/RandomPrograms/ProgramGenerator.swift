import Terms
import TestSupport

/// Makes a stratified, safe program from a seed.
///
/// Relations lie on levels: a rule uses its own level and those below, and negates or counts only those below. A column is
/// of a kind, and so is a variable, such that arithmetic meets numbers only and functions what they take.
struct ProgramGenerator {
  /// How much of the language a program may use.
  enum Breadth {
    /// What other systems have too: no paths, averages and lists.
    case core
    /// Also paths, averages and lists.
    case common
    /// All of it.
    case wide
  }

  /// The parts of the language of which each wide program uses some.
  enum Feature: CaseIterable { case types, annotations, names, triple, distance, texts, dates, nesting, failing, large }

  enum Kind { case anything, number, date, text, entity, place, other }

  struct Column {
    var kind: Kind
    /// What it is declared to take; empty where nothing is declared.
    var types: [String] = []
    /// Whether it is the column of a type, which looks names up among all entities.
    var isMembership = false

    /// Whether a declaration keeps anything out of it.
    var isDeclared: Bool { !types.isEmpty && types != ["any"] }
  }

  struct Relation {
    var name: String
    var level: Int
    var columns: [Column]

    /// Whether it is one of those that have facts alone.
    var isOfFacts: Bool { name.lowercased().hasPrefix("e") }
  }

  var random: SplitMix64
  let breadth: Breadth
  var features: Set<Feature> = []
  var relations: [Relation] = []
  var program = ReferenceProgram()
  /// The names of entities, which stand before all else.
  var names = ReferenceNames(ReferenceProgram())
  /// Whether relations of pairs have a hub, whose set is a bitmap.
  let isDense: Bool

  static func program(seed: UInt64, breadth: Breadth = .common) -> ReferenceProgram {
    var generator = ProgramGenerator(seed: seed, breadth: breadth)
    return generator.make()
  }

  private init(seed: UInt64, breadth: Breadth) {
    random = SplitMix64(seed: seed)
    self.breadth = breadth
    isDense = random.happens(10)
    guard breadth == .wide else { return }
    features = Set(Feature.allCases.filter { random.happens($0 == .large ? 3 : 40) })
  }

  func has(_ feature: Feature) -> Bool { features.contains(feature) }

  private mutating func make() -> ReferenceProgram {
    if has(.types) { addTypes() }
    if has(.names) { addNames() }
    names = ReferenceNames(program)
    for index in 0..<random.number(1...3) { addRelation("e\(index)", level: 0) }
    var level = 1
    for index in 0..<random.number(1...3) {
      if index > 0 && random.happens(60) { level += 1 }
      addRelation("d\(index)", level: level)
    }
    for relation in relations { addFacts(of: relation) }
    if has(.types) && random.happens(30) { addTypeRule() }
    for relation in relations where relation.level > 0 { addRules(of: relation) }
    if breadth == .wide { for _ in 0..<random.number(0...3) { addQuery() } }
    if random.happens(10) { program.padding = 300 }
    return program
  }

  private mutating func addRelation(_ name: String, level: Int) {
    let arity = level > 0 && random.happens(6) ? 0 : random.happens(55) ? 2 : random.number(1...4)
    let isDeclared = has(.types) && random.happens(60)
    let columns = (0..<arity).map { _ in column(isDeclared: isDeclared) }
    let name = breadth == .wide && random.happens(20) ? name.uppercased() : name
    relations.append(Relation(name: name, level: level, columns: columns))
    program.arities[name] = arity
    if isDeclared { program.declarations[name] = columns.map(\.types) }
  }

  private mutating func column(isDeclared: Bool) -> Column {
    if random.happens(40) { return Column(kind: .number, types: isDeclared ? [one(["integer", "decimal"])] : []) }
    if has(.dates) && random.happens(30) { return Column(kind: .date, types: isDeclared ? ["date"] : []) }
    if has(.texts) && random.happens(30) { return Column(kind: .text, types: isDeclared ? ["string"] : []) }
    if isDeclared && random.happens(20) { return Column(kind: .place, types: ["place"]) }
    guard features.intersection([.types, .names, .texts]).isEmpty || random.happens(30) else {
      return Column(kind: .entity, types: isDeclared ? one(Self.entityTypes) : [])
    }
    return Column(kind: .anything, types: isDeclared ? ["any"] : [])
  }

  private mutating func addFacts(of relation: Relation) {
    guard program.arities[relation.name] != nil, relation.isOfFacts || relation.level > 0 else { return }
    var count =
      relation.level > 0
      ? (random.happens(25) ? random.number(1...3) : 0) : (random.happens(6) ? 0 : random.number(3...16))
    if has(.large) && relation.level == 0 { count = random.number(1000...2000) }
    for _ in 0..<count { addFact(of: relation, relation.columns.map { fact($0) }) }
    guard isDense && relation.level == 0 && relation.columns.count == 2, !relation.columns.contains(where: \.isDeclared)
    else { return }
    let hub = constant(relation.columns[0])
    for number in 0..<random.number(65...140) {
      var values = [hub, relation.columns[1].kind == .number ? .integer(Int64(number)) : .name("n\(number)")]
      if relation.columns[1].kind == .date || relation.columns[1].kind == .text {
        values[1] = constant(relation.columns[1])
      }
      if random.happens(5) { values[0] = constant(relation.columns[0]) }
      program.facts.append(.init(relation: relation.name, values: values))
    }
  }

  /// States a fact, once or several times with different annotations.
  mutating func addFact(of relation: Relation, _ values: [Value]) {
    let count = has(.annotations) ? [1, 1, 1, 2, 3][random.number(0...4)] : 1
    for _ in 0..<count {
      program.facts.append(.init(relation: relation.name, values: values, annotations: annotations()))
    }
  }

  mutating func one<Element>(_ choices: [Element]) -> Element { choices[random.number(0...choices.count - 1)] }
}
