import Terms

/// Makes a stratified, safe program from a seed.
///
/// Relations lie on levels: a rule uses its own level and those below, and negates or counts only those below. A column
/// is of whole numbers or of anything, as is a variable, such that arithmetic and `<` meet numbers only.
struct ProgramGenerator {
  private struct Column { var isNumber: Bool }
  private struct Relation {
    var name: String
    var level: Int
    var columns: [Column]
  }

  private var random: SplitMix64
  private var relations: [Relation] = []
  private var program = ReferenceProgram()
  private let isDense: Bool
  private var isCore = false

  private static let names = ["a", "b", "c"].map(Value.name) + [.string("s")]

  /// - Parameter isCore: whether only that part of the language is used which other systems have too: no paths, averages and
  ///   lists.
  static func program(seed: UInt64, isCore: Bool = false) -> ReferenceProgram {
    var generator = ProgramGenerator(seed: seed)
    generator.isCore = isCore
    return generator.make()
  }

  private init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    isDense = random.happens(10)
  }

  private mutating func make() -> ReferenceProgram {
    let count = random.number(1...3)
    for index in 0..<count { addRelation("e\(index)", level: 0) }
    var level = 1
    for index in 0..<random.number(1...3) {
      if index > 0 && random.happens(60) { level += 1 }
      addRelation("d\(index)", level: level)
    }
    for relation in relations { addFacts(of: relation) }
    for relation in relations where relation.level > 0 { addRules(of: relation) }
    if random.happens(10) { program.padding = 300 }
    return program
  }

  private mutating func addRelation(_ name: String, level: Int) {
    let arity = level > 0 && random.happens(6) ? 0 : random.happens(55) ? 2 : random.number(1...4)
    let columns = (0..<arity).map { _ in Column(isNumber: random.happens(40)) }
    relations.append(Relation(name: name, level: level, columns: columns))
    program.arities[name] = arity
  }

  private mutating func addFacts(of relation: Relation) {
    let count =
      relation.level > 0
      ? (random.happens(25) ? random.number(1...3) : 0) : (random.happens(6) ? 0 : random.number(3...16))
    for _ in 0..<count {
      program.facts.append(.init(relation: relation.name, values: relation.columns.map { constant($0) }))
    }
    guard isDense && relation.level == 0 && relation.columns.count == 2 else { return }
    let hub = constant(relation.columns[0])
    for number in 0..<random.number(65...140) {
      var values = [hub, relation.columns[1].isNumber ? Value.integer(Int64(number)) : .name("n\(number)")]
      if random.happens(5) { values[0] = constant(relation.columns[0]) }
      program.facts.append(.init(relation: relation.name, values: values))
    }
  }

  private mutating func constant(_ column: Column) -> Value {
    if column.isNumber || random.happens(25) { return .integer(Int64(random.number(0...3))) }
    return Self.names[random.number(0...Self.names.count - 1)]
  }
}

extension ProgramGenerator {
  /// What the making of one rule knows so far.
  private struct Draft {
    var body: [ReferenceLiteral] = []
    var bound: Set<Int> = []
    var nextLocal = ReferenceProgram.firstLocal
    /// Aggregates' results and sums: variables that no relation's column binds.
    var nextResult = 10
    var nextOther = ProgramGenerator.firstOther

    /// The bound variables that only columns of numbers bind.
    var numbers: [Int] { bound.filter { ProgramGenerator.isNumber($0) }.sorted() }

    mutating func local() -> Int {
      nextLocal += 1
      return nextLocal - 1
    }
  }

  private mutating func addRules(of relation: Relation) {
    for index in 0..<random.number(1...3) {
      var draft = Draft()
      for _ in 0..<(isDense ? random.number(1...2) : random.number(1...3)) {
        add(positive(upTo: relation.level, isFirst: index == 0), to: &draft)
      }
      if !isCore && random.happens(25) { addPath(upTo: relation.level - (index == 0 ? 1 : 0), to: &draft) }
      if random.happens(15) { addAlternatives(below: relation.level, to: &draft) }
      if random.happens(20) { addAggregate(below: relation.level, to: &draft) }
      if random.happens(30) { addNegation(below: relation.level, to: &draft) }
      for _ in 0..<2 where random.happens(30) { addComparison(to: &draft) }
      if random.happens(10) { addBinding(to: &draft) }
      let arguments = relation.columns.map { headArgument($0, draft) }
      draft.body.shuffle(using: &random)
      program.rules.append(
        ReferenceRule(head: ReferenceAtom(relation: relation.name, arguments: arguments), body: draft.body))
    }
  }

  private mutating func positive(upTo level: Int, isFirst: Bool) -> Relation {
    relation(upTo: isFirst ? level - 1 : level)
  }

  private mutating func relation(upTo high: Int, leastArity: Int = 0) -> Relation {
    let candidates = relations.filter { $0.level <= high && $0.columns.count >= leastArity }
    let highest = candidates.filter { $0.level == high }
    return (random.happens(40) ? highest : candidates).randomElement(using: &random) ?? relations[0]
  }

  /// Adds a positive literal and what it binds.
  private mutating func add(_ relation: Relation, to draft: inout Draft) {
    var arguments: [Operand] = []
    for column in relation.columns {
      let roll = random.number(0...99)
      if roll < 10 {
        arguments.append(.constant(constant(column)))
      } else if roll < 20 {
        arguments.append(.wildcard)
      } else if roll < 24, let number = draft.numbers.randomElement(using: &random) {
        arguments.append(sum(of: number))
      } else {
        arguments.append(.variable(variable(column)))
      }
    }
    let literal = ReferenceLiteral.atom(ReferenceAtom(relation: relation.name, arguments: arguments))
    draft.bound.formUnion(literal.bound)
    draft.body.append(literal)
  }

  private mutating func variable(_ column: Column) -> Int { random.number(0...(column.isNumber ? 4 : 2)) }

  private static func isNumber(_ variable: Int) -> Bool { (3..<Self.firstOther).contains(variable) }

  /// Averages and lists, which are no whole numbers.
  private static let firstOther = 17

  /// A number that stays small however often it is computed.
  private mutating func sum(of number: Int) -> Operand {
    let step = Operand.constant(.integer(Int64(random.number(1...3))))
    let sum = Operand.binary(random.happens(70) ? .add : .multiply, .variable(number), step)
    return .binary(.modulo, sum, .constant(.integer(7)))
  }

  /// A literal over a relation whose variables are bound ones and one's own.
  private mutating func inner(_ relation: Relation, _ draft: inout Draft, own: Int, percentOwn: Int) -> ReferenceLiteral
  {
    let bound = draft.bound.sorted()
    let arguments = relation.columns.map { column -> Operand in
      if random.happens(percentOwn) { return .variable(own) }
      let fitting = column.isNumber ? bound : bound.filter { !Self.isNumber($0) }
      if random.happens(75), let variable = fitting.randomElement(using: &random) { return .variable(variable) }
      return random.happens(50) ? .wildcard : .constant(constant(column))
    }
    return .atom(ReferenceAtom(relation: relation.name, arguments: arguments))
  }

  private mutating func addNegation(below level: Int, to draft: inout Draft) {
    let own = draft.local()
    let isGroup = random.happens(15)
    var body = [inner(relation(upTo: level - 1), &draft, own: own, percentOwn: isGroup ? 40 : 0)]
    if isGroup { body.append(inner(relation(upTo: level - 1), &draft, own: own, percentOwn: 40)) }
    draft.body.append(.not(body))
  }

  private mutating func addComparison(to draft: inout Draft) {
    let numbers = draft.numbers
    if random.happens(60), let left = numbers.randomElement(using: &random) {
      let right = numbers.randomElement(using: &random) ?? left
      let limit = Operand.constant(.integer(Int64(random.number(0...4))))
      let comparison = ReferenceComparison.allCases.randomElement(using: &random) ?? .less
      draft.body.append(.comparison(comparison, .variable(left), random.happens(50) ? .variable(right) : limit))
      return
    }
    // `=` may be what binds a variable, and must not bind one of numbers to something else.
    let comparison = random.happens(70) ? ReferenceComparison.notEqual : .equal
    let candidates = draft.bound.filter { comparison == .notEqual || !Self.isNumber($0) }.sorted()
    guard let left = candidates.randomElement(using: &random) else { return }
    let right = candidates.randomElement(using: &random) ?? left
    let other = random.happens(70) ? Operand.variable(right) : .constant(constant(Column(isNumber: false)))
    draft.body.append(.comparison(comparison, .variable(left), other))
  }

  /// `V = expression` that binds a variable which nothing else does.
  private mutating func addBinding(to draft: inout Draft) {
    guard let number = draft.numbers.randomElement(using: &random) else { return }
    let result = draft.nextResult
    draft.nextResult += 1
    draft.body.append(.comparison(.equal, .variable(result), sum(of: number)))
    draft.bound.insert(result)
  }

  /// Two literals as alternatives, each of which binds the same variable.
  private mutating func addAlternatives(below level: Int, to draft: inout Draft) {
    let shared = random.number(0...2)
    let branches = (0..<2).map { _ -> [ReferenceLiteral] in
      let relation = relation(upTo: level - 1, leastArity: 1)
      let place = random.number(0...relation.columns.count - 1)
      let own = draft.local()
      guard case .atom(var atom) = inner(relation, &draft, own: own, percentOwn: 20) else { return [] }
      atom.arguments[place] = .variable(shared)
      return [.atom(atom)]
    }
    draft.body.append(.either(branches))
    draft.bound.insert(shared)
  }

  private mutating func addPath(upTo level: Int, to draft: inout Draft) {
    let binary = relations.filter { $0.level <= level && $0.columns.count == 2 }
    guard !binary.isEmpty else { return }
    var steps: [(relation: String, isBackward: Bool)] = []
    for _ in 0..<random.number(1...2) {
      if let relation = binary.randomElement(using: &random) { steps.append((relation.name, random.happens(30))) }
    }
    let anything = draft.bound.filter { !Self.isNumber($0) }.sorted()
    var repetition: ReferencePath.Repetition = [.once, .oneOrMore, .oneOrMore].randomElement(using: &random) ?? .once
    var from = Operand.variable(random.number(0...2))
    if let start = anything.randomElement(using: &random), random.happens(60) {
      from = .variable(start)
      if random.happens(40) { repetition = .zeroOrMore }
    }
    let literal = ReferenceLiteral.path(
      ReferencePath(steps: steps, repetition: repetition), from: from, to: .variable(random.number(0...2)))
    draft.bound.formUnion(literal.bound)
    draft.body.append(literal)
  }

  private mutating func addAggregate(below level: Int, to draft: inout Draft) {
    let relation = relation(upTo: level - 1, leastArity: 1)
    let place = random.number(0...relation.columns.count - 1)
    let own = draft.local()
    guard case .atom(var atom) = inner(relation, &draft, own: own, percentOwn: 10) else { return }
    atom.arguments[place] = .variable(own)
    var columns = [own]
    if let other = atom.arguments.indices.first(where: { $0 != place }), random.happens(40) {
      let second = draft.local()
      atom.arguments[other] = .variable(second)
      columns.append(second)
    }
    let ofNumbers: [ReferenceAggregate] = isCore ? [.sum, .min, .max] : [.sum, .min, .max, .avg]
    var kind: ReferenceAggregate =
      relation.columns[place].isNumber && random.happens(50) ? ofNumbers.randomElement(using: &random) ?? .sum : .count
    if !isCore && random.happens(15) { kind = .list }
    if draft.nextOther == ReferenceProgram.firstLocal && (kind == .list || kind == .avg) { kind = .count }
    let result = kind == .list || kind == .avg ? draft.nextOther : draft.nextResult
    if result == draft.nextOther { draft.nextOther += 1 } else { draft.nextResult += 1 }
    draft.body.append(.aggregate(result: result, kind, columns: columns, [.atom(atom)]))
    draft.bound.insert(result)
  }

  private mutating func headArgument(_ column: Column, _ draft: Draft) -> Operand {
    let candidates = column.isNumber ? draft.numbers : draft.bound.sorted()
    if random.happens(8), let number = draft.numbers.randomElement(using: &random) { return sum(of: number) }
    if random.happens(92), let variable = candidates.randomElement(using: &random) { return .variable(variable) }
    return .constant(constant(column))
  }
}
