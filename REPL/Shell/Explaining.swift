import Tiltas

/// `?why`, `?why 3` and `:why`.
extension Interpreter {
  /// `:why FACT`, `:why not FACT`, and `:why 3`; with `--all` before, all rows of aggregates are shown.
  func explain(_ question: String) throws {
    var question = question
    let all = Self.allOption
    let showingAll = question.hasPrefix(all) && question.dropFirst(all.count).first?.isWhitespace != false
    if showingAll { question = question.dropFirst(all.count).trimmed }
    if question.isEmpty || Int(question) != nil {
      let answer = Int(question) ?? 1
      return try printer.print(session.why(answer: answer, showingAll: showingAll), as: printer.explanationFormat)
    }
    if question.hasPrefix("not ") {
      return try printer.print(session.whyNot(question.dropFirst(4).trimmed), as: printer.explanationFormat)
    }
    try printer.print(session.why(question, showingAll: showingAll), as: printer.explanationFormat)
  }

  static let allOption = "--all"
}
