/// A question in plain words on the command line, such as `tiltas who met Stankevič`, of which no graph is known yet.
struct QuestionInWords {
  private let words: [String]

  /// `nil` if the words are not those of a question.
  init?(_ arguments: [String]) {
    let text = arguments.joined(separator: " ")
    words = text.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init)
    guard let first = words.first?.lowercased(), words.count > 1 else { return nil }
    guard text.hasSuffix("?") || Self.beginnings.contains(first) || arguments.count == 1 else { return nil }
  }

  /// What to write instead.
  var help: String {
    let name = words.dropFirst().last { $0.first?.isUppercase == true } ?? "WORDS"
    return
      "a question in words is not understood: `tiltas find \(name)` looks for a name, `tiltas help asking` shows how to ask"
  }

  private static let beginnings: Set = [
    "who", "whom", "whose", "what", "when", "where", "which", "how", "is", "are", "was", "were", "did", "does", "do",
    "list", "show", "kas", "ką", "kur", "kada", "kaip", "kiek", "kuris", "kuri", "kurie", "kurios", "ar", "кто", "что",
    "где", "когда", "как", "сколько",
  ]
}
