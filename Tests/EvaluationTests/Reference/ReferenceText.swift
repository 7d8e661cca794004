/// What the reference knows of text, for the few letters that the random programs have.
enum ReferenceText {
  private static let plainLetters: [Character: Character] = [
    "ž": "z", "ė": "e", "š": "s", "č": "c", "ū": "u", "ö": "o", "ł": "l", "й": "и", "ё": "е",
  ]

  static func folded(_ text: String) -> String { String(text.lowercased().map { plainLetters[$0] ?? $0 }) }

  static func words(_ text: String) -> [String] {
    folded(text).split { !$0.isLetter && !$0.isNumber }.map { String($0) }
  }

  /// Whether each word of a text begins a word of a name.
  static func isFound(_ sought: String, in name: String) -> Bool {
    let wanted = words(sought)
    return !wanted.isEmpty && wanted.allSatisfy { word in words(name).contains { $0.hasPrefix(word) } }
  }

  /// The parts of a text between each place at which another text stands; the whole where that is empty.
  static func parts(of text: String, between separator: String) -> [String] {
    var parts = [""]
    var rest = text[...]
    while let first = rest.first {
      if !separator.isEmpty && rest.hasPrefix(separator) {
        rest = rest.dropFirst(separator.count)
        parts.append("")
      } else {
        parts[parts.count - 1].append(first)
        rest = rest.dropFirst()
      }
    }
    return parts
  }

  /// The regular expressions of the random programs, and what they say.
  static let patterns: [String: @Sendable (String) -> Bool] = [
    "^[aA]": { $0.hasPrefix("a") || $0.hasPrefix("A") },
    "e$": { $0.hasSuffix("e") },
    "[0-9]+": { text in text.contains { "0123456789".contains($0) } },
    "a|ž": { text in text.contains { "až".contains($0) } },
    "^.{2}$": { $0.count == 2 },
  ]
}
