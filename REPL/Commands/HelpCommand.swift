import Diagnostics

/// `tiltas help [VERB]`, of which a code such as T101 may stand in place.
enum HelpCommand: Verb, ShellCommand {
  static let name = "help"
  static let verb = VerbDescription(
    operands: "[VERB]", operandCount: 0...1, summary: "explain a verb, or list them",
    details:
      "In place of a verb: \(HelpTopic.allCases.map(\.rawValue).joined(separator: ", ")) explain the language,\n"
      + "a code such as T101 an error;\n"
      + "man prints the manual page, and bash, zsh and fish the completion of these shells.",
    examples: [
      ("tiltas help query", "how to ask, with examples"), ("tiltas help aggregates", "a part of the language"),
      ("tiltas help T101", "an error, by its code"),
      ("tiltas help man | man -l -", "the manual page"),
    ])
  static let command = ShellCommandDescription(
    operands: "[COMMAND|TOPIC]", argument: .command, summary: "this list, what a command does, or the language")

  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    guard let name = invocation.operands.first else { return try Program.show(Help.overview) }
    if name == "man" { return try Program.show(ManualPage.text) }
    if let script = CompletionScript(rawValue: name) { return try Program.show(script.text) }
    if Commands.verb(name) == nil, let topic = HelpTopic(rawValue: name) { return try Program.show(topic.text + "\n") }
    if let code = ErrorPage.code(name) { return try Program.show(ErrorPage.text(of: code)) }
    guard let verb = Commands.verb(name) else {
      if ErrorPage.isCode(name) { throw ErrorPage.unknown(name) }
      let near = Suggestion.nearest(to: name, among: Commands.verbs.map { $0.name })
      throw UsageError(
        .unknownVerb, "there is no verb `\(name)`", help: near.map { "did you mean `tiltas help \($0)`?" })
    }
    return try Program.show(Help.page(for: verb))
  }

  static func perform(_ rest: String, in shell: Interpreter) throws {
    let printer = shell.printer
    let width = printer.style.terminalWidth
    guard !rest.isEmpty else { return try printer.output.write(Help.shell(width: width ?? 80)) }
    if let code = ErrorPage.code(rest) {
      return try printer.output.write(Help.fitted(ErrorPage.text(of: code), width: width))
    }
    if ErrorPage.isCode(rest) {
      let unknown = ErrorPage.unknown(rest)
      throw Diagnostic(.wrongCommandOperand, unknown.message, help: unknown.help)
    }
    let isCommand = Commands.shell.contains { $0.name == rest } || rest.hasPrefix(":")
    if !isCommand, let topic = HelpTopic(rest) {
      return try printer.output.write(Help.fitted(topic.text + "\n", width: width))
    }
    let command = try Interpreter.command(rest.hasPrefix(":") ? String(rest.dropFirst()) : rest)
    try printer.output.write(Help.fitted(Help.page(for: command), width: width))
  }
}
