import Diagnostics
import Relations
import Terms

/// What the planner knows of a relation's size.
struct RelationSize {
  var count: Double
  /// The number of distinct terms of each column.
  var distinct: [Double]
  /// What can be asked for more than that.
  var relation: Relation?
  /// The number of tuples with the constants of an atom, where that is known.
  var selected: Double?

  /// The size of what an atom with constants speaks of.
  func selected(by atom: ClauseAtom) -> RelationSize {
    var size = self
    for (column, argument) in atom.arguments.enumerated() {
      guard case .constant(let term) = argument,
        let count = relation?.knownCount(of: term.number, inColumn: column)
      else { continue }
      size.selected = min(size.selected ?? .infinity, Double(count))
    }
    return size
  }
}

/// Finds a cheap plan for a conjunction: which variable is bound after which, which parts are independent of one another
/// once some are bound, and which variables can be forgotten early by gathering sets.
///
/// The search is over all orders of variables, each state solved once (dynamic programming), as long as few variables are
/// open; with many the variable with the fewest candidates goes first. Costs are estimated set operations.
final class Planner {
  /// A literal as the planner sees it.
  enum PlannedLiteral {
    case atom(ClauseAtom, RelationSize)
    /// `not r(…)` of one atom all of whose variables are shared.
    case negatedAtom(ClauseAtom)
    /// A comparison, condition or negated group.
    case filter(Literal)
    case aggregate(AggregateLiteral)
    /// The values of one variable, gathered before.
    case gathered(variable: Int, size: Double)
    /// The values of one variable with the number of solutions that a part has with each, counted before.
    case weighed(variable: Int, size: Double)
    /// A literal that is to fail, which is asked of what it needs for that.
    case failing(Literal)
  }

  struct State: Hashable {
    var remaining: Bits
    var bound: Bits
    var goal: Goal
  }

  struct Solution {
    /// The first node of the plan.
    var plan: Int
    var cost: Double
  }

  /// The nodes of all plans that were looked at.
  @exclusivity(unchecked) private(set) var nodes: [JoinProgram.Node] = []

  /// Those of the body, and behind them the sets and weights that stand for parts of it.
  @exclusivity(unchecked) private(set) var literals: [PlannedLiteral] = []
  let bodyCount: Int
  @exclusivity(unchecked) var variables: [Bits] = []
  private let headVariables: Bits
  /// How often each variable stands in the head.
  private let headCounts: [Int: Int]
  /// The variables that are bound before the plan begins.
  @exclusivity(unchecked) private(set) var given = Bits()
  @exclusivity(unchecked) private var memo: [State: Solution] = [:]
  @exclusivity(unchecked) private var standIns: [State: Int] = [:]
  /// About which share of a variable's values by one literal another one has, by the numbers of the three.
  @exclusivity(unchecked) var shares: [SharedColumn: Double?] = [:]

  struct SharedColumn: Hashable {
    var literal: Int
    var other: Int
    var variable: Int
  }

  /// How many open variables are tried in all orders.
  private static let mostExhaustive = 6

  /// The literals that may fail, and among them those that are to.
  let fallible: Bits
  private let failing: Bits
  private let body: [Literal]

  /// The literal that reads other rows than its relation's.
  private let delta: Int?

  /// What stands in the head's column that comes as sets where its rows are kept; `nil` where any may.
  private let lastArgument: Argument?

  /// - Parameters:
  ///   - failing: the literals that are to fail, so that the plan looks for a row that is in error.
  ///   - lastColumn: the head's column that comes as sets in the relation to which rows are added, if that has any.
  ///   - size: the size of the relation that the literal of a number reads.
  init(
    _ body: [Literal], head: [Argument], failing: Bits = Bits(), delta: Int? = nil, lastColumn: Int? = nil,
    size: (Int, ClauseAtom) -> RelationSize
  ) {
    self.failing = failing
    self.body = body
    fallible = Bits(body.indices.filter { body[$0].mayFail })
    self.delta = delta
    lastArgument = lastColumn.map { head[$0] }
    bodyCount = body.count
    headVariables = Bits(head.compactMap(\.variable))
    headCounts = head.compactMap(\.variable).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    for (number, literal) in body.enumerated() {
      let isFailing = failing.contains(number)
      literals.append(isFailing ? .failing(literal) : Self.plan(literal) { size(number, $0) })
      variables.append(Bits(isFailing ? literal.inputs : literal.variables))
    }
  }

  private static func plan(_ literal: Literal, size: (ClauseAtom) -> RelationSize) -> PlannedLiteral {
    switch literal {
    case .atom(let atom): return .atom(atom, size(atom).selected(by: atom))
    case .aggregate(let aggregate): return .aggregate(aggregate)
    case .negation(let group, _):
      if group.alternatives.count == 1, group.alternatives[0].count == 1,
        case .atom(let atom) = group.alternatives[0][0],
        atom.variables.isSubset(of: group.shared)
      {
        return .negatedAtom(atom)
      }
      return .filter(literal)
    case .comparison, .condition, .similar: return .filter(literal)
    }
  }

  /// The plan for all literals, given the variables that are bound before, with its estimated cost.
  /// - Parameter first: a variable that is to be bound before all others.
  func plan(bound: Set<Int>, goal: Goal, first: Int? = nil) -> Solution {
    let bound = Bits(bound)
    given = bound
    let remaining = Bits(0..<bodyCount)
      .subtracting(redundantLiterals(bound: bound.union(needed(goal)), delta: delta))
      .subtracting(body.literalsWithoutInputs(given: Set(bound), failing: failing))
    let state = State(remaining: remaining, bound: bound, goal: goal)
    return first.map { loop($0, candidates($0, state), state) } ?? solve(state)
  }

  /// A plan that begins with a new node.
  func solution(
    _ operation: JoinProgram.Operation, parts: [Int] = [], next: Int? = nil, cost: Double
  ) -> Solution {
    nodes.append(JoinProgram.Node(operation, parts: parts, next: next))
    return Solution(plan: nodes.count - 1, cost: cost)
  }

  func solve(_ state: State) -> Solution {
    if let known = memo[state] { return known }
    let solution =
      immediate(state) ?? end(state) ?? firstWitness(state) ?? independentCondition(state) ?? independentSet(state)
      ?? independentCounts(state) ?? lastSet(state) ?? bestVariable(state)
      ?? self.solution(.impossible, cost: .infinity)
    memo[state] = solution
    return solution
  }

  func needed(_ goal: Goal) -> Bits {
    switch goal {
    case .emit, .count, .weigh: headVariables
    case .collect(let variable): Bits([variable])
    case .found, .every: Bits()
    }
  }

  func open(_ literal: Int, _ state: State) -> Bits { variables[literal].subtracting(state.bound) }

  func openVariables(_ literals: Bits, _ bound: Bits) -> Bits {
    literals.reduce(Bits()) { $0.union(variables[$1]) }.subtracting(bound)
  }

  // MARK: What can be done at once

  /// The cheapest literal that can be checked or computed now, the plain ones first, and what often fails behind what may
  /// rule it out.
  private func immediate(_ state: State) -> Solution? {
    var best: (turn: Int, effort: Int, literal: Int, binds: Int?)?
    for literal in state.remaining {
      guard let (effort, binds) = readiness(literal, state) else { continue }
      let turn = turn(of: literal, effort)
      if turn < best?.turn ?? .max { best = (turn, effort, literal, binds) }
    }
    guard let (_, effort, literal, binds) = best else { return nil }
    var next = state
    next.remaining.remove(literal)
    if let binds { next.bound.insert(binds) }
    let rest = solve(next)
    let isAtom =
      switch literals[literal] {
      case .atom, .negatedAtom, .gathered: true
      default: false
      }
    return solution(
      isAtom ? .check(literal: literal) : .compute(literal: literal, binds: binds), next: rest.plan,
      cost: 0.5 + Double(effort * effort) * 0.25 + rest.cost)
  }

  private func end(_ state: State) -> Solution? {
    guard state.remaining.isEmpty else { return nil }
    switch state.goal {
    case .emit: return solution(.emitTuple, cost: Self.emission)
    case .collect(let variable): return solution(.collectTerm(variable: variable), cost: 0.5)
    case .found: return solution(.found, cost: 0)
    case .every: return solution(.witness, cost: 0)
    case .count: return solution(.countOne, cost: 0.5)
    case .weigh(let variable): return solution(.weighTerm(variable: variable), cost: 0.5)
    }
  }

  // MARK: Independent parts

  /// The remaining literals in groups that share no open variable.
  func components(_ state: State) -> [Bits] {
    var groups: [(literals: Bits, variables: Bits)] = []
    for literal in state.remaining {
      var merged = (literals: Bits().inserting(literal), variables: open(literal, state))
      var kept = 0
      for place in groups.indices {
        let group = groups[place]
        if group.variables.isDisjoint(with: merged.variables) {
          groups[kept] = group
          kept += 1
        } else {
          merged = (merged.literals.union(group.literals), merged.variables.union(group.variables))
        }
      }
      if kept < groups.count { groups.removeLast(groups.count - kept) }
      groups.append(merged)
    }
    return groups.map(\.literals)
  }

  /// Where all solutions are looked at and nothing is left that may fail, one is enough of the rest.
  private func firstWitness(_ state: State) -> Solution? {
    guard state.goal == .every, state.remaining.isDisjoint(with: fallible) else { return nil }
    let inner = solve(State(remaining: state.remaining, bound: state.bound, goal: .found))
    return solution(.exists, parts: [inner.plan], next: solution(.witness, cost: 0).plan, cost: inner.cost + 1)
  }

  /// A part that needs a solution only: it is looked for before anything else is bound, first one that can't fail.
  private func independentCondition(_ state: State) -> Solution? {
    let needed = needed(state.goal).subtracting(state.bound)
    let parts = components(state)
    if parts.count == 1 && (state.goal == .found || state.goal == .every) {
      return singleCondition(parts[0], state, alone: true)
    }
    let hidden = parts.filter { openVariables($0, state.bound).isDisjoint(with: needed) }
    let part = hidden.first { $0.isDisjoint(with: fallible) } ?? hidden.first
    return part.flatMap { singleCondition($0, state, alone: false) }
  }

  private func singleCondition(_ part: Bits, _ state: State, alone: Bool) -> Solution? {
    var next = state
    next.remaining = state.remaining.subtracting(part)
    let open = openVariables(part, state.bound)
    if let variable = open.first, let set = wholeSet(variable, part, state) {
      let rest = solve(next)
      return solution(
        .nonEmpty(variable: variable, set), next: rest.plan, cost: cost(of: set, variable, state) + rest.cost)
    }
    if alone { return nil }
    // A row is in error also where another one holds.
    let looksAtAll = state.goal != .found && !part.isDisjoint(with: fallible)
    let inner = solve(State(remaining: part, bound: state.bound, goal: looksAtAll ? .every : .found))
    let rest = solve(next)
    let depth = Double(open.count)
    return solution(
      .exists, parts: [inner.plan], next: rest.plan,
      cost: max(min(inner.cost, 10 * depth), inner.cost / 4) + 1 + rest.cost)
  }

  /// A part of which one variable alone is wanted, and which others hide: its values are gathered as a set.
  private func independentSet(_ state: State) -> Solution? {
    let needed = needed(state.goal).subtracting(state.bound)
    let parts = components(state)
    for part in parts {
      let open = openVariables(part, state.bound)
      let wanted = open.intersection(needed)
      guard wanted.count == 1, open.count > 1, let variable = wanted.first, canBind(open, part, state) else {
        continue
      }
      if case .collect = state.goal, parts.count == 1 { continue }
      if wholeSet(variable, part, state) != nil || hasWeights(variable, part) { continue }
      if let solution = gather(variable, part, state) { return solution }
    }
    return nil
  }

  /// Whether each open variable of a part stands in an atom of it, or is computed from such.
  func canBind(_ open: Bits, _ part: Bits, _ state: State) -> Bool {
    var bound = state.bound
    for literal in part {
      switch literals[literal] {
      case .atom, .gathered, .weighed: bound = bound.union(variables[literal])
      default: break
      }
    }
    var hasGrown = true
    while hasGrown {
      hasGrown = false
      for literal in part {
        guard let (_, binds) = readiness(literal, State(remaining: part, bound: bound, goal: state.goal)), let binds,
          !bound.contains(binds)
        else { continue }
        bound.insert(binds)
        hasGrown = true
      }
    }
    return open.isSubset(of: bound)
  }

  private func gather(_ variable: Int, _ part: Bits, _ state: State) -> Solution? {
    answeringFirst(part, variable, for: .collect(variable), state) { size in
      .gathered(variable: variable, size: size)
    } operation: { number in
      .gather(variable: variable, into: number)
    }
  }

  /// A part that is answered by itself, by the values of one variable, and the rest with one literal in its place; `nil`
  /// where there are too many literals.
  func answeringFirst(
    _ part: Bits, _ variable: Int, for goal: Goal, _ state: State, standIn literal: (_ size: Double) -> PlannedLiteral,
    operation: (_ number: Int) -> JoinProgram.Operation
  ) -> Solution? {
    guard literals.count < Bits.capacity else { return nil }
    let inner = State(remaining: part, bound: state.bound, goal: goal)
    let answer = solve(inner)
    let number = standIn(for: inner, literal(size(ofPart: part, variable, answer)), variable)
    var next = state
    next.remaining = state.remaining.subtracting(part).inserting(number)
    let rest = solve(next)
    return solution(
      operation(number), parts: [answer.plan], next: rest.plan, cost: answer.cost + 1 + rest.cost)
  }

  func size(ofPart part: Bits, _ variable: Int, _ solution: Solution) -> Double {
    min(domain(variable, part), max(1, values(solution.plan)))
  }

  /// The number of the literal that stands for a part once that is answered, one for each state in which it is.
  func standIn(for state: State, _ literal: PlannedLiteral, _ variable: Int) -> Int {
    if let number = standIns[state] { return number }
    literals.append(literal)
    variables.append(Bits([variable]))
    standIns[state] = literals.count - 1
    return literals.count - 1
  }

  // MARK: The last variable

  /// One wanted variable left, whose values are one set expression: the goal takes the set as a whole.
  private func lastSet(_ state: State) -> Solution? {
    let open = openVariables(state.remaining, state.bound).intersection(needed(state.goal))
    guard open.count == 1, let variable = open.first, var set = wholeSet(variable, state.remaining, state)
    else {
      return nil
    }
    if let other = columnBefore(variable, set, state) {
      if case .collect = state.goal { return loop(other, candidates(other, state), state) }
      return gather(variable, state.remaining, state)
    }
    set.estimate = candidates(variable, state)
    var cost = cost(of: set, variable, state) + 0.03 * set.estimate
    if state.goal == .count {
      if set.isView { cost = 1 }
      if set.isWeighedView { cost = 1 + 0.01 * (size(set.sources[0], variable, state) ?? 0) }
    }
    switch state.goal {
    case .emit:
      guard headCounts[variable] == 1 else { return nil }
      let turned = isLast(variable) ? 0 : Self.turn * set.estimate
      return solution(.emitSet(variable: variable, set), cost: cost + Self.emission + turned)
    case .collect: return solution(.collectSet(variable: variable, set), cost: cost)
    case .found, .every: return nil
    case .count: return solution(.countSet(variable: variable, set), cost: cost)
    case .weigh(let weighed):
      return weighed == variable ? solution(.weighSet(variable: variable, set), cost: cost) : nil
    }
  }

  /// The variable by whose values a set is gathered, since its relation lies in an order in which that comes before, and each
  /// row is read once: to put it in the order in which the set is one would take longer. `nil` where the set is had at once.
  private func columnBefore(_ variable: Int, _ set: JoinProgram.Candidates, _ state: State) -> Int? {
    guard given.isEmpty, delta == nil, set.isView, let literal = set.sources.first,
      !open(literal, state).removing(variable).isEmpty, state.bound.isSubset(of: variables[literal]),
      case .atom(let atom, let size) = literals[literal], let relation = size.relation
    else { return nil }
    let bound = atom.arguments.indices.filter { atom.arguments[$0].variable.map(state.bound.contains) ?? true }
    let column = atom.arguments.firstIndex(of: .variable(variable)) ?? 0
    return relation.column(before: column, after: bound).flatMap { atom.arguments[$0].variable }
  }

  /// Whether the sets of a variable's values come as they are kept.
  private func isLast(_ variable: Int) -> Bool { lastArgument == nil || lastArgument == .variable(variable) }

  /// The literals of a part as one set of a variable's values, where all are such that a set can be made of.
  private func wholeSet(_ variable: Int, _ part: Bits, _ state: State) -> JoinProgram.Candidates? {
    var set = JoinProgram.Candidates()
    for literal in part {
      switch literals[literal] {
      case .atom(let atom, _):
        if hasOpenOrigin(atom, state.bound) { return nil }
        let others = open(literal, state).removing(variable)
        guard atom.count(of: variable) == 1, isTail(others, of: atom, literal, part, state) else { return nil }
        set.sources.append(literal)
      case .gathered(let gathered, _):
        guard gathered == variable else { return nil }
        set.sources.append(literal)
      case .weighed: set.weights.append(literal)
      case .negatedAtom(let atom):
        guard open(literal, state).count == 1, atom.count(of: variable) == 1 else { return nil }
        set.excluded.append(literal)
      case .filter(.comparison(.notEqual, let left, let right, _)):
        guard !left.isComputed, !right.isComputed, left.variables != right.variables,
          open(literal, state) == Bits([variable])
        else { return nil }
        set.unequal.append(literal)
      default: return nil
      }
    }
    if !set.weights.isEmpty { return set.excluded.isEmpty && set.unequal.isEmpty ? set : nil }
    return set.sources.isEmpty ? nil : set
  }

  /// Whether an atom's open variables are spoken of nowhere else, so that they need not be looked at where the columns
  /// before them have a term.
  private func isTail(_ open: Bits, of atom: ClauseAtom, _ literal: Int, _ part: Bits, _ state: State) -> Bool {
    if open.isEmpty { return true }
    if !open.isDisjoint(with: needed(state.goal)) { return false }
    if open.contains(where: { atom.count(of: $0) > 1 }) { return false }
    return !part.contains { $0 != literal && !variables[$0].isDisjoint(with: open) }
  }

  // MARK: The next variable

  private func bestVariable(_ state: State) -> Solution? {
    var open = openVariables(state.remaining, state.bound).filter { hasSource($0, state) }
    if isCounting(state.goal) {
      // Each solution is met once only where nothing else than what is counted is gone through.
      let counted = needed(state.goal)
      open = open.filter { counted.contains($0) }
    }
    var choices = open.map { (variable: $0, candidates: candidates($0, state)) }
    choices.sort { $0.candidates < $1.candidates }
    let isExhaustive = choices.count <= Self.mostExhaustive
    if !isExhaustive { choices.removeLast(choices.count - 1) }
    var best: Solution?
    var limit: Double { best?.cost ?? .infinity }
    func take(_ solution: Solution?) {
      if let solution, solution.cost < limit { best = solution }
    }
    for (variable, candidates) in choices {
      // As many turns as there are candidates may cost more already than all that another order does.
      if 1 + candidates < limit { take(loop(variable, candidates, state)) }
      if !isExhaustive { continue }
      // Where one solution is enough, a set that is gathered first would be of no use most of the time.
      if state.goal != .found, state.goal != .every, let part = hiddenPart(variable, state) {
        take(gather(variable, part, state))
      }
      take(weighing(variable, state))
    }
    return best
  }

  private func isCounting(_ goal: Goal) -> Bool {
    switch goal {
    case .count, .weigh: true
    default: false
    }
  }

  private func hasSource(_ variable: Int, _ state: State) -> Bool {
    state.remaining.contains { isSource($0, of: variable, state) }
  }

  /// Whether a literal gives a variable's values. What is computed from an origin as it is asked gives only its origins,
  /// and those only where nothing else does.
  private func isSource(_ literal: Int, of variable: Int, _ state: State) -> Bool {
    guard variables[literal].contains(variable) else { return false }
    switch literals[literal] {
    case .gathered, .weighed: return true
    case .atom(let atom, _):
      guard hasOpenOrigin(atom, state.bound) else { return true }
      return atom.arguments[0] == .variable(variable) && !hasPlainSource(variable, state)
    default: return false
    }
  }

  private func hasPlainSource(_ variable: Int, _ state: State) -> Bool {
    state.remaining.contains { literal in
      guard variables[literal].contains(variable) else { return false }
      switch literals[literal] {
      case .gathered, .weighed: return true
      case .atom(let atom, _): return !hasOpenOrigin(atom, state.bound)
      default: return false
      }
    }
  }

  /// Whether the atom is of distances whose origin is not bound yet.
  private func hasOpenOrigin(_ atom: ClauseAtom, _ bound: Bits) -> Bool {
    guard case .distance(_, nil) = atom.relation, let origin = atom.arguments[0].variable else { return false }
    return !bound.contains(origin)
  }

  private func loop(_ variable: Int, _ candidates: Double, _ state: State) -> Solution {
    var next = state
    next.bound.insert(variable)
    var set = JoinProgram.Candidates()
    let hasWeights = hasWeights(variable, state.remaining)
    for literal in state.remaining where variables[literal].contains(variable) {
      switch literals[literal] {
      case .atom(let atom, _):
        guard isSource(literal, of: variable, state) else { continue }
        set.sources.append(literal)
        if atom.count(of: variable) == 1 && isSettled(literal, state, next) { next.remaining.remove(literal) }
      case .gathered:
        set.sources.append(literal)
        next.remaining.remove(literal)
      case .weighed:
        set.weights.append(literal)
        next.remaining.remove(literal)
      case .negatedAtom(let atom):
        if !hasWeights && open(literal, state).count == 1 && atom.count(of: variable) == 1 {
          set.excluded.append(literal)
          next.remaining.remove(literal)
        }
      default: break
      }
    }
    var rest = solve(next)
    let meeting = meeting(variable, rest.plan, next)
    if let meeting { rest.cost = min(rest.cost, meeting.cost) }
    set.estimate = candidates
    return solution(
      .loop(variable: variable, set, meeting: meeting.flatMap { isMet($0.literal, set) ? $0.literal : nil }),
      next: rest.plan, cost: 1 + set.estimate * (1 + rest.cost))
  }

  /// Whether an atom holds once a variable is bound to one of its terms: nothing else in it is open but what no other
  /// literal and no goal speaks of.
  private func isSettled(_ literal: Int, _ state: State, _ next: State) -> Bool {
    guard case .atom(let atom, _) = literals[literal] else { return false }
    return isTail(variables[literal].subtracting(next.bound), of: atom, literal, next.remaining, state)
  }

  /// The literals that only a variable connects with what is wanted: they can be answered first, as a set of its values.
  private func hiddenPart(_ variable: Int, _ state: State) -> Bits? {
    var after = state
    after.bound.insert(variable)
    let needed = needed(state.goal).subtracting(after.bound)
    var hidden = Bits()
    let parts = components(after)
    for part in parts {
      let open = openVariables(part, after.bound)
      if open.isEmpty || !open.isDisjoint(with: needed) { continue }
      if !part.contains(where: { variables[$0].contains(variable) }) { continue }
      hidden = hidden.union(part)
    }
    guard !hidden.isEmpty, hidden != state.remaining else { return nil }
    return canBind(openVariables(hidden, state.bound).inserting(variable), hidden, state) ? hidden : nil
  }
}

extension ClauseAtom {
  /// In how many columns a variable stands.
  func count(of variable: Int) -> Int { arguments.count { $0 == .variable(variable) } }
}

extension SourceSpan {
  /// The place of what the program made itself.
  static var none: SourceSpan { SourceSpan(SourceFile(.program, text: ""), 0, 0) }
}
