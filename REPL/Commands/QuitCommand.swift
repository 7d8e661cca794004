/// `:quit` leaves.
enum QuitCommand: ShellCommand {
  static let name = "quit"
  static let command = ShellCommandDescription(summary: "leave; so does Ctrl-D", takesTerminal: true)

  static func perform(_ rest: String, in shell: Interpreter) throws { shell.leave() }
}
