import Terms

/// Finds what a misspelt word was meant to be.
public enum Suggestion {
  /// The candidate that is nearest to a word, or `nil` where none is near: letters left out, put in, changed or
  /// swapped, one in a short word and up to three in a long one, without regard to case and diacritics.
  ///
  /// Of equally near ones the first is taken.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    near(to: word, among: candidates, limit: 1).first
  }

  /// The candidates that are near to a word, the nearest first, and of equally near ones the earlier.
  public static func near(to word: String, among candidates: some Sequence<String>, limit: Int) -> [String] {
    let wanted = Array(Text.fold(word).unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= 100 else { return [] }
    var near: [(distance: Int, word: String)] = []
    var least = wanted.count <= 2 ? 1 : wanted.count <= 5 ? 2 : wanted.count <= 9 ? 3 : 4
    for candidate in candidates where candidate != word {
      let scalars = Array(Text.fold(candidate).unicodeScalars)
      guard abs(scalars.count - wanted.count) < least else { continue }
      let distance = distance(wanted, scalars)
      guard distance < least else { continue }
      near.insert((distance, candidate), at: near.firstIndex { $0.distance > distance } ?? near.count)
      if near.count > limit { near.removeLast() }
      if near.count == limit { least = near[limit - 1].distance }
    }
    return near.map(\.word)
  }

  /// A known word that is one edit from another, or `nil`: swapped neighbours first, then a letter too many, a wrong one, and
  /// one that is missing. For words that are so many that to look at all of them would keep who waits; each that it could be
  /// is asked for, some seventy for a letter. Missing and wrong letters are those of ASCII and of the word itself.
  public static func oneEdit(from word: String, where isKnown: (String) -> Bool) -> String? {
    let scalars = Array(word.unicodeScalars)
    guard !scalars.isEmpty, scalars.count <= 100 else { return nil }
    let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789_".unicodeScalars).union(scalars).sorted()
    func known(_ edit: (inout [Unicode.Scalar]) -> Void) -> String? {
      var edited = scalars
      edit(&edited)
      var candidate = String.UnicodeScalarView()
      candidate.append(contentsOf: edited)
      let text = String(candidate)
      return text != word && isKnown(text) ? text : nil
    }
    func first(_ places: Range<Int>, _ find: (Int) -> String?) -> String? { places.lazy.compactMap(find).first }
    func firstLetter(_ find: (Unicode.Scalar) -> String?) -> String? { letters.lazy.compactMap(find).first }
    let places = scalars.indices
    return first(0..<scalars.count - 1) { at in known { $0.swapAt(at, at + 1) } }
      ?? first(places) { at in known { $0.remove(at: at) } }
      ?? first(places) { at in firstLetter { letter in known { $0[at] = letter } } }
      ?? first(0..<scalars.count + 1) { at in firstLetter { letter in known { $0.insert(letter, at: at) } } }
  }

  /// The type of the language for which other languages have a name: `int`, `varchar`.
  public static func type(_ name: String) -> String? { Hints.forType(name) }

  /// The number of edits between two words; a swap of neighbours is one (optimal string alignment).
  static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    var row = last
    for i in 0..<left.count {
      row[0] = i + 1
      for j in 0..<right.count {
        let change = last[j] + (left[i] == right[j] ? 0 : 1)
        row[j + 1] = Swift.min(change, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          row[j + 1] = Swift.min(row[j + 1], beforeLast[j - 1] + 1)
        }
      }
      (beforeLast, last, row) = (last, row, beforeLast)
    }
    return last[right.count]
  }
}
