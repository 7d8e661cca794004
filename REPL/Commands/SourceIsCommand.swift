import Diagnostics
import Sessions

/// `:source-is report 19` says what added facts rest on.
enum SourceIsCommand: ShellCommand {
  static let name = "source-is"
  static let command = ShellCommandDescription(
    operands: "[SOURCE [LINE]|none]", summary: "what facts that are added from here on rest on")

  /// `:source-is report 19`: what facts that are added rest on; `:source-is none` ends it.
  static func perform(_ rest: String, in shell: Interpreter) throws {
    let words = Interpreter.words(rest)
    switch words.count {
    case 0:
      let shown = shell.session.entryAnnotations.map { "\($0.key): \($0.value.description)" }
      return try shell.write(shown.isEmpty ? "none" : shown.joined(separator: ", "))
    case 1 where words[0] == "none": shell.session.entryAnnotations = []
    case 1: shell.session.entryAnnotations = [("source", Self.source(words[0]))]
    case 2:
      guard let line = Int64(words[1]) else {
        throw Diagnostic(
          .wrongCommandOperand, "a line is a number, unlike `\(words[1])`", help: "write `:source-is report 19`")
      }
      shell.session.entryAnnotations = [("source", Self.source(words[0])), ("line", .integer(line))]
    default: throw missing
    }
  }

  /// A document of the graph by its id, anything else as text.
  private static func source(_ word: String) -> Value { Text.isBareName(word) ? .name(word) : .string(word) }
}
