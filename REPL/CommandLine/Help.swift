/// The help pages, made from the descriptions of verbs, options and shell commands.
enum Help {
  static let version = "0.1.0"

  /// What `tiltas help` shows: one screen.
  static var overview: String {
    var lines = [
      "tiltas: a knowledge graph in memory, asked in Datalog", "",
      "Usage: tiltas [VERB] [OPTIONS]", "", "Verbs:",
    ]
    lines += columns(Commands.verbs.map { ($0.verbUsage, $0.verb.summary) })
    lines += ["", "Options, among others:"]
    lines += columns(Option.prominent.map { ($0.usage, $0.description.summary) })
    lines += [
      "", "The graph is --graph, else the variable TILTAS_GRAPH, else the folder Graph here or in a folder above.",
      "`tiltas help VERB` tells more, with examples.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// What `tiltas help VERB` shows.
  static func page(for verb: any Verb.Type) -> String {
    let description = verb.verb
    var lines = ["tiltas \(verb.name): \(description.summary)", ""]
    lines.append("Usage: tiltas \(verb.verbUsage)" + (description.options.isEmpty ? "" : " [OPTIONS]"))
    if !description.details.isEmpty { lines += ["", description.details] }
    lines += ["", "Options:"]
    lines += columns(Option.allCases.filter { verb.takes($0) }.flatMap(optionRows))
    if !description.examples.isEmpty { lines += ["", "Examples:"] }
    for example in description.examples { lines += ["  # \(example.meaning)", "  \(example.command)"] }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What `:help COMMAND` shows: what the verb that does the same tells, as the shell has it.
  static func page(for command: any ShellCommand.Type) -> String {
    var lines = ["\(command.usage)  \(command.command.summary)"]
    guard command != HelpCommand.self, let verb = Commands.verb(command)?.verb else { return lines[0] + "\n" }
    let verbExamples = verb.examples.filter { !$0.command.contains(" -") && $0.command.hasPrefix("tiltas ") }
    let options = verb.details.split { $0.isWhitespace || ";.,".contains($0) }.filter { $0.hasPrefix("--") }
    // What it tells of options that the command does not take is for the command line.
    if !verb.details.isEmpty && options.allSatisfy({ command.command.operands.contains("[\($0)]") }) {
      lines += ["", verb.details]
    }
    if !verbExamples.isEmpty { lines.append("") }
    for example in verbExamples {
      lines += ["  % \(example.meaning)", "  :" + example.command.dropFirst("tiltas ".count)]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What `:help` shows: one screen of 24 lines where it is 80 columns wide.
  static func shell(width: Int) -> String {
    let first = shellEntries.map(\.0.count).max() ?? 0
    var lines = shellEntries.flatMap { entry, meaning in
      width < first + leastMeaning
        ? ["  " + entry] + Wrapping.hanging("    ", meaning, width: width)
        : Wrapping.hanging("  " + entry.padded(to: first + 2), meaning, width: width)
    }
    lines.append("")
    for (heading, commands) in Commands.groups {
      // A command and its operands stay together where they fit.
      let list = commands.map { $0.usage.count > width - 10 ? $0.usage : $0.usage.replacing(" ", with: "\u{A0}") }
        .joined(separator: "  ")
      lines += Wrapping.hanging("  " + heading.padded(to: 8), list, width: width)
        .map { $0.replacing("\u{A0}", with: " ") }
    }
    lines.append("")
    lines += Wrapping.hanging("", "`:help COMMAND` tells more, and `:help TOPIC` explains the language:", width: width)
    lines += Wrapping.hanging("  ", HelpTopic.allCases.map(\.rawValue).joined(separator: ", "), width: width)
    lines += Wrapping.hanging(
      "", "The beginning of a command will do. Tab completes; a number means a row.", width: width)
    return lines.joined(separator: "\n") + "\n"
  }

  /// Where an entry and what it means have fewer columns than this, they stand below one another.
  private static let leastMeaning = 40

  private static let shellEntries = [
    ("partner(Org, Project)", "ask; words with a capital letter are variables"),
    ("?why 2", "why the second answer holds; ?why not FACT"),
    ("+partner(a, b).", "add a fact; -partner(a, b). takes it back"),
    ("head(X) :- body(X).", "define a rule for this session"),
  ]

  /// The option, and beneath it the values that it takes, where they are few.
  private static func optionRows(_ option: Option) -> [(String, String)] {
    let description = option.description
    let row = (option.usage, description.summary)
    return description.choices.isEmpty ? [row] : [row, ("", description.choices.joined(separator: ", "))]
  }

  /// A page in lines that are not longer than the terminal is wide.
  static func fitted(_ page: String, width: Int?) -> String {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      let indentation = line.prefix { $0 == " " }
      return Wrapping.hanging(String(indentation), String(line.dropFirst(indentation.count)), width: width)
    }
    return lines.joined(separator: "\n")
  }

  private static func columns(_ rows: [(String, String)]) -> [String] {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { "  " + $0.0 + String(repeating: " ", count: width - $0.0.count + 2) + $0.1 }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
