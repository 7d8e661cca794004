internal import Evaluation
internal import Sessions
internal import Terms

extension Database {
  /// Answers a query, of which `?-` and the full stop may be left out.
  ///
  /// ```swift
  /// let answers = try db.query("attended(P, E), held_on(E, D), D >= $since", ["since": DateSpan("2012")!])
  /// ```
  /// - Parameter parameters: the values of `$name`s in the query. They stand for themselves, whatever characters they have. One that
  ///   rules of the database declare (`param min = 2.`) is set for this query, and must be of the kind of its default.
  public func query(_ query: String, _ parameters: [String: any ValueConvertible] = [:]) throws -> Answers {
    try work { Answers(try $0.answers(query, parameters)) }
  }

  /// Answers a query with rows of a type, as ``Answers/decoded(as:)`` does.
  public func query<Element: Decodable>(
    _ query: String, _ parameters: [String: any ValueConvertible] = [:], as type: Element.Type
  ) throws -> [Element] {
    try self.query(query, parameters).decoded(as: type)
  }

  /// Answers a query and calls `body` with one row after the other. No more than a thousand rows are made at a time, so what is kept is
  /// four bytes for a cell. Others may use the database between two thousands; the answers are those of the beginning.
  public func forEachAnswer(
    to query: String, _ parameters: [String: any ValueConvertible] = [:], _ body: (Row) throws -> Void
  ) throws {
    let origin = try work { AnswerOrigin(try $0.answers(query, parameters)) }
    let count = origin.answers.rowCount
    for first in stride(from: 0, to: count, by: Self.rowsAtOnce) {
      try Task.checkCancellation()
      let table = turn.take { _ in AnswerTable(origin.answers, rows: first..<min(count, first + Self.rowsAtOnce)) }
      for number in 0..<table.rowCount { try body(Row(table, number)) }
    }
  }

  private static let rowsAtOnce = 1_000

  /// What an entity is called: its first label, or if it has none its id.
  public func name(of entity: Entity) throws -> String {
    try work { core in
      let graph = core.session.graph
      return graph.terms.find(entity.value.term).flatMap { graph.label(of: $0) } ?? entity.id
    }
  }
}

extension Database.Core {
  func answers(_ query: String, _ parameters: [String: any ValueConvertible]) throws -> Evaluation.Answers {
    try session.query(query, with: parameters.terms())
  }
}

extension [String: any ValueConvertible] {
  /// The same for the graph. Throws if one is no value of the language.
  func terms() throws -> [String: Terms.Value] { try mapValues { try $0.value.checkedTerm() } }
}

extension Value {
  /// The same for the graph. Throws if it is infinite or no number.
  func checkedTerm() throws -> Terms.Value {
    if case .decimal(let decimal) = self, !decimal.isFinite {
      throw TiltasError(.noValue, "\(decimal) is no value: decimals are finite")
    }
    return term
  }
}
