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

extension Interpreter {
  static func words(_ text: String) -> [String] { CommandWords.of(text) }
}
