import Tiltas

/// `tiltas verify FILE`.
enum VerifyVerb {
  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    let path = invocation.operands[0]
    if let note = try Session.verify(path) { reporter.note(note) }
    reporter.note("\(path) is whole")
    return .answered
  }
}
