/// One option as the parser and the help pages know it; ``Option`` lists them all.
struct OptionDescription {
  /// What the value is called in the help pages; `nil` for an option without a value.
  var value: String?
  var short: Character?
  /// The values that it takes, where they are few.
  var choices: [String] = []
  var summary: String
}

/// The options of the program, by their long names.
enum Option: String, CaseIterable {
  case graph
  case noGraph = "no-graph"
  case format
  case noHeader = "no-header"
  case labels
  case spreadsheet
  case parameter = "param"
  case rules
  case facts
  case timeout
  case memory
  case threads
  case safe
  case selfCheck = "self-check"
  case statistics = "stats"
  case output
  case run
  case not
  case all
  case ids
  case check
  case repair
  case watch
  case quiet
  case color
  case help
  case version

  /// Those that every verb takes.
  static let common: [Option] = [.quiet, .color, .help, .version]
  /// Those that say which graph is opened.
  static let opening: [Option] = [
    .graph, .noGraph, .rules, .facts, .parameter, .memory, .threads, .safe, .selfCheck, .statistics,
  ]
  /// Those that bound what is read, for verbs that open no graph.
  static let limiting: [Option] = [.timeout, .memory, .safe]
  /// Those that say how answers are found and look.
  static let answering: [Option] = [.format, .noHeader, .labels, .spreadsheet, .timeout, .output]

  /// Those that the list of all verbs shows; each verb's own page shows all that it takes.
  static let prominent: [Option] = [
    .graph, .noGraph, .rules, .facts, .parameter, .format, .labels, .output, .timeout, .help,
  ]

  var description: OptionDescription {
    switch self {
    case .graph:
      OptionDescription(
        value: "PATH",
        summary: "the graph: a folder, a file, or - for statements on standard input; may be repeated")
    case .noGraph: OptionDescription(summary: "start from nothing")
    case .format:
      OptionDescription(
        value: "FORMAT", choices: Format.allCases.map(\.rawValue) + ExplanationFormat.ownNames,
        summary: "how answers are written; a table on a terminal and tsv otherwise, or by the ending of -o")
    case .noHeader: OptionDescription(summary: "leave out the columns' names")
    case .labels: OptionDescription(summary: "names instead of ids in tsv, csv, json and jsonl")
    case .spreadsheet:
      OptionDescription(summary: "in csv and tsv, ' before texts that a spreadsheet would take for formulas")
    case .parameter: OptionDescription(value: "NAME=VALUE", summary: "set a parameter of the queries; may be repeated")
    case .rules:
      OptionDescription(
        value: "PATH", summary: "read the rules of a file or a folder beside the graph; may be repeated")
    case .facts:
      OptionDescription(
        value: "DIR", summary: "read NAME.tsv, NAME.csv and NAME.facts in DIR into relation NAME; may be repeated")
    case .timeout: OptionDescription(value: "SECONDS", summary: "end a query that takes longer, with status 4")
    case .memory:
      OptionDescription(
        value: "MIB", summary: "end what needs more memory, with status 4 (three quarters of what there is)")
    case .threads: OptionDescription(value: "N", summary: "how many threads a query may use (one a processor)")
    case .safe:
      OptionDescription(
        summary: "for statements of strangers: they reach no files, and queries end after 10 s and at 1024 MiB")
    case .selfCheck:
      OptionDescription(
        summary: "look at all of the graph after each step, and tell what is broken; for tests, and slow")
    case .statistics: OptionDescription(summary: "times and counts on standard error")
    case .output:
      OptionDescription(
        value: "FILE", short: "o", summary: "write answers to FILE, whole or not at all; - is standard output")
    case .run: OptionDescription(summary: "answer the query, and show real counts and times")
    case .not: OptionDescription(summary: "explain why the fact does not hold")
    case .all: OptionDescription(summary: "show everything, however much it is: all facts, all rows of an aggregate")
    case .ids: OptionDescription(summary: "ids instead of names in explanations")
    case .check: OptionDescription(summary: "change nothing, and list the files that would change")
    case .repair: OptionDescription(summary: "keep whatever is whole, in the new file of -o, and list what is lost")
    case .watch: OptionDescription(summary: "run again whenever a file or the graph changes, until Ctrl-C")
    case .quiet: OptionDescription(short: "q", summary: "nothing but answers and errors")
    case .color:
      OptionDescription(value: "WHEN", choices: ["auto", "always", "never"], summary: "colours in messages and tables")
    case .help: OptionDescription(short: "h", summary: "show help")
    case .version: OptionDescription(summary: "show the version")
    }
  }

  init?(short letter: Character) {
    guard let option = Self.allCases.first(where: { $0.description.short == letter }) else { return nil }
    self = option
  }

  /// As a reader types it: `-o, --output FILE`.
  var usage: String {
    let description = description
    let short = description.short.map { "-\($0), " } ?? "    "
    return short + "--" + rawValue + (description.value.map { " " + $0 } ?? "")
  }
}
