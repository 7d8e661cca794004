import Diagnostics
import Graphs
import Language
import Terms

/// What is wrong with all that is loaded.
extension Engine {
  /// What is wrong with the rules, declarations and queries that are loaded, and where nothing is, which constraints are
  /// broken.
  ///
  /// Where nothing is, also what may be a slip of the pen, as warnings.
  public func check() throws -> (problems: [Diagnostic], broken: [Diagnostic], warnings: [Diagnostic]) {
    supervisor.beginStatements()
    defer { supervisor.endStatements() }
    let problems = Diagnostic.ordered(
      knowledge.typeProblems() + ruleProblems(of: knowledge.program.rulesByHead.keys)
        + knowledge.loadedQueries.flatMap { queryProblems($0) })
    try graph.pace.check()
    if !problems.isEmpty { return (problems, [], []) }
    var broken: [Diagnostic] = []
    for constraint in knowledge.program.constraints {
      do {
        if let problem = try violation(of: constraint) { broken.append(problem) }
        noteWidenedStatements(of: constraint)
      } catch let found as Diagnostic {
        return (found.all, broken, [])
      }
    }
    let untyped = try watched { evaluator in
      try UntypedEntities(graph) { try evaluator.relation(.named($0)) }
    }
    supervisor.beginStatements()
    let warnings = emptyUses() + (untyped.warning().map { [$0] } ?? [])
    try graph.pace.check()
    return ([], broken, warnings)
  }

  /// What queries ask for that can have no row, as warnings.
  private func emptyUses() -> [Diagnostic] {
    if knowledge.loadedQueries.isEmpty { return [] }
    let base = knowledge.makeClauses()
    let queries = knowledge.loadedQueries.compactMap { LoweredQuery($0, in: base) }
    let check = EmptinessCheck(base)
    return Diagnostic.ordered(queries.flatMap { base.clauses(for: $0.relation) }.flatMap(check.warnings))
  }

  /// What is wrong with types and rules, whatever the facts are.
  public func ruleProblems() -> [Diagnostic] {
    knowledge.typeProblems() + ruleProblems(of: knowledge.program.rulesByHead.keys)
  }

  /// What is wrong with the rules of some relations.
  func ruleProblems(of heads: some Sequence<String>) -> [Diagnostic] {
    let problems = nameProblems()
    if !problems.isEmpty { return problems }
    let base = knowledge.makeClauses()
    let names = heads.sorted()
    for name in names { _ = base.clauses(for: .named(name)) }
    if !base.diagnostics.isEmpty { return base.diagnostics }
    let strata = Strata(of: names.map { .named($0) }, in: base)
    return base.diagnostics + (strata.problem.map { [$0] } ?? [])
  }

  func queryProblems(_ query: Query) -> [Diagnostic] {
    if !nameProblems().isEmpty { return [] }
    let base = knowledge.makeClauses()
    guard let lowered = LoweredQuery(query, in: base) else { return base.diagnostics }
    let strata = Strata(of: [lowered.relation], in: base)
    return base.diagnostics + (strata.problem.map { [$0] } ?? [])
  }

  private static let mostWitnesses = 10

  private func violation(of constraint: Program.Constraint) throws -> Diagnostic? {
    let answers = try answer(constraint.query)
    guard answers.holds else { return nil }
    var notes = (0..<min(answers.rowCount, Self.mostWitnesses)).map { row in
      let bindings = answers.columns.enumerated().map { "\($1) = \(answers.value(row: row, column: $0).description)" }
      return Diagnostic.Note("it is broken where \(bindings.joined(separator: ", "))")
    }
    if answers.rowCount > Self.mostWitnesses {
      notes.append(Diagnostic.Note("and in \(answers.rowCount - Self.mostWitnesses) more cases"))
    }
    return Diagnostic(
      .brokenConstraint, "constraint broken: \(constraint.description)", at: constraint.span, notes: notes)
  }

  private func noteWidenedStatements(of constraint: Program.Constraint) {
    let base = knowledge.makeClauses()
    guard let lowered = LoweredQuery(constraint.query, in: base) else { return }
    for sentence in WidenedStatements(of: lowered.relation, in: base).sentences {
      knowledge.note("note: constraint \(Value.string(constraint.description).description): \(sentence)")
    }
  }
}

extension Program.Constraint {
  /// The query whose rows break it.
  fileprivate var query: Query {
    Query(body: body, selection: nil, order: [], limit: nil, offset: nil, span: span)
  }
}
