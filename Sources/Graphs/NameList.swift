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

  /// The names that are not there yet: those of these relations.
  private var left: [String]

  init(_ graph: Graph) {
    self.init(emptyFor: graph)
    _ = goOn(graph) { true }
  }

  /// The list before anything was gathered.
  init(emptyFor graph: Graph) {
    texts = TermTexts(graph.terms)
    isEntity = [Bool](repeating: false, count: texts.count)
    left = graph.relationNames
  }

  /// Gathers for as long as that is wanted, which is asked every few thousand facts; whether the list is whole. The graph
  /// must be as it was.
  mutating func goOn(_ graph: Graph, while isWanted: () -> Bool) -> Bool {
    while let name = left.last {
      if let relation = graph.relation(named: name), !gather(relation, isWanted) { return false }
      left.removeLast()
    }
    for rows in graph.derivedNames.sorted(by: { $0.key < $1.key }).map(\.value) {
      rows.forEachTuple { tuple in
        isEntity[Int(tuple[0])] = true
        entries.append(Entry(entity: tuple[0], name: tuple[1]))
        return true
      }
    }
    for number in isEntity.indices where isEntity[number] {
      entries.append(Entry(entity: UInt32(number), name: UInt32(number)))
    }
    return true
  }

  private mutating func gather(_ relation: StoredRelation, _ isWanted: () -> Bool) -> Bool {
    let isName = Graph.isNameRelation(relation.name)
    let known = entries.count
    var steps = 0
    let isWhole = relation.facts.forEachTuple { tuple in
      for number in tuple where texts.isName(Term(number)) { isEntity[Int(number)] = true }
      if isName { entries.append(Entry(entity: tuple[0], name: tuple[1])) }
      steps += 1
      return steps & 0xFFF != 0 || isWanted()
    }
    if !isWhole { entries.removeLast(entries.count - known) }
    return isWhole
  }
}
