/// The manual page, made from the descriptions that the parser goes by.
enum ManualPage {
  static var text: String {
    var lines = [
      ".TH TILTAS 1 \"\" \"tiltas \(Help.version)\" \"User Commands\"", ".SH NAME",
      "tiltas \\- a knowledge graph in memory, asked in Datalog", ".SH SYNOPSIS", ".B tiltas",
      "[\\fIVERB\\fR] [\\fIOPTIONS\\fR]", ".SH VERBS",
    ]
    for verb in Commands.verbs {
      let description = verb.verb
      lines += [".TP", ".B " + escaped(verb.verbUsage), escaped(description.summary + ".")]
      if !description.details.isEmpty {
        lines += [".br"] + description.details.split(separator: "\n").map { escaped(String($0)) }
      }
      for example in description.examples {
        lines += [".br", "\\fB\(escaped(example.command))\\fR: \(escaped(example.meaning))"]
      }
    }
    lines.append(".SH OPTIONS")
    for option in Option.allCases {
      let choices = option.description.choices
      let taken = choices.isEmpty ? "" : ": " + choices.joined(separator: ", ")
      lines += [".TP", ".B " + escaped(option.usage.trimmed), escaped(option.description.summary + taken + ".")]
    }
    lines += [".SH COMMANDS OF THE SHELL"]
    for command in Commands.shell {
      lines += [".TP", ".B " + escaped(command.usage), escaped(command.command.summary + ".")]
    }
    lines += [".SH EXIT STATUS"]
    for (status, meaning) in statuses { lines += [".TP", ".B \(status)", escaped(meaning)] }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let statuses = [
    (0, "Answered, also with no rows."), (1, "An error in the input or the graph."), (2, "Wrong usage."),
    (3, "A constraint is broken."), (4, "The limit on time or memory was reached."), (130, "Interrupted."),
  ]

  /// A hyphen is a minus sign to be copied, and no line begins with a request.
  private static func escaped(_ text: String) -> String {
    let line = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }
}
