import Sessions

/// `tiltas plan QUERY`, `tiltas plan --run QUERY`.
enum PlanVerb {
  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    let opening = try Opening.open(invocation)
    return try Answering.run(invocation, opening, reporter) { printer in
      try printer.print(opening.session.plan(invocation.operands[0], running: invocation.has(.run)))
    }
  }
}
