extension Text {
  /// A message for people, in which each long name or text that it quotes is cut: what stands between two backticks, in double
  /// quotes, or else without spaces. So a name of a megabyte does not fill the screen that is to tell of it.
  public static func abridged(_ message: String) -> String {
    let bytes = message.utf8
    guard bytes.count > longestQuote else { return message }
    var shown = ""
    var rest = message[...]
    while let first = rest.utf8.first {
      let end = endOfPart(rest, first)
      shown += abridged(part: rest[..<end])
      rest = rest[end...]
    }
    return shown
  }

  /// Names of so many characters are shown whole; of a longer one only the beginning.
  private static let longestQuote = 200
  private static let lengthOfBeginning = 80

  private static let backtick = UInt8(ascii: "`")
  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")
  private static let space = UInt8(ascii: " ")

  /// Where what stands in quotes ends that a text begins with, or else its first word.
  private static func endOfPart(_ text: Substring, _ first: UInt8) -> Substring.Index {
    let bytes = text.utf8
    var index = bytes.index(after: bytes.startIndex)
    if first == backtick {
      return bytes[index...].firstIndex(of: backtick).map { bytes.index(after: $0) } ?? bytes.endIndex
    }
    if first == quote {
      while index < bytes.endIndex, bytes[index] != quote {
        if bytes[index] == backslash { bytes.formIndex(after: &index) }
        if index < bytes.endIndex { bytes.formIndex(after: &index) }
      }
      return index < bytes.endIndex ? bytes.index(after: index) : index
    }
    if first <= space { return index }
    return bytes[index...].firstIndex { $0 <= space || $0 == backtick || $0 == quote } ?? bytes.endIndex
  }

  private static func abridged(part: Substring) -> Substring {
    guard part.utf8.count > longestQuote,
      part.unicodeScalars.index(part.startIndex, offsetBy: longestQuote, limitedBy: part.endIndex) != nil
    else { return part }
    // Whole characters, unless one is of very many scalars.
    let scalars = part.unicodeScalars.prefix(longestQuote)
    let beginning = Substring(scalars).prefix(lengthOfBeginning)
    let mark = part.utf8.first == part.utf8.last && [backtick, quote].contains(part.utf8.first) ? part.suffix(1) : ""
    return beginning + "…" + mark
  }
}
