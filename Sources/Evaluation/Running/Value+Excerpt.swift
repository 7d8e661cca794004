import Terms

extension Value {
  /// The value as source, of a long text only the beginning: a message is to be read.
  var excerpt: String {
    let text = description
    guard text.utf8.count > Self.longestExcerpt,
      let end = text.index(text.startIndex, offsetBy: 100, limitedBy: text.endIndex)
    else { return text }
    return text[..<end] + "…"
  }

  private static let longestExcerpt = 400
}
