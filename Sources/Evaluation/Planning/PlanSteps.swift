/// Tells the steps of a clause's plan in words, with the literals as a user would write them.
struct PlanSteps {
  private let planner: Planner
  private let body: [Literal]
  private let text: LiteralText
  private let size: (ClauseAtom) -> RelationSize
  private let record: PlanRecord?
  /// The literal that reads only what the last round has brought.
  private(set) var delta: String?
  private(set) var steps: [QueryPlan.Step] = []
  /// About how many rows the clause derives.
  private(set) var rows = 1.0

  /// - Parameter delta: the literal that reads what the last round has brought.
  init(_ clause: Clause, _ base: ClauseBase, delta: Int? = nil, size: @escaping (ClauseAtom) -> RelationSize) {
    self.size = size
    record = nil
    self.delta = delta.map { Self.text(clause, base).text(clause.body[$0]) }
    planner = Planner(clause.body, head: clause.head.arguments, delta: delta) { size($1) }
    body = clause.body
    text = Self.text(clause, base)
    tell(planner.plan(bound: [], goal: .emit).plan, 0, isEmitting: true)
  }

  /// The steps of a plan as it was run, with what came of them.
  init(
    _ record: PlanRecord, _ plan: Plan, of planner: Planner, _ base: ClauseBase,
    size: @escaping (ClauseAtom) -> RelationSize
  ) {
    self.size = size
    self.record = record
    self.planner = planner
    body = record.clause.body
    text = Self.text(record.clause, base)
    delta = record.delta.map { [text] in text.text(record.clause.body[$0]) }
    for part in record.parts { tell(part) }
    tell(plan, 0, isEmitting: true)
  }

  private static func text(_ clause: Clause, _ base: ClauseBase) -> LiteralText {
    var named = clause
    for number in named.variableNames.indices where named.variableNames[number] == nil {
      named.variableNames[number] = "_\(number)"
    }
    return LiteralText(base: base, clause: named, binding: [:])
  }

  /// Leaves what is to be done, and not what came of it.
  mutating func forgetOutcomes() { for place in steps.indices { steps[place].outcome = nil } }

  /// The steps of a part of what an aggregate is of, within those of a clause.
  private init(_ literals: [Literal], of aggregate: AggregateLiteral, _ depth: Int, in outer: PlanSteps) {
    size = outer.size
    text = outer.text
    record = nil
    body = literals
    let columns = aggregate.columns
    let isSet = columns.count == 1
    planner = Planner(literals, head: isSet ? [] : columns.map { .variable($0) }) { outer.size($1) }
    let goal = isSet ? Goal.collect(columns[0]) : .emit
    tell(planner.plan(bound: aggregate.group.shared, goal: goal).plan, depth, isEmitting: false)
  }

  /// The steps of an alternative of what an aggregate is of, as they were run.
  private init(_ literals: [Literal], _ record: PlanRecord, _ depth: Int, in outer: PlanSteps) {
    size = outer.size
    text = outer.text
    self.record = record
    body = literals
    planner = record.planner ?? outer.planner
    if let plan = record.plan { tell(plan, depth, isEmitting: false) }
  }

  /// The steps by which solutions are counted together.
  /// - Parameter record: what was counted at them, where they were run.
  private init(_ part: CountPart, _ record: PlanRecord?, _ depth: Int, in outer: PlanSteps) {
    size = outer.size
    text = outer.text
    self.record = record
    body = part.body
    planner = part.planner
    if let tie = part.tie { tell(tie, depth) }
    tell(part.plan, part.tie == nil ? depth : depth + 1, isEmitting: false)
  }

  /// Tells what is kept by a computed value.
  private mutating func tell(_ part: Clause) {
    let body = part.body.map { text.text($0) }.joined(separator: ", ")
    steps.append(
      QueryPlan.Step(depth: 0, text: "keep as \(text.text(part.head)): \(body)", estimate: nil, outcome: nil))
  }

  /// Tells which solutions are counted, and for how many others each stands.
  private mutating func tell(_ tie: CountSymmetry.Tie, _ depth: Int) {
    let times = tie.times == 1 ? "once" : "\(tie.times) times"
    let least = tie.least.map { name($0) }.joined(separator: " = ")
    let greater = tie.greater.map { name($0) }.joined(separator: ", ")
    let phrase =
      tie.least.count == 1
      ? "as \(least), \(greater) can change places, count \(times) what has \(least) before the others:"
      : "count \(times) what has \(least)" + (greater.isEmpty ? ":" : " before \(greater):")
    steps.append(QueryPlan.Step(depth: depth, text: phrase, estimate: nil, outcome: nil))
  }

  /// - Parameters:
  ///   - plan: what begins with the step.
  ///   - then: what is done for each value that it finds.
  private mutating func add(
    _ depth: Int, _ phrase: String, _ plan: Plan, _ estimate: Double? = nil, then: Plan? = nil
  ) {
    let outcome = record?.tally(plan).map { tally in
      QueryPlan.Outcome(count: tally.count, found: then.flatMap { record?.tally($0)?.count }, seconds: tally.seconds)
    }
    steps.append(QueryPlan.Step(depth: depth, text: phrase, estimate: estimate, outcome: outcome))
  }

  /// - Parameter isEmitting: whether the steps lead to the clause's rows, and not to a set or an answer within it.
  private mutating func tell(_ plan: Plan, _ depth: Int, isEmitting: Bool) {
    switch plan {
    case .loop(let variable, let set, let then):
      add(depth, "for each \(name(variable)) \(condition(set))", plan, set.estimate, then: then)
      if isEmitting { rows *= max(1, set.estimate) }
      tell(then, depth + 1, isEmitting: isEmitting)
    case .check(let literal, let then):
      add(depth, "where \(phrase(literal))", plan)
      tell(then, depth, isEmitting: isEmitting)
    case .compute(let literal, _, let then):
      add(depth, "\(verb(literal)) \(phrase(literal))", plan)
      if case .aggregate(let aggregate) = body[literal] { tell(aggregate, literal, depth + 1) }
      tell(then, depth, isEmitting: isEmitting)
    case .exists(let part, _, let then):
      add(depth, part.looksAtAll ? "where there is one:" : "where there is one, the first that is found:", plan)
      tell(part, depth + 1, isEmitting: false)
      tell(then, depth, isEmitting: isEmitting)
    case .nonEmpty(let variable, let set, let then):
      add(depth, "where there is any \(name(variable)) \(condition(set))", plan)
      tell(then, depth, isEmitting: isEmitting)
    case .gather(let variable, let part, _, _, let then):
      add(depth, "gather as a set all \(name(variable)):", plan)
      tell(part, depth + 1, isEmitting: false)
      tell(then, depth, isEmitting: isEmitting)
    case .emitSet(let variable, let set):
      add(depth, "rows with all \(name(variable)) \(condition(set)), as a set", plan, set.estimate)
      rows *= max(1, set.estimate)
    case .emitTuple: add(depth, "a row", plan)
    case .collectSet(_, let set): add(depth, "all \(condition(set)), as a set", plan, set.estimate)
    case .collectTerm(let variable): add(depth, "the \(name(variable))", plan)
    case .found, .witness, .impossible: break
    case .countSet, .countOne, .product, .weigh, .weighSet, .weighTerm: tellCount(plan, depth)
    }
  }

  private mutating func tellCount(_ plan: Plan, _ depth: Int) {
    switch plan {
    case .countSet(let variable, let set):
      add(depth, "count all \(name(variable)) \(condition(set)), as a set", plan, set.estimate)
    case .countOne: add(depth, "count one", plan)
    case .product(let parts):
      add(depth, "count each by itself, and multiply:", plan)
      for part in parts { tell(part.plan, depth + 1, isEmitting: false) }
    case .weigh(let variable, let part, _, _, let then):
      add(depth, "count for each \(name(variable)), as its weight:", plan)
      tell(part, depth + 1, isEmitting: false)
      tell(then, depth, isEmitting: false)
    case .weighSet(_, let set): add(depth, "one for each \(condition(set)), as a set", plan, set.estimate)
    case .weighTerm(let variable): add(depth, "one for the \(name(variable))", plan)
    default: break
    }
  }

  private mutating func tell(_ aggregate: AggregateLiteral, _ literal: Int, _ depth: Int) {
    let records = record?.parts(of: literal) ?? []
    let parts =
      records.isEmpty
      ? CountPart.parts(of: aggregate) { Planner($0, head: $1) { size($1) } }?.map { ($0, nil) } ?? []
      : records.compactMap { record in record.counting.map { ($0, record) } }
    if !parts.isEmpty {
      for (part, record) in parts { steps += PlanSteps(part, record, depth, in: self).steps }
      return
    }
    for (number, literals) in aggregate.group.alternatives.enumerated() {
      let part =
        number < records.count
        ? PlanSteps(literals, records[number], depth, in: self) : PlanSteps(literals, of: aggregate, depth, in: self)
      steps += part.steps
    }
  }

  private func name(_ variable: Int) -> String { text.text(.variable(variable)) }

  /// `of edge(X, Y) and of edge(Y, Z), not of …`
  private func condition(_ set: SetPlan) -> String {
    var phrase = "of " + (set.sources + set.weights).map { self.phrase($0) }.joined(separator: " and ")
    if !set.excluded.isEmpty { phrase += ", without " + set.excluded.map { self.phrase($0) }.joined(separator: ", ") }
    if !set.unequal.isEmpty { phrase += ", " + set.unequal.map { self.phrase($0) }.joined(separator: ", ") }
    return phrase
  }

  private func phrase(_ literal: Int) -> String {
    if literal < body.count {
      if case .negation(let group, _) = body[literal], case .negatedAtom(let atom) = planner.literals[literal],
        group.alternatives.count == 1
      {
        return text.text(atom)
      }
      return text.text(body[literal])
    }
    switch planner.literals[literal] {
    case .gathered(let variable, _): return "the gathered \(name(variable))"
    case .weighed(let variable, _): return "the weighed \(name(variable))"
    default: return ""
    }
  }

  private func verb(_ literal: Int) -> String {
    switch body[literal] {
    case .aggregate: "compute"
    case .comparison(.equal, _, _, _): "with"
    default: "where"
    }
  }
}
