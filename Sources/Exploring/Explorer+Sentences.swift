import Graphs
import Terms

extension Explorer {
  /// A fact as a reader would say it, by the words of its relation: `Žana Jarošuk attended Kaliningrado vizitas`.
  ///
  /// Only a relation's name is there to go by: what is no verb and no preposition stands between dashes.
  public func sentence(_ fact: Fact) -> String {
    let names = fact.arguments.map { name(of: $0) }
    let words = Self.words(of: fact.relation)
    switch names.count {
    case 1: return "\(names[0]) is \(Self.article(for: words)) \(words)"
    case 2: return "\(names[0]) \(Self.linked(fact.relation)) \(names[1])"
    default: return "\(words): " + names.joined(separator: ", ")
    }
  }

  /// A relation's name as words: `sub_event_of` gives `sub event of`.
  public static func words(of relation: String) -> String {
    Graph.words(of: relation)
  }

  private static func linked(_ relation: String) -> String {
    let parts = relation.split(separator: "_").map(String.init)
    let words = parts.joined(separator: " ")
    guard let first = parts.first, let last = parts.last else { return relation }
    let isVerb = ["ed", "s"].contains { first.hasSuffix($0) } && !["ss", "us"].contains { first.hasSuffix($0) }
    if prepositions.contains(last) {
      // `cooperates_with` is a verb as it is; `based_in`, `member_of` and `about` want one.
      return first.hasSuffix("s") && isVerb ? words : "is \(words)"
    }
    return isVerb || irregularVerbs.contains(first) ? words : "– \(words) –"
  }

  private static let prepositions: Set = [
    "of", "at", "in", "on", "by", "to", "from", "with", "after", "for", "under", "about", "within", "between", "near",
  ]
  private static let irregularVerbs: Set = ["has", "is", "led", "met", "held", "wrote", "made", "took", "knows"]

  private static func article(for words: String) -> String {
    words.first.map { "aeiou".contains($0) } == true ? "an" : "a"
  }
}
