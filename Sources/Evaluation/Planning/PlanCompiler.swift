import Diagnostics
import Relations
import Terms

/// Makes the steps of a join from the plan of a conjunction.
final class PlanCompiler {
  private let layout: JoinLayout
  private let computations: Computations
  private let planner: Planner
  private let body: [Literal]
  private let head: [Argument]
  /// Where rows go; `nil` where the plan does not emit.
  private let makeSink: ((_ order: [Int]) -> RowSink)?
  /// Where the plan collects a variable's values.
  private let collector: SetBuffer?
  private let deltaLiteral: Int?
  private let deltaSlot: RelationSlot?
  private var accesses: [Int: Access] = [:]
  private var buffers: [Int: SetBuffer] = [:]
  private var weights: [Int: WeightBuffer] = [:]
  /// Where the parts weigh that are being compiled, the innermost last.
  private var weighed: [WeightBuffer] = []
  /// Where the plan is noted, and what is counted at its steps; `nil` where nobody asks.
  private let record: PlanRecord?
  /// The part that threads may share, until its outermost loop is compiled.
  private var open: SharedPart?
  /// Which terms are the least of those that are counted.
  private let tie: CountSymmetry.Tie?
  /// The literals that are to fail.
  private let failing: Bits
  /// Those that have failed.
  let failures: Failures
  /// Where the parts note a solution that are being compiled, the innermost last.
  private var witnesses: [WitnessStep] = []

  /// - Parameters:
  ///   - failing: the literals that are to fail, where a row in error is looked for.
  ///   - delta: the literal that reads another relation than its own, and that relation.
  init(
    _ body: [Literal], head: [Argument], layout: JoinLayout, computations: Computations, failing: Bits = Bits(),
    delta: (literal: Int, slot: RelationSlot)? = nil, lastColumn: Int? = nil, collector: SetBuffer? = nil,
    record: PlanRecord? = nil,
    makeSink: ((_ order: [Int]) -> RowSink)? = nil
  ) {
    self.body = body
    self.record = record
    self.head = head
    self.layout = layout
    self.computations = computations
    self.makeSink = makeSink
    self.collector = collector
    deltaLiteral = delta?.literal
    deltaSlot = delta?.slot
    tie = nil
    self.failing = failing
    failures = Self.makeFailures(body, layout, computations, delta)
    planner = layout.sharing.planner {
      Planner(
        body, head: head, failing: failing, delta: delta?.literal, lastColumn: lastColumn
      ) { number, atom in
        if let delta, delta.literal == number { return RelationSize(of: delta.slot.relation) }
        return layout.size(atom)
      }
    }
  }

  /// For the solutions that are counted together.
  private init(_ part: CountPart, layout: JoinLayout, computations: Computations, record: PlanRecord?) {
    (body, planner, tie) = (part.body, part.planner, part.tie)
    (self.layout, self.computations, self.record) = (layout, computations, record)
    (head, makeSink, collector, deltaLiteral, deltaSlot) = ([], nil, nil, nil, nil)
    (failing, failures) = (Bits(), Self.makeFailures(body, layout, computations, nil))
  }

  /// The join's first step.
  func compile(bound: Set<Int> = [], goal: Goal) -> JoinStep {
    compile(planner.plan(bound: bound, goal: goal).plan, bound: bound)
  }

  /// The first step of a join that emits rows, with the part of it that threads may share.
  func compileRows() -> (step: JoinStep, part: JoinPart?) {
    sharing(body) { compile(goal: .emit) }
  }

  private func sharing(_ body: [Literal], _ makeStep: () -> JoinStep) -> (step: JoinStep, part: JoinPart?) {
    let part = layout.sharing.makePart(of: body)
    open = part?.shared
    let step = makeStep()
    open = nil
    if let part { layout.sharing.finish(part, step) }
    return (step, part)
  }

  /// Compiles what is no part of the way to the outermost loop that threads share.
  private func aside(_ makeStep: () -> JoinStep) -> JoinStep {
    let saved = open
    open = nil
    defer { open = saved }
    return makeStep()
  }

  /// The steps that note the set of a variable's values, by ``JoinMachine/view``; `nil` where it has to be built.
  func compileView(bound: Set<Int>, of variable: Int) -> JoinStep? {
    guard case .collectSet(_, let set) = planner.plan(bound: bound, goal: .collect(variable)).plan, set.isView,
      atom(set.sources[0]) != nil
    else { return nil }
    return withChecks(bound: bound) { ViewStep(expression(variable, set).0) }
  }

  private func compile(_ plan: Plan, bound: Set<Int>) -> JoinStep {
    record?.begin(plan, of: planner)
    failures.given = bound
    return withChecks(bound: bound) { compile(plan, Bits(planner.literals.indices), collector) }
  }

  private static func makeFailures(
    _ body: [Literal], _ layout: JoinLayout, _ computations: Computations,
    _ delta: (literal: Int, slot: RelationSlot)?
  ) -> Failures {
    Failures(body) { failing, given, original in
      computations.checks += 1
      let layout = JoinLayout(layout.clause, slot: layout.slot, size: layout.size)
      let compiler = PlanCompiler(
        body, head: [], layout: layout, computations: computations, failing: failing, delta: delta)
      let step = compiler.compile(bound: given, goal: .found)
      return Failures.Check(
        step, compiler.failures, machine: layout.makeMachine { original.mayProceed() },
        accesses: layout.accesses, given: given
      ) { failures, machine in
        guard let literal = failing.first else { return nil }
        return try failures.diagnostic(literal)
          ?? computations.failure(of: body[literal], machine)
          .flatMap { computations.diagnostic($0, machine, layout.clause) }
      }
    }
  }

  /// Steps that begin with what is known from the start.
  private func withChecks(bound: Set<Int>, _ makeSteps: () -> JoinStep) -> JoinStep {
    var checks: [CheckStep.Check] = []
    for literal in planner.literals.indices {
      guard let atom = atom(literal) else { continue }
      let isNegated = isNegated(literal)
      for (column, argument) in atom.arguments.enumerated() {
        if let number = argument.variable, !bound.contains(number) { continue }
        descend(literal, atom, column, isNegated, &checks)
      }
    }
    let steps = makeSteps()
    return checks.isEmpty ? steps : CheckStep(checks, next: steps)
  }

  private func atom(_ literal: Int) -> ClauseAtom? {
    switch planner.literals[literal] {
    case .atom(let atom, _), .negatedAtom(let atom): atom
    default: nil
    }
  }

  private func isNegated(_ literal: Int) -> Bool {
    if case .negatedAtom = planner.literals[literal] { true } else { false }
  }

  private func access(_ literal: Int, _ atom: ClauseAtom) -> Access {
    if let access = accesses[literal] { return access }
    let slot = literal == deltaLiteral ? deltaSlot : nil
    let access = layout.makeAccess(slot ?? layout.slot(atom))
    accesses[literal] = access
    return access
  }

  /// Binds a column that is known; on the last level ``Plan/check(literal:then:)`` looks whether it holds.
  private func descend(
    _ literal: Int, _ atom: ClauseAtom, _ column: Int, _ isNegated: Bool, _ checks: inout [CheckStep.Check]
  ) {
    let access = access(literal, atom)
    if access.order.contains(column) { return }
    let level = access.bind(column: column)
    if level == atom.arguments.count - 1 { return }
    checks.append(
      CheckStep.Check(access, level: level, register: layout.register(atom.arguments[column]), negated: isNegated))
  }

  /// The checks that bring the literals on their way which hold a variable that has just been bound.
  private func descents(of variable: Int, _ live: Bits) -> [CheckStep.Check] {
    var checks: [CheckStep.Check] = []
    for literal in live {
      guard let atom = atom(literal) else { continue }
      for (column, argument) in atom.arguments.enumerated() where argument == .variable(variable) {
        descend(literal, atom, column, isNegated(literal), &checks)
      }
    }
    return checks
  }

  /// - Parameters:
  ///   - live: the literals that the plan is about.
  ///   - collector: where it collects a variable's values.
  private func compile(_ plan: Plan, _ live: Bits, _ collector: SetBuffer?) -> JoinStep {
    let step = makeStep(plan, live, collector)
    return record?.counting(step, plan) ?? step
  }

  private func makeStep(_ plan: Plan, _ live: Bits, _ collector: SetBuffer?) -> JoinStep {
    switch plan {
    case .loop(let variable, let set, let then) where !set.weights.isEmpty:
      return weightedLoop(variable, set, live, then)
    case .loop(let variable, let set, .collectSet(let collected, let row)):
      if let step = collectRows(variable, set, collected, row, collector) { return step }
      return loop(variable, set, live, .collectSet(variable: collected, row), collector)
    case .loop(let variable, let set, .countSet(let counted, let row)) where open == nil:
      return countMeetings(variable, set, counted, row)
        ?? loop(variable, set, live, .countSet(variable: counted, row), collector)
    case .loop(let variable, let set, let then): return loop(variable, set, live, then, collector)
    case .check(let literal, let then):
      let next = compile(then, live, collector)
      return check(literal, next: next)
    case .compute(let literal, let binds, let then):
      let checks = binds.map { descents(of: $0, live) } ?? []
      let next = compile(then, live, collector)
      return computation(literal, binds, next: checks.isEmpty ? next : CheckStep(checks, next: next))
    case .exists(let part, let literals, let then) where part.looksAtAll:
      let witness = WitnessStep()
      witnesses.append(witness)
      let inner = aside { compile(part, literals, collector) }
      witnesses.removeLast()
      return SearchStep(inner, witness, next: compile(then, live.subtracting(literals), collector))
    case .witness: return witnesses.last ?? FoundStep()
    case .exists(let part, let literals, let then):
      let inner = aside { compile(part, literals, collector) }
      return ExistsStep([inner], negated: false, next: compile(then, live.subtracting(literals), collector))
    case .nonEmpty(let variable, let set, let then):
      let (expression, _) = expression(variable, set)
      return NonEmptyStep(expression, next: compile(then, live, collector))
    case .gather(_, let part, let literals, let number, let then):
      let (buffer, isMade) = layout.sharing.buffer(beforeLoop: open != nil)
      buffers[number] = buffer
      let inner = aside { compile(part, literals, buffer) }
      let next = compile(then, live.subtracting(literals), collector)
      return isMade ? next : GatherStep(into: buffer, parts: [inner], next: next)
    case .emitSet(let variable, let set): return emitSet(variable, set)
    case .emitTuple:
      guard let sink = makeSink?(Array(head.indices)) else { return FoundStep() }
      return EmitTupleStep(sink, registers: head.map { layout.register($0) })
    case .collectSet(let variable, let set):
      return collector.map { CollectSetStep(into: $0, set: expression(variable, set).0) } ?? FoundStep()
    case .collectTerm(let variable):
      return collector.map { CollectTermStep(into: $0, register: variable) } ?? FoundStep()
    case .found: return FoundStep()
    case .impossible:
      let span = layout.clause.span
      return ComputeStep(
        { _ in throw Diagnostic(.internalError, "internal error: PlanCompiler has no plan for this body", at: span) },
        next: FoundStep()
      )
    case .countSet(let variable, let set) where set.isWeighedView && open == nil:
      guard let buffer = weights[set.weights[0]] else { return weightedLoop(variable, set, live, nil) }
      return CountWeightsStep(of: expression(variable, set).0, by: buffer)
    case .countSet(let variable, let set) where !set.weights.isEmpty: return weightedLoop(variable, set, live, nil)
    case .countSet(let variable, let set): return CountSetStep(expression(variable, set).0)
    case .countOne: return CountOneStep()
    case .product(let parts):
      open = nil
      return ProductStep(parts.map { compile($0.plan, $0.literals, collector) })
    case .weigh(_, let part, let literals, let number, let then):
      let (buffer, isMade) = layout.sharing.weights(beforeLoop: open != nil)
      weights[number] = buffer
      let inner = aside { weighing(into: buffer) { compile(part, literals, collector) } }
      let next = compile(then, live.subtracting(literals), collector)
      return isMade ? next : WeighStep(into: buffer, part: inner, next: next)
    case .weighSet(let variable, let set):
      return weighed.last.map { WeighSetStep(into: $0, set: expression(variable, set).0) } ?? FoundStep()
    case .weighTerm(let variable):
      return weighed.last.map { WeighTermStep(into: $0, register: variable) } ?? FoundStep()
    }
  }

  private func weighing(into buffer: WeightBuffer, _ makeStep: () -> JoinStep) -> JoinStep {
    weighed.append(buffer)
    defer { weighed.removeLast() }
    return makeStep()
  }

  private func loop(
    _ variable: Int, _ set: SetPlan, _ live: Bits, _ then: Plan, _ collector: SetBuffer?
  ) -> JoinStep {
    let part = takeOpen()
    let (expression, levels) = expression(variable, set)
    let checks = descents(of: variable, live)
    let next = layout.sharing.inLoop { compile(then, live, collector) }
    let loop = LoopStep(
      register: variable, set: expression, descents: levels.filter { !$0.isLast },
      next: checks.isEmpty ? next : CheckStep(checks, next: next))
    return part.map { SharedLoopStep($0, loop) } ?? loop
  }

  private func takeOpen() -> SharedPart? {
    defer { open = nil }
    return open
  }

  /// The rows of one relation from all values of a variable, gathered at once; `nil` where more is to be done for each.
  private func collectRows(
    _ variable: Int, _ set: SetPlan, _ collected: Int, _ row: SetPlan, _ collector: SetBuffer?
  ) -> JoinStep? {
    guard let collector, row.isView, let literal = row.sources.first, let atom = atom(literal),
      atom.arguments.count == 2,
      atom.arguments.contains(.variable(variable)), atom.arguments.contains(.variable(collected)),
      set.sources.contains(literal), accesses[literal] == nil, floor(of: collected) == nil
    else { return nil }
    // A term without a row adds nothing, so the relation's own terms need not be met.
    var others = set
    if set.sources.count > 1 { others.sources.removeAll { $0 == literal } }
    let terms = expression(variable, others).0
    let access = access(literal, atom)
    if others.sources.count < set.sources.count { _ = level(literal, variable) }
    _ = level(literal, collected)
    return CollectRowsStep(into: collector, set: terms, access: access)
  }

  /// The solutions counted by the rows of all values of a variable; `nil` where there is no set that all of them meet.
  private func countMeetings(_ variable: Int, _ set: SetPlan, _ counted: Int, _ row: SetPlan) -> JoinStep? {
    // What is computed as it is read may move while the set that is met stays.
    let isLazy = set.sources.contains { if case .distance = atom($0)?.relation { true } else { false } }
    guard !isLazy, let (literal, common) = planner.meeting(variable, row), set.sources.contains(literal) else {
      return nil
    }
    let (terms, levels) = expression(variable, set)
    guard let level = level(literal, counted) else { return nil }
    return CountMeetingsStep(
      register: variable, terms: terms, descents: levels.filter { !$0.isLast }, row: level,
      common: expression(counted, common).0)
  }

  /// - Parameter then: `nil` where each value is one solution.
  private func weightedLoop(_ variable: Int, _ set: SetPlan, _ live: Bits, _ then: Plan?) -> JoinStep {
    let part = takeOpen()
    let (expression, levels) = set.sources.isEmpty ? (nil, []) : self.expression(variable, set)
    let next = then.map { then in
      let checks = descents(of: variable, live)
      let next = layout.sharing.inLoop { compile(then, live, nil) }
      return checks.isEmpty ? next : CheckStep(checks, next: next)
    }
    let loop = WeightedLoopStep(
      register: variable, weights: set.weights.compactMap { weights[$0] }, set: expression,
      descents: then == nil ? [] : levels.filter { !$0.isLast }, next: next)
    return part.map { SharedLoopStep($0, loop) } ?? loop
  }

  private func emitSet(_ variable: Int, _ set: SetPlan) -> JoinStep {
    let column = head.firstIndex(of: .variable(variable)) ?? 0
    let order = head.indices.filter { $0 != column } + [column]
    guard let sink = makeSink?(order) else { return FoundStep() }
    let registers = order.dropLast().map { layout.register(head[$0]) }
    return EmitSetStep(sink, registers: registers, set: expression(variable, set).0)
  }

  /// A variable's set, and the levels of the literals that it meets on.
  private func expression(_ variable: Int, _ plan: SetPlan) -> (SetExpression, [AccessLevel]) {
    var levels: [AccessLevel] = []
    var gathered: [SetBuffer] = []
    for literal in plan.sources {
      if let level = level(literal, variable) {
        levels.append(level)
      } else if let buffer = buffers[literal] {
        gathered.append(buffer)
      }
    }
    let subtracted = plan.excluded.compactMap { level($0, variable) }
    let unequal = plan.unequal.compactMap { literal -> Int? in
      guard case .comparison(_, let left, let right, _) = body[literal] else { return nil }
      let other = left.variables == [variable] ? right : left
      return switch other {
      case .variable(let number): number
      case .constant(let term): layout.register(.constant(term))
      case .call: nil
      }
    }
    let expression = SetExpression(
      sources: levels, gathered: gathered, subtracted: subtracted, unequal: unequal, above: floor(of: variable))
    return (expression, levels)
  }

  /// The register of the term that is less than those of a variable which are counted.
  private func floor(of variable: Int) -> Int? {
    tie.flatMap { $0.greater.contains(variable) ? $0.least[0] : nil }
  }

  private func level(_ literal: Int, _ variable: Int) -> AccessLevel? {
    guard let atom = atom(literal), let column = atom.arguments.firstIndex(of: .variable(variable)) else { return nil }
    let access = access(literal, atom)
    let level = access.bind(column: column)
    if level == 0 { access.needsAll = true }
    return AccessLevel(access, level: level)
  }

  private func check(_ literal: Int, next: JoinStep) -> JoinStep {
    if case .gathered(let variable, _) = planner.literals[literal], let buffer = buffers[literal] {
      return ComputeStep({ buffer.contains($0.registers[variable]) }, next: next)
    }
    guard let atom = atom(literal) else { return next }
    let access = access(literal, atom)
    if atom.arguments.isEmpty { return HoldsStep(access, negated: isNegated(literal), next: next) }
    let level = atom.arguments.count - 1
    let column = access.order.last ?? level
    let register = layout.register(atom.arguments[column])
    return CheckStep(
      [CheckStep.Check(access, level: level, register: register, negated: isNegated(literal))], next: next)
  }

  // MARK: Computations

  private func computation(_ literal: Int, _ binds: Int?, next: JoinStep) -> JoinStep {
    switch body[literal] {
    case .negation(let group, _): return negation(group, literal, next: next)
    case .aggregate(let aggregate): return self.aggregate(aggregate, literal, binds != nil, next: next)
    case let other where failing.contains(literal):
      return ComputeStep({ [computations] in try computations.failure(of: other, $0) != nil }, next: next)
    case let other:
      return computations.step(other, binds: binds, next: next) { [failures] in failures.note(literal) }
    }
  }

  private func negation(_ group: Group, _ literal: Int, next: JoinStep) -> JoinStep {
    let parts = group.alternatives.map { literals in
      PlanCompiler(
        literals, head: [], layout: layout, computations: computations, record: record?.makePart(of: literal))
    }
    let steps = parts.map { $0.compile(bound: group.shared, goal: .found) }
    if !body[literal].mayFail { return ExistsStep(steps, negated: true, next: next) }
    let inner = parts.map(\.failures)
    let isWanted = failing.contains(literal)
    let decide = { [failures] (machine: JoinMachine) in
      guard let diagnostic = try inner.rowInError(machine) else { return !isWanted }
      failures.note(literal, diagnostic)
      return isWanted
    }
    return noting(inner, ExistsStep(steps, negated: true, next: ComputeStep(decide, next: next)))
  }

  /// A step that notes only what fails in it.
  private func noting(_ inner: [Failures], _ step: JoinStep) -> JoinStep {
    if !inner.contains(where: \.arePossible) { return step }
    return ComputeStep(
      { _ in
        for failures in inner { failures.clear() }
        return true
      }, next: step)
  }

  private func aggregate(_ aggregate: AggregateLiteral, _ literal: Int, _ binds: Bool, next: JoinStep) -> JoinStep {
    let group = aggregate.group
    func finish(_ inner: [Failures] = [], _ value: @escaping (JoinMachine) throws -> Value?) -> JoinStep {
      let term = { [computations] machine in
        try value(machine).map { try computations.intern($0, at: aggregate.span) }
      }
      return ComputeStep(self.finish(aggregate, literal, binds, inner, term), next: next)
    }
    if aggregate.kind == .count, let access = wholeRelation(aggregate) {
      return finish { _ in .integer(Int64(access.relationCount)) }
    }
    if aggregate.columns.count == 1 {
      if let step = aggregateView(aggregate, literal, binds, next: next) { return step }
      let buffer = SetBuffer()
      let parts = group.alternatives.map { literals in
        PlanCompiler(
          literals, head: [], layout: layout, computations: computations, collector: buffer,
          record: record?.makePart(of: literal))
      }
      let steps = parts.map { $0.compile(bound: group.shared, goal: .collect(aggregate.columns[0])) }
      let inner = parts.map(\.failures)
      let value = { [computations, clause = layout.clause] machine in
        try computations.aggregate(aggregate, buffer.view, machine, in: clause)
      }
      return noting(inner, GatherStep(into: buffer, parts: steps, next: finish(inner, value)))
    }
    return count(aggregate, literal, finish) ?? aggregateRows(aggregate, literal, finish)
  }

  /// Binds an aggregate's result, or compares it where it is bound; where it is to fail, tells whether it does.
  private func finish(
    _ aggregate: AggregateLiteral, _ literal: Int, _ binds: Bool, _ inner: [Failures],
    _ term: @escaping (JoinMachine) throws -> Term?
  ) -> (JoinMachine) throws -> Bool {
    let isWanted = failing.contains(literal)
    let result = aggregate.result
    return { [failures, computations, clause = layout.clause] machine in
      // What was gathered is taken in any case.
      let found = Result { try term(machine) }
      do {
        if let diagnostic = try inner.rowInError(machine) { throw ComputationFailure.told(diagnostic) }
        guard let term = try found.get(), !isWanted else { return false }
        if !binds { return machine.registers[result] == term.number }
        machine.registers[result] = term.number
        return true
      } catch let failure as ComputationFailure {
        if failure.isAbsence { return false }
        failures.note(literal, computations.diagnostic(failure, machine, clause))
        return isWanted
      }
    }
  }

  private typealias Finish = (_ inner: [Failures], _ value: @escaping (JoinMachine) throws -> Value?) -> JoinStep

  /// The aggregate of a set as it lies in a relation, which is not built; `nil` where it has to be.
  private func aggregateView(
    _ aggregate: AggregateLiteral, _ literal: Int, _ binds: Bool, next: JoinStep
  ) -> JoinStep? {
    guard aggregate.group.alternatives.count == 1 else { return nil }
    let part = PlanCompiler(aggregate.group.alternatives[0], head: [], layout: layout, computations: computations)
      .compileView(bound: aggregate.group.shared, of: aggregate.columns[0])
    guard let part else { return nil }
    let memo = SetMemo()
    let compute = { [computations, clause = layout.clause] (machine: JoinMachine) in
      try computations.aggregate(aggregate, machine.view, machine, in: clause)
        .map { try computations.intern($0, at: aggregate.span) }
    }
    let term = binds ? { machine in try memo.term(of: machine.view) { try compute(machine) } } : compute
    return WithViewStep(part, next: ComputeStep(finish(aggregate, literal, binds, [], term), next: next))
  }

  /// Counts the rows without building them; `nil` where that can't be done.
  private func count(_ aggregate: AggregateLiteral, _ literal: Int, _ finish: Finish) -> JoinStep? {
    let layout = layout
    let parts = CountPart.parts(of: aggregate) { body, head in
      layout.sharing.planner { Planner(body, head: head) { layout.size($1) } }
    }
    guard let parts else { return nil }
    var inner: [Failures] = []
    let steps = parts.enumerated().map { number, part in
      let record = record?.makePart(of: literal, counting: part)
      let compiler = PlanCompiler(part, layout: layout, computations: computations, record: record)
      let (step, sharing) = compiler.sharing(part.body) { compiler.compile(part.plan, bound: aggregate.group.shared) }
      inner.append(compiler.failures)
      let condition = parts.prefix(number).firstIndex(where: part.restsOn)
      return CountStep.Part(step, times: part.times, sharing: sharing, condition: condition)
    }
    let overflow = Diagnostic(.overflow, "the count does not fit 64 bits", at: aggregate.span)
    let next = finish(inner) { machine in
      if machine.counted < 0 { throw ComputationFailure.told(overflow) }
      return .integer(Int64(machine.counted))
    }
    return noting(inner, CountStep(steps, next: next))
  }

  private func aggregateRows(_ aggregate: AggregateLiteral, _ literal: Int, _ finish: Finish) -> JoinStep {
    let head = aggregate.columns.map { Argument.variable($0) }
    var sinks: [RowSink] = []
    let parts = aggregate.group.alternatives.map { literals in
      PlanCompiler(
        literals, head: head, layout: layout, computations: computations, record: record?.makePart(of: literal),
        makeSink: { order in
          let sink = RowSink(order: order)
          sinks.append(sink)
          return sink
        })
    }
    let steps = parts.map { $0.compile(bound: aggregate.group.shared, goal: .emit) }
    let inner = parts.map(\.failures)
    let next = finish(inner) { [computations, sinks, clause = layout.clause] machine in
      let parts = sinks.map { $0.take() }
      let rows = parts.count == 1 ? parts[0] : Relation(arity: head.count)
      if parts.count > 1 { rows.add(parts) }
      return try computations.aggregate(aggregate, rows, machine, in: clause)
    }
    return noting(inner, SequenceStep(steps, next: next))
  }

  /// The access of an aggregate over all rows of one relation, which need not be listed to be counted.
  private func wholeRelation(_ aggregate: AggregateLiteral) -> Access? {
    guard aggregate.group.shared.isEmpty, aggregate.group.alternatives.count == 1,
      aggregate.group.alternatives[0].count == 1, case .atom(let atom) = aggregate.group.alternatives[0][0],
      atom.variables.count == atom.arguments.count, atom.variables == Set(aggregate.columns)
    else { return nil }
    return layout.makeAccess(layout.slot(atom))
  }
}
