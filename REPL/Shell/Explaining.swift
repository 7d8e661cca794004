import Diagnostics
import Sessions

/// `?why`, `?why 3` and `:why`.
extension Interpreter {
  /// `:why FACT`, `:why not FACT`, and `:why 3`; with `--all` before, all rows of aggregates are shown, and with `--ids`
  /// entities by their ids.
  func explain(_ question: String) throws {
    var question = question
    let showsIDs = Self.take(Entry.idsOption, from: &question)
    let showsAll = Self.take(Entry.allOption, from: &question)
    if Self.take(Entry.idsOption, from: &question) || showsIDs { session.explainsByName = false }
    try explain(question, showingAll: showsAll)
  }

  /// Whether a question begins with an option, which is then taken from it.
  private static func take(_ option: String, from question: inout String) -> Bool {
    guard question.hasPrefix(option), question.dropFirst(option.count).first?.isWhitespace != false else {
      return false
    }
    question = question.dropFirst(option.count).trimmed
    return true
  }

  private func explain(_ question: String, showingAll: Bool) throws {
    if question.isEmpty || Int(question) != nil {
      let answer = Int(question) ?? 1
      if let rows = printer.last, !(rows is Answers) {
        return try printer.print(
          session.why(fact(ofRow: answer, rows), showingAll: showingAll), as: printer.explanationFormat)
      }
      return try printer.print(session.why(answer: answer, showingAll: showingAll), as: printer.explanationFormat)
    }
    if question.hasPrefix("not ") {
      return try printer.print(session.whyNot(question.dropFirst(4).trimmed), as: printer.explanationFormat)
    }
    try printer.print(session.why(question, showingAll: showingAll), as: printer.explanationFormat)
  }

  /// The fact that a row of a listing tells.
  private func fact(ofRow number: Int, _ rows: any Tabular) throws(Diagnostic) -> String {
    guard (1...max(1, rows.rowCount)).contains(number), rows.rowCount > 0 else {
      throw Diagnostic(
        .noSuchRow, "what was shown last has \(Decimals.count(rows.rowCount, "row", "rows"))", help: "rows count from 1"
      )
    }
    guard let fact = rows.fact(ofRow: number - 1) else {
      throw Diagnostic(
        .noSuchRow, "row \(number) of what was shown last tells no fact that could be explained",
        help: rows.subject(ofRow: number - 1) == nil ? "ask a query first" : "`:describe \(number)` tells its facts")
    }
    return fact
  }
}
