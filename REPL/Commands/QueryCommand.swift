import Diagnostics
import Sessions

/// `tiltas query QUERY`.
enum QueryVerb {
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
