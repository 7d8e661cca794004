import Diagnostics
import Graphs
import Relations
import Terms
import Threads

/// Tells how a relation will be computed, stage by stage, and computes it where that is wished.
///
/// The plans are those that run: they rest on the real sizes of what was computed before. So where the plan alone is asked
/// for, as much is computed as is quickly done; behind that sizes are guessed.
struct PlanReport {
  private let evaluator: Evaluator
  /// Whether the plan is to be run to its end, and what came of it told.
  private let isRunning: Bool
  /// The plans that were run, with what is counted meanwhile.
  private let records: PlanRecords
  /// Ends what takes long where the plan alone is asked for.
  private let watch: Watch?
  /// Whether something took too long, so that what rests on it is guessed.
  private var isGuessing = false
  private var base: ClauseBase { evaluator.base }
  private var estimates: [RelationKey: RelationSize] = [:]

  /// How often it is asked whether to go on, and how many rows a clause may find, where the plan alone is asked for.
  private static let mostQuestions = 50
  private static let mostRows = 100_000

  init(_ evaluator: Evaluator, isRunning: Bool, _ watch: Watch?) {
    self.evaluator = evaluator
    self.isRunning = isRunning
    self.watch = watch
    records = PlanRecords(mostRows: isRunning ? .max : Self.mostRows, isCounting: isRunning)
  }

  /// The stages of a query, given by the relation that stands for it.
  mutating func plan(_ goal: RelationKey) throws -> QueryPlan {
    let strata = Strata(of: [goal], in: base)
    if let problem = base.diagnostics.first ?? strata.problem { throw problem }
    var plan = QueryPlan()
    var outcomes: [(key: RelationKey, seconds: Double)] = []
    // One thread, whose steps can be counted.
    evaluator.threads = JoinThreads(count: 1)
    evaluator.records = records
    if !isRunning { watch?.questionsLeft = Self.mostQuestions }
    defer {
      evaluator.records = nil
      watch?.questionsLeft = nil
    }
    for component in strata.components {
      let wasComplete = component.allSatisfy(evaluator.isComplete)
      let isRecursive = strata.isRecursive(component)
      for key in component { estimates[key] = size(of: key, isRecursive) }
      let start = MonotonicTime.seconds
      try compute(component)
      let seconds = MonotonicTime.seconds - start
      for key in component where !key.isDemanded {
        var stage = stage(key, component, isRecursive: isRecursive, wasComplete: wasComplete)
        if key == goal { stage.name = "the query" }
        plan.stages.append(stage)
        outcomes.append((key, seconds))
      }
    }
    // To count rows puts them in an order, after which plans may be others.
    for (place, outcome) in outcomes.enumerated() where isRunning {
      plan.stages[place].outcome = (evaluator.slot(outcome.key).relation.count, outcome.seconds)
    }
    return plan
  }

  private mutating func compute(_ component: [RelationKey]) throws {
    if isRunning { return try component.forEach(compute) }
    if isGuessing { return }
    do {
      try component.forEach(compute)
    } catch let stopped as JoinMachine.Stopped {
      if watch?.failure != nil { throw stopped }
      isGuessing = true
    } catch is Diagnostic {
      // It is told when the query is asked.
      isGuessing = true
    }
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
    stage.rules = records[key].map { told($0.program, $0) }
    if stage.rules.isEmpty { stage.rules = base.clauses(for: key).flatMap { guessed($0, component) } }
    return stage
  }

  /// The plans of a rule as they may be: in a recursion one for each literal that reads what the last round has brought.
  private func guessed(_ clause: Clause, _ component: [RelationKey]) -> [QueryPlan.RulePlan] {
    let recursive = clause.body.indices.filter { number in
      if case .atom(let atom) = clause.body[number] { component.contains(atom.relation) } else { false }
    }
    let deltas = recursive.isEmpty ? [nil] : recursive.map { Optional($0) }
    return deltas.map { delta in
      // What is added in rounds is added to the relation as it is.
      let target = recursive.isEmpty ? nil : evaluator.slot(clause.head.relation).relation.lastColumn
      return told(program(clause, delta: delta, lastColumn: target))
    }
  }

  private func program(_ clause: Clause, delta: Int? = nil, lastColumn: Int? = nil) -> ClauseProgram {
    func size(_ atom: ClauseAtom) -> RelationSize { self.size(of: atom.relation) }
    let own = delta.flatMap { number -> (literal: Int, size: RelationSize)? in
      if case .atom(let atom) = clause.body[number] { (number, size(atom)) } else { nil }
    }
    return ClauseProgram(clause, delta: own, lastColumn: lastColumn, size: size)
  }

  /// - Parameter record: what came of it when it was run.
  private func told(_ program: ClauseProgram, _ record: PlanRecord? = nil) -> QueryPlan.RulePlan {
    let steps = PlanSteps(
      program, base, counts: record?.machine, parts: record?.parts ?? [])
    return QueryPlan.RulePlan(
      place: place(program.clause), delta: steps.delta, runs: isRunning ? record?.machine.runs : nil,
      steps: steps.steps, program: program.join, advice: program.delta == nil ? advice(program.clause) : [])
  }

  private func place(_ clause: Clause) -> SourceSpan? { clause.origin == .rule ? clause.span : nil }

  private func manner(_ key: RelationKey, _ isRecursive: Bool, _ wasComplete: Bool) -> String {
    let part = key == key.whole ? "" : ", only those rows that the query asks for"
    switch key.whole {
    case _ where wasComplete && !base.clauses(for: key).isEmpty: return "known from an earlier query"
    case .distance: return "by steps from each origin that is asked for, layer by layer"
    case .stated(_, let keys) where !keys.isEmpty: return "facts with their annotations"
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
    if let stored = base.stored(key) {
      let size = RelationSize(of: stored.facts)
      if base.clauses(for: key).isEmpty { return size }
      rows = size.count
    }
    for clause in base.clauses(for: key) { rows += program(clause).rows }
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
