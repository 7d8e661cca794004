import Terms

/// Evaluates a program bottom-up and naively: every rule on every row, stratum by stratum, until nothing is new.
///
/// It shares nothing with the engine but ``Value`` and the order of values, and does everything in the most obvious way.
struct ReferenceEvaluator {
  typealias Row = [Value]
  typealias Bindings = [Value?]

  enum Failure: Error {
    /// The program would take too long by brute force.
    case tooLarge
    /// No literal of the body can be evaluated next, or an operation has no result.
    case unsafe
    case unstratified
  }

  /// The program, in which strings are what they mean in their places.
  let program: ReferenceProgram
  let names: ReferenceNames
  private(set) var relations: [String: Set<Row>] = [:]
  /// The rows of a relation by what they have in one place, for as long as the relation stays as it is.
  private var indexes: [String: [Int: [Value: [Row]]]] = [:]
  /// What was found by words.
  private var found: [String: Set<Value>] = [:]
  /// How many rows may still be looked at.
  private var budget: Int

  /// The rows of every relation of the program.
  static func relations(of program: ReferenceProgram, budget: Int = .max) throws -> [String: Set<Row>] {
    try evaluated(program, budget: budget).relations
  }

  /// The program when all its rules have been applied.
  static func evaluated(_ program: ReferenceProgram, budget: Int = .max) throws -> ReferenceEvaluator {
    var evaluator = ReferenceEvaluator(try program.fitted(), budget: budget)
    try evaluator.run()
    return evaluator
  }

  private init(_ program: ReferenceProgram, budget: Int) {
    self.program = program
    self.budget = budget
    names = ReferenceNames(program)
  }

  private mutating func run() throws {
    for name in program.arities.keys { relations[name] = [] }
    for fact in program.facts { relations[fact.relation, default: []].insert(fact.values) }
    relations["triple"] = Set(
      program.facts.filter { $0.values.count == 2 }.map { [$0.values[0], .name($0.relation), $0.values[1]] })
    let rules = program.rules + Self.subtypeRules(program)
    let strata = try Self.strata(of: program, rules)
    for stratum in Set(strata.values).sorted() {
      let own = rules.filter { strata[$0.head.relation] == stratum }
      while try addRows(of: own) {}
    }
  }

  /// A member of a subtype is a member of its supertypes.
  private static func subtypeRules(_ program: ReferenceProgram) -> [ReferenceRule] {
    program.types.flatMap { type in
      type.supertypes.map { supertype in
        ReferenceRule(
          head: ReferenceAtom(relation: supertype, arguments: [.variable(0)]),
          body: [.atom(ReferenceAtom(relation: type.name, arguments: [.variable(0)]))])
      }
    }
  }

  /// The least numbering in which a relation lies no lower than what its rules use, and higher than what they negate or count.
  private static func strata(of program: ReferenceProgram, _ rules: [ReferenceRule]) throws -> [String: Int] {
    var strata = program.arities.mapValues { _ in 0 }
    var changed = true
    while changed {
      changed = false
      for rule in rules {
        for (name, mustBeComplete) in rule.body.flatMap(\.relations) {
          let least = strata[name, default: 0] + (mustBeComplete ? 1 : 0)
          guard strata[rule.head.relation, default: 0] < least else { continue }
          guard least <= strata.count else { throw Failure.unstratified }
          strata[rule.head.relation] = least
          changed = true
        }
      }
    }
    return strata
  }

  private mutating func addRows(of rules: [ReferenceRule]) throws -> Bool {
    var added = false
    for rule in rules {
      let name = rule.head.relation
      let rows = try rows(of: rule.body) { bindings in
        try rule.head.arguments.map { try Self.value(of: $0, bindings) }
      }
      guard !rows.isSubset(of: relations[name, default: []]) else { continue }
      relations[name, default: []].formUnion(rows)
      indexes[name] = nil
      added = true
    }
    return added
  }

  /// What each way in which a body holds gives.
  mutating func rows(of body: [ReferenceLiteral], _ row: (Bindings) throws -> Row) throws -> Set<Row> {
    var rows: Set<Row> = []
    let start = Bindings(repeating: nil, count: ReferenceProgram.variableCount)
    try solve(body, start) { rows.insert(try row($0)) }
    return rows
  }

  mutating func spend(_ steps: Int = 1) throws {
    budget -= steps
    if budget < 0 { throw Failure.tooLarge }
  }

  /// Calls `found` with the bindings of every way in which all the literals hold.
  private mutating func solve(
    _ literals: [ReferenceLiteral], _ bindings: Bindings, _ found: (Bindings) throws -> Void
  ) throws {
    guard let next = try Self.next(of: literals, bindings) else { return try found(bindings) }
    var rest = literals
    rest.remove(at: next)
    switch literals[next] {
    case .atom(let atom):
      for row in try candidates(atom, bindings) {
        try spend()
        if let extended = try Self.match(atom.operands, row, bindings) { try solve(rest, extended, found) }
      }
    case .not(let body):
      var holds = false
      try solve(body, bindings) { _ in holds = true }
      if !holds { try solve(rest, bindings, found) }
    case .comparison(let comparison, let left, let right):
      if let extended = try Self.compare(comparison, left, right, bindings) { try solve(rest, extended, found) }
    case .condition(let function, let arguments):
      if try Self.value(of: .call(function, arguments), bindings) == .boolean(true) { try solve(rest, bindings, found) }
    case .either(let branches):
      for branch in branches { try solve(branch + rest, bindings, found) }
    case .path(let path, let from, let to):
      for row in try pairs(of: path, from: from, bindings) {
        try spend()
        if let extended = try Self.match([from, to], row, bindings) { try solve(rest, extended, found) }
      }
    case .distance(let result, let path, let from, let to):
      guard let steps = try distance(path, Self.value(of: from, bindings), Self.value(of: to, bindings)),
        let extended = try Self.match([.variable(result)], [.integer(steps)], bindings)
      else { return }
      try solve(rest, extended, found)
    case .similar(let subject, let words):
      for entity in similar(to: try Self.value(of: words, bindings).plainText) {
        try spend()
        if let extended = try Self.match([subject], [entity], bindings) { try solve(rest, extended, found) }
      }
    case .aggregate(let result, let kind, let columns, let body):
      var tuples: Set<Row> = []
      try solve(body, bindings) { bindings in
        tuples.insert(try columns.map { try Self.value(of: $0, bindings) })
      }
      guard let value = try Self.aggregate(kind, tuples) else { return }
      if let extended = try Self.match([.variable(result)], [value], bindings) { try solve(rest, extended, found) }
    }
  }
}

extension ReferenceEvaluator {
  /// The rows that may match an atom: those that have what is known first.
  private mutating func candidates(_ atom: ReferenceAtom, _ bindings: Bindings) throws -> [Row] {
    let name = atom.annotations.isEmpty ? atom.relation : annotated(atom.relation, atom.annotations.map(\.key))
    for (place, operand) in atom.operands.enumerated() where operand != .wildcard {
      guard operand.variables.allSatisfy({ bindings[$0] != nil }) else { continue }
      return rows(of: name, with: try Self.value(of: operand, bindings), in: place)
    }
    return Array(relations[name, default: []])
  }

  /// The rows of a relation that have a value in one place.
  mutating func rows(of name: String, with value: Value, in place: Int) -> [Row] {
    if indexes[name]?[place] == nil {
      indexes[name, default: [:]][place] = Dictionary(grouping: relations[name, default: []]) { $0[place] }
    }
    return indexes[name]?[place]?[value] ?? []
  }

  private mutating func similar(to words: String) -> Set<Value> {
    if let known = found[words] { return known }
    let entities = names.similar(to: words)
    found[words] = entities
    return entities
  }

  /// The name of a relation's statements that have some keys, as rows with what these say.
  mutating func annotated(_ relation: String, _ keys: [String]) -> String {
    let name = "\(relation) @ \(keys)"
    if relations[name] != nil { return name }
    var rows: Set<Row> = []
    for fact in program.facts where fact.relation == relation {
      let said = keys.compactMap { fact.annotations[$0] }
      if said.count == keys.count { rows.insert(fact.values + said) }
    }
    relations[name] = rows
    return name
  }

  /// The place of a literal that can be evaluated now, tests before those that branch; `nil` where none is left.
  private static func next(of literals: [ReferenceLiteral], _ bindings: Bindings) throws -> Int? {
    if literals.isEmpty { return nil }
    let ready = literals.indices.filter { place in
      var others = literals
      others.remove(at: place)
      return isReady(literals[place], others, bindings)
    }
    guard let best = ready.min(by: { cost(literals[$0]) < cost(literals[$1]) }) else { throw Failure.unsafe }
    return best
  }

  private static func cost(_ literal: ReferenceLiteral) -> Int {
    switch literal {
    case .comparison, .condition: 0
    case .not: 1
    case .atom: 2
    case .path, .either, .similar: 3
    case .aggregate, .distance: 4
    }
  }

  /// Whether all that a literal needs is bound. What is within braces or a negation waits for what the other literals show.
  private static func isReady(_ literal: ReferenceLiteral, _ others: [ReferenceLiteral], _ bindings: Bindings) -> Bool {
    let isBound = { (variable: Int) in bindings[variable] != nil }
    switch literal {
    case .atom(let atom): return atom.operands.allSatisfy { $0.isVariable || $0.variables.allSatisfy(isBound) }
    case .path(let path, let from, _): return path.repetition != .zeroOrMore || from.variables.allSatisfy(isBound)
    case .either:
      return literal.variables.subtracting(literal.bound).allSatisfy {
        $0 >= ReferenceProgram.firstLocal || isBound($0)
      }
    case .not(let body): return waitsForNothing(Set(body.flatMap(\.variables)), others, isBound)
    case .aggregate(_, _, let columns, let body):
      return waitsForNothing(Set(columns.flatMap(\.variables) + body.flatMap(\.variables)), others, isBound)
    case .distance(_, _, let from, let to): return from.variables.union(to.variables).allSatisfy(isBound)
    case .similar(_, let words): return words.variables.allSatisfy(isBound)
    case .condition: return literal.variables.allSatisfy(isBound)
    case .comparison(let comparison, let left, let right):
      let open = [left, right].filter { !$0.variables.allSatisfy(isBound) }
      return open.isEmpty || comparison == .equal && open.count == 1 && open[0].isVariable
    }
  }

  private static func waitsForNothing(
    _ variables: Set<Int>, _ others: [ReferenceLiteral], _ isBound: (Int) -> Bool
  ) -> Bool {
    let visible = Set(others.flatMap(\.visible))
    return variables.allSatisfy { isBound($0) || !visible.contains($0) }
  }
}
