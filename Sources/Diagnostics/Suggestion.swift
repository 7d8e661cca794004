import Terms

/// Finds what a misspelt word was meant to be.
public enum Suggestion {
  /// How many edits a word may be away at most, if it is a long one.
  static let mostEdits = 3

  /// The candidate that is nearest to a word, or `nil` where none is near: letters left out, put in, changed or
  /// swapped, one in a short word and up to three in a long one, without regard to case and diacritics.
  ///
  /// Of equally near ones the first is taken.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    near(to: word, among: candidates, limit: 1).first
  }

  /// The candidates that are near to a word, the nearest first, and of equally near ones the earlier.
  public static func near(to word: String, among candidates: some Sequence<String>, limit: Int) -> [String] {
    guard var near = NearWords(to: word, limit: limit) else { return [] }
    for var candidate in candidates { candidate.withUTF8 { near.consider($0) } }
    return near.found
  }

  /// A known word that is one edit from another, or `nil`: swapped neighbours first, then a letter too many, a wrong one, and
  /// one that is missing. For words that are so many that to look at all of them would keep who waits; each that it could be
  /// is asked for, some seventy for a letter. Missing and wrong letters are those of ASCII and of the word's own alphabets.
  public static func oneEdit(from word: String, where isKnown: (String) -> Bool) -> String? {
    let scalars = Array(word.unicodeScalars)
    guard !scalars.isEmpty, scalars.count <= 100 else { return nil }
    let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789_".unicodeScalars).union(scalars)
      .union(scalars.flatMap(alphabet)).sorted().map { Array($0.utf8) }
    let written = scalars.map { Array($0.utf8) }
    let starts = written.reduce(into: [0]) { starts, letter in starts.append(starts[starts.count - 1] + letter.count) }
    let bytes = Array(word.utf8)
    /// The word with other letters in place of some, if it is known.
    func known(_ replaced: Range<Int>, by letters: [UInt8]) -> String? {
      var edited = bytes
      edited.replaceSubrange(starts[replaced.lowerBound]..<starts[replaced.upperBound], with: letters)
      let text = String(decoding: edited, as: UTF8.self)
      return text != word && isKnown(text) ? text : nil
    }
    func first(_ places: Range<Int>, _ find: (Int) -> String?) -> String? { places.lazy.compactMap(find).first }
    func firstLetter(_ find: ([UInt8]) -> String?) -> String? { letters.lazy.compactMap(find).first }
    let places = scalars.indices
    return first(0..<scalars.count - 1) { at in known(at..<at + 2, by: written[at + 1] + written[at]) }
      ?? first(places) { at in known(at..<at + 1, by: []) }
      ?? first(places) { at in firstLetter { known(at..<at + 1, by: $0) } }
      ?? first(0..<scalars.count + 1) { at in firstLetter { known(at..<at, by: $0) } }
  }

  /// The small letters that lie near to one that is not of ASCII, where those of its alphabet are.
  private static func alphabet(of letter: Unicode.Scalar) -> [Unicode.Scalar] {
    if letter.isASCII { return [] }
    let first = letter.value & ~0x7F
    return (first..<first + 0x80).compactMap(Unicode.Scalar.init).filter {
      $0.properties.isAlphabetic && !$0.properties.isUppercase
    }
  }

}
