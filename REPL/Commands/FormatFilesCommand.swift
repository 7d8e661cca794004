import Diagnostics
import Sessions

/// `tiltas format [--check] FILE…`.
enum FormatFilesCommand: Verb {
  static let name = "format"
  static let verb = VerbDescription(
    operands: "FILE…", operandCount: 1...Int.max, summary: "rewrite files in canonical form",
    details: """
      Comments, the order of the statements and single empty lines between them are kept. A file with
      mistakes is left as it is. FILE may be - for standard input; the result then goes to standard output.
      """,
    options: Option.limiting + [.check],
    examples: [
      ("tiltas format Queries/*.dl", "rewrite the saved queries"),
      ("tiltas format --check Graph/*.dl", "list what would change, with status 1"),
    ])

  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    try Opening.guarding(invocation)
    let onlyChecks = invocation.has(.check)
    var problems: [Diagnostic] = []
    var changed: [String] = []
    for path in invocation.operands {
      try Opening.collecting(&problems) {
        let input = path == "-" ? try Files.standardInput() : nil
        let (source, text) = try Watchdog.watching(.reading) {
          let source = try input ?? Session.source(path)
          return (source, try Formatter.format(source))
        }
        let isInForm = text.utf8.elementsEqual(source.bytes)
        if onlyChecks {
          if !isInForm { changed.append(path == "-" ? source.name : path) }
        } else if path == "-" {
          _ = try Program.show(text)
        } else if !isInForm {
          try Session.write(text, to: path)
          changed.append(path)
        }
      }
    }
    for path in changed { reporter.note(onlyChecks ? "\(path) would change" : "rewrote \(path)") }
    reporter.report(problems)
    return problems.isEmpty && (changed.isEmpty || !onlyChecks) ? .answered : .failed
  }
}
