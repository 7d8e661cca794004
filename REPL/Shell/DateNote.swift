import Language
import Sessions
import Terms

extension Interpreter {
  /// Writes answers; where there are none, a month or another span in the query may have been meant for all that lies in it.
  func answer(_ answers: Answers) throws {
    try printer.print(answers)
    try Remarks.tell(on: answers, in: session, onTruth: isInteractive, printer, reporter)
    guard isInteractive, answers.columns.isEmpty ? !answers.holds : answers.rowCount == 0,
      let span = answers.query.body.firstSpan
    else { return }
    let written = Value.date(span).description
    reporter.note("note: \(span) matches this date alone; `during(D, \(written))` takes all that lies within")
  }
}

extension Formula {
  /// The first date longer than a day that stands as an argument of a relation.
  fileprivate var firstSpan: DateSpan? {
    switch self {
    case .atom(let atom): atom.arguments.lazy.compactMap(\.span).first
    case .and(let parts), .or(let parts): parts.lazy.compactMap(\.firstSpan).first
    default: nil
    }
  }
}

extension Expression {
  fileprivate var span: DateSpan? {
    if case .constant(.date(let date), _) = self, date.precision != .day || date.isInterval { date } else { nil }
  }
}
