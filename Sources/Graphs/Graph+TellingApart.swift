import Relations
import Terms

/// What tells entities apart that bear the same name.
extension Graph {
  /// Those entities of which another one among them has the same label, as far as the graph's pace lets it look.
  public func homonyms(among entities: some Sequence<Term>) -> Set<Term> {
    var bearers: [String: Term] = [:]
    var found: Set<Term> = []
    var seen: Set<Term> = []
    for entity in entities where terms.isName(entity) && seen.insert(entity).inserted {
      if !pace.goesOn(after: 16) { break }
      guard let label = label(of: entity) else { continue }
      if let other = bearers[label] { found.formUnion([entity, other]) } else { bearers[label] = entity }
    }
    return found
  }

  /// Whether one entity alone bears a name, so that the name tells which is meant.
  public func isUnique(_ name: String) -> Bool {
    guard let term = terms.find(.string(name)) else { return false }
    var bearer: UInt32?
    return Self.nameRelations.flatMap { nameRows($0) }.allSatisfy { rows in
      rows.forEachTuple(where: 1, is: term.number) { tuple in
        defer { bearer = tuple[0] }
        return bearer == nil || bearer == tuple[0]
      }
    }
  }

  /// For each of some entities in a few words what it is and what is stated about it that is not so of all of them: its types,
  /// then dates and places, then whatever else. Empty where nothing is stated.
  /// - Parameter withTypes: whether types are told, as they are not where they stand beside it.
  public func traits(of entities: [Term], withTypes: Bool = true) -> [String] {
    let all = entities.map { traits(of: $0) }
    let shared =
      entities.count < 2
      ? []
      : all.dropFirst().reduce(Set(all[0].map(\.text))) { shared, traits in
        shared.intersection(traits.map(\.text))
      }
    let kinds = entities.map { withTypes ? types(of: $0).map { Self.words(of: $0) }.joined(separator: ", ") : "" }
    let kindsDiffer = Set(kinds).count > 1
    return zip(kinds, all).map { kind, traits in
      let telling = traits.filter { !shared.contains($0.text) }.enumerated()
        .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.prefix(Self.mostTraits)
      let texts = telling.map(\.element.text)
      return ((kindsDiffer || texts.isEmpty ? [kind] : []) + texts).filter { !$0.isEmpty }.joined(separator: "; ")
    }
  }

  private static let mostTraits = 2
  /// How many facts of a relation are looked at.
  private static let mostOfRelation = 3
  private static let longestName = 40

  private func traits(of entity: Term) -> [(rank: Int, text: String)] {
    var found: [(rank: Int, text: String)] = []
    for name in relationNames where name != "label" && name != "alias" {
      guard let relation = relations[name], !relation.isType, relation.arity == 2, relation.factCount > 0 else {
        continue
      }
      for column in 0...1 {
        var count = 0
        relation.forEachPartner(ofColumn: column, entity) { other in
          let words = Self.words(of: name)
          // What leads to the entity is told behind a colon, for its words go the other way.
          let text = column == 0 ? "\(words) \(shortName(of: Term(other)))" : "\(words): \(shortName(of: Term(other)))"
          found.append((rank(of: Term(other), isObject: column == 0), text))
          count += 1
          return count < Self.mostOfRelation
        }
      }
    }
    return found
  }

  /// The less the better a trait is known by: dates, then places, then what else is said of the entity, then the rest.
  private func rank(of term: Term, isObject: Bool) -> Int {
    guard isObject else { return 3 }
    if terms.kind(of: term) == .date { return 0 }
    return types(of: term).contains { isType($0, within: "place") } ? 1 : 2
  }

  private func shortName(of term: Term) -> String {
    let value = terms.value(term)
    let name = terms.isName(term) ? label(of: term) ?? value.description : value.plainText
    return name.count > Self.longestName ? name.prefix(Self.longestName - 1) + "…" : name
  }

  /// A relation's or a type's name as words: `sub_event_of` gives `sub event of`.
  public static func words(of name: String) -> String { name.split(separator: "_").joined(separator: " ") }
}
