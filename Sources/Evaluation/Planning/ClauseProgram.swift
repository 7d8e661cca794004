import Language
import Relations

/// How a clause is answered: the program of its join, with what the program's bodies and relations stand for. It is what a plan is
/// told from, and what is run.
final class ClauseProgram {
  let clause: Clause
  let join: JoinProgram
  /// The atoms that read a relation, by the numbers of their slots.
  let atoms: [ClauseAtom]
  /// The literal that reads other rows than its relation's, those that the last round has added, say.
  let delta: Int?
  /// The number of the slot from which it reads them.
  let deltaSlot: Int?
  /// The literals that are to fail.
  let failing: Bits
  private let parts: [Part]

  /// What a body of the program stands for.
  fileprivate struct Part {
    var literals: [Literal]
    var tie: CountSymmetry.Tie?
  }

  /// - Parameters:
  ///   - bound: the variables that are bound before.
  ///   - failing: the literals that are to fail, if a row in error is looked for.
  ///   - delta: the literal that reads other rows than its relation's, and how many these are.
  ///   - lastColumn: the head's column that comes as sets in the relation to which rows are added, if that has any.
  ///   - size: the size of the relation of an atom.
  init(
    _ clause: Clause, bound: Set<Int> = [], goal: Goal = .emit, failing: Bits = Bits(),
    delta: (literal: Int, size: RelationSize)? = nil, lastColumn: Int? = nil,
    size: @escaping (ClauseAtom) -> RelationSize
  ) {
    let planner = Planner(
      clause.body, head: clause.head.arguments, failing: failing, delta: delta?.literal, lastColumn: lastColumn
    ) { number, atom in number == delta?.literal ? delta?.size ?? size(atom) : size(atom) }
    let root = planner.plan(bound: bound, goal: goal).plan
    var builder = ProgramBuilder(clause, size)
    builder.add(
      Part(literals: clause.body), planner, root, given: bound, head: goal == .emit ? clause.head.arguments : [],
      delta: delta?.literal)
    (join, atoms, parts, deltaSlot) = (builder.program, builder.atoms, builder.parts, builder.deltaSlot)
    self.clause = clause
    self.delta = delta?.literal
    self.failing = failing
  }

  /// The literals of a body of the program.
  func literals(ofBody body: Int) -> [Literal] { parts[body].literals }

  /// Which solutions of a body are counted, if not all are gone through.
  func tie(ofBody body: Int) -> CountSymmetry.Tie? { parts[body].tie }

  /// About how many rows the clause derives.
  var rows: Double {
    var rows = 1.0
    var node: Int? = join.bodies[join.main].root
    while let number = node {
      switch join.nodes[number].operation {
      case .loop(_, let set, _), .emitSet(_, let set): rows *= max(1, set.estimate)
      default: break
      }
      node = join.nodes[number].next
    }
    return rows
  }
}

/// Builds the program of a clause, body by body.
private struct ProgramBuilder {
  private(set) var program: JoinProgram
  private(set) var parts: [ClauseProgram.Part] = []
  private(set) var atoms: [ClauseAtom] = []
  private(set) var deltaSlot: Int?
  private let size: (ClauseAtom) -> RelationSize

  init(_ clause: Clause, _ size: @escaping (ClauseAtom) -> RelationSize) {
    program = JoinProgram(variableCount: clause.variableNames.count)
    self.size = size
  }

  /// Adds a body with a plan, and returns its number.
  @discardableResult
  mutating func add(
    _ part: ClauseProgram.Part, _ planner: Planner, _ root: Int, given: Set<Int>, head: [Argument] = [],
    delta: Int? = nil
  ) -> Int {
    let spoken = planner.spoken(root)
    let literals = planner.literals.indices.map { number in
      literal(number, part.literals, planner, isDelta: number == delta, isSpoken: spoken.contains(number))
    }
    let body = JoinProgram.Body(
      literals, given: given, head: head.map { register($0) },
      isShareable: part.literals.allSatisfy(\.mayBeShared),
      floor: part.tie.map { JoinProgram.Floor(least: $0.least[0], greater: $0.greater) })
    parts.append(part)
    return program.add(body, root: root, of: planner.nodes)
  }

  private mutating func register(_ argument: Argument) -> Int {
    switch argument {
    case .variable(let number): number
    case .constant(let term): program.register(ofConstant: term.number)
    }
  }

  private mutating func slot(_ atom: ClauseAtom) -> Int {
    atoms.append(atom)
    return atoms.count - 1
  }

  private mutating func literal(
    _ number: Int, _ body: [Literal], _ planner: Planner, isDelta: Bool, isSpoken: Bool
  ) -> JoinProgram.Literal {
    switch planner.literals[number] {
    case .gathered(let variable, _): return .standIn(variable: variable, isWeighed: false)
    case .weighed(let variable, _): return .standIn(variable: variable, isWeighed: true)
    case _ where !isSpoken: return .computed()
    case .atom(let atom, _):
      let slot = slot(atom)
      if isDelta { deltaSlot = slot }
      return self.atom(atom, slot, isNegated: false)
    case .negatedAtom(let atom): return self.atom(atom, slot(atom), isNegated: true)
    case .filter, .aggregate, .failing: return computed(body[number])
    }
  }

  private mutating func atom(_ atom: ClauseAtom, _ slot: Int, isNegated: Bool) -> JoinProgram.Literal {
    .atom(
      JoinProgram.Atom(
        slot: slot, registers: atom.arguments.map { register($0) }, isNegated: isNegated,
        isLazy: atom.relation.isLazy))
  }

  private mutating func computed(_ literal: Literal) -> JoinProgram.Literal {
    switch literal {
    case .negation(let group, _):
      return .group(.negation(group.alternatives.map { add($0, given: group.shared, goal: .found) }))
    case .aggregate(let aggregate): return .group(self.group(aggregate))
    case .comparison(.notEqual, let left, let right, _):
      let sides = [left, right].compactMap(\.argument)
      return .computed(sides: sides.count == 2 ? sides.map { register($0) } : [])
    case .atom, .comparison, .condition, .similar: return .computed()
    }
  }

  private mutating func group(_ aggregate: AggregateLiteral) -> JoinProgram.Group {
    let group = aggregate.group
    if aggregate.kind == .count, let atom = aggregate.wholeRelation { return .relation(slot: slot(atom)) }
    if aggregate.columns.count == 1 {
      return .set(group.alternatives.map { add($0, given: group.shared, goal: .collect(aggregate.columns[0])) })
    }
    if let counts = CountPart.parts(of: aggregate, { [size] in Planner($0, head: $1) { size($1) } }) {
      return .count(counts.indices.map { count($0, of: counts, given: group.shared) })
    }
    let head = aggregate.columns.map { Argument.variable($0) }
    return .rows(group.alternatives.map { add($0, given: group.shared, head: head, goal: .emit) })
  }

  private mutating func count(_ number: Int, of counts: [CountPart], given: Set<Int>) -> JoinProgram.Count {
    let count = counts[number]
    let body = add(ClauseProgram.Part(literals: count.body, tie: count.tie), count.planner, count.plan, given: given)
    return JoinProgram.Count(
      body: body, times: count.times, condition: counts.prefix(number).firstIndex(where: count.restsOn))
  }

  private mutating func add(_ literals: [Literal], given: Set<Int>, head: [Argument] = [], goal: Goal) -> Int {
    let planner = Planner(literals, head: head) { [size] in size($1) }
    let root = planner.plan(bound: given, goal: goal).plan
    return add(ClauseProgram.Part(literals: literals), planner, root, given: given, head: head)
  }
}

extension Planner {
  /// The literals that a plan speaks of.
  fileprivate func spoken(_ plan: Int) -> Bits {
    let node = nodes[plan]
    return (node.parts + (node.next.map { [$0] } ?? [])).reduce(Bits(node.operation.literals)) { $0.union(spoken($1)) }
  }
}

extension AggregateLiteral {
  /// The atom whose rows, as they are, are all that is aggregated; they need not be listed to be counted.
  fileprivate var wholeRelation: ClauseAtom? {
    guard group.shared.isEmpty, group.alternatives.count == 1, group.alternatives[0].count == 1,
      case .atom(let atom) = group.alternatives[0][0], atom.variables.count == atom.arguments.count,
      atom.variables == Set(columns)
    else { return nil }
    return atom
  }
}

extension Operand {
  /// `nil` for a call.
  fileprivate var argument: Argument? {
    switch self {
    case .variable(let number): .variable(number)
    case .constant(let term): .constant(term)
    case .call: nil
    }
  }
}

extension Literal {
  /// Whether it can be looked at on several threads: it makes no terms, keeps nothing, and can't fail.
  fileprivate var mayBeShared: Bool {
    switch self {
    case .atom: true
    case .comparison(.equal, _, _, _): false
    case .comparison(_, let left, let right, _): !left.isComputed && !right.isComputed
    case .negation(let group, _): group.alternatives.allSatisfy { $0.allSatisfy(\.mayBeShared) }
    case .condition, .similar, .aggregate: false
    }
  }
}
