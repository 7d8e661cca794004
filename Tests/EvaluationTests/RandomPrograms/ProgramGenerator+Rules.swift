import Terms

extension ProgramGenerator {
  /// What the making of one rule knows so far.
  struct Draft {
    var body: [ReferenceLiteral] = []
    var bound: Set<Int> = []
    /// The bound variables that can only be entities.
    var entities: Set<Int> = []
    /// The kinds of the columns in which variables within a group stand.
    var localKinds: [Int: Kind] = [:]
    private var nextLocal = ReferenceProgram.firstLocal
    private var results: [Kind: [Int]] = [
      .number: Array(10...13), .date: [14, 15], .text: [16, 17], .other: [18, 19],
    ]

    /// The bound variables of a kind.
    func variables(_ kind: Kind) -> [Int] { bound.filter { self.kind(of: $0) == kind }.sorted() }

    mutating func local(_ kind: Kind = .anything) -> Int {
      nextLocal += 1
      localKinds[nextLocal - 1] = kind
      return nextLocal - 1
    }

    /// A variable for what is computed, which no relation's column binds.
    mutating func result(_ kind: Kind) -> Int? {
      guard let next = results[kind]?.first else { return nil }
      results[kind]?.removeFirst()
      return next
    }

    func kind(of variable: Int) -> Kind {
      switch variable {
      case 0...2: .anything
      case 3, 4, 10...13: .number
      case 5, 6, 14, 15: .date
      case 7, 8, 16, 17: .text
      case 9: .place
      case 18, 19: .other
      default: localKinds[variable] ?? .anything
      }
    }

    /// Whether a variable may stand in a column that something else binds it for.
    func may(_ variable: Int, standIn column: Column) -> Bool {
      guard column.isDeclared else { return true }
      let kind = kind(of: variable)
      return kind == column.kind || kind == .anything && column.kind == .entity
    }
  }

  mutating func addRules(of relation: Relation) {
    for index in 0..<random.number(1...3) {
      var draft = draft(level: relation.level, isFirst: index == 0)
      if breadth == .wide && relation.columns.contains(where: { $0.kind == .place && $0.isDeclared }) {
        add(relationWith(.place), to: &draft)
      }
      let arguments = relation.columns.map { headArgument($0, draft) }
      draft.body.shuffle(using: &random)
      program.rules.append(
        ReferenceRule(head: ReferenceAtom(relation: relation.name, arguments: arguments), body: draft.body))
    }
  }

  /// A body of literals over relations up to a level; the first rule of a relation does not use its level.
  mutating func draft(level: Int, isFirst: Bool) -> Draft {
    var draft = Draft()
    let high = isFirst ? level - 1 : level
    for _ in 0..<(isDense || has(.large) ? random.number(1...2) : random.number(1...3)) {
      add(relation(upTo: high), to: &draft)
    }
    if breadth != .core && random.happens(25) { addPath(upTo: high, to: &draft) }
    if has(.triple) && random.happens(25) { addTriple(to: &draft) }
    if has(.names) && random.happens(25) { addSimilar(to: &draft) }
    if has(.distance) && random.happens(40) { addDistance(below: level, to: &draft) }
    if random.happens(15) { addAlternatives(below: level, to: &draft) }
    if random.happens(20) { addAggregate(below: level, to: &draft) }
    if has(.nesting) && random.happens(30) { addNestedAggregate(below: level, to: &draft) }
    if random.happens(30) { addNegation(below: level, to: &draft) }
    for _ in 0..<2 where random.happens(30) { addComparison(to: &draft) }
    if random.happens(10) { addBinding(to: &draft) }
    if has(.texts) { for _ in 0..<2 where random.happens(50) { addText(to: &draft) } }
    if has(.dates) { for _ in 0..<2 where random.happens(50) { addDate(to: &draft) } }
    if has(.failing) { for _ in 0..<3 where random.happens(50) { addFailing(below: level, to: &draft) } }
    return draft
  }

  /// A rule that makes members of a type from facts.
  mutating func addTypeRule() {
    guard let relation = relations.first(where: { $0.isOfFacts && $0.columns.contains { $0.kind == .entity } }),
      let place = relation.columns.firstIndex(where: { $0.kind == .entity })
    else { return }
    var arguments = Array(repeating: Operand.wildcard, count: relation.columns.count)
    arguments[place] = .variable(0)
    program.rules.append(
      ReferenceRule(
        head: ReferenceAtom(relation: "municipality", arguments: [.variable(0)]),
        body: [.atom(ReferenceAtom(relation: relation.name, arguments: arguments))]))
  }

  mutating func relation(upTo high: Int, leastArity: Int = 0) -> Relation {
    let candidates = relations.filter { $0.level <= high && $0.columns.count >= leastArity }
    let highest = candidates.filter { $0.level == high }
    return (random.happens(40) ? highest : candidates).randomElement(using: &random) ?? relations[0]
  }

  private mutating func relationWith(_ kind: Kind) -> Relation {
    one(relations.filter { $0.level == 0 && $0.columns.contains { $0.kind == kind } })
  }

  /// Adds a positive literal and what it binds.
  mutating func add(_ relation: Relation, to draft: inout Draft) {
    let atom = ReferenceAtom(
      relation: relation.name, arguments: relation.columns.map { argument($0, draft) },
      annotations: random.happens(35) ? patterns(draft) : [], asksForFacts: has(.annotations) && random.happens(15))
    if relation.columns.isEmpty {
      return append(.atom(ReferenceAtom(relation: relation.name, arguments: [])), to: &draft)
    }
    append(.atom(atom), to: &draft)
    for (operand, column) in zip(atom.arguments, relation.columns) where [.entity, .place].contains(column.kind) {
      if case .variable(let variable) = operand { draft.entities.insert(variable) }
    }
  }

  func append(_ literal: ReferenceLiteral, to draft: inout Draft) {
    draft.bound.formUnion(literal.bound)
    draft.body.append(literal)
  }

  private mutating func argument(_ column: Column, _ draft: Draft) -> Operand {
    let roll = random.number(0...99)
    if roll < 10 { return .constant(constant(column)) }
    if roll < 20 { return .wildcard }
    if roll < 24, !column.isDeclared || column.kind == .number,
      let number = draft.variables(.number).randomElement(using: &random)
    {
      return has(.failing) && random.happens(40) ? failing(draft) ?? sum(of: number) : sum(of: number)
    }
    return .variable(variable(column))
  }

  /// A variable that a column binds.
  mutating func variable(_ column: Column) -> Int {
    if !column.isDeclared && random.happens(20) { return random.number(0...2) }
    switch column.kind {
    case .anything, .entity, .other: return random.number(0...2)
    case .number: return random.number(column.isDeclared ? 3...4 : 0...4)
    case .date: return random.number(5...6)
    case .text: return random.number(7...8)
    case .place: return 9
    }
  }

  private mutating func headArgument(_ column: Column, _ draft: Draft) -> Operand {
    let candidates =
      switch column.kind {
      case .anything, .other: draft.bound.sorted()
      case .entity: draft.entities.filter { $0 != 9 }.sorted()
      case let kind: draft.variables(kind)
      }
    if column.kind == .number || !column.isDeclared && column.kind == .anything, random.happens(8),
      let number = draft.variables(.number).randomElement(using: &random)
    {
      return has(.failing) && column.kind == .anything ? failing(draft) ?? sum(of: number) : sum(of: number)
    }
    if random.happens(92), let variable = candidates.randomElement(using: &random) { return .variable(variable) }
    return .constant(constant(column))
  }
}
