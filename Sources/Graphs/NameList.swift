import Terms

/// All names of a graph's entities as they are at one moment: labels, aliases, and the names by which the graph refers to
/// them.
struct NameList: Sendable {
  /// A name of an entity: the entity's own where both are the same term.
  struct Entry: Sendable {
    var entity: UInt32
    var name: UInt32
    var isOwn: Bool { entity == name }
  }

  private(set) var entries: [Entry] = []
  /// The entities by their numbers.
  private(set) var isEntity: [Bool]
  let texts: TermTexts

  init(_ graph: Graph) {
    texts = TermTexts(graph.terms)
    isEntity = [Bool](repeating: false, count: texts.count)
    for name in graph.relationNames {
      guard let relation = graph.relation(named: name) else { continue }
      relation.facts.forEachTuple { tuple in
        for number in tuple where texts.isName(Term(number)) { isEntity[Int(number)] = true }
        return true
      }
    }
    for relation in ["label", "alias"] {
      graph.relation(named: relation)?.facts.forEachTuple { tuple in
        entries.append(Entry(entity: tuple[0], name: tuple[1]))
        return true
      }
    }
    for number in isEntity.indices where isEntity[number] {
      entries.append(Entry(entity: UInt32(number), name: UInt32(number)))
    }
  }
}
