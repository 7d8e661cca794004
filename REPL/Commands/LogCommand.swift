/// `:log FILE` keeps all from here on in a file.
enum LogCommand: ShellCommand {
  static let name = "log"
  static let command = ShellCommandDescription(
    operands: "[FILE|off]", argument: .file, summary: "keep all from here on in a file of Markdown", reach: .files,
    takesTerminal: true)

  /// `:log FILE` keeps all from here on, `:log off` ends it.
  static func perform(_ rest: String, in shell: Interpreter) throws {
    guard let path = Interpreter.words(rest).first else {
      return try shell.write(shell.transcript == nil ? "off" : "on")
    }
    let transcript = path == "off" ? nil : try Transcript(path: Interpreter.expanded(path))
    shell.transcript = transcript
    shell.printer.output.copy = transcript.map { transcript in { transcript.add($0) } }
    shell.reporter.copy = transcript.map { transcript in { transcript.add(Array($0.utf8)) } }
  }
}
