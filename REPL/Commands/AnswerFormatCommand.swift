import Diagnostics

/// `:format FORMAT` says how answers are written.
enum AnswerFormatCommand: ShellCommand {
  static let name = "format"
  static let command = ShellCommandDescription(
    operands: "[FORMAT]", argument: .format, summary: "how answers are written from here on")

  static func perform(_ rest: String, in shell: Interpreter) throws {
    if rest.isEmpty { return try shell.write(shell.printer.style.format.rawValue) }
    guard let format = Format(rawValue: rest) else {
      let names = Format.allCases.map(\.rawValue)
      let near = Suggestion.nearest(to: rest, among: names).map { "did you mean `\($0)`? " } ?? ""
      throw Diagnostic(
        .wrongCommandOperand, "there is no format `\(rest)`", help: near + "There are \(names.joined(separator: ", "))")
    }
    shell.printer.style.format = format
    shell.printer.style.isFormatChosen = true
  }
}
