import Diagnostics

/// What the program can be told to do by a name: as a verb of the command line, as a command of the shell, or as both.
/// ``Commands`` lists them all.
protocol Command {
  static var name: String { get }
}

/// A verb of the command line.
protocol Verb: Command {
  static var verb: VerbDescription { get }
  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus
}

/// One verb as the parser and the help pages know it.
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

extension Verb {
  static func takes(_ option: Option) -> Bool { Option.common.contains(option) || verb.options.contains(option) }

  /// As a reader types it: `run FILE…`.
  static var verbUsage: String { verb.operands.isEmpty ? name : "\(name) \(verb.operands)" }
}

/// A command of the shell, written with a colon before it.
protocol ShellCommand: Command {
  static var command: ShellCommandDescription { get }
  /// What the command, with what follows it, reaches beyond the graph: with `--safe` only those are there that reach nothing.
  static func reach(_ rest: String) -> Gate.Reach
  /// Whether a word behind the command is the name of a file, or a part of it.
  static func isFileName(_ word: [UInt8]) -> Bool
  static func perform(_ rest: String, in shell: Interpreter) throws
}

/// One command of the shell, as `:help`, completion and the shell itself know it.
struct ShellCommandDescription {
  /// What completion offers after the command.
  enum Argument { case none, relation, entity, words, query, savedQuery, file, format, toggle, parameter, command }

  var operands = ""
  var argument: Argument = .none
  var summary: String
  var reach = Gate.Reach.nothing
  /// Whether it takes the terminal itself, or says where answers go, so that what it shows is not held back.
  var takesTerminal = false
}

extension ShellCommand {
  static func reach(_ rest: String) -> Gate.Reach { command.reach }
  static func isFileName(_ word: [UInt8]) -> Bool { command.argument == .file }

  /// As a reader types it: `:run FILE [NAME=VALUE…]`.
  static var usage: String { command.operands.isEmpty ? ":\(name)" : ":\(name) \(command.operands)" }

  /// That something is not there which has to follow the command.
  static var missing: Diagnostic {
    Diagnostic(
      .missingCommandOperand, "`:\(name)` needs \(Operands.needed(command.operands))", help: "write `\(usage)`")
  }

  /// The path that follows the command.
  static func path(_ rest: String) throws(Diagnostic) -> String {
    guard let word = Interpreter.words(rest).first else { throw missing }
    return Interpreter.expanded(word)
  }
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
