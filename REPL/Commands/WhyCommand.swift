import Diagnostics
import Sessions

/// `tiltas why FACT`, `tiltas why --not FACT`.
enum WhyCommand: Verb, ShellCommand {
  static let name = "why"
  static let verb = VerbDescription(
    operands: "FACT", operandCount: 1...1, summary: "explain why a fact holds, or with --not why it does not",
    details: """
      A fact that is derived is followed to the rules and the stated facts that it rests on, with their
      sources and lines. With --not each rule that could give it is followed to the condition that failed.
      --format is tree, json, dot (for graphviz) or mermaid.
      """,
    options: Option.opening + [.not, .all, .ids, .format, .timeout, .output],
    examples: [
      ("tiltas why 'organisation(gorky_school)'", "the statement and its line"),
      ("tiltas why 'works_at(j_volova, kaliningrad_administration)'", "what a rule gives"),
      ("tiltas why --not 'partner(gorky_school, water_quality)'", "why it does not hold"),
    ])
  static let command = ShellCommandDescription(
    operands: "[--all] [--ids] [FACT|NUMBER]", argument: .query,
    summary: "why a fact or an answer holds; `:why not FACT` why it does not")

  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    let ofFile = invocation.value(.output).flatMap(ExplanationFormat.init(ending:)) ?? .tree
    let written = invocation.value(.format) ?? ofFile.rawValue
    guard let format = ExplanationFormat(rawValue: written) else {
      let forms = ExplanationFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError(
        .unknownFormat, "an explanation has no format `\(written)`", help: "there are \(forms)", verb: name)
    }
    if invocation.has(.not), format == .dot || format == .mermaid {
      throw UsageError(
        .unknownFormat, "why something does not hold is no picture", help: "with --not the formats are tree and json",
        verb: name)
    }
    let fact = invocation.operands[0]
    let opening = try Opening.open(invocation)
    opening.session.explainsByName = format != .json && !invocation.has(.ids)
    return try Answering.run(invocation, opening, reporter) { printer in
      if invocation.has(.not) {
        try printer.print(opening.session.whyNot(fact), as: format)
      } else {
        try printer.print(opening.session.why(fact, showingAll: invocation.has(.all)), as: format)
      }
    }
  }

  static func perform(_ rest: String, in shell: Interpreter) throws { try shell.explain(rest) }
}

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
