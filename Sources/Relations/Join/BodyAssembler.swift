/// Makes the steps of one body.
final class BodyAssembler {
  /// Where what is found goes.
  enum End {
    case found
    case rows(SinkList)
    case set(SetBuffer)
    case view
    case weights(WeightBuffer)
    case tally
    case witness(WitnessStep)
  }

  private let whole: JoinAssembler
  private let body: JoinProgram.Body
  private let number: Int
  private var accesses: [Int: Access] = [:]
  /// What was gathered or weighed, by the literals that stand for it.
  private var buffers: [Int: SetBuffer] = [:]
  private var weights: [Int: WeightBuffer] = [:]
  /// The part that threads may share, until its outermost loop is made.
  private var open: SharedPart?

  init(_ number: Int, _ whole: JoinAssembler, sharing part: SharedPart? = nil) {
    self.number = number
    self.whole = whole
    body = whole.program.bodies[number]
    open = part
  }

  /// Steps that begin with what is known from the start.
  func assemble(_ end: End) -> JoinStep {
    var checks: [CheckStep.Check] = []
    for literal in node(body.root).literals {
      guard let atom = atom(literal) else { continue }
      for (column, register) in atom.registers.enumerated() where whole.program.isKnown(register, in: body) {
        descend(literal, atom, column, &checks)
      }
    }
    let steps = make(body.root, end)
    return checks.isEmpty ? steps : CheckStep(checks, next: steps)
  }

  private func node(_ number: Int) -> JoinProgram.Node { whole.program.nodes[number] }

  private func make(_ node: Int, _ end: End) -> JoinStep { whole.counted(makeStep(self.node(node), node, end), node) }

  /// What is done for each solution of a node.
  private func next(_ node: JoinProgram.Node, _ end: End) -> JoinStep {
    node.next.map { make($0, end) } ?? BrokenStep("a node has none after it")
  }

  /// What is done within a node, and is no part of the way to the outermost loop that threads share.
  private func part(_ node: JoinProgram.Node, _ end: End) -> JoinStep {
    guard let part = node.parts.first else { return BrokenStep("a node has none within it") }
    let saved = open
    open = nil
    defer { open = saved }
    return make(part, end)
  }

  private func makeStep(_ node: JoinProgram.Node, _ number: Int, _ end: End) -> JoinStep {
    switch node.operation {
    case .loop(let variable, let set, let meeting): return loop(variable, set, meeting, node, end)
    case .check(let literal):
      let next = next(node, end)
      return check(literal, next: next)
    case .compute(let literal, let binds):
      let checks = binds.map { descents(of: $0, node) } ?? []
      let next = next(node, end)
      return compute(literal, binds, next: checks.isEmpty ? next : CheckStep(checks, next: next))
    case .exists: return exists(node, end)
    case .nonEmpty(let variable, let set):
      let (expression, _) = expression(variable, set)
      return NonEmptyStep(expression, next: next(node, end))
    case .gather(_, let literal):
      let (buffer, isMade) = own(number, \.buffers, SetBuffer.init)
      buffers[literal] = buffer
      let part = part(node, .set(buffer))
      let next = next(node, end)
      return isMade ? next : GatherStep(into: buffer, parts: [part], next: next)
    case .weigh(_, let literal):
      let (buffer, isMade) = own(number, \.weights, WeightBuffer.init)
      weights[literal] = buffer
      let part = part(node, .weights(buffer))
      let next = next(node, end)
      return isMade ? next : WeighStep(into: buffer, part: part, next: next)
    case .product:
      open = nil
      return ProductStep(node.parts.map { make($0, end) })
    default: return makeEnd(node, end)
    }
  }

  /// A buffer of a node; before the loop that threads share a helper has that of the machine that it helps, and `true`.
  private func own<Buffer>(
    _ node: Int, _ buffers: ReferenceWritableKeyPath<JoinAssembler, [Int: Buffer]>, _ make: () -> Buffer
  ) -> (Buffer, isMade: Bool) {
    if open == nil { return (make(), false) }
    if let buffer = whole.original?[keyPath: buffers][node] { return (buffer, true) }
    let buffer = make()
    whole[keyPath: buffers][node] = buffer
    return (buffer, false)
  }

  private func makeEnd(_ node: JoinProgram.Node, _ end: End) -> JoinStep {
    switch (node.operation, end) {
    case (.emitSet(let variable, let set), .rows(let sinks)): return emitSet(variable, set, sinks)
    case (.emitTuple, .rows(let sinks)):
      return EmitTupleStep(sinks.make(Array(body.head.indices)), registers: body.head)
    case (.collectSet(let variable, let set), .set(let buffer)):
      return CollectSetStep(into: buffer, set: expression(variable, set).0)
    case (.collectSet(let variable, let set), .view): return ViewStep(expression(variable, set).0)
    case (.collectTerm(let variable), .set(let buffer)): return CollectTermStep(into: buffer, register: variable)
    case (.found, _): return FoundStep()
    case (.witness, .witness(let step)): return step
    case (.countSet(let variable, let set), .tally): return countSet(variable, set, node)
    case (.countOne, .tally): return CountOneStep()
    case (.weighSet(let variable, let set), .weights(let buffer)):
      return WeighSetStep(into: buffer, set: expression(variable, set).0)
    case (.weighTerm(let variable), .weights(let buffer)): return WeighTermStep(into: buffer, register: variable)
    default: return BrokenStep("\(node.operation) is not the end of what is looked for")
    }
  }

  private func exists(_ node: JoinProgram.Node, _ end: End) -> JoinStep {
    guard node.parts.contains(where: whole.program.looksAtAll) else {
      let part = part(node, .found)
      return ExistsStep([part], negated: false, next: next(node, end))
    }
    let witness = WitnessStep()
    let part = part(node, .witness(witness))
    return SearchStep(part, witness, next: next(node, end))
  }

  // MARK: Loops

  private func loop(
    _ variable: Int, _ set: JoinProgram.Candidates, _ meeting: Int?, _ node: JoinProgram.Node, _ end: End
  ) -> JoinStep {
    if !set.weights.isEmpty { return weightedLoop(variable, set, node, end) }
    switch node.next.map({ self.node($0).operation }) {
    case .collectSet(let collected, let row):
      if let step = collectRows(variable, set, collected, row, end) { return step }
    case .countSet(let counted, let row) where open == nil:
      if let meeting, let step = countMeetings(variable, set, meeting, counted, row) { return step }
    default: break
    }
    let part = takeOpen()
    let (expression, levels) = expression(variable, set)
    let loop = LoopStep(
      register: variable, set: expression, descents: levels.filter { !$0.isLast }, next: inLoop(variable, node, end))
    return part.map { SharedLoopStep($0, loop) } ?? loop
  }

  private func weightedLoop(
    _ variable: Int, _ set: JoinProgram.Candidates, _ node: JoinProgram.Node, _ end: End
  ) -> JoinStep {
    let part = takeOpen()
    let (expression, levels) = set.sources.isEmpty ? (nil, []) : self.expression(variable, set)
    let weights = set.weights.compactMap { self.weights[$0] }
    if weights.count < set.weights.count { return BrokenStep("nothing was weighed") }
    let loop = WeightedLoopStep(
      register: variable, weights: weights, set: expression,
      descents: node.next == nil ? [] : levels.filter { !$0.isLast },
      next: node.next == nil ? nil : inLoop(variable, node, end))
    return part.map { SharedLoopStep($0, loop) } ?? loop
  }

  private func takeOpen() -> SharedPart? {
    defer { open = nil }
    return open
  }

  /// What is done for each term of a loop.
  private func inLoop(_ variable: Int, _ node: JoinProgram.Node, _ end: End) -> JoinStep {
    let checks = descents(of: variable, node)
    let next = whole.inLoop { self.next(node, end) }
    return checks.isEmpty ? next : CheckStep(checks, next: next)
  }

  /// The rows of one relation from all values of a variable, gathered at once; `nil` if more is to be done for each.
  private func collectRows(
    _ variable: Int, _ set: JoinProgram.Candidates, _ collected: Int, _ row: JoinProgram.Candidates, _ end: End
  ) -> JoinStep? {
    guard case .set(let buffer) = end, row.isView, let literal = row.sources.first, let atom = atom(literal),
      atom.registers.count == 2, atom.registers.contains(variable), atom.registers.contains(collected),
      set.sources.contains(literal), accesses[literal] == nil, floor(of: collected) == nil
    else { return nil }
    // A term without a row adds nothing, so the relation's own terms need not be met.
    var others = set
    if set.sources.count > 1 { others.sources.removeAll { $0 == literal } }
    let terms = expression(variable, others).0
    let access = access(literal, atom)
    if others.sources.count < set.sources.count { _ = level(literal, variable) }
    _ = level(literal, collected)
    return CollectRowsStep(into: buffer, set: terms, access: access)
  }

  /// The solutions counted by the rows that a literal has of all values of a variable.
  private func countMeetings(
    _ variable: Int, _ set: JoinProgram.Candidates, _ literal: Int, _ counted: Int, _ row: JoinProgram.Candidates
  ) -> JoinStep? {
    var common = row
    common.sources.removeAll { $0 == literal }
    let (terms, levels) = expression(variable, set)
    guard let level = level(literal, counted) else { return BrokenStep("no row to be met") }
    return CountMeetingsStep(
      register: variable, terms: terms, descents: levels.filter { !$0.isLast }, row: level,
      common: expression(counted, common).0)
  }

  // MARK: Ends

  private func countSet(_ variable: Int, _ set: JoinProgram.Candidates, _ node: JoinProgram.Node) -> JoinStep {
    if set.isWeighedView, open == nil, let buffer = weights[set.weights[0]] {
      return CountWeightsStep(of: expression(variable, set).0, by: buffer)
    }
    if !set.weights.isEmpty { return weightedLoop(variable, set, node, .tally) }
    return CountSetStep(expression(variable, set).0)
  }

  private func emitSet(_ variable: Int, _ set: JoinProgram.Candidates, _ sinks: SinkList) -> JoinStep {
    guard let column = body.head.firstIndex(of: variable) else { return BrokenStep("no column to be emitted") }
    let order = body.head.indices.filter { $0 != column } + [column]
    return EmitSetStep(
      sinks.make(order), registers: order.dropLast().map { body.head[$0] }, set: expression(variable, set).0)
  }

  // MARK: Literals

  private func atom(_ literal: Int) -> JoinProgram.Atom? {
    if case .atom(let atom) = body.literals[literal] { atom } else { nil }
  }

  private func access(_ literal: Int, _ atom: JoinProgram.Atom) -> Access {
    if let access = accesses[literal] { return access }
    let access = whole.makeAccess(atom.slot)
    accesses[literal] = access
    return access
  }

  /// Binds a column that is known; on the last level ``JoinProgram/Operation/check(literal:)`` looks whether it holds.
  private func descend(_ literal: Int, _ atom: JoinProgram.Atom, _ column: Int, _ checks: inout [CheckStep.Check]) {
    let access = access(literal, atom)
    if access.order.contains(column) { return }
    let level = access.bind(column: column)
    if level == atom.registers.count - 1 { return }
    checks.append(CheckStep.Check(access, level: level, register: atom.registers[column], negated: atom.isNegated))
  }

  /// The checks that bring the literals on their way which hold a variable that a node has just bound.
  private func descents(of variable: Int, _ node: JoinProgram.Node) -> [CheckStep.Check] {
    var checks: [CheckStep.Check] = []
    for literal in node.literals {
      guard let atom = atom(literal) else { continue }
      for (column, register) in atom.registers.enumerated() where register == variable {
        descend(literal, atom, column, &checks)
      }
    }
    return checks
  }

  /// A variable's set, and the levels of the literals that it meets on.
  private func expression(_ variable: Int, _ set: JoinProgram.Candidates) -> (SetExpression, [AccessLevel]) {
    let levels = set.sources.compactMap { level($0, variable) }
    let unequal = set.unequal.compactMap { literal -> Int? in
      guard case .computed(let sides) = body.literals[literal] else { return nil }
      return sides.first { $0 != variable }
    }
    let expression = SetExpression(
      sources: levels, gathered: set.sources.compactMap { buffers[$0] },
      subtracted: set.excluded.compactMap { level($0, variable) }, unequal: unequal, above: floor(of: variable))
    return (expression, levels)
  }

  /// The register of the term that is less than those of a variable which are counted.
  private func floor(of variable: Int) -> Int? {
    body.floor.flatMap { $0.greater.contains(variable) ? $0.least : nil }
  }

  private func level(_ literal: Int, _ variable: Int) -> AccessLevel? {
    guard let atom = atom(literal), let column = atom.registers.firstIndex(of: variable) else { return nil }
    let access = access(literal, atom)
    let level = access.bind(column: column)
    if level == 0 { access.needsAll = true }
    return AccessLevel(access, level: level)
  }

  private func check(_ literal: Int, next: JoinStep) -> JoinStep {
    switch body.literals[literal] {
    case .atom(let atom):
      let access = access(literal, atom)
      if atom.registers.isEmpty { return HoldsStep(access, negated: atom.isNegated, next: next) }
      let level = atom.registers.count - 1
      let register = atom.registers[access.order.last ?? level]
      return CheckStep([CheckStep.Check(access, level: level, register: register, negated: atom.isNegated)], next: next)
    case .standIn(let variable, _):
      guard let buffer = buffers[literal] else { return BrokenStep("nothing was gathered") }
      return ComputeStep({ buffer.contains($0.registers[variable]) }, next: next)
    case .computed, .group: return BrokenStep("what is computed is to be checked")
    }
  }

  // MARK: Computations

  private func compute(_ literal: Int, _ binds: Int?, next: JoinStep) -> JoinStep {
    let computation = whole.computing.computation(of: literal, in: number, binds: binds)
    var step = next
    if let holds = computation.holds {
      step = ComputeStep(holds, passesOver: computation.passesOver, next: next)
    }
    if case .group(let group) = body.literals[literal] { step = self.group(group, next: step) }
    guard let before = computation.before else { return step }
    return ComputeStep(
      { _ in
        before()
        return true
      }, next: step)
  }

  private func group(_ group: JoinProgram.Group, next: JoinStep) -> JoinStep {
    switch group {
    case .negation(let bodies): return ExistsStep(bodies.map { whole.assemble($0) }, negated: true, next: next)
    case .set(let bodies):
      if bodies.count == 1, whole.program.isView(bodies[0]) {
        return WithViewStep(whole.assemble(bodies[0], .view), next: next)
      }
      let buffer = SetBuffer()
      return AggregateSetStep(into: buffer, parts: bodies.map { whole.assemble($0, .set(buffer)) }, next: next)
    case .rows(let bodies):
      let sinks = SinkList()
      return AggregateRowsStep(sinks, parts: bodies.map { whole.assemble($0, .rows(sinks)) }, next: next)
    case .count(let counts):
      let parts = counts.map { count in
        let (step, part) = whole.assembleShared(count.body, .tally)
        return CountStep.Part(step, times: count.times, sharing: part, condition: count.condition)
      }
      return CountStep(parts, next: next)
    case .relation(let slot): return CountRowsStep(of: whole.makeAccess(slot), next: next)
    }
  }
}
