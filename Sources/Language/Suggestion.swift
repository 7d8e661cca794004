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
