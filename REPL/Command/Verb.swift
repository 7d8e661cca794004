/// The verbs of the program; without one, ``repl`` is meant.
enum Verb: String, CaseIterable {
  case repl, query, run, why, describe, find, near, path, common, timeline, source, draw, plan, check, format, save,
    verify, info, help

  var description: VerbDescription {
    switch self {
    case .repl: Self.replDescription
    case .query: Self.queryDescription
    case .run: Self.runDescription
    case .why: Self.whyDescription
    case .describe: Self.describeDescription
    case .find: Self.findDescription
    case .near: Self.nearDescription
    case .path: Self.pathDescription
    case .common: Self.commonDescription
    case .timeline: Self.timelineDescription
    case .source: Self.sourceDescription
    case .draw: Self.drawDescription
    case .plan: Self.planDescription
    case .check: Self.checkDescription
    case .format: Self.formatDescription
    case .save: Self.saveDescription
    case .verify: Self.verifyDescription
    case .info: Self.infoDescription
    case .help:
      VerbDescription(
        operands: "[VERB]", operandCount: 0...1, summary: "explain a verb, or list them",
        details:
          "In place of a verb: \(HelpTopic.allCases.map(\.rawValue).joined(separator: ", ")) explain the language,\n"
          + "a code such as T101 an error;\n"
          + "man prints the manual page, and bash, zsh and fish the completion of these shells.",
        examples: [
          ("tiltas help query", "how to ask, with examples"), ("tiltas help aggregates", "a part of the language"),
          ("tiltas help T101", "an error, by its code"),
          ("tiltas help man | man -l -", "the manual page"),
        ])
    }
  }

  func takes(_ option: Option) -> Bool {
    Option.common.contains(option) || description.options.contains(option)
  }

  private static let replDescription = VerbDescription(
    summary: "open the shell on the graph; the verb may be left out",
    details: """
      At the prompt, type a query, `+fact.` to add, `-fact.` to take back, or a rule; lines that start
      with : are commands, and :help lists them. Ctrl-C ends the running query or the line, Ctrl-D leaves.
      When standard input is not a terminal it is run as a script, without prompts; the first error ends it.
      With one snapshot open each change is on the disk before the next prompt, beside the snapshot until
      :save; what stands between `begin.` and `commit.` is kept as a whole or not at all: a mistake
      ends it, as `rollback.` does, and undoes what it has changed.
      """,
    options: Option.opening + Option.answering,
    examples: [
      ("tiltas", "the shell on the graph in this folder"),
      ("tiltas --no-graph", "the shell on an empty graph"),
      ("tiltas < script", "the same entries and commands from a file"),
    ])

  private static let queryDescription = VerbDescription(
    operands: "QUERY", operandCount: 1...1, summary: "answer one query",
    details: """
      `?-` and the full stop may be left out. Words that start with a capital letter are variables, and
      each named one is a column; a query without variables answers yes or no. Quote it for the shell.
      """,
    options: Option.opening + Option.answering,
    examples: [
      ("tiltas query 'partner(Org, Project)'", "who is a partner in which project"),
      ("tiltas query 'holds(P, Office) @ {line: L}'", "who holds which office, and on which line it says so"),
      (
        "tiltas query 'project(P), N = count{ O : partner(O, P) } | order by N desc'",
        "projects by their number of partners"
      ),
      ("tiltas query 'held_on(E, D)' -o events.csv", "into a file"),
      ("tiltas query 'partner(klaipeda_administration, water_quality)'", "yes or no"),
    ])

  private static let runDescription = VerbDescription(
    operands: "FILE…", operandCount: 1...Int.max, summary: "run files of statements and saved queries",
    details: """
      Files are run in their order, and each query's answers come as they are found. FILE may be - for
      standard input. If no graph is found from the working folder, the folder Graph beside or above
      FILE is opened, so that a saved query that is executable answers from anywhere. If files ask more
      than one query, --format jsonl puts "query": N into each object, and gives {"query": N, "answer": true}
      for a yes; in csv and tsv each answer has its own header, and in json it is an array of its own.
      """,
    options: Option.opening + Option.answering + [.watch],
    examples: [
      ("tiltas run Queries/partners-on-several-projects.dl", "a saved query"),
      ("tiltas run Queries/partners-on-several-projects.dl --param min=3", "with a parameter"),
      ("tiltas run --watch Queries/who-met.dl", "again whenever it or the graph is changed"),
      ("tiltas run --no-graph --facts data closure.dl", "a program on facts from data/*.tsv"),
    ])

  private static let whyDescription = VerbDescription(
    operands: "FACT", operandCount: 1...1, summary: "explain why a fact holds, or with --not why it does not",
    details: """
      A fact that is derived is followed to the rules and the stated facts that it rests on, with their
      sources and lines. With --not each rule that could give it is followed to the condition that failed.
      --format is tree, json, dot (for graphviz) or mermaid.
      """,
    options: Option.opening + [.not, .all, .ids, .format, .timeout, .output],
    examples: [
      ("tiltas why 'organisation(gorky_school)'", "the statement and its line"),
      ("tiltas why 'works_at(j_volova, kaliningrad_administration)'", "what a rule gives"),
      ("tiltas why --not 'partner(gorky_school, water_quality)'", "why it does not hold"),
    ])

  private static let planDescription = VerbDescription(
    operands: "QUERY", operandCount: 1...1, summary: "show how a query will be answered",
    details: """
      The relations that the query rests on come in the order in which they are computed, each with the
      steps of its rules, and with about how many rows and values are expected. With --run the query is
      answered, and beside each step stand how often it was done, for how many values what is
      within it was done, and how long it took with all that follows it in its rule.
      """,
    options: Option.opening + [.run, .timeout, .output],
    examples: [
      ("tiltas plan 'partner(Org, P), covers(P, Place)'", "the order of the variables, and which sets meet"),
      ("tiltas plan --run 'part_of+(X, Y)'", "with real counts and times"),
    ])

  private static let checkDescription = VerbDescription(
    operands: "[FILE…]", operandCount: 0...Int.max, summary: "list all that is wrong with the graph or with files",
    details: """
      The graph and the files are parsed; arity, types, safety and strata are checked, and every
      constraint. The exit status is 0 if all is well, 1 for errors, 3 for broken constraints.
      """,
    options: Option.opening + [.timeout],
    examples: [
      ("tiltas check", "the graph in this folder"),
      ("tiltas check Queries/*.dl", "and the saved queries with it"),
    ])

  private static let formatDescription = VerbDescription(
    operands: "FILE…", operandCount: 1...Int.max, summary: "rewrite files in canonical form",
    details: """
      Comments, the order of the statements and single empty lines between them are kept. A file with
      mistakes is left as it is. FILE may be - for standard input; the result then goes to standard output.
      """,
    options: Option.limiting + [.check],
    examples: [
      ("tiltas format Queries/*.dl", "rewrite the saved queries"),
      ("tiltas format --check Graph/*.dl", "list what would change, with status 1"),
    ])

  private static let saveDescription = VerbDescription(
    operands: "FILE", operandCount: 1...1, summary: "write the graph to a snapshot file",
    details: """
      FILE ends in .tiltas. It appears whole or not at all, and opens faster than text:
      `tiltas --graph FILE`.
      """,
    options: Option.opening,
    examples: [("tiltas save klaipeda.tiltas", "the graph in this folder, in one file")])

  private static let verifyDescription = VerbDescription(
    operands: "FILE", operandCount: 1...1, summary: "check a snapshot file",
    details: """
      Every checksum and all that must hold among its parts is checked; what is damaged is named, with
      status 1. With --repair whatever is whole of FILE and its journal goes into the new snapshot of -o,
      and what is lost is listed, with status 1. FILE stays as it is, and no file is overwritten.
      """,
    options: [.repair, .output] + Option.limiting,
    examples: [
      ("tiltas verify klaipeda.tiltas", "whether it is whole"),
      ("tiltas verify --repair klaipeda.tiltas -o repaired.tiltas", "keep what is whole of a damaged one"),
    ])

  private static let infoDescription = VerbDescription(
    operands: "[FILE]", operandCount: 0...1, summary: "say what is in a snapshot file, or what the program may use",
    details: """
      Without FILE: how much memory and how many threads may be used if nothing else is said.
      """,
    options: Option.limiting,
    examples: [
      ("tiltas info klaipeda.tiltas", "its size, relations and counts"), ("tiltas info", "the limit of memory"),
    ])
}
