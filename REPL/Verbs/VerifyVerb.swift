import Tiltas

/// `tiltas verify FILE`.
enum VerifyVerb {
  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    try Opening.guarding(invocation)
    let path = invocation.operands[0]
    if let note = try Watchdog.watching(.reading, { try Session.verify(path) }) { reporter.note(note) }
    reporter.note("\(path) is whole")
    return .answered
  }
}
