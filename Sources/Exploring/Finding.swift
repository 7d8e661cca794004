import Diagnostics
import Graphs
import Terms

extension Explorer {
  /// The entity that a reader means: by its id, else by any of its names, else by words of them. Throws a ``Diagnostic``.
  public func entity(named text: String) throws(Diagnostic) -> Term {
    let name = Self.unquoted(text)
    let found = entities(meantBy: text, limit: Self.mostCandidates + 1)
    if found.count == 1, let term = found.first { return term }
    if found.isEmpty { throw Diagnostic(.unknownEntity, "nothing is named `\(name)`", help: suggestion(for: name)) }
    let candidates = Array(found.prefix(Self.mostCandidates))
    var notes = zip(candidates, graph.traits(of: candidates)).map { entity, traits in
      let told = ([graph.label(of: entity) ?? ""] + [traits]).filter { !$0.isEmpty }.joined(separator: "; ")
      return Diagnostic.Note(id(of: entity) + (told.isEmpty ? "" : ": \(told)"))
    }
    if found.count > Self.mostCandidates { notes.append(Diagnostic.Note("and others")) }
    throw Diagnostic(.ambiguousName, "`\(name)` may be any of these", help: "write the id of one", notes: notes)
  }

  private func suggestion(for name: String) -> String? {
    let near = graph.misspelt(name, limit: Self.mostSuggested).map { entity in
      "`\(id(of: entity))`" + (graph.label(of: entity).map { " (\($0))" } ?? "")
    }
    return near.isEmpty ? nil : "did you mean \(near.joined(separator: " or "))?"
  }

  private static let mostSuggested = 3

  /// All that a reader may mean: the one of that id, else those of that name, else those with words of it, best first. A short
  /// name that ends with the words, as that of a person does with the last name, goes before names that merely have them.
  public func entities(meantBy text: String, limit: Int) -> [Term] {
    let name = Self.unquoted(text)
    if let found = entities(called: name) { return found }
    let found = graph.find(name, limit: max(limit, Self.mostWithWords))
    let own = found.filter { isLastName(Text.words(name), of: $0) }
    return Array((own.isEmpty ? found : own).prefix(limit))
  }

  /// How many entities have the words of a text in their names, besides those that it means.
  public func countOfOthers(withWordsOf text: String) -> Int {
    let name = Self.unquoted(text)
    if entities(called: name) != nil { return 0 }
    return graph.find(name, limit: Self.mostWithWords).count - entities(meantBy: text, limit: Self.mostWithWords).count
  }

  private func entities(called name: String) -> [Term]? {
    if graph.speaksOf(name), let term = graph.terms.find(.name(name)) { return [term] }
    let found = graph.entities(named: name)
    return found.isEmpty ? nil : found
  }

  private func isLastName(_ words: [String], of entity: Term) -> Bool {
    graph.names(of: entity).contains { name in
      let all = Text.words(name)
      return all.count <= Self.mostWordsOfShortName && all.suffix(words.count).elementsEqual(words)
    }
  }

  private static let mostWithWords = 50
  private static let mostWordsOfShortName = 3

  /// The entities that words find by any of their names; where they find none, those with a name that is nearly so.
  /// - Returns: with them how many there are, as far as ``mostFound`` are counted.
  public func find(_ words: String, limit: Int) -> (entities: [Term], count: Int, areNearMisses: Bool) {
    let found = graph.find(Self.unquoted(words), limit: max(limit, Self.mostFound))
    if !found.isEmpty { return (Array(found.prefix(limit)), found.count, false) }
    let near = graph.misspelt(Self.unquoted(words), limit: limit)
    return (near, near.count, true)
  }

  /// So many entities are counted that words find.
  public static let mostFound = 1_000

  private static let mostCandidates = 6

  private static func unquoted(_ text: String) -> String {
    for quote in ["\"", "'"] where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote) {
      return String(text.dropFirst().dropLast())
    }
    return text
  }
}
