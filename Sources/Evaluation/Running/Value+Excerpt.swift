import Terms

extension Value {
  /// The value as source, of a long text only the beginning: a message is to be read.
  var excerpt: String {
    let beginning = beginning
    let text = beginning.description
    guard text.utf8.count > Self.longestExcerpt,
      let end = text.index(text.startIndex, offsetBy: 100, limitedBy: text.endIndex)
    else { return beginning == self ? text : text + "…" }
    return text[..<end] + "…"
  }

  /// The value, of a text no more than an excerpt may need: writing megabytes as source takes long.
  private var beginning: Value {
    switch self {
    case .name(let text) where text.utf8.count > Self.longestBeginning: .name(Self.beginning(text))
    case .string(let text) where text.utf8.count > Self.longestBeginning: .string(Self.beginning(text))
    default: self
    }
  }

  private static func beginning(_ text: String) -> String { String(text.unicodeScalars.prefix(longestBeginning)) }

  private static let longestExcerpt = 400
  private static let longestBeginning = 4000
}
