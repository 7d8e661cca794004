import Tiltas

/// Asks the engine about a program and compares its answers with the reference's.
struct ProgramAgreement {
  typealias Row = ReferenceEvaluator.Row

  /// What differs: a query's answers, or an error where there was to be none. While a program is shrunk the kind must stay.
  struct Difference: CustomStringConvertible {
    var kind: String
    var description: String
  }

  let program: ReferenceProgram
  let expected: [String: Set<Row>]
  /// What each query answers, in order.
  let answers: [[Row]]

  /// `nil` where the program is too large for brute force.
  init?(_ program: ReferenceProgram) throws {
    self.program = program
    do {
      let budget = program.facts.count < 500 ? 30_000 : 60_000
      var evaluator = try ReferenceEvaluator.evaluated(program, budget: budget)
      expected = evaluator.relations
      answers = try evaluator.answers()
    } catch ReferenceEvaluator.Failure.tooLarge {
      return nil
    }
  }

  /// What the engine refuses because it can have no answer, or compares what has no order, where the reference answers.
  private static let refusals = [
    "can never hold", "ranges over facts, and", "no entity has the name", "is the name of a relation, and there is no",
    "takes values of one kind", "can never be both",
  ]

  /// How the engine differs on what says the same as the program; empty where it does not, and `nil` where it refuses a part
  /// of the program as one that can have no answer.
  func differences(in written: WrittenProgram) -> [Difference]? {
    do {
      let session = Session()
      // Half of the programs compute only what a query demands, which small graphs would never do by themselves.
      if written.text.utf8.count % 2 == 0 { session.demandThreshold = 0 }
      // Half of them keep all that can be by computed values.
      if written.text.utf8.count % 4 < 2 { session.valueJoinCost = -.infinity }
      // Half of them look for the first rows of a limit as if there were too many to be sorted.
      if written.text.utf8.count % 8 < 4 { session.rowsAtOnce = 0 }
      // And a third of them are shared by threads from the first step.
      session.limits.threads = 1 + written.text.utf8.count % 3
      session.threadPatience = 0
      try session.load(SourceFile(name: "random.dl", text: written.text))
      let ofQueries = try zip(written.queries, answers).flatMap { try compare($0, ordered: $1, in: session) }
      return try ofQueries + program.arities.keys.sorted().flatMap { try differences(of: $0, in: session) }
    } catch let diagnostics as Diagnostics {
      let isRefused = diagnostics.all.contains { problem in
        Self.refusals.contains { problem.message.contains($0) }
      }
      return isRefused
        ? nil
        : diagnostics.all.map { diagnostic in
          let place = diagnostic.span.map { $0.file.position(of: $0.start) }
          let text = "\(place?.line ?? 0):\(place?.column ?? 0): \(diagnostic.message)"
          return Difference(kind: diagnostic.message, description: text)
        }
    } catch {
      return [Difference(kind: "failure", description: "\(error)")]
    }
  }

  private func differences(of relation: String, in session: Session) throws -> [Difference] {
    let rows = expected[relation, default: []]
    let arity = program.arities[relation, default: 0]
    let variables = (0..<arity).map { "X\($0)" }
    let all = "\(relation)(\(variables.joined(separator: ", ")))"
    if arity == 0 { return try compare(all, rows, in: session) }
    var differences = try compare(all, rows, in: session)
    let count = "N = count{ \(variables.joined(separator: ", ")) : \(all) }"
    differences += try compare(count, [[.integer(Int64(rows.count))]], in: session)
    guard arity > 1, let some = rows.min(by: { "\($0)" < "\($1)" }) else { return differences }
    // An entity that a rule gives may be of another type than is declared, and asked for it is an error.
    for place in 0..<arity where program.declarations[relation]?[place].contains("any") ?? true {
      let arguments = (0..<arity).map { $0 == place ? some[place].description : variables[$0] }
      let bound = Self.removing(place, from: rows.filter { $0[place] == some[place] })
      differences += try compare("\(relation)(\(arguments.joined(separator: ", ")))", bound, in: session)
    }
    // Of one variable in two declared columns it may be known that it has no value.
    if program.declarations[relation] != nil || relation == "label" || relation == "alias" { return differences }
    let repeated = (0..<arity).map { $0 == 1 ? "X0" : variables[$0] }
    let equal = Self.removing(1, from: rows.filter { $0[0] == $0[1] })
    return try differences + compare("\(relation)(\(repeated.joined(separator: ", ")))", equal, in: session)
  }

  private static func removing(_ place: Int, from rows: Set<Row>) -> Set<Row> {
    Set(rows.map { row in row.indices.filter { $0 != place }.map { row[$0] } })
  }

  private func rows(_ query: String, in session: Session) throws -> [Row] {
    let answers = try session.query(query)
    if answers.columns.isEmpty { return answers.holds ? [[]] : [] }
    return (0..<answers.rowCount).map { row in answers.columns.indices.map { answers.value(row: row, column: $0) } }
  }

  private func compare(_ query: String, ordered expected: [Row], in session: Session) throws -> [Difference] {
    let rows = try rows(query, in: session)
    if rows == expected { return [] }
    let description = "?- \(query). expected \(expected.prefix(9)), given \(rows.prefix(9))"
    return [Difference(kind: "order", description: description)]
  }

  private func compare(_ query: String, _ expected: Set<Row>, in session: Session) throws -> [Difference] {
    let rows = try rows(query, in: session)
    let given = Set(rows)
    if given == expected && rows.count == given.count { return [] }
    let missing = expected.subtracting(given).map { "\($0)" }.sorted().prefix(5)
    let wrong = given.subtracting(expected).map { "\($0)" }.sorted().prefix(5)
    let description =
      "?- \(query). \(expected.count) rows expected, \(rows.count) given; missing: \(missing.joined(separator: " ")); "
      + "too many: \(wrong.joined(separator: " "))"
    return [Difference(kind: "answers", description: description)]
  }
}
