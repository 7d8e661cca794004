import Sessions

/// `:rules` lists the rules in force.
enum RulesCommand: ShellCommand {
  static let name = "rules"
  static let command = ShellCommandDescription(summary: "the rules in force")

  static func perform(_ rest: String, in shell: Interpreter) throws {
    for rule in shell.session.rules { try shell.write(rule.text) }
  }
}
