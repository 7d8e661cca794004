import Sessions

/// `tiltas why FACT`, `tiltas why --not FACT`.
enum WhyVerb {
  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    let ofFile = invocation.value(.output).flatMap(ExplanationFormat.init(ending:)) ?? .tree
    let written = invocation.value(.format) ?? ofFile.rawValue
    guard let format = ExplanationFormat(rawValue: written) else {
      let forms = ExplanationFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError(
        .unknownFormat, "an explanation has no format `\(written)`", help: "there are \(forms)", verb: .why)
    }
    if invocation.has(.not), format == .dot || format == .mermaid {
      throw UsageError(
        .unknownFormat, "why something does not hold is no picture", help: "with --not the formats are tree and json",
        verb: .why)
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
}
