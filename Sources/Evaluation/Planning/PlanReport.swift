import Graphs
import Language
import Relations
import Terms

/// Tells how a relation will be computed, stage by stage, and computes it where that is wished.
struct PlanReport {
  private let evaluator: Evaluator
  /// What is counted while the plan is run; `nil` where it is not.
  private let records: PlanRecords?
  private var isRunning: Bool { records != nil }
  private var base: ClauseBase { evaluator.base }
  private var estimates: [RelationKey: RelationSize] = [:]

  init(_ evaluator: Evaluator, isRunning: Bool) {
    self.evaluator = evaluator
    records = isRunning ? PlanRecords() : nil
  }

  /// The stages of a query, given by the relation that stands for it.
  mutating func plan(_ goal: RelationKey) throws -> QueryPlan {
    let strata = Strata(of: [goal], in: base)
    if let problem = base.diagnostics.first ?? strata.problem { throw problem }
    var plan = QueryPlan()
    // One thread, whose steps can be counted.
    if isRunning { evaluator.threads = JoinThreads(count: 1) }
    evaluator.records = records
    defer { evaluator.records = nil }
    for component in strata.components {
      let wasComplete = component.allSatisfy(evaluator.isComplete)
      let isRecursive = strata.isRecursive(component)
      for key in component { estimates[key] = size(of: key, isRecursive) }
      let start = Watch.now
      if isRunning { for key in component { try compute(key) } }
      let seconds = Watch.now - start
      for key in component where !key.isDemanded {
        var stage = stage(key, component, isRecursive: isRecursive, wasComplete: wasComplete)
        if key == goal { stage.name = "the query" }
        if isRunning { stage.outcome = (evaluator.slot(key).relation.count, seconds) }
        plan.stages.append(stage)
      }
    }
    return plan
  }

  private func compute(_ key: RelationKey) throws {
    // Distances are computed from the origins that a clause asks for.
    if case .distance(_, nil) = key { return }
    _ = try evaluator.relation(key)
  }

  private func stage(
    _ key: RelationKey, _ component: [RelationKey], isRecursive: Bool, wasComplete: Bool
  ) -> QueryPlan.Stage {
    var stage = QueryPlan.Stage(
      name: base.name(of: key.whole), manner: manner(key, isRecursive, wasComplete),
      estimate: estimates[key]?.count ?? 0)
    let isClosure = isRecursive && evaluator.closure(key)?.canCompute == true
    if isClosure || wasComplete && !isRunning { return stage }
    stage.rules = records.map { records in records[key].compactMap(ran) } ?? []
    if !stage.rules.isEmpty { return stage }
    for clause in base.clauses(for: key) {
      let steps = PlanSteps(clause, base) { size(of: $0.relation) }
      stage.rules.append(QueryPlan.RulePlan(place: place(clause), steps: steps.steps, advice: advice(clause)))
    }
    return stage
  }

  private func place(_ clause: Clause) -> SourceSpan? { clause.origin == .rule ? clause.span : nil }

  /// The plan of a rule as it was run.
  private func ran(_ record: PlanRecord) -> QueryPlan.RulePlan? {
    guard let planner = record.planner, let plan = record.plan else { return nil }
    let steps = PlanSteps(record, plan, of: planner, base) { size(of: $0.relation) }
    return QueryPlan.RulePlan(
      place: place(record.clause), delta: steps.delta, runs: record.runs, steps: steps.steps,
      advice: record.delta == nil ? advice(record.clause) : [])
  }

  private func manner(_ key: RelationKey, _ isRecursive: Bool, _ wasComplete: Bool) -> String {
    let part = key == key.whole ? "" : ", only those rows that the query asks for"
    switch key.whole {
    case _ where wasComplete && !base.clauses(for: key).isEmpty: return "known from an earlier query"
    case .distance: return "by steps from each origin that is asked for, layer by layer"
    case .annotated: return "facts with their annotations"
    case .triple(let keys): return "all facts of two columns" + (keys.isEmpty ? "" : " with their annotations")
    case .similar: return "entities by their names"
    case _ where base.isFollowed(key): return "a closure, followed from what is asked for"
    default: break
    }
    if base.clauses(for: key).isEmpty { return "as it is stated" }
    if isRecursive, evaluator.closure(key)?.canCompute == true {
      return "a closure, in one pass over the condensed graph of its steps"
    }
    return (isRecursive ? "by rules, in rounds" : "by rules") + part
  }

  // MARK: Estimates

  private func size(of key: RelationKey) -> RelationSize {
    evaluator.isComplete(key)
      ? evaluator.size(of: ClauseAtom(relation: key, arguments: [], span: .none))
      : estimates[key] ?? RelationSize(count: 1, distinct: Array(repeating: 1, count: base.arity(of: key) ?? 0))
  }

  /// A guess at the size of a relation from those that it rests on.
  private func size(of key: RelationKey, _ isRecursive: Bool) -> RelationSize {
    if evaluator.isComplete(key) { return size(of: key) }
    let arity = base.arity(of: key) ?? 0
    var rows = 0.0
    if case .named(let name) = key, let stored = base.graph.relation(named: name) {
      let size = RelationSize(of: stored.facts)
      if base.clauses(for: key).isEmpty { return size }
      rows = size.count
    }
    for clause in base.clauses(for: key) { rows += PlanSteps(clause, base) { size(of: $0.relation) }.rows }
    if isRecursive { rows *= Self.growth }
    return RelationSize(count: rows, distinct: Array(repeating: arity > 1 ? rows.squareRoot() : rows, count: arity))
  }

  /// How much a recursion is guessed to add.
  private static let growth = 4.0

  // MARK: Advice

  /// Names the variables of parts that nothing connects: each row of one is combined with each of the others.
  private func advice(_ clause: Clause) -> [String] {
    var parts: [Set<Int>] = []
    for literal in clause.body where !literal.variables.isEmpty {
      var merged = literal.variables
      parts.removeAll {
        if $0.isDisjoint(with: merged) { return false }
        merged.formUnion($0)
        return true
      }
      parts.append(merged)
    }
    let head = Set(clause.head.arguments.compactMap(\.variable))
    let shown = parts.filter { !$0.isDisjoint(with: head) }
    if shown.count < 2 { return [] }
    let names = shown.map { part in
      part.sorted().compactMap { clause.variableNames[$0] }.joined(separator: ", ")
    }
    return ["nothing connects \(names.joined(separator: " with ")): each is combined with each"]
  }
}
