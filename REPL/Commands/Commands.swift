/// The commands of the shell, written with a colon before them.
enum ShellCommand: String, CaseIterable {
  case help, tour, find, describe, near, path, common, timeline, source, draw
  case schema, types, queries, run, why, plan, rules, history
  case load, save, reload, undo
  case sourceIs = "source-is"
  case saveQuery = "save-query"
  case edit, set
  case format, wide, pager, timing, output, log, quit

  var description: ShellCommandDescription {
    switch self {
    case .help:
      .init(operands: "[COMMAND|TOPIC]", argument: .command, summary: "this list, what a command does, or the language")
    case .tour: .init(operands: "[off]", summary: "five minutes on the graph, that wait for what you type")
    case .schema:
      .init(operands: "[RELATION]", argument: .relation, summary: "the relations, what each takes and holds")
    case .types: .init(summary: "the types, and how many entities are of each")
    case .queries: .init(summary: "the saved queries, with the question that each answers")
    case .run:
      .init(
        operands: "FILE [NAME=VALUE…]", argument: .savedQuery, summary: "run a saved query or a file, with parameters")
    case .find: .init(operands: "WORDS", argument: .words, summary: "entities by any of their names")
    case .describe: .init(operands: "X [--all]", argument: .entity, summary: "all that is known about one entity")
    case .near: .init(operands: "X [STEPS] [--all]", argument: .entity, summary: "what is one or more steps away")
    case .path: .init(operands: "A B [N]", argument: .entity, summary: "how two are connected; N ways")
    case .common: .init(operands: "A B [--all]", argument: .entity, summary: "what two have in common")
    case .timeline: .init(operands: "[X] [YEAR]", argument: .entity, summary: "what happened, in order")
    case .source:
      .init(
        operands: "[SOURCE] LINE[-LINE]", argument: .none, summary: "the statements that rest on a line, or on several")
    case .draw: .init(operands: "X [STEPS] [FILE.svg]", argument: .entity, summary: "a tree, or a picture in a file")
    case .why:
      .init(
        operands: "[--all] [--ids] [FACT|NUMBER]", argument: .query,
        summary: "why a fact or an answer holds; `:why not FACT` why it does not")
    case .plan:
      .init(
        operands: "[--run] QUERY", argument: .query,
        summary: "how a query will be answered; with --run also real counts and times")
    case .history: .init(operands: "[N]", summary: "the last entries")
    case .undo: .init(summary: "undo the last change of facts or rules, or the last load")
    case .sourceIs:
      .init(operands: "[SOURCE [LINE]|none]", summary: "what facts that are added from here on rest on")
    case .saveQuery:
      .init(
        operands: "NAME \"QUESTION\" [PARAM=CONSTANT…]", argument: .savedQuery,
        summary: "save the last query, constants as parameters")
    case .edit: .init(operands: "[QUERY]", argument: .savedQuery, summary: "the last entry or a saved query in $EDITOR")
    case .wide: .init(operands: "[on|off]", argument: .toggle, summary: "show cells in full, wider than the terminal")
    case .pager: .init(operands: "[on|off]", argument: .toggle, summary: "show what is long with $PAGER")
    case .output:
      .init(operands: "[FILE] [--labels]", argument: .file, summary: "answers into a file from here on, or back here")
    case .log: .init(operands: "[FILE|off]", argument: .file, summary: "keep all from here on in a file of Markdown")
    case .load: .init(operands: "PATH", argument: .file, summary: "read a file or a folder into the graph")
    case .save: .init(operands: "[FILE]", argument: .file, summary: "write the graph to a snapshot file")
    case .reload: .init(summary: "read what others have changed in the snapshot; your own changes stay")
    case .rules: .init(summary: "the rules in force")
    case .format: .init(operands: "[FORMAT]", argument: .format, summary: "how answers are written from here on")
    case .timing: .init(operands: "[on|off]", argument: .toggle, summary: "show how long each answer takes")
    case .set:
      .init(
        operands: "[NAME VALUE]", argument: .parameter,
        summary: "set a parameter of the queries, or list them; `:set memory MIB` and `:set timeout SECONDS` set limits"
      )
    case .quit: .init(summary: "leave; so does Ctrl-D")
    }
  }

  /// The commands as `:help` shows them, each once.
  static let groups: [(heading: String, commands: [ShellCommand])] = [
    ("explore", [.find, .describe, .near, .path, .common, .timeline, .source, .draw]),
    ("ask", [.schema, .types, .why, .plan, .queries, .run, .saveQuery, .rules, .set]),
    ("change", [.load, .undo, .sourceIs, .save, .reload, .edit, .history]),
    ("look", [.format, .wide, .pager, .timing, .output, .log]),
    ("", [.help, .tour, .quit]),
  ]

  /// What the command, with what follows it, reaches beyond the graph.
  func reach(_ operands: String) -> Gate.Reach {
    switch self {
    case .load, .save, .reload, .run, .queries, .saveQuery, .output, .log: .files
    case .edit, .pager: .programs
    // A picture in a file is told from a tree by its ending.
    case .draw: operands.contains(".") ? .files : .nothing
    case .help, .tour, .find, .describe, .near, .path, .common, .timeline, .source: .nothing
    case .schema, .types, .why, .plan, .rules, .undo, .sourceIs, .set, .format, .wide, .timing, .quit: .nothing
    // Of those for whom the gate is closed it holds only what they have typed.
    case .history: .nothing
    }
  }

  /// Whether a word behind the command is the name of a file, or a part of it.
  private func isFileName(_ word: some Collection<UInt8>) -> Bool {
    switch self {
    case .run: !word.contains(UInt8(ascii: "="))
    case .draw: word.contains(UInt8(ascii: "."))
    default: description.argument == .file
    }
  }

  /// Whether a line is a command, and a place on it is in the name of a file.
  static func namesFile(_ line: some Collection<UInt8>, at place: Int) -> Bool {
    let line = Array(line)
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    let words = line.indices.split { isSpace(line[$0]) }
    guard let first = words.first, line[first.startIndex] == UInt8(ascii: ":"),
      let word = words.dropFirst().first(where: { $0.contains(place) })
    else { return false }
    let name = String(decoding: line[first.startIndex + 1..<first.endIndex], as: UTF8.self)
    let candidates = candidates(for: name)
    return candidates.count == 1 && candidates[0].isFileName(line[word.startIndex..<word.endIndex])
  }

  /// As a reader types it: `:run FILE [NAME=VALUE…]`.
  var usage: String {
    let operands = description.operands
    return ":" + rawValue + (operands.isEmpty ? "" : " " + operands)
  }

  /// The commands that a word may mean: the one of that name, else all that begin with it. `q` is `quit`, as everywhere.
  static func candidates(for word: String) -> [ShellCommand] {
    if let exact = ShellCommand(rawValue: word == "q" ? "quit" : word) { return [exact] }
    return allCases.filter { !word.isEmpty && $0.rawValue.hasPrefix(word) }
  }
}
