import Diagnostics
import Sessions

/// The commands of the shell.
extension Interpreter {
  func perform(_ text: Substring) throws {
    let word = text.prefix { !$0.isWhitespace }
    let rest = text.dropFirst(word.count).trimmed
    let command = try Self.command(String(word))
    switch command.reach(rest) {
    case .nothing, .namedFiles: break
    case .files, .programs:
      try Gate.pass("`:\(command.rawValue)` is not there", help: "it reaches files or starts programs")
    }
    switch command {
    case .help: try showHelp(rest)
    case .tour: try takeTour(rest)
    case .schema: try showSchema(rest)
    case .types: try showTypes()
    case .queries: try showQueries()
    case .run: try runFile(rest)
    case .find, .describe, .near, .path, .common, .timeline, .source, .draw: try explore(command, rest)
    case .why: try explain(rest)
    case .plan: try plan(rest)
    case .load: try load(Self.path(rest, for: .load))
    case .save: try save(rest)
    case .rules: for rule in session.rules { try write(rule.text) }
    case .format: try setFormat(rest)
    case .set: try rest.isEmpty ? showParameters() : setParameter(rest)
    case .quit: leave()
    case .undo, .reload, .sourceIs, .saveQuery, .edit, .history, .timing, .wide, .pager, .output, .log:
      try performLasting(command, rest)
    }
  }

  /// The commands that change what is, or how the shell goes on.
  private func performLasting(_ command: ShellCommand, _ rest: String) throws {
    switch command {
    case .undo: try undo()
    case .reload: try reload()
    case .sourceIs: try setSource(Self.words(rest))
    case .saveQuery: try saveQuery(Self.words(rest))
    case .edit: try edit(Self.words(rest))
    case .history: try showHistory(rest)
    case .timing: isTiming = try toggled(isTiming, rest, for: command)
    case .wide: printer.style.isWide = try toggled(printer.style.isWide, rest, for: command)
    case .pager: usesPager = try toggled(usesPager, rest, for: command)
    case .output:
      let words = Self.words(rest)
      let options: Set = ["--labels", "--spreadsheet"]
      try redirect(words.first { !options.contains($0) }, options: options.intersection(words))
    case .log: try log(Self.words(rest).first)
    default: break
    }
  }

  /// The command that a word means, which may be its beginning.
  private static func command(_ word: String) throws(Diagnostic) -> ShellCommand {
    let candidates = ShellCommand.candidates(for: word)
    if candidates.count > 1 {
      let names = candidates.map { ":" + $0.rawValue }.joined(separator: ", ")
      throw Diagnostic(.ambiguousCommand, "`:\(word)` may be \(names)", help: "write one more letter")
    }
    guard let command = candidates.first else {
      let near =
        Advice.command(elsewhere: word)
        ?? Suggestion.nearest(to: word, among: ShellCommand.allCases.map(\.rawValue)).map { ":" + $0 }
      throw Diagnostic(
        .unknownCommand, "there is no command `:\(word)`",
        help: near.map { "did you mean `\($0)`?" } ?? ":help lists the commands")
    }
    return command
  }

  private func showHelp(_ rest: String) throws {
    let width = printer.style.terminalWidth
    guard !rest.isEmpty else { return try printer.output.write(Help.shell(width: width ?? 80)) }
    if let code = ErrorPage.code(rest) {
      return try printer.output.write(Help.fitted(ErrorPage.text(of: code), width: width))
    }
    if ErrorPage.isCode(rest) {
      let unknown = ErrorPage.unknown(rest)
      throw Diagnostic(.wrongCommandOperand, unknown.message, help: unknown.help)
    }
    let isCommand = ShellCommand(rawValue: rest) != nil || rest.hasPrefix(":")
    if !isCommand, let topic = HelpTopic(rest) {
      return try printer.output.write(Help.fitted(topic.text + "\n", width: width))
    }
    let command = try Self.command(rest.hasPrefix(":") ? String(rest.dropFirst()) : rest)
    try printer.output.write(Help.fitted(Help.page(for: command), width: width))
  }

  private func runFile(_ rest: String) throws {
    var words = Self.words(rest)
    guard !words.isEmpty else { throw Self.missing(.run) }
    let file = try savedQuery(ofRow: words.removeFirst())
    let path = savedQuery(file) ?? Self.expanded(file)
    if !Files.exists(path), let near = Suggestion.nearest(to: file, among: savedQueryNames) {
      throw Diagnostic(
        .noSuchSavedQuery, "there is no saved query and no file `\(file)`", help: "did you mean `:run \(near)`?")
    }
    do {
      try runFile(path, words)
    } catch {
      throw advice.explained(error, "")
    }
  }

  private func runFile(_ path: String, _ words: [String]) throws {
    let sources = words.isEmpty ? [] : [try Session.source(path)]
    try session.withParameters(words.map(Self.parameter), declaredIn: sources) {
      try timed { try session.run(path: path, keeps: false, answer: answer, explain: printer.print) }
    }
  }

  private func explore(_ command: ShellCommand, _ rest: String) throws {
    let all = Self.words(rest)
    let words = all.filter { $0 != Entry.allOption }
    let needed = command.description.operands.split(separator: " ").count { $0.first != "[" }
    guard words.count >= needed else { throw Self.missing(command) }
    let exploration = Exploration(
      session: session, printer: printer, reporter: reporter, takesRowNumbers: true, showsAll: words.count < all.count)
    try timed {
      switch command {
      case .find: try exploration.find(words)
      case .describe: try exploration.describe(words)
      case .near: try exploration.near(words)
      case .path: try exploration.path(words)
      case .common: try exploration.common(words)
      case .timeline: try exploration.timeline(words)
      case .source: try exploration.source(words)
      case .draw: try exploration.draw(words.map(Self.expanded))
      default: break
      }
    }
  }

  static func parameter(_ word: String) throws(Diagnostic) -> (name: String, value: String) {
    do { return try Opening.parameter(word) } catch {
      throw Diagnostic(error.code, error.message, help: "write NAME=VALUE")
    }
  }

  private func load(_ path: String) throws {
    let before = (facts: session.graph.factCount, rules: session.ruleCount)
    try session.loadUndoably(path: path)
    for note in session.takeNotes() { reporter.note(note) }
    if isInteractive {
      let facts = Decimals.count(session.graph.factCount - before.facts, "fact", "facts")
      let rules = session.ruleCount - before.rules
      reporter.note(facts + (rules > 0 ? " and \(Decimals.count(rules, "rule", "rules"))" : "") + " read")
    }
    if session.irrevocableLoad == path {
      reporter.note("note: this cannot be undone, for so many facts are not remembered")
    }
  }

  private func plan(_ rest: String) throws {
    let isRunning = rest == "--run" || rest.hasPrefix("--run ")
    let query = isRunning ? rest.dropFirst("--run".count).trimmed : rest
    if query.isEmpty { throw Self.missing(.plan) }
    try printer.print(session.plan(query, origin: .prompt, running: isRunning))
  }

  private func save(_ rest: String) throws {
    let opened = location.paths.count == 1 ? location.paths.first { FileName.ending(of: $0) == "tiltas" } : nil
    guard let path = rest.isEmpty ? opened : try Self.path(rest, for: .save) else {
      throw Diagnostic(
        .missingCommandOperand, "`:save` needs a file, for the graph was not read from a snapshot",
        help: "write `:save FILE.tiltas`")
    }
    do { try SaveVerb.checkEnding(path) } catch { throw Diagnostic(error.code, error.message, help: error.help) }
    try Watchdog.pausing { try session.save(to: path) }
    for note in session.takeNotes() { reporter.note(note) }
    reporter.note("saved \(path)")
  }

  private func setFormat(_ rest: String) throws {
    if rest.isEmpty { return try write(printer.style.format.rawValue) }
    guard let format = Format(rawValue: rest) else {
      let names = Format.allCases.map(\.rawValue)
      let near = Suggestion.nearest(to: rest, among: names).map { "did you mean `\($0)`? " } ?? ""
      throw Diagnostic(
        .wrongCommandOperand, "there is no format `\(rest)`", help: near + "There are \(names.joined(separator: ", "))")
    }
    printer.style.format = format
    printer.style.isFormatChosen = true
  }

  /// What a command such as `:timing on` sets; without a word what is in force is shown.
  private func toggled(_ isOn: Bool, _ rest: String, for command: ShellCommand) throws -> Bool {
    switch rest {
    case "on": return true
    case "off": return false
    case "": try write(isOn ? "on" : "off")
    default: throw Diagnostic(.wrongCommandOperand, "`:\(command.rawValue)` takes `on` or `off`, not `\(rest)`")
    }
    return isOn
  }

  private func showParameters() throws {
    var listing = Listing(["Parameter", "Value", "Meaning"])
    for parameter in session.parameters {
      listing.append([.text(parameter.name), .text(parameter.value.description), .text(parameter.description)])
    }
    try printer.print(rows: listing)
  }

  private func setParameter(_ rest: String) throws {
    let name = rest.prefix { !$0.isWhitespace && $0 != "=" }
    var value = rest.dropFirst(name.count).trimmed
    if value.hasPrefix("=") { value = value.dropFirst().trimmed }
    if try setLimit(String(name), value) { return }
    guard !name.isEmpty, !value.isEmpty else { throw Self.missing(.set) }
    try session.withParameters([(String(name), value)], declaredIn: location.savedQueries) {}
    try session.setParameter(String(name), to: value)
  }

  /// `:set memory 2000` and `:set timeout 60`, where no parameter is called so; whether it was one of them. Without a value it
  /// is shown.
  private func setLimit(_ name: String, _ value: String) throws -> Bool {
    guard name == "memory" || name == "timeout", !session.parameters.contains(where: { $0.name == name }) else {
      return false
    }
    let isMemory = name == "memory"
    if value.isEmpty {
      let shown =
        isMemory
        ? session.limits.memory.map { "\($0 >> 20) MiB" } : session.limits.seconds.map { "\(Decimals.short($0)) s" }
      try write(shown ?? "none")
      return true
    }
    guard let number = Double(value), number.isFinite, number > 0 else {
      throw Diagnostic(
        .wrongCommandOperand, "`\(name)` takes a number above 0, not `\(value)`",
        help: isMemory ? "write how many MiB, as in `:set memory 2000`" : "write seconds, as in `:set timeout 60`")
    }
    let current = isMemory ? session.limits.memory.map { Double($0 >> 20) } : session.limits.seconds
    if Gate.isClosed, let current, number > current {
      throw Diagnostic(.outOfReach, "with --safe a limit can only be lowered", help: "begin with `--\(name) \(value)`")
    }
    if isMemory {
      session.limits.memory = Int(min(number, 1e9) * 1_048_576)
    } else {
      session.limits.seconds = number
    }
    Watchdog.set(session.limits)
    return true
  }

  static func missing(_ command: ShellCommand) -> Diagnostic {
    Diagnostic(
      .missingCommandOperand, "`:\(command.rawValue)` needs \(Operands.needed(command.description.operands))",
      help: "write `\(command.usage)`")
  }

  static func path(_ rest: String, for command: ShellCommand) throws(Diagnostic) -> String {
    guard let word = words(rest).first else { throw missing(command) }
    return expanded(word)
  }

  /// A path with the home folder in place of a leading `~`.
  static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = Environment.value("HOME") else { return path }
    return home + path.dropFirst()
  }
}
