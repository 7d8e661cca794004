import Tiltas

/// `?why`, `?why 3` and `:why`.
extension Interpreter {
  func explain(row: Int) throws {
    guard let answers = lastAnswers else {
      throw Diagnostic("there is no answer to explain yet", help: "ask a query first, or write a fact: ?why fact.")
    }
    if let explanation = try session.why(answers, row: row - 1) {
      return try printer.print(explanation, as: printer.explanationFormat)
    }
    let rows = answers.columns.isEmpty ? (answers.holds ? 1 : 0) : answers.rowCount
    throw Diagnostic(
      rows == 0 ? "the last query has no answer" : "the last query has \(Decimals.count(rows, "answer", "answers"))",
      help: rows == 0 ? "ask why not: ?why not fact." : "write ?why 1 for the first")
  }

  /// `:why FACT`, `:why not FACT`, and `:why 3`.
  func explain(_ rest: String) throws {
    if rest.isEmpty { return try explain(row: 1) }
    if let row = Int(rest) { return try explain(row: row) }
    if rest.hasPrefix("not ") {
      return try printer.print(session.whyNot(rest.dropFirst(4).trimmed), as: printer.explanationFormat)
    }
    try printer.print(session.why(rest), as: printer.explanationFormat)
  }
}
