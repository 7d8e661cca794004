import Graphs
import Relations
import Terms

extension Engine {
  /// What whoever asked may not expect of the answers: why there are none, as far as that is soon found out, and that facts alone
  /// were looked at. The answers must be those of the graph and the rules as they are.
  public func remarks(on answers: Answers) -> [String] {
    return (try? watched { evaluator in try remarks(on: answers, evaluator) }) ?? []
  }

  private func remarks(on answers: Answers, _ evaluator: Evaluator) throws -> [String] {
    let base = evaluator.base
    guard let lowered = LoweredQuery(answers.query, in: base) else { return [] }
    let clauses = base.clauses(for: lowered.relation)
    defer { evaluator.forget(lowered.relation, scope: 0) }
    var remarks = WidenedStatements(of: lowered.relation, in: base).sentences
    guard !answers.holds else { return remarks }
    let questions = BoundedQuestions(self, evaluator)
    for clause in clauses.prefix(Self.mostAlternatives) {
      let reasons = EmptyAnswer(clause, base) { questions.holds($0, in: clause) }.reasons()
      for reason in reasons where !remarks.contains(reason) { remarks.append(reason) }
    }
    return remarks
  }

  /// Of how many alternatives of a query it is told why they give nothing.
  private static let mostAlternatives = 3
}

/// Asks whether conjunctions hold, with so little work in all that nobody waits for it.
private final class BoundedQuestions {
  private let engine: Engine
  private let evaluator: Evaluator
  /// How often it may still be asked whether to go on.
  private var questionsLeft = 80

  /// The most that one conjunction may take, and how many rows may be put in another order for it.
  private static let mostQuestions = 20
  private static let mostToIndex = 100_000

  init(_ engine: Engine, _ evaluator: Evaluator) {
    self.engine = engine
    self.evaluator = evaluator
  }

  /// Whether literals hold together for anything; `nil` where that takes too long, or fails.
  func holds(_ literals: [Literal], in clause: Clause) -> Bool? {
    if literals.isEmpty { return true }
    let variables = literals.reduce(into: Set<Int>()) { $0.formUnion($1.variables) }
    guard questionsLeft > 0, variables.isSubset(of: Safety.bound(by: literals, given: [])) else { return nil }
    let base = evaluator.base
    var question = clause
    question.origin = .query
    question.head = ClauseAtom(relation: base.makeAuxiliary(arity: 0, name: "answer"), arguments: [], span: clause.span)
    question.body = literals
    let missing = (variables.max() ?? 0) + 1 - question.variableNames.count
    if missing > 0 { question.variableNames += Array(repeating: nil, count: missing) }
    base.add(question)
    let most = min(questionsLeft, Self.mostQuestions)
    let watch = engine.supervisor.watch
    watch?.questionsLeft = most
    defer {
      questionsLeft -= 1 + most - (watch?.questionsLeft ?? 0)
      watch?.questionsLeft = nil
    }
    return try? engine.demanding(question.head.relation, evaluator) { try isMet($0) }
  }

  private func isMet(_ goal: RelationKey) throws -> Bool {
    try evaluator.computeAll(below: goal)
    for clause in evaluator.base.clauses(for: goal) {
      let compiled = evaluator.compile(clause)
      if compiled.missingIndexes.contains(where: { $0.roughCount > Self.mostToIndex }) { throw JoinMachine.Stopped() }
      if try compiled.run(known: nil).contains(where: { !$0.isEmpty }) { return true }
    }
    return false
  }
}
