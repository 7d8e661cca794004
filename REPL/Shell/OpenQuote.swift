/// A quote that is open at the end of a text.
struct OpenQuote {
  var character: Character
  /// What stands before it.
  var before: Substring

  init?(_ text: String) {
    guard let open = OpenSigns(text).quote else { return nil }
    character = text[open]
    before = text[..<open]
  }
}

/// What is open at the end of a text: a quote, or brackets. What stands in comments and quotes counts for nothing.
struct OpenSigns {
  private(set) var quote: String.Index?
  private(set) var brackets: [Character] = []

  init(_ text: String) {
    var isEscaped = false
    var isComment = false
    for index in text.indices {
      let character = text[index]
      if isComment {
        isComment = !character.isNewline
      } else if isEscaped {
        isEscaped = false
      } else if let start = quote {
        isEscaped = character == "\\"
        if character == text[start] { quote = nil }
      } else {
        isComment = character == "%"
        note(character, at: index)
      }
    }
  }

  /// Where the comment of a line begins that stands behind a whole statement.
  static func comment(in line: String) -> String.Index? {
    guard let sign = line.indices.first(where: { line[$0] == "%" && OpenSigns(String(line[..<$0])).quote == nil }),
      line[..<sign].trimmed.hasSuffix(".")
    else { return nil }
    return sign
  }

  private mutating func note(_ character: Character, at index: String.Index) {
    switch character {
    case "\"", "'": quote = index
    case "(", "[", "{": brackets.append(character)
    case ")", "]", "}": _ = brackets.popLast()
    default: break
    }
  }
}
