import Diagnostics
import Terms

/// A clause in which parts of bodies that meet on computed values have become relations with these values as further
/// columns: `n(A), n(B), lower(A) = lower(B)` is then a join like any other.
struct ValueJoinPlan {
  /// A part of a body, with the values by which the rest meets it.
  struct Part {
    var relation: RelationKey
    var body: [Literal]
    /// The variables that are spoken of outside, or in the computed values.
    var columns: [Int]
    /// Those of them that are spoken of outside.
    var shown: [Int]
    /// The computed values, by the variables that stand for them.
    var keys: [(variable: Int, operand: Operand, span: SourceSpan)]
    /// The numbers of its literals in the clause's body; empty for a part within a group.
    var literals: Set<Int> = []
    /// The number in `body` of the literal that reads what a round has added.
    var delta: Int?
  }

  private(set) var clause: Clause
  private(set) var parts: [Part] = []
  /// The number of the literal of the clause that reads what a round has added.
  private(set) var delta: Int?

  private let base: ClauseBase
  private let size: (ClauseAtom) -> RelationSize
  private let original: (clause: Clause, delta: Int?)
  /// What a part costs besides its rows.
  private let partCost: Double

  /// `nil` where nothing meets on computed values, or where it costs less to compare one by one.
  /// - Parameter partCost: what a part costs besides its rows, in steps of a join.
  init?(
    _ clause: Clause, delta: Int?, _ base: ClauseBase, partCost: Double,
    size: @escaping (Int?, ClauseAtom) -> RelationSize
  ) {
    guard clause.body.contains(where: \.mayMeetOnValues) else { return nil }
    self.clause = clause
    self.delta = delta
    self.base = base
    self.partCost = partCost
    self.size = { size(nil, $0) }
    original = (clause, delta)
    let head = clause.head.arguments
    let whole = LazyPlan {
      let planner = Planner(clause.body, head: head, delta: delta) { size($0 == delta ? $0 : nil, $1) }
      let solution = planner.plan(bound: [], goal: .emit)
      return (solution.cost, planner.solutions(solution.plan))
    }
    let needed = Set(head.compactMap(\.variable))
    let split = split(clause.body, given: [], needed: needed, isOutermost: true) { whole.made.cost }
    self.clause.body = split.map { rewritten($0) { whole.made.solutions } }
    if parts.isEmpty || self.clause.variableNames.count > Bits.capacity { return nil }
  }

  // MARK: Groups

  /// - Parameter times: how often the literal is looked at.
  private mutating func rewritten(_ literal: Literal, times: () -> Double) -> Literal {
    guard literal.mayMeetOnValues else { return literal }
    switch literal {
    case .negation(let group, let span): return .negation(rewritten(group, needed: [], times: times()), span)
    case .aggregate(var aggregate):
      aggregate.group = rewritten(aggregate.group, needed: Set(aggregate.columns), times: times())
      return .aggregate(aggregate)
    default: return literal
    }
  }

  private mutating func rewritten(_ group: Group, needed: Set<Int>, times: Double) -> Group {
    var group = group
    group.alternatives = group.alternatives.map { body in
      let head = needed.sorted().map { Argument.variable($0) }
      let whole = LazyPlan { [size] in
        let planner = Planner(body, head: head) { size($1) }
        let solution = planner.plan(bound: group.shared, goal: needed.isEmpty ? .found : .emit)
        return (solution.cost, planner.solutions(solution.plan))
      }
      let split = split(body, given: group.shared, needed: needed, isOutermost: false) { times * whole.made.cost }
      return split.map { rewritten($0) { times * max(1, whole.made.solutions) } }
    }
    return group
  }

  /// What a plan costs, and how many solutions it goes through, found out when it is asked for.
  private final class LazyPlan {
    private let make: () -> (cost: Double, solutions: Double)
    lazy var made = make()
    init(_ make: @escaping () -> (cost: Double, solutions: Double)) { self.make = make }
  }

  // MARK: Parts

  /// How many times as much a row of a part costs as one that is compared.
  private static let rowCost = 4.0

  /// The body with relations in place of parts, where these are worth their cost.
  private mutating func split(
    _ body: [Literal], given: Set<Int>, needed: Set<Int>, isOutermost: Bool, cost: () -> Double
  ) -> [Literal] {
    let equations = ValueEquations(body, given: given)
    let keyed = keyedParts(equations, body, given)
    if keyed.isEmpty { return body }
    var attempt = self
    let (rest, made) = attempt.replace(keyed, equations, body, needed: needed, isOutermost: isOutermost)
    let bound = Safety.bound(by: rest, given: given)
    let spoken = rest.reduce(into: needed) { $0.formUnion($1.variables) }
    guard spoken.isSubset(of: bound), attempt.cost(of: made) < cost() else { return body }
    self = attempt
    parts += made
    return rest
  }

  /// The parts of a body that others meet by a value which is computed from them, and which can stand alone.
  private func keyedParts(_ equations: ValueEquations, _ body: [Literal], _ given: Set<Int>) -> Set<Int> {
    var keyed: Set<Int> = []
    for value in equations.values {
      for side in value.sides {
        guard let place = equations.place(of: side), equations.isMet(value, in: place) else { continue }
        let literals = equations.parts[place].literals.map { body[$0] }
        let variables = literals.reduce(into: Set<Int>()) { $0.formUnion($1.variables) }
        if variables.isDisjoint(with: given), Safety.bound(by: literals, given: []).isSuperset(of: variables) {
          keyed.insert(place)
        }
      }
    }
    return keyed
  }

  /// What a part costs that is computed once; one that lasts from round to round costs nothing in each.
  private func cost(of parts: [Part]) -> Double {
    parts.reduce(0) { sum, part in
      if original.delta != nil && part.delta == nil { return sum + partCost }
      let planner = Planner(part.body, head: part.columns.map { .variable($0) }) { size($1) }
      return sum + partCost + Self.rowCost * planner.plan(bound: [], goal: .emit).cost
    }
  }

  private mutating func replace(
    _ keyed: Set<Int>, _ equations: ValueEquations, _ body: [Literal], needed: Set<Int>, isOutermost: Bool
  ) -> (rest: [Literal], parts: [Part]) {
    var replaced: Set<Int> = []
    var added: [Literal] = []
    var keys: [Int: [(variable: Int, operand: Operand, span: SourceSpan)]] = [:]
    for value in equations.values {
      let places = value.sides.map { side in
        equations.place(of: side).flatMap { keyed.contains($0) && equations.isMet(value, in: $0) ? $0 : nil }
      }
      guard places.contains(where: { $0 != nil }), let span = value.literals.min().map({ body[$0].span }) else {
        continue
      }
      replaced.formUnion(value.literals)
      let variable = variable(for: value)
      for name in value.names.sorted() where name != variable {
        added.append(.comparison(.equal, .variable(name), .variable(variable), span))
      }
      for (side, place) in zip(value.sides, places) {
        if case .variable(variable) = side { continue }
        if let place, !equations.parts[place].variables.contains(variable),
          keys[place]?.contains(where: { $0.variable == variable }) != true
        {
          keys[place, default: []].append((variable, side, span))
        } else {
          added.append(.comparison(.equal, .variable(variable), side, span))
        }
      }
    }
    let gone = keyed.reduce(into: replaced) { $0.formUnion(equations.parts[$1].literals) }
    let kept = body.indices.filter { !gone.contains($0) }
    let rest = kept.map { body[$0] } + added
    let outside = rest.reduce(into: needed.union(keys.values.joined().map(\.variable))) { $0.formUnion($1.variables) }
    let made = keyed.sorted().map { place in
      part(equations.parts[place], keys[place] ?? [], body, outside, isOutermost: isOutermost)
    }
    if isOutermost, let number = original.delta { delta = kept.firstIndex(of: number) }
    return (
      rest
        + made.map {
          .atom(ClauseAtom(relation: $0.relation, arguments: Self.arguments(of: $0), span: clause.span))
        }, made
    )
  }

  static func arguments(of part: Part) -> [Argument] {
    part.shown.map { .variable($0) } + part.keys.map { .variable($0.variable) }
  }

  /// The variable that stands for a value: one that has it anyway, or a new one.
  private mutating func variable(for value: ValueEquations.Value) -> Int {
    for case .variable(let number) in value.sides { return number }
    if let name = value.names.min() { return name }
    clause.variableNames.append(nil)
    return clause.variableNames.count - 1
  }

  private func part(
    _ part: ValueEquations.Part, _ keys: [(variable: Int, operand: Operand, span: SourceSpan)], _ body: [Literal],
    _ outside: Set<Int>, isOutermost: Bool
  ) -> Part {
    let literals = part.literals.sorted()
    let inKeys = keys.reduce(into: Set<Int>()) { $0.formUnion($1.operand.variables) }
    let shown = part.variables.intersection(outside).sorted()
    let relation = base.makeAuxiliary(arity: shown.count + keys.count, name: "by_value")
    return Part(
      relation: relation, body: literals.map { body[$0] },
      columns: part.variables.intersection(outside.union(inKeys)).sorted(), shown: shown, keys: keys,
      literals: isOutermost ? part.literals : [],
      delta: isOutermost ? original.delta.flatMap { literals.firstIndex(of: $0) } : nil)
  }

  // MARK: Rows without a value

  /// The clause for the rows of a part whose value cannot be computed: these stand in place of it, and the rest is as written.
  func clause(forRowsOf part: Part, as relation: RelationKey) -> (clause: Clause, delta: Int?) {
    var clause = original.clause
    let kept = clause.body.indices.filter { !part.literals.contains($0) }
    let rows = ClauseAtom(relation: relation, arguments: part.columns.map { .variable($0) }, span: clause.span)
    clause.body = kept.map { clause.body[$0] } + [.atom(rows)]
    return (clause, original.delta.flatMap { kept.firstIndex(of: $0) })
  }
}

extension Literal {
  /// Whether there is an equation with a computed side in it, or beneath it.
  fileprivate var mayMeetOnValues: Bool {
    switch self {
    case .comparison(.equal, let left, let right, _): left.isComputed || right.isComputed
    default: group?.alternatives.contains { $0.contains(where: \.mayMeetOnValues) } ?? false
    }
  }
}
