import Diagnostics
import Sessions

/// `:history` shows the last entries. With `--safe` it holds only those of this session.
enum HistoryCommand: ShellCommand {
  static let name = "history"
  static let command = ShellCommandDescription(operands: "[N]", summary: "the last entries")

  /// `:history`, `:history 5`: the last entries, twenty where no number is given.
  static func perform(_ rest: String, in shell: Interpreter) throws {
    guard rest.isEmpty || Int(rest).map({ $0 > 0 }) == true else {
      throw Diagnostic(.wrongCommandOperand, "`:history` takes a number, not `\(rest)`", help: "write `:history 50`")
    }
    for entry in shell.history().suffix(Int(rest) ?? 20) {
      try shell.printer.output.write(Text.escapedLines(entry).replacingLineBreaks(by: "\n  ") + "\n")
    }
  }
}
