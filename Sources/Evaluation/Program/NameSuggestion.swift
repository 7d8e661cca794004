import Diagnostics
import Graphs
import Terms

/// What was meant by a name that the graph does not have.
struct NameSuggestion {
  let graph: Graph

  /// To compare a name with all of more than so many takes longer than anybody waits for a message.
  private static let mostTermsToCompare = 1_000_000

  /// The nearest of the graph's names; `nil` where none is near.
  func nearest(to name: String) -> String? {
    // `triple` gives the names of relations.
    nearest(to: name, amongTerms: Self.mostTermsToCompare) { _ in true }
      ?? Suggestion.nearest(to: name, among: graph.relationNames)
  }

  /// How many terms a graph may have for a name that comes into it to be compared with all of them: this is done for each such
  /// name, and of scripts many come.
  private static let mostTermsForNews = 2_000

  /// The name of the graph that a new one may be a misspelling of. Names that differ in a number are different things.
  /// - Parameter others: names that are as new.
  func nearest(toNew name: String, but others: Set<String>) -> String? {
    let digits = name.filter(\.isNumber)
    return nearest(to: name, amongTerms: Self.mostTermsForNews) {
      !others.contains($0) && $0.filter(\.isNumber) == digits
    }
  }

  /// The relation of as many arguments that a new one may be a misspelling of: stated, given by rules, or the language's own.
  /// - Parameter others: relations that are as new.
  func nearest(toNewRelation name: String, but others: Set<String>, in program: Program) -> String? {
    guard let arity = graph.relation(named: name)?.arity else { return nil }
    let digits = name.filter(\.isNumber)
    let stated = graph.relationNames.filter { graph.relation(named: $0)?.arity == arity }
    let derived = program.rulesByHead.keys.filter { program.firstRule(for: $0)?.head.arguments.count == arity }
    let meant = stated + derived.sorted() + (arity == 2 ? Array(Graph.nameRelations) : [])
    return Suggestion.nearest(to: name, among: meant.filter { !others.contains($0) && $0.filter(\.isNumber) == digits })
  }

  /// The nearest of those names that may be meant: of a larger graph only one that is one edit away.
  private func nearest(to name: String, amongTerms most: Int, _ mayBeMeant: (String) -> Bool) -> String? {
    if graph.terms.count > most { return Suggestion.oneEdit(from: name) { graph.speaksOf($0) && mayBeMeant($0) } }
    var near = NearWords(to: name, limit: 1, ordersByText: true)
    graph.forEachTermName { bytes in near?.consider(bytes) { mayBeMeant($0) && graph.speaksOf($0) } }
    return near?.found.first
  }
}

extension Graph {
  /// The entities of which an id, a name, or for each word sought a word of a name is a few letters off.
  public func misspelt(_ text: String, limit: Int) -> [Term] {
    let wanted = Text.words(text)
    guard 1...Self.mostWords ~= wanted.count else { return [] }
    var near = wanted.map { NearWords(to: $0, limit: Self.mostNearWords, ordersByText: true) }
    forEachNameWord { word in for number in near.indices { near[number]?.consider(word) } }
    let replaced = zip(wanted, near).map { [$0] + ($1?.found ?? []) }
    var found: [Term] = []
    for words in Self.combinations(replaced).dropFirst() {
      let named = find(words.joined(separator: " "), limit: limit, effort: Self.mostNamesOfWord)
      for entity in named where !found.contains(entity) {
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

  /// A text of more words is no name that somebody misspelt.
  private static let mostWords = 16
  private static let mostNearWords = 4
  private static let mostNamesOfWord = 10_000
  private static let mostCombinations = 64
}
