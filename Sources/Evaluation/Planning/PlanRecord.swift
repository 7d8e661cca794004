import Relations

/// The plan by which a clause, or a part of one, was run, and what was counted at its steps.
final class PlanRecord {
  let clause: Clause
  /// The literal that read only what the last round had added.
  let delta: Int?
  /// The solutions that it counted, where the plan is for that.
  let counting: CountPart?
  private(set) var planner: Planner?
  private(set) var plan: Plan?
  /// How often the plan was run.
  var runs = 0
  private var tallies: [PlanNode: StepTally] = [:]
  private var groups: [Int: [PlanRecord]] = [:]
  /// What was put into relations by computed values before, as clauses.
  var parts: [Clause] = []

  init(_ clause: Clause, delta: Int? = nil, counting: CountPart? = nil) {
    self.clause = clause
    self.delta = delta
    self.counting = counting
  }

  /// Notes the plan that is compiled.
  func begin(_ plan: Plan, of planner: Planner) {
    self.plan = plan
    self.planner = planner
  }

  /// The record of an alternative of what an aggregate or a negation is of, given by its literal.
  func makePart(of literal: Int, counting: CountPart? = nil) -> PlanRecord {
    let part = PlanRecord(clause, counting: counting)
    groups[literal, default: []].append(part)
    return part
  }

  /// The records of the alternatives that a literal's steps were made of.
  func parts(of literal: Int) -> [PlanRecord] { groups[literal, default: []].filter { !$0.tallies.isEmpty } }

  /// The step that a plan begins with, made to be counted.
  func counting(_ step: JoinStep, _ plan: Plan) -> JoinStep {
    guard let node = plan.node else { return step }
    let tally = tallies[node] ?? StepTally()
    tallies[node] = tally
    return TallyStep(step, in: tally)
  }

  /// What was counted at the step that a plan begins with.
  func tally(_ plan: Plan) -> StepTally? { plan.node.flatMap { tallies[$0] } }
}

/// The records of the clauses that were run, by the relations that they derive.
final class PlanRecords {
  /// How many rows a clause may find before it is ended with ``JoinMachine/Stopped``.
  let mostRows: Int
  private var records: [RelationKey: [PlanRecord]] = [:]

  init(mostRows: Int = .max) { self.mostRows = mostRows }

  func makeRecord(of clause: Clause, delta: Int?) -> PlanRecord {
    let record = PlanRecord(clause, delta: delta)
    records[clause.head.relation, default: []].append(record)
    return record
  }

  /// Those of a relation that were run, in the order in which they were planned.
  subscript(key: RelationKey) -> [PlanRecord] { records[key, default: []].filter { $0.runs > 0 && $0.plan != nil } }
}

/// What tells the first step of a plan from all others of the conjunction's plan.
private struct PlanNode: Hashable {
  enum Kind {
    case loop, check, compute, exists, nonEmpty, gather, emitSet, emitTuple, collectSet, collectTerm
    case countSet, weigh, weighSet, weighTerm
  }

  var kind: Kind
  /// The variable or literal that the step is about.
  var number: Int
}

extension Plan {
  /// `nil` where there may be several steps of the kind.
  fileprivate var node: PlanNode? {
    switch self {
    case .loop(let variable, _, _): PlanNode(kind: .loop, number: variable)
    case .check(let literal, _): PlanNode(kind: .check, number: literal)
    case .compute(let literal, _, _): PlanNode(kind: .compute, number: literal)
    case .exists(_, let literals, _): literals.first.map { PlanNode(kind: .exists, number: $0) }
    case .nonEmpty(let variable, _, _): PlanNode(kind: .nonEmpty, number: variable)
    case .gather(_, _, _, let number, _): PlanNode(kind: .gather, number: number)
    case .emitSet(let variable, _): PlanNode(kind: .emitSet, number: variable)
    case .emitTuple: PlanNode(kind: .emitTuple, number: 0)
    case .collectSet(let variable, _): PlanNode(kind: .collectSet, number: variable)
    case .collectTerm(let variable): PlanNode(kind: .collectTerm, number: variable)
    case .countSet(let variable, _): PlanNode(kind: .countSet, number: variable)
    case .weigh(_, _, _, let number, _): PlanNode(kind: .weigh, number: number)
    case .weighSet(let variable, _): PlanNode(kind: .weighSet, number: variable)
    case .weighTerm(let variable): PlanNode(kind: .weighTerm, number: variable)
    case .found, .witness, .impossible, .countOne, .product: nil
    }
  }
}
