import Diagnostics
import Sessions

/// `:output FILE` sends answers to a file.
enum OutputCommand: ShellCommand {
  static let name = "output"
  static let command = ShellCommandDescription(
    operands: "[FILE] [--labels]", argument: .file, summary: "answers into a file from here on, or back here",
    reach: .files, takesTerminal: true)

  static func perform(_ rest: String, in shell: Interpreter) throws {
    let words = Interpreter.words(rest)
    let options: Set = ["--labels", "--spreadsheet"]
    try shell.redirect(words.first { !options.contains($0) }, options: options.intersection(words))
  }
}

/// Where answers went before they went to a file.
struct Redirection {
  var file: OutputFile
  var path: String
  var output: Output
  var style: Style
}

extension Interpreter {
  /// `:output FILE` sends answers to a file, which appears when it is whole: with `:output` alone, or at the end.
  /// - Parameter options: `--labels`, for names in place of ids whatever the format, and `--spreadsheet`.
  func redirect(_ path: String?, options: Set<String> = []) throws {
    let path = path == "-" ? nil : path
    if let path, !printer.style.isFormatChosen, let problem = Format.problem(ofEnding: path) {
      throw Diagnostic(.unknownFormat, problem.message, help: problem.help + "`:format`")
    }
    if let redirection {
      self.redirection = nil
      try printer.output.flush()
      printer.output = redirection.output
      printer.style = redirection.style
      try redirection.file.finish()
      reporter.note("wrote \(redirection.path)")
    } else if path == nil {
      return try write("answers are shown here")
    }
    guard let path else { return }
    let expanded = Self.expanded(path)
    let file = try OutputFile(path: expanded)
    redirection = Redirection(file: file, path: expanded, output: printer.output, style: printer.style)
    try printer.output.flush()
    printer.output = file.output
    if let format = Format(ending: expanded) { printer.style.format = format }
    if options.contains("--labels") { printer.style.labels = true }
    if options.contains("--spreadsheet") { printer.style.isForSpreadsheets = true }
    printer.style.isTerminal = false
    printer.style.color = false
    printer.style.numbersRows = false
    printer.style.terminalWidth = nil
    printer.startOver()
  }

  /// At the end of the shell or the script.
  func endRedirection() {
    do { if redirection != nil { try redirect(nil) } } catch { _ = reporter.report(error) }
  }
}
