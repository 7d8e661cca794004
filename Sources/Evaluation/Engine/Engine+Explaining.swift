import Diagnostics
import Graphs
import Language
import Relations
import Terms

/// Why something holds, and why something does not.
extension Engine {
  /// Why a row of a query's answers is one, counted from 0; of a query without columns, why it holds. `nil` where there
  /// is no such row.
  /// - Parameter showingAll: whether aggregates show all that they are of.
  public func explain(_ answers: Answers, row: Int, showingAll: Bool = false) throws -> Explanation? {
    guard answers.columns.isEmpty ? answers.holds && row == 0 : row >= 0 && row < answers.rowCount else { return nil }
    let current = knowledge.program
    knowledge.program = answers.program
    defer { knowledge.program = current }
    return try watched { evaluator in
      evaluator.isRecording = true
      evaluator.base.showsNames = explainsByName
      defer { (evaluator.isRecording, evaluator.base.showsNames) = (false, false) }
      let lowered = try lower(answers.query, evaluator.base)
      return try demanding(lowered.relation, evaluator) { goal in
        let wanted = answers.columns.indices.map { answers.term(row: row, column: $0).number }
        let choices = wanted.enumerated().map { (column: $0, terms: [$1]) }
        let (relation, _) = try GoalRows(of: goal, evaluator).rows(among: choices, most: 1)
        evaluator.assume(goal, is: relation)
        var found: [UInt32]?
        relation.forEachTuple { tuple in
          found = Array(tuple)
          return false
        }
        guard let found else { return nil }
        return try Explainer(evaluator, for: goal, showingAll: showingAll).explain(goal, found)
      }
    }
  }

  /// Why an answer of the last query is one, counted from 1; what it holds of a query without columns. Throws
  /// ``Diagnostic``, also where there is no such answer.
  public func explainAnswer(_ row: Int, at span: SourceSpan? = nil, showingAll: Bool = false) throws -> Explanation {
    guard let answers = lastAnswers else {
      throw Diagnostic(
        .noAnswerToExplain, "there is no answer to explain yet", at: span,
        help: "ask a query first, or write a fact: ?why fact.")
    }
    if let explanation = try explain(answers, row: row - 1, showingAll: showingAll) { return explanation }
    let count = answers.columns.isEmpty ? (answers.holds ? 1 : 0) : answers.rowCount
    throw Diagnostic(
      .noAnswerToExplain,
      count == 0 ? "the last query has no answer" : "the last query has \(count) answer\(count == 1 ? "" : "s")",
      at: span, help: count == 0 ? "ask why not: ?why not fact." : "write ?why 1 for the first")
  }

  /// Why a fact holds. Throws ``Diagnostic``, also where it does not hold.
  public func explain(_ fact: Atom, showingAll: Bool = false) throws -> Explanation {
    try watched { evaluator in
      let (key, row) = try self.row(fact, evaluator.base)
      if let explanation = try explain(key, row, showingAll, evaluator) { return explanation }
      throw Diagnostic(
        .doesNotHold, "this does not hold", at: fact.span,
        help: "ask why not: ?why not …, or on the command line tiltas why --not")
    }
  }

  /// Computes no more than the query for the row would.
  private func explain(
    _ key: RelationKey, _ row: [UInt32], _ showingAll: Bool, _ evaluator: Evaluator
  ) throws -> Explanation? {
    let base = evaluator.base
    let atom = ClauseAtom(relation: key, arguments: row.map { .constant(Term($0)) }, span: .none)
    let head = ClauseAtom(relation: base.makeAuxiliary(arity: 0, name: "answer"), arguments: [], span: .none)
    base.add(Clause(origin: .query, head: head, body: [.atom(atom)], variableNames: [], span: .none))
    evaluator.isRecording = true
    base.showsNames = explainsByName
    defer { (evaluator.isRecording, base.showsNames) = (false, false) }
    return try demanding(head.relation, evaluator) { goal in
      guard case .atom(let atom)? = base.clauses(for: goal).first?.body.first else { return nil }
      if evaluator.closure(key)?.canCompute != true { _ = try evaluator.relation(goal) }
      return try Explainer(evaluator, for: goal, showingAll: showingAll).explain(atom.relation, row)
    }
  }

  /// Why a fact does not hold. Throws ``Diagnostic``, also where it holds.
  public func refute(_ fact: Atom) throws -> Refutation {
    try watched { evaluator in
      let (key, row) = try self.row(fact, evaluator.base)
      evaluator.base.showsNames = explainsByName
      defer { evaluator.base.showsNames = false }
      let refuter = Refuter(evaluator) { goal in
        try self.demanding(goal, evaluator) { try evaluator.relation($0) }
      }
      if let refutation = try refuter.refute(key, row) { return refutation }
      throw Diagnostic(
        .doesHold, "this holds", at: fact.span, help: "ask why: ?why …, or on the command line tiltas why")
    }
  }

  /// The relation of a fact without variables, and its row.
  private func row(_ fact: Atom, _ base: ClauseBase) throws -> (RelationKey, [UInt32]) {
    let lowering = Lowering(base)
    let literals = lowering.conjunctions(.atom(fact), Lowering.Scope(outer: [:]))
    if !base.diagnostics.isEmpty { throw Diagnostic(all: base.diagnostics) }
    guard literals.count == 1, literals[0].count == 1, case .atom(let atom) = literals[0][0], atom.variables.isEmpty
    else {
      throw Diagnostic(
        .notOneFact, "what is explained is one fact without variables and expressions", at: fact.span,
        help: "ask for it first, and then for the row: ?why 1")
    }
    return (atom.relation, ClauseInstances.row(atom, [:]))
  }
}
