import Language
import Relations

/// Tells a clause's program in words, with the literals as a user would write them.
struct PlanSteps {
  private let program: ClauseProgram
  private let text: LiteralText
  /// What has run the program, and what was counted then.
  private let machine: JoinMachine?
  private(set) var steps: [QueryPlan.Step] = []

  /// - Parameters:
  ///   - machine: what has counted how often each node was done, if that is to be told.
  ///   - parts: what was put into relations by computed values before, as clauses.
  init(_ program: ClauseProgram, _ base: ClauseBase, counts machine: JoinMachine? = nil, parts: [Clause] = []) {
    self.program = program
    self.machine = machine
    var named = program.clause
    for number in named.variableNames.indices where named.variableNames[number] == nil {
      named.variableNames[number] = "_\(number)"
    }
    text = LiteralText(base: base, clause: named, binding: [:])
    for part in parts { tell(part) }
    tell(body: program.join.main, 0)
  }

  /// The literal that reads only what the last round has brought.
  var delta: String? { program.delta.map { text.text(program.clause.body[$0]) } }

  /// Tells what is kept by a computed value.
  private mutating func tell(_ part: Clause) {
    let body = part.body.map { text.text($0) }.joined(separator: ", ")
    steps.append(
      QueryPlan.Step(depth: 0, text: "keep as \(text.text(part.head)): \(body)", estimate: nil, outcome: nil))
  }

  private mutating func tell(body: Int, _ depth: Int) {
    var depth = depth
    if let tie = program.tie(ofBody: body) {
      tell(tie, depth)
      depth += 1
    }
    tell(program.join.bodies[body].root, body, depth)
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

  /// Tells a node, what is done within it one step further in, and what is done after it.
  private mutating func tell(_ number: Int, _ body: Int, _ depth: Int) {
    let node = program.join.nodes[number]
    let phrase = phrase(node, body)
    if let phrase {
      let outcome = machine?.tally(ofNode: number).map { tally in
        let found = node.operation.isLoop ? node.next.flatMap { machine?.tally(ofNode: $0)?.count } : nil
        return QueryPlan.Outcome(count: tally.count, found: found, seconds: tally.seconds)
      }
      steps.append(
        QueryPlan.Step(depth: depth, text: phrase, estimate: node.operation.told?.estimate, outcome: outcome))
    }
    for part in node.parts { tell(part, body, depth + 1) }
    if case .compute(let literal, _) = node.operation, case .aggregate = program.literals(ofBody: body)[literal],
      case .group(let group) = program.join.bodies[body].literals[literal]
    {
      if case .relation(let slot) = group {
        let phrase = "count all rows of \(text.text(program.atoms[slot])), without going through them"
        steps.append(QueryPlan.Step(depth: depth + 1, text: phrase, estimate: nil, outcome: nil))
      }
      for part in group.bodies { tell(body: part, depth + 1) }
    }
    if let next = node.next { tell(next, body, node.operation.isLoop ? depth + 1 : depth) }
  }

  /// What a node does, in words; `nil` if there is nothing to tell.
  private func phrase(_ node: JoinProgram.Node, _ body: Int) -> String? {
    switch node.operation {
    case .loop(let variable, let set, _): "for each \(name(variable)) \(condition(set, body))"
    case .check(let literal):
      "where \(program.join.isNegated(literal, in: body) ? "not " : "")\(phrase(literal, body))"
    case .compute(let literal, _): "\(verb(literal, body)) \(phrase(literal, body))"
    case .exists:
      node.parts.contains(where: program.join.looksAtAll)
        ? "where there is one:" : "where there is one, the first that is found:"
    case .nonEmpty(let variable, let set): "where there is any \(name(variable)) \(condition(set, body))"
    case .gather(let variable, _): "gather as a set all \(name(variable)):"
    case .weigh(let variable, _): "count for each \(name(variable)), as its weight:"
    case .product: "count each by itself, and multiply:"
    case .emitSet(let variable, let set): "rows with all \(name(variable)) \(condition(set, body)), as a set"
    case .emitTuple: "a row"
    case .collectSet(_, let set): "all \(condition(set, body)), as a set"
    case .collectTerm(let variable): "the \(name(variable))"
    case .countSet(let variable, let set): "count all \(name(variable)) \(condition(set, body)), as a set"
    case .countOne: "count one"
    case .weighSet(_, let set): "one for each \(condition(set, body)), as a set"
    case .weighTerm(let variable): "one for the \(name(variable))"
    case .found, .witness, .impossible: nil
    }
  }

  private func name(_ variable: Int) -> String { text.text(.variable(variable)) }

  /// `of edge(X, Y) and of edge(Y, Z), not of …`
  private func condition(_ set: JoinProgram.Candidates, _ body: Int) -> String {
    func phrases(_ literals: [Int], _ separator: String) -> String {
      literals.map { self.phrase($0, body) }.joined(separator: separator)
    }
    var phrase = "of " + phrases(set.sources + set.weights, " and ")
    if !set.excluded.isEmpty { phrase += ", without " + phrases(set.excluded, ", ") }
    if !set.unequal.isEmpty { phrase += ", " + phrases(set.unequal, ", ") }
    return phrase
  }

  private func phrase(_ literal: Int, _ body: Int) -> String {
    let part = program.join.bodies[body]
    switch part.literals[literal] {
    case .standIn(let variable, let isWeighed): return "the \(isWeighed ? "weighed" : "gathered") \(name(variable))"
    case .atom(let atom): return text.text(program.atoms[atom.slot])
    case .computed, .group: return text.text(program.literals(ofBody: body)[literal])
    }
  }

  private func verb(_ literal: Int, _ body: Int) -> String {
    switch program.literals(ofBody: body)[literal] {
    case .aggregate: "compute"
    case .comparison(.equal, _, _, _): "with"
    default: "where"
    }
  }
}

extension JoinProgram {
  /// Whether a literal is an atom that is not to hold.
  fileprivate func isNegated(_ literal: Int, in body: Int) -> Bool {
    if case .atom(let atom) = bodies[body].literals[literal] { atom.isNegated } else { false }
  }
}

extension JoinProgram.Operation {
  fileprivate var isLoop: Bool { if case .loop = self { true } else { false } }

  /// The set whose size is told.
  fileprivate var told: JoinProgram.Candidates? {
    switch self {
    case .loop(_, let set, _), .emitSet(_, let set), .collectSet(_, let set), .countSet(_, let set),
      .weighSet(_, let set):
      set
    default: nil
    }
  }
}
