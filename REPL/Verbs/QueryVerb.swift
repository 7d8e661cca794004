import Tiltas

/// `tiltas query QUERY`.
enum QueryVerb {
  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    let opening = try Opening.open(invocation)
    let query = try SourceFile.reading(name: "<query>", bytes: Array(invocation.operands[0].utf8))
    return try Answering.run(invocation, opening, reporter) { printer in
      let answers = try opening.session.query(String(decoding: query.bytes, as: UTF8.self))
      try printer.print(answers)
      try Remarks.tell(on: answers, in: opening.session, printer, reporter)
    }
  }
}
