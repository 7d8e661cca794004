import Diagnostics
import Sessions

/// The commands of the shell.
extension Interpreter {
  func perform(_ text: Substring) throws {
    let word = text.prefix { !$0.isWhitespace }
    let rest = text.dropFirst(word.count).trimmed
    let command = try Self.command(String(word))
    switch command.reach(rest) {
    case .nothing: break
    case .files, .programs:
      try Gate.pass("`:\(command.name)` is not there", help: "it reaches files or starts programs")
    }
    try command.perform(rest, in: self)
  }

  /// The command that a word means, which may be its beginning.
  static func command(_ word: String) throws(Diagnostic) -> any ShellCommand.Type {
    let candidates = Commands.candidates(for: word)
    if candidates.count > 1 {
      let names = candidates.map { ":" + $0.name }.joined(separator: ", ")
      throw Diagnostic(.ambiguousCommand, "`:\(word)` may be \(names)", help: "write one more letter")
    }
    guard let command = candidates.first else {
      let near =
        Advice.command(elsewhere: word)
        ?? Suggestion.nearest(to: word, among: Commands.shell.map { $0.name }).map { ":" + $0 }
      throw Diagnostic(
        .unknownCommand, "there is no command `:\(word)`",
        help: near.map { "did you mean `\($0)`?" } ?? ":help lists the commands")
    }
    return command
  }

  static func words(_ text: String) -> [String] { CommandWords.of(text) }

  static func parameter(_ word: String) throws(Diagnostic) -> (name: String, value: String) {
    do { return try Opening.parameter(word) } catch {
      throw Diagnostic(error.code, error.message, help: "write NAME=VALUE")
    }
  }

  /// A path with the home folder in place of a leading `~`.
  static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = Environment.value("HOME") else { return path }
    return home + path.dropFirst()
  }
}

/// The words of a command, of which quotes hold several together.
///
/// A quote begins where a word does, or behind the `=` of `NAME="VALUE"`, and ends where a word ends: the apostrophe of `O'Brien`
/// is none, in quotes or without. Between quotes `\"` and `\\` stand for the sign itself; a quote that is not closed is a sign
/// like others.
struct CommandWords {
  private var rest: Substring

  private init(_ text: String) { rest = text[...] }

  static func of(_ text: String) -> [String] {
    var reader = CommandWords(text)
    var words: [String] = []
    while let word = reader.next() { words.append(word) }
    return words
  }

  private mutating func next() -> String? {
    rest = rest.drop(while: \.isWhitespace)
    guard !rest.isEmpty else { return nil }
    var word = ""
    var mayQuote = true
    while let character = rest.first, !character.isWhitespace {
      if mayQuote, let quoted = takeQuoted() {
        word += quoted
      } else {
        word.append(character)
        rest.removeFirst()
      }
      mayQuote = character == "=" && !word.hasPrefix("=")
    }
    return word
  }

  /// What stands between a quote here and the one at the end of a word.
  private mutating func takeQuoted() -> String? {
    guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
    var text = ""
    var index = rest.index(after: rest.startIndex)
    while index < rest.endIndex {
      let next = rest.index(after: index)
      let isAtEnd = next == rest.endIndex || rest[next].isWhitespace
      if rest[index] == "\\", next < rest.endIndex, rest[next] == quote || rest[next] == "\\" {
        text.append(rest[next])
        index = rest.index(after: next)
        continue
      }
      if rest[index] == quote && isAtEnd {
        rest = rest[next...]
        return text
      }
      text.append(rest[index])
      index = next
    }
    return nil
  }
}
