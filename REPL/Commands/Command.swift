/// One option as the parser and the help pages know it; ``Option`` lists them all.
struct OptionDescription {
  /// What the value is called in the help pages; `nil` for an option without a value.
  var value: String?
  var short: Character?
  /// The values that it takes, where they are few.
  var choices: [String] = []
  var summary: String
}

/// One verb as the parser and the help pages know it; ``Verb`` lists them all.
struct VerbDescription {
  /// What stands after the verb, as in `FILE…`.
  var operands = ""
  var operandCount: ClosedRange<Int> = 0...0
  var summary: String
  /// What the verb's own help page tells beyond the summary.
  var details = ""
  /// The options that it takes besides those that every verb takes.
  var options: [Option] = []
  /// Command lines that work on the graph of this project, each with what it does.
  var examples: [(command: String, meaning: String)] = []
}

/// One command of the shell, as `:help`, completion and the shell itself know it; ``ShellCommand`` lists them all.
struct ShellCommandDescription {
  /// What completion offers after the command.
  enum Argument { case none, relation, entity, words, query, savedQuery, file, format, toggle, parameter, command }

  var operands = ""
  var argument: Argument = .none
  var summary: String
}

/// What stands after a verb or a command.
enum Operands {
  /// Those that have to be there, as a phrase: `A and B` for `A B [N]`, `a FILE` for `FILE…`.
  static func needed(_ operands: String) -> String {
    var depth = 0
    let required = operands.filter { sign in
      if sign == "[" { depth += 1 }
      defer { if sign == "]" { depth -= 1 } }
      return depth == 0 && sign != "…"
    }
    let words = required.split(separator: " ")
    guard words.count == 1 else { return words.isEmpty ? operands : words.joined(separator: " and ") }
    return words[0].count == 1 || words[0].hasSuffix("S") ? required.trimmed : "a \(required.trimmed)"
  }
}
