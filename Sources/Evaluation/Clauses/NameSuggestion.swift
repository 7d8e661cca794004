import Diagnostics
import Graphs
import Terms

/// What was meant by a name that the graph does not have.
struct NameSuggestion {
  let graph: Graph

  /// To compare a name with all of more than so many takes longer than anybody waits for a message.
  private static let mostTermsToCompare = 100_000

  /// The nearest of the graph's names; `nil` where none is near.
  func nearest(to name: String) -> String? {
    let entity =
      graph.terms.count > Self.mostTermsToCompare
      ? Suggestion.oneEdit(from: name) { graph.speaksOf($0) }
      : Suggestion.nearest(to: name, among: graph.entityNames(prefix: ""))
    // `triple` gives the names of relations.
    return entity ?? Suggestion.nearest(to: name, among: graph.relationNames)
  }

  /// How many terms a graph may have for a name that comes into it to be compared with all of them: this is done for each such
  /// name, and of scripts many come.
  private static let mostTermsForNews = 2_000

  /// The name of the graph that a new one may be a misspelling of. Names that differ in a number are different things.
  /// - Parameter others: names that are as new.
  func nearest(toNew name: String, but others: Set<String>) -> String? {
    let digits = name.filter(\.isNumber)
    func mayBeMeant(_ other: String) -> Bool { !others.contains(other) && other.filter(\.isNumber) == digits }
    if graph.terms.count > Self.mostTermsForNews {
      return Suggestion.oneEdit(from: name) { graph.speaksOf($0) && mayBeMeant($0) }
    }
    return Suggestion.nearest(
      to: name, among: graph.entityNames(where: Self.nearness(to: name)).lazy.filter(mayBeMeant))
  }

  /// Whether a name may be near to another and have its numbers, as far as bytes tell: most names of a graph are told apart so,
  /// with no text made of them.
  private static func nearness(to other: String) -> (UnsafeBufferPointer<UInt8>) -> Bool {
    // One letter of another alphabet is of several bytes, and may be near to one of ASCII.
    guard other.utf8.allSatisfy(isASCII) else { return { _ in true } }
    let length = other.utf8.count
    let digits = Array(other.utf8.filter(isDigit))
    return { name in
      abs(name.count - length) <= Suggestion.mostEdits && name.lazy.filter(isDigit).elementsEqual(digits)
        || !name.allSatisfy(isASCII)
    }
  }

  private static func isASCII(_ byte: UInt8) -> Bool { byte < 0x80 }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension Graph {
  /// The entities of which an id, a name, or for each word sought a word of a name is a few letters off.
  public func misspelt(_ text: String, limit: Int) -> [Term] {
    let wanted = Text.words(text)
    if wanted.isEmpty { return [] }
    let known = nameWords
    let replaced = wanted.map { [$0] + Suggestion.near(to: $0, among: known, limit: Self.mostNearWords) }
    var found: [Term] = []
    for words in Self.combinations(replaced).dropFirst() {
      for entity in find(words.joined(separator: " "), limit: limit) where !found.contains(entity) {
        found.append(entity)
      }
      if found.count >= limit { break }
    }
    return Array(found.prefix(limit))
  }

  /// Each choice of one word of each list, as far as there are not too many.
  private static func combinations(_ lists: [[String]]) -> [[String]] {
    lists.reduce([[]]) { choices, list in
      Array(choices.flatMap { choice in list.map { choice + [$0] } }.prefix(mostCombinations))
    }
  }

  private static let mostNearWords = 4
  private static let mostCombinations = 64
}
