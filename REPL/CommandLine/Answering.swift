import Glibc
import Sessions

/// Runs what answers queries, with a printer in the style that the command line asks for, and ends its output properly.
enum Answering {
  static func run(
    _ invocation: Invocation, _ opening: Opening, _ reporter: Reporter, _ work: (AnswerPrinter) throws -> Void
  ) throws -> ExitStatus {
    try checkEnding(invocation)
    let file = try invocation.value(.output).flatMap { $0 == "-" ? nil : try OutputFile(path: $0) }
    let output = file?.output ?? Output(descriptor: STDOUT_FILENO, name: "standard output")
    let style = try style(invocation, toFile: file != nil)
    let printer = AnswerPrinter(style: style, output: output, graph: opening.session.graph)
    do {
      // In the shell each entry is shown, and the entries of a script are watched, one by one.
      if invocation.isShell {
        try work(printer)
      } else {
        try Progress.showing(opening.session.activity) { try Watchdog.watching(.query) { try work(printer) } }
        // Names and labels are read when they are written.
        try opening.session.graph.checkSupplies()
      }
    } catch {
      // What was answered before the error is worth seeing, but a file is whole or not there.
      if let file { file.discard() } else { try? output.flush() }
      // What only seems wrong where something could not be read, such as an unknown name, is not told.
      try opening.session.graph.checkSupplies()
      throw SharedRules(opening.location).explained(error) { file in
        invocation.isShell ? "write `:load \(file)`" : "add `--rules \(file)`"
      }
    }
    if let file { try file.finish() } else { try output.flush() }
    if invocation.has(.statistics) { tell(opening.session.statistics) }
    return ExitStatus.answered(opening.session)
  }

  static func style(_ invocation: Invocation, toFile: Bool) throws(UsageError) -> Style {
    var style = Style()
    style.isTerminal = !toFile && Environment.isTerminal(STDOUT_FILENO)
    let isOfExplanations = invocation.verb == WhyCommand.self || invocation.verb == DrawCommand.self
    let chosen = invocation.value(.format).flatMap(Format.init(rawValue:))
    if chosen == nil, let written = invocation.value(.format), !isOfExplanations {
      throw UsageError(
        .unknownFormat, "`\(written)` is a format of explanations", help: "it goes with `tiltas why`",
        verb: invocation.verb.name)
    }
    style.format =
      chosen ?? invocation.value(.output).flatMap(Format.init(ending:)) ?? (style.isTerminal ? .table : .tsv)
    style.isFormatChosen = chosen != nil
    style.header = !invocation.has(.noHeader)
    style.labels = invocation.has(.labels)
    style.isForSpreadsheets = invocation.has(.spreadsheet)
    style.color = !toFile && Environment.usesColor(invocation.value(.color), on: STDOUT_FILENO)
    style.drawsBoxes = Environment.setUpCharacters()
    style.terminalWidth = style.isTerminal ? Environment.terminalWidth(STDOUT_FILENO) : nil
    style.countsRows = !invocation.has(.quiet)
    return style
  }

  /// What is written under a name is what the name says.
  private static func checkEnding(_ invocation: Invocation) throws(UsageError) {
    let isDrawing = invocation.verb == DrawCommand.self
    guard let path = invocation.value(.output), invocation.verb.takes(.format), !invocation.has(.format) else { return }
    if invocation.verb == WhyCommand.self || isDrawing {
      if FileName.ending(of: path).isEmpty || ExplanationFormat(ending: path) != nil { return }
      throw UsageError(
        .unknownFormat, "nothing is explained or drawn as `.\(FileName.ending(of: path))`",
        help: isDrawing && Picture.Kind(ending: path) != nil
          ? "name the picture behind the entity: `tiltas draw X \(path)`"
          : "end the name in .txt, .dot, .mmd\(!isDrawing ? " or .json" : ""), or choose a format with `--format`",
        verb: invocation.verb.name)
    }
    if let problem = Format.problem(ofEnding: path) {
      throw UsageError(.unknownFormat, problem.message, help: problem.help + "`--format`", verb: invocation.verb.name)
    }
  }

  static func tell(_ statistics: Statistics) {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    Output.writeError(
      """
      loading  \(Decimals.fixed(statistics.loadSeconds)) s, \(Decimals.count(statistics.facts, "fact", "facts"))
      queries  \(Decimals.fixed(statistics.querySeconds)) s, \(Decimals.count(statistics.rows, "row", "rows"))
      memory   \(usage.ru_maxrss >> 10) MiB at most

      """)
  }
}
