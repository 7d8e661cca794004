import Terms

/// The names of a graph's entities, for looking up: exactly, folded, and by words.
struct NameIndex {
  private let terms: TermDictionary
  private var exact: [String: [Term]] = [:]
  private var folded: [String: [Term]] = [:]
  /// Each name of each entity, with its words folded.
  private var entries: [(entity: Term, name: String, words: [String])] = []
  /// The entities' own names, in the order of their bytes.
  private(set) var entityNames: [String] = []

  init(_ graph: Graph) {
    terms = graph.terms
    var entities: Set<UInt32> = []
    for name in graph.relationNames {
      guard let relation = graph.relation(named: name) else { continue }
      relation.facts.forEachTuple { tuple in
        for number in tuple where terms.isName(Term(number)) { entities.insert(number) }
        return true
      }
    }
    for relation in ["label", "alias"] {
      graph.relation(named: relation)?.facts.forEachTuple { tuple in
        add(Term(tuple[0]), terms.value(Term(tuple[1])).plainText)
        return true
      }
    }
    for number in entities.sorted() {
      let name = terms.value(Term(number)).plainText
      entityNames.append(name)
      entries.append((Term(number), name, Text.words(name)))
    }
    entityNames.sort()
  }

  private mutating func add(_ entity: Term, _ name: String) {
    if exact[name]?.contains(entity) != true { exact[name, default: []].append(entity) }
    let fold = Text.fold(name)
    if folded[fold]?.contains(entity) != true { folded[fold, default: []].append(entity) }
    entries.append((entity, name, Text.words(name)))
  }

  /// The words of all names, folded, each once.
  var words: Set<String> { Set(entries.lazy.flatMap(\.words)) }

  var allNames: [String] { exact.keys.sorted() }

  func entities(named name: String) -> [Term] { exact[name] ?? folded[Text.fold(name)] ?? [] }

  func find(_ words: String) -> [Term] {
    let wanted = Text.words(words)
    if wanted.isEmpty { return [] }
    var best: [Term: Int] = [:]
    for entry in entries {
      guard let score = Self.score(wanted, entry.words) else { continue }
      best[entry.entity] = min(best[entry.entity] ?? .max, score)
    }
    return best.sorted { ($0.value, $0.key.number) < ($1.value, $1.key.number) }.map(\.key)
  }

  /// The less the better: wanted words that are only beginnings weigh most, then words that were not wanted.
  private static func score(_ wanted: [String], _ words: [String]) -> Int? {
    var score = words.count
    for word in wanted {
      if words.contains(word) { continue }
      guard words.contains(where: { $0.hasPrefix(word) }) else { return nil }
      score += 1000
    }
    return score
  }
}
