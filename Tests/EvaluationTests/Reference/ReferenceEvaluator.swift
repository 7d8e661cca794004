import Terms

/// Evaluates a program bottom-up and naively: every rule on every row, stratum by stratum, until nothing is new.
///
/// It shares nothing with the engine but ``Value``, and does everything in the most obvious way.
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

  private(set) var relations: [String: Set<Row>] = [:]
  /// How many rows may still be looked at.
  private var budget: Int

  /// The rows of every relation of the program.
  static func relations(of program: ReferenceProgram, budget: Int = .max) throws -> [String: Set<Row>] {
    var evaluator = ReferenceEvaluator(budget: budget)
    try evaluator.run(program)
    return evaluator.relations
  }

  private init(budget: Int) { self.budget = budget }

  private mutating func run(_ program: ReferenceProgram) throws {
    for name in program.arities.keys { relations[name] = [] }
    for fact in program.facts { relations[fact.relation, default: []].insert(fact.values) }
    let strata = try Self.strata(of: program)
    for stratum in Set(strata.values).sorted() {
      let rules = program.rules.filter { strata[$0.head.relation] == stratum }
      while try addRows(of: rules) {}
    }
  }

  /// The least numbering in which a relation lies no lower than what its rules use, and higher than what they negate or count.
  static func strata(of program: ReferenceProgram) throws -> [String: Int] {
    var strata = program.arities.mapValues { _ in 0 }
    var changed = true
    while changed {
      changed = false
      for rule in program.rules {
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
      var rows: Set<Row> = []
      let start = Bindings(repeating: nil, count: ReferenceProgram.variableCount)
      try solve(rule.body, start) { bindings in
        rows.insert(try rule.head.arguments.map { try Self.value(of: $0, bindings) })
      }
      let known = relations[rule.head.relation, default: []]
      relations[rule.head.relation] = known.union(rows)
      added = added || !rows.isSubset(of: known)
    }
    return added
  }

  /// Calls `found` with the bindings of every way in which all the literals hold.
  private mutating func solve(
    _ literals: [ReferenceLiteral], _ bindings: Bindings, _ found: (Bindings) throws -> Void
  ) throws {
    guard let next = try next(of: literals, bindings) else { return try found(bindings) }
    var rest = literals
    rest.remove(at: next)
    switch literals[next] {
    case .atom(let atom):
      for row in relations[atom.relation, default: []] {
        budget -= 1
        if budget < 0 { throw Failure.tooLarge }
        if let extended = try Self.match(atom.arguments, row, bindings) { try solve(rest, extended, found) }
      }
    case .not(let body):
      var holds = false
      try solve(body, bindings) { _ in holds = true }
      if !holds { try solve(rest, bindings, found) }
    case .comparison(let comparison, let left, let right):
      if let extended = try Self.compare(comparison, left, right, bindings) { try solve(rest, extended, found) }
    case .either(let branches):
      for branch in branches { try solve(branch + rest, bindings, found) }
    case .path(let path, let from, let to):
      for row in try pairs(of: path, from: from, bindings) {
        budget -= 1
        if budget < 0 { throw Failure.tooLarge }
        if let extended = try Self.match([from, to], row, bindings) { try solve(rest, extended, found) }
      }
    case .aggregate(let result, let kind, let columns, let body):
      var tuples: Set<Row> = []
      try solve(body, bindings) { bindings in tuples.insert(columns.compactMap { bindings[$0] }) }
      guard let value = try Self.aggregate(kind, tuples) else { return }
      if let extended = try Self.match([.variable(result)], [value], bindings) { try solve(rest, extended, found) }
    }
  }
}

extension ReferenceEvaluator {
  /// The pairs that a path connects; of no steps, only the one of its bound beginning with itself.
  private func pairs(of path: ReferencePath, from: Operand, _ bindings: Bindings) throws -> Set<Row> {
    var steps: Set<Row> = []
    for step in path.steps {
      for row in relations[step.relation, default: []] { steps.insert(step.isBackward ? row.reversed() : row) }
    }
    var pairs = steps
    if path.repetition != .once {
      var size = -1
      while pairs.count > size {
        size = pairs.count
        if size * steps.count > budget { throw Failure.tooLarge }
        for pair in pairs { for step in steps where step[0] == pair[1] { pairs.insert([pair[0], step[1]]) } }
      }
    }
    if path.repetition == .zeroOrMore {
      let start = try Self.value(of: from, bindings)
      pairs.insert([start, start])
    }
    return pairs
  }

  /// The place of a literal that can be evaluated now, tests before those that branch; `nil` where none is left.
  private func next(of literals: [ReferenceLiteral], _ bindings: Bindings) throws -> Int? {
    if literals.isEmpty { return nil }
    let ready = literals.indices.filter { Self.isReady(literals[$0], bindings) }
    guard let best = ready.min(by: { Self.cost(literals[$0]) < Self.cost(literals[$1]) }) else { throw Failure.unsafe }
    return best
  }

  private static func cost(_ literal: ReferenceLiteral) -> Int {
    switch literal {
    case .comparison: 0
    case .not: 1
    case .atom: 2
    case .path: 3
    case .either: 3
    case .aggregate: 4
    }
  }

  private static func isReady(_ literal: ReferenceLiteral, _ bindings: Bindings) -> Bool {
    let isBound = { (variable: Int) in bindings[variable] != nil }
    switch literal {
    case .atom(let atom): return atom.arguments.allSatisfy { isVariable($0) || $0.variables.allSatisfy(isBound) }
    case .path(let path, let from, _): return path.repetition != .zeroOrMore || from.variables.allSatisfy(isBound)
    case .not, .either:
      let needed = literal.variables.subtracting(literal.bound)
      return needed.allSatisfy { $0 >= ReferenceProgram.firstLocal || isBound($0) }
    case .aggregate(let result, _, _, _):
      return literal.variables.allSatisfy { $0 == result || $0 >= ReferenceProgram.firstLocal || isBound($0) }
    case .comparison(let comparison, let left, let right):
      let open = [left, right].filter { !$0.variables.allSatisfy(isBound) }
      return open.isEmpty || comparison == .equal && open.count == 1 && isVariable(open[0])
    }
  }

  private static func isVariable(_ operand: Operand) -> Bool {
    if case .variable = operand { true } else { false }
  }

  private static func match(_ arguments: [Operand], _ row: Row, _ bindings: Bindings) throws -> Bindings? {
    var bindings = bindings
    for (argument, value) in zip(arguments, row) {
      switch argument {
      case .wildcard: continue
      case .constant(let constant): if constant != value { return nil }
      case .variable(let variable):
        if let bound = bindings[variable], bound != value { return nil }
        bindings[variable] = value
      case .binary: if try Self.value(of: argument, bindings) != value { return nil }
      }
    }
    return bindings
  }

  private static func value(of operand: Operand, _ bindings: Bindings) throws -> Value {
    switch operand {
    case .constant(let value): return value
    case .variable(let variable):
      guard let value = bindings[variable] else { throw Failure.unsafe }
      return value
    case .wildcard: throw Failure.unsafe
    case .binary(let operation, let left, let right):
      let left = try integer(value(of: left, bindings))
      let right = try integer(value(of: right, bindings))
      switch operation {
      case .add: return .integer(left + right)
      case .subtract: return .integer(left - right)
      case .multiply: return .integer(left * right)
      case .modulo:
        guard left >= 0 && right > 0 else { throw Failure.unsafe }
        return .integer(left % right)
      }
    }
  }

  private static func integer(_ value: Value) throws -> Int64 {
    guard case .integer(let integer) = value else { throw Failure.unsafe }
    guard (-1 << 30...1 << 30).contains(integer) else { throw Failure.tooLarge }
    return integer
  }

  /// The bindings with which the comparison holds, `nil` where it does not.
  private static func compare(
    _ comparison: ReferenceComparison, _ left: Operand, _ right: Operand, _ bindings: Bindings
  ) throws -> Bindings? {
    if comparison == .equal, case .variable(let variable) = left, bindings[variable] == nil {
      return try match([left], [value(of: right, bindings)], bindings)
    }
    if comparison == .equal, case .variable(let variable) = right, bindings[variable] == nil {
      return try match([right], [value(of: left, bindings)], bindings)
    }
    let left = try value(of: left, bindings)
    let right = try value(of: right, bindings)
    let holds =
      switch comparison {
      case .equal: left == right
      case .notEqual: left != right
      case .less: try integer(left) < integer(right)
      case .lessOrEqual: try integer(left) <= integer(right)
      case .greater: try integer(left) > integer(right)
      case .greaterOrEqual: try integer(left) >= integer(right)
      }
    return holds ? bindings : nil
  }

  private static func aggregate(_ kind: ReferenceAggregate, _ tuples: Set<Row>) throws -> Value? {
    if kind == .count { return .integer(Int64(tuples.count)) }
    if kind == .list {
      if tuples.isEmpty { return nil }
      let values = tuples.map { $0[0] }.sorted { Value.order($0, $1) < 0 }
      return .string(values.map(\.plainText).joined(separator: ", "))
    }
    let numbers = try tuples.map { try integer($0[0]) }
    switch kind {
    case .count, .list, .sum: return .integer(numbers.reduce(0, +))
    case .avg:
      let sum = numbers.reduce(0, +)
      return numbers.isEmpty ? nil : Value.number(Double(sum) / Double(numbers.count))
    case .min: return numbers.min().map(Value.integer)
    case .max: return numbers.max().map(Value.integer)
    }
  }
}

extension ReferenceLiteral {
  /// The variables that it binds by itself.
  var bound: Set<Int> {
    switch self {
    case .atom(let atom):
      Set(atom.arguments.compactMap { if case .variable(let variable) = $0 { variable } else { nil } })
    case .either(let branches):
      Set(branches.flatMap { $0.flatMap(\.bound) })
    case .path(let path, let from, let to):
      path.repetition == .zeroOrMore ? to.variables : from.variables.union(to.variables)
    case .comparison, .not, .aggregate: []
    }
  }
}
