import Graphs
import Language
import Terms

extension Explorer {
  /// The entity that a reader means: by its id, else by any of its names, else by words of them. Throws a ``Diagnostic``.
  public func entity(named text: String) throws(Diagnostic) -> Term {
    let name = Self.unquoted(text)
    let found = entities(meantBy: text, limit: Self.mostCandidates + 1)
    if found.count == 1, let term = found.first { return term }
    if found.isEmpty {
      let near = misspelt(name, limit: 1).first
      throw Diagnostic("nothing is named `\(name)`", help: near.map { "did you mean `\(id(of: $0))`?" })
    }
    let candidates = Array(found.prefix(Self.mostCandidates))
    let shown = zip(candidates, graph.traits(of: candidates)).map { entity, traits in
      let told = ([graph.label(of: entity) ?? ""] + [traits]).filter { !$0.isEmpty }.joined(separator: "; ")
      return id(of: entity) + (told.isEmpty ? "" : " (\(told))")
    }
    let others = found.count > Self.mostCandidates ? " and others" : ""
    throw Diagnostic("`\(name)` may be \(shown.joined(separator: ", "))\(others)", help: "write the id of one")
  }

  /// All that a reader may mean: the one of that id, else those of that name, else those with words of it, best first.
  public func entities(meantBy text: String, limit: Int) -> [Term] {
    let name = Self.unquoted(text)
    if graph.speaksOf(name), let term = graph.terms.find(.name(name)) { return [term] }
    let found = graph.entities(named: name)
    return found.isEmpty ? graph.find(name, limit: limit) : found
  }

  /// The entities that words find by any of their names; where they find none, those with a name that is nearly so.
  /// - Returns: with them how many there are, as far as ``mostFound`` are counted.
  public func find(_ words: String, limit: Int) -> (entities: [Term], count: Int, areNearMisses: Bool) {
    let found = graph.find(Self.unquoted(words), limit: max(limit, Self.mostFound))
    if !found.isEmpty { return (Array(found.prefix(limit)), found.count, false) }
    let near = misspelt(Self.unquoted(words), limit: limit)
    return (near, near.count, true)
  }

  /// So many entities are counted that words find.
  public static let mostFound = 1_000

  /// The entities of which an id, a name, or for each word sought a word of a name is a few letters off.
  private func misspelt(_ text: String, limit: Int) -> [Term] {
    let wanted = Text.words(text)
    if wanted.isEmpty { return [] }
    let known = graph.nameWords
    let replaced = wanted.map { [$0] + Suggestion.near(to: $0, among: known, limit: Self.mostNearWords) }
    var found: [Term] = []
    for words in Self.combinations(replaced).dropFirst() {
      for entity in graph.find(words.joined(separator: " "), limit: limit) where !found.contains(entity) {
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

  private static let mostCandidates = 6
  private static let mostNearWords = 4
  private static let mostCombinations = 64

  private static func unquoted(_ text: String) -> String {
    for quote in ["\"", "'"] where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote) {
      return String(text.dropFirst().dropLast())
    }
    return text
  }
}
