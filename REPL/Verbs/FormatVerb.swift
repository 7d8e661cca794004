import Tiltas

/// `tiltas format [--check] FILE…`.
enum FormatVerb {
  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    var problems: [Diagnostic] = []
    var changed: [String] = []
    for path in invocation.operands {
      try Opening.collecting(&problems) {
        let source = path == "-" ? try Files.standardInput() : try Session.source(path)
        let text = try Formatter.format(source)
        if path == "-" {
          _ = try Program.show(text)
        } else if Array(text.utf8) != source.bytes {
          changed.append(path)
          if !invocation.has(.check) { try Session.write(text, to: path) }
        }
      }
    }
    for path in changed { reporter.note(invocation.has(.check) ? "\(path) would change" : "rewrote \(path)") }
    reporter.report(problems)
    return problems.isEmpty && (changed.isEmpty || !invocation.has(.check)) ? .answered : .failed
  }
}
