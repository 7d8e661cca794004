import Diagnostics
import Sessions

/// `tiltas query QUERY`.
enum QueryCommand: Verb {
  static let name = "query"
  static let verb = VerbDescription(
    operands: "QUERY", operandCount: 1...1, summary: "answer one query",
    details: """
      `?-` and the full stop may be left out. Words that start with a capital letter are variables, and
      each named one is a column; a query without variables answers yes or no. Quote it for the shell.
      """,
    options: Option.opening + Option.answering,
    examples: [
      ("tiltas query 'partner(Org, Project)'", "who is a partner in which project"),
      ("tiltas query 'holds(P, Office) @ {line: L}'", "who holds which office, and on which line it says so"),
      (
        "tiltas query 'project(P), N = count{ O : partner(O, P) } | order by N desc'",
        "projects by their number of partners"
      ),
      ("tiltas query 'held_on(E, D)' -o events.csv", "into a file"),
      ("tiltas query 'partner(klaipeda_administration, water_quality)'", "yes or no"),
    ])

  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    let opening = try Opening.open(invocation)
    let query = try SourceFile.reading(.query, bytes: Array(invocation.operands[0].utf8))
    return try Answering.run(invocation, opening, reporter) { printer in
      let text = String(decoding: query.bytes, as: UTF8.self)
      let answers = try Advice.adding(to: text, in: opening.session) { try opening.session.query(text) }
      try printer.print(answers)
      try Remarks.tell(on: answers, in: opening.session, printer, reporter)
    }
  }
}
