import Diagnostics

/// `tiltas help [VERB]`, of which a code such as T101 may stand in place.
enum HelpVerb {
  static func run(_ invocation: Invocation) throws -> ExitStatus {
    guard let name = invocation.operands.first else { return try Program.show(Help.overview) }
    if name == "man" { return try Program.show(ManualPage.text) }
    if let script = CompletionScript(rawValue: name) { return try Program.show(script.text) }
    if Verb(rawValue: name) == nil, let topic = HelpTopic(rawValue: name) { return try Program.show(topic.text + "\n") }
    if let code = ErrorPage.code(name) { return try Program.show(ErrorPage.text(of: code)) }
    guard let verb = Verb(rawValue: name) else {
      if ErrorPage.isCode(name) { throw ErrorPage.unknown(name) }
      let near = Suggestion.nearest(to: name, among: Verb.allCases.map(\.rawValue))
      throw UsageError(
        .unknownVerb, "there is no verb `\(name)`", help: near.map { "did you mean `tiltas help \($0)`?" })
    }
    return try Program.show(Help.page(for: verb))
  }
}
