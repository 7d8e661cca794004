import Diagnostics
import SessionSupport
import Sessions

/// Asks the engine about a program and compares its answers with the reference's.
struct ProgramAgreement {
  typealias Row = ReferenceEvaluator.Row

  /// What differs: a query's answers, or an error where there was to be none. While a program is shrunk the kind must stay.
  struct Difference: CustomStringConvertible {
    var kind: String
    var description: String
  }

  let program: ReferenceProgram
  /// The rows of each relation; of one that is in error, or rests on such, as if there were no rows in error.
  let expected: [String: Set<Row>]
  /// What each query answers, in order; `nil` where it is an error.
  let answers: [[Row]?]
  /// The relations that are in error as a whole.
  let inError: Set<String>
  /// Those that rest on such: where only some rows are asked for, it may not come to that.
  private let atRisk: Set<String>

  /// `nil` where the program is too large for brute force.
  init?(_ program: ReferenceProgram) throws {
    self.program = program
    do {
      let budget = program.facts.count < 500 ? 30_000 : 60_000
      var evaluator = try ReferenceEvaluator.evaluated(program, budget: budget)
      expected = evaluator.relations
      inError = evaluator.inError
      atRisk = Self.relations(above: inError, program)
      answers = try evaluator.answers()
    } catch ReferenceEvaluator.Failure.tooLarge {
      return nil
    }
  }

  private static func relations(above relations: Set<String>, _ program: ReferenceProgram) -> Set<String> {
    var found = relations
    var hasGrown = !relations.isEmpty
    while hasGrown {
      hasGrown = false
      for rule in program.rules where rule.body.flatMap(\.relations).contains(where: { found.contains($0.name) }) {
        hasGrown = found.insert(rule.head.relation).inserted || hasGrown
      }
      for type in program.types where found.contains(type.name) {
        for supertype in type.supertypes { hasGrown = found.insert(supertype).inserted || hasGrown }
      }
    }
    return found
  }

  /// What the engine says of a computation that fails.
  private static let failures = ["division by zero", "is no number", "64 bits", "a decimal can be"]

  /// Whether the engine refuses something as what can have no answer.
  static func isRefusal(_ problem: Diagnostic) -> Bool { refusals.contains { problem.message.contains($0) } }

  /// What the engine refuses because it can have no answer, or compares what has no order, where the reference answers.
  private static let refusals = [
    "can never hold", "ranges over facts, and", "no entity has the name", "is the name of a relation, and there is no",
    "takes values of one kind", "can never be both", ", and `",
  ]

  /// How the engine differs on what says the same as the program; empty where it does not, and `nil` where it refuses a part
  /// of the program as one that can have no answer.
  func differences(in written: WrittenProgram) -> [Difference]? {
    let first = differences(in: written, otherwise: false)
    guard let first, first.isEmpty, !atRisk.isEmpty || answers.contains(where: { $0 == nil }) else { return first }
    // What is an error is one however it is computed.
    return differences(in: written, otherwise: true)
  }

  /// - Parameter otherwise: whether what is done for one half of the programs is done for the other one.
  private func differences(in written: WrittenProgram, otherwise: Bool) -> [Difference]? {
    do {
      let session = Session()
      let length = written.text.utf8.count
      // Half of the programs compute only what a query demands, which small graphs would never do by themselves.
      session.demandThreshold = (length % 2 == 0) != otherwise ? 0 : 20_000
      // Half of them keep all that can be by computed values.
      if (length % 4 < 2) != otherwise { session.valueJoinCost = -.infinity }
      // Half of them look for the first rows of a limit as if there were too many to be sorted.
      if (length % 8 < 4) != otherwise { session.rowsAtOnce = 0 }
      // And a third of them are shared by threads from the first step.
      session.limits.threads = 1 + length % 3
      session.threadPatience = 0
      try session.load(SourceFile(name: "random.dl", text: written.text))
      let ofQueries = try zip(zip(program.queries, written.queries), answers).flatMap { query, rows in
        let isAtRisk = query.0.body.flatMap(\.relations).contains { atRisk.contains($0.name) }
        return try compare(query.1, ordered: rows, isAtRisk: isAtRisk, in: session)
      }
      return try ofQueries + program.arities.keys.sorted().flatMap { try differences(of: $0, in: session) }
    } catch let diagnostics as Diagnostic {
      return diagnostics.all.contains(where: Self.isRefusal)
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
    let risk: Risk = inError.contains(relation) ? .certain : atRisk.contains(relation) ? .possible : .none
    if arity == 0 { return try compare(all, rows, risk, in: session) }
    var differences = try compare(all, rows, risk, in: session)
    let count = "N = count{ \(variables.joined(separator: ", ")) : \(all) }"
    differences += try compare(count, [[.integer(Int64(rows.count))]], risk, in: session)
    let part: Risk = risk == .certain ? .possible : risk
    guard arity > 1, let some = rows.min(by: { "\($0)" < "\($1)" }) else { return differences }
    // An entity that a rule gives may be of another type than is declared, and asked for it is an error.
    for place in 0..<arity where program.declarations[relation]?[place].contains("any") ?? true {
      let arguments = (0..<arity).map { $0 == place ? some[place].description : variables[$0] }
      let bound = Self.removing(place, from: rows.filter { $0[place] == some[place] })
      differences += try compare("\(relation)(\(arguments.joined(separator: ", ")))", bound, part, in: session)
    }
    // Of one variable in two declared columns it may be known that it has no value.
    if program.declarations[relation] != nil || relation == "label" || relation == "alias" { return differences }
    let repeated = (0..<arity).map { $0 == 1 ? "X0" : variables[$0] }
    let equal = Self.removing(1, from: rows.filter { $0[0] == $0[1] })
    return try differences + compare("\(relation)(\(repeated.joined(separator: ", ")))", equal, risk, in: session)
  }

  private static func removing(_ place: Int, from rows: Set<Row>) -> Set<Row> {
    Set(rows.map { row in row.indices.filter { $0 != place }.map { row[$0] } })
  }

  /// Whether a query is an error.
  private enum Risk { case none, possible, certain }

  /// What a query answers; `nil` where a computation fails that may.
  private func rows(_ query: String, _ risk: Risk, in session: Session) throws -> [Row]? {
    do {
      return try rows(query, in: session)
    } catch let diagnostics as Diagnostic {
      guard risk != .none, diagnostics.all.allSatisfy(Self.isFailure) else { throw diagnostics }
      return nil
    }
  }

  private static func isFailure(_ diagnostic: Diagnostic) -> Bool {
    failures.contains { diagnostic.message.contains($0) }
  }

  private func missingError(_ query: String, _ rows: [Row]) -> Difference {
    Difference(kind: "no error", description: "?- \(query). an error expected, given \(rows.prefix(9))")
  }

  private func rows(_ query: String, in session: Session) throws -> [Row] {
    let answers = try session.query(query)
    if answers.columns.isEmpty { return answers.holds ? [[]] : [] }
    return answers.values
  }

  private func compare(
    _ query: String, ordered expected: [Row]?, isAtRisk: Bool, in session: Session
  ) throws -> [Difference] {
    let risk: Risk = expected == nil ? .certain : isAtRisk ? .possible : .none
    guard let rows = try rows(query, risk, in: session) else { return [] }
    guard let expected else { return [missingError(query, rows)] }
    if rows == expected { return [] }
    let description = "?- \(query). expected \(expected.prefix(9)), given \(rows.prefix(9))"
    return [Difference(kind: "order", description: description)]
  }

  private func compare(
    _ query: String, _ expected: Set<Row>, _ risk: Risk, in session: Session
  ) throws -> [Difference] {
    guard let rows = try rows(query, risk, in: session) else { return [] }
    if risk == .certain { return [missingError(query, rows)] }
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
