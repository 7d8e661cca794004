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
    /// No literal of the body can be evaluated next.
    case unsafe
    case unstratified
  }

  /// Why a literal can't be evaluated for a row.
  enum Failing: Error {
    case fails
    /// There is nothing wrong: it does not hold.
    case hasNoValue
  }

  /// The program, in which strings are what they mean in their places.
  let program: ReferenceProgram
  let names: ReferenceNames
  private(set) var relations: [String: Set<Row>] = [:]
  /// The relations of which a row is in error, or that negate or aggregate such: the others' rows are as they would be without
  /// these rows.
  private(set) var inError: Set<String> = []
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
    let rules = program.rules.map { $0.withoutExpressions } + Self.subtypeRules(program)
    let strata = try Self.strata(of: program, rules)
    for stratum in Set(strata.values).sorted() {
      let own = rules.filter { strata[$0.head.relation] == stratum }
      while try addRows(of: own) {}
      for rule in own where rule.body.contains(where: { !$0.wholeRelations.isDisjoint(with: inError) }) {
        inError.insert(rule.head.relation)
      }
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
      let (rows, fails) = try rows(of: rule.body) { bindings in
        try rule.head.arguments.map { try Self.value(of: $0, bindings) }
      }
      if fails { inError.insert(name) }
      guard !rows.isSubset(of: relations[name, default: []]) else { continue }
      relations[name, default: []].formUnion(rows)
      indexes[name] = nil
      added = true
    }
    return added
  }

  /// What each way in which a body holds gives, and whether something fails for a row for which all else holds.
  mutating func rows(
    of body: [ReferenceLiteral], _ row: (Bindings) throws -> Row
  ) throws -> (rows: Set<Row>, fails: Bool) {
    var rows: Set<Row> = []
    var fails = false
    let start = Bindings(repeating: nil, count: ReferenceProgram.variableCount + Self.mostComputed)
    try solve(body, start) { bindings in
      if let bindings { rows.insert(try row(bindings)) } else { fails = true }
    }
    return (rows, fails)
  }

  /// How many expressions a body has in the places of arguments.
  static let mostComputed = 60

  mutating func spend(_ steps: Int = 1) throws {
    budget -= steps
    if budget < 0 { throw Failure.tooLarge }
  }

  /// A conjunction that is being evaluated.
  private struct Conjunction {
    var rest: [ReferenceLiteral]
    /// The variables that groups in it share with it, as far as they have them.
    let shown: Set<Int>
    var bindings: Bindings
    /// Whether something has failed. What it would have given is then bound by another literal, or by none.
    var hasFailed = false

    init(_ literals: [ReferenceLiteral], _ bindings: Bindings) {
      rest = literals
      self.bindings = bindings
      shown = Set(literals.flatMap(\.visible) + bindings.indices.filter { bindings[$0] != nil })
    }

    func with(_ bindings: Bindings) -> Conjunction {
      var other = self
      other.bindings = bindings
      return other
    }

    var failed: Conjunction {
      var other = self
      other.hasFailed = true
      return other
    }
  }

  /// Calls `found` with the bindings of every way in which all the literals hold, and with `nil` for each in which some fail and
  /// all others hold that can be evaluated without these.
  private mutating func solve(
    _ literals: [ReferenceLiteral], _ bindings: Bindings, _ found: (Bindings?) throws -> Void
  ) throws {
    for alternative in Self.alternatives(literals) {
      try solve(Conjunction(alternative, bindings), found)
    }
  }

  private static func alternatives(_ literals: [ReferenceLiteral]) -> [[ReferenceLiteral]] {
    guard let place = literals.firstIndex(where: { if case .either = $0 { true } else { false } }),
      case .either(let branches) = literals[place]
    else { return [literals] }
    return branches.flatMap { branch in
      var expanded = literals
      expanded.replaceSubrange(place...place, with: branch)
      return alternatives(expanded)
    }
  }

  private mutating func solve(_ state: Conjunction, _ found: (Bindings?) throws -> Void) throws {
    guard let next = Self.next(of: state) else {
      // What is left needs what has failed.
      if state.hasFailed { return try found(nil) }
      guard state.rest.isEmpty else { throw Failure.unsafe }
      return try found(state.bindings)
    }
    var rest = state
    let literal = rest.rest.remove(at: next)
    do {
      for bindings in try waysToHold(literal, state.bindings) {
        try solve(rest.with(bindings), found)
      }
    } catch Failing.hasNoValue {
    } catch Failing.fails {
      try solve(rest.failed, found)
    }
  }

  /// The bindings with which a literal holds.
  private mutating func waysToHold(_ literal: ReferenceLiteral, _ bindings: Bindings) throws -> [Bindings] {
    func matches(_ operands: [Operand], _ rows: some Sequence<Row>) throws -> [Bindings] {
      try rows.compactMap { try Self.match(operands, $0, bindings) }
    }
    switch literal {
    case .atom(let atom):
      let rows = try candidates(atom, bindings)
      try spend(rows.count)
      return try matches(atom.operands, rows)
    case .not(let body):
      var holds = false
      var fails = false
      try solve(body, bindings) { if $0 == nil { fails = true } else { holds = true } }
      if holds { return [] }
      if fails { throw Failing.fails }
      return [bindings]
    case .comparison(let comparison, let left, let right):
      return try Self.compare(comparison, left, right, bindings).map { [$0] } ?? []
    case .condition(let function, let arguments):
      return try Self.value(of: .call(function, arguments), bindings) == .boolean(true) ? [bindings] : []
    case .path(let path, let from, let to):
      let rows = try pairs(of: path, from: from, bindings)
      try spend(rows.count)
      return try matches([from, to], rows)
    case .distance(let result, let path, let from, let to):
      let steps = try distance(path, Self.value(of: from, bindings), Self.value(of: to, bindings))
      return try steps.map { try matches([.variable(result)], [[.integer($0)]]) } ?? []
    case .similar(let subject, let words):
      let entities = similar(to: try Self.value(of: words, bindings).plainText)
      try spend(entities.count)
      return try matches([subject], entities.map { [$0] })
    case .aggregate(let result, let kind, let columns, let body):
      var tuples: Set<Row> = []
      var fails = false
      try solve(body, bindings) { bindings in
        guard let bindings else {
          fails = true
          return
        }
        tuples.insert(try columns.map { try Self.value(of: $0, bindings) })
      }
      if fails { throw Failing.fails }
      return try Self.aggregate(kind, tuples).map { try matches([.variable(result)], [[$0]]) } ?? []
    case .either: throw Failure.unsafe
    }
  }
}

extension ReferenceEvaluator {
  /// The rows that may match an atom: those that have what is known first.
  private mutating func candidates(_ atom: ReferenceAtom, _ bindings: Bindings) throws -> [Row] {
    let isPlain = atom.annotations.isEmpty && !atom.asksForFacts
    let name = isPlain ? atom.relation : annotated(atom.relation, atom.annotations.map(\.key))
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

  /// The place of a literal that can be evaluated now, tests before those that branch; `nil` where there is none.
  private static func next(of state: Conjunction) -> Int? {
    state.rest.indices.filter { isReady(state.rest[$0], state) }
      .min { cost(state.rest[$0]) < cost(state.rest[$1]) }
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
  private static func isReady(_ literal: ReferenceLiteral, _ state: Conjunction) -> Bool {
    let isBound = { (variable: Int) in state.bindings[variable] != nil }
    switch literal {
    case .atom: return true
    case .path(let path, let from, _): return path.repetition != .zeroOrMore || from.variables.allSatisfy(isBound)
    case .either: return true
    case .not(let body): return body.flatMap(\.variables).allSatisfy { isBound($0) || !state.shown.contains($0) }
    case .aggregate(_, _, let columns, let body):
      return (columns.flatMap(\.variables) + body.flatMap(\.variables)).allSatisfy {
        isBound($0) || !state.shown.contains($0)
      }
    case .distance(_, _, let from, let to): return from.variables.union(to.variables).allSatisfy(isBound)
    case .similar(_, let words): return words.variables.allSatisfy(isBound)
    case .condition: return literal.variables.allSatisfy(isBound)
    case .comparison(let comparison, let left, let right):
      let open = [left, right].filter { !$0.variables.allSatisfy(isBound) }
      return open.isEmpty || comparison == .equal && open.count == 1 && open[0].isVariable
    }
  }
}
