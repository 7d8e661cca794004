import Terms

/// A word, number or sign of a date as people write it.
enum DateWord: Equatable {
  case number(Int, digits: Int)
  /// Folded; phrases that mean something together are one.
  case word(String)
  case sign(Character)

  static func words(of folded: String) throws(DateRefusal) -> [DateWord] {
    var words = try simple(withoutTime(folded))
    while words.last == .sign(".") { words.removeLast() }
    return DateVocabulary.joined(words)
  }

  /// A time of day at midnight is what programs add to a date.
  private static func withoutTime(_ text: String) throws(DateRefusal) -> Substring {
    guard let colon = text.firstIndex(of: ":") else { return text[...] }
    let start = text[..<colon].lastIndex { $0 == " " || $0 == "t" }
    guard let start, text[start...].dropFirst().allSatisfy({ "0:.z+".contains($0) }) else {
      throw .no("a date has no time of day")
    }
    return text[..<start]
  }

  private static func simple(_ text: Substring) throws(DateRefusal) -> [DateWord] {
    var words: [DateWord] = []
    var rest = text[...]
    while let first = rest.first {
      if first.isASCII, first.isNumber {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), digits.count <= 6 else { throw .no("a year has four digits") }
        words.append(.number(number, digits: digits.count))
        rest = rest[digits.endIndex...]
      } else if first.isLetter {
        let letters = rest.prefix { $0.isLetter }
        words.append(.word(String(letters)))
        rest = rest[letters.endIndex...]
        // The point of what is shortened.
        if rest.first == "." { rest.removeFirst() }
      } else {
        rest.removeFirst()
        switch first {
        case " ", "\t", "\u{A0}", "\u{202F}", "\u{2009}", ",", "\"", "„", "“", "”", "«", "»": break
        case "–", "—", "‒", "−", "‐", "‑": words.append(.sign(first == "‐" || first == "‑" ? "-" : "–"))
        case "’", "'", "ʼ", "`": words.append(.sign("'"))
        default: words.append(.sign(first))
        }
      }
    }
    return words
  }

  var number: Int? { if case .number(let number, _) = self { number } else { nil } }

  var word: String? { if case .word(let word) = self { word } else { nil } }

  /// A number as the Romans write it, of a month or a century.
  var roman: Int? {
    guard let word, word.count <= 6 else { return nil }
    var sum = 0
    var greatest = 0
    for letter in word.reversed() {
      guard let value = Self.romanDigits[letter] else { return nil }
      sum += value < greatest ? -value : value
      greatest = max(greatest, value)
    }
    return Self.roman(sum) == word.map { Self.romanLetters[$0] ?? String($0) }.joined() ? sum : nil
  }

  // Archives write the Cyrillic letters that look alike too.
  private static let romanDigits: [Character: Int] = ["i": 1, "v": 5, "x": 10, "і": 1, "х": 10]
  private static let romanLetters: [Character: String] = ["і": "i", "х": "x"]

  private static func roman(_ number: Int) -> String {
    guard 1...39 ~= number else { return "" }
    let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
    return String(repeating: "x", count: number / 10) + ones[number % 10]
  }
}
