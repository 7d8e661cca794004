import Terms

/// Which literals with `@ {…}` a question comes to whose relation rules widen: they match what is stated, and not what these
/// rules give.
///
/// A question comes to its own literals, those of its paths, and those of all rules that it rests on.
struct WidenedStatements {
  private let base: ClauseBase
  /// The relations, by the one whose rules ask for their statements; `nil` for the question itself.
  private var found: [(asker: String?, relations: [String])] = []

  init(of goal: RelationKey, in base: ClauseBase) {
    self.base = base
    var seen: Set<RelationKey> = [goal]
    var next: [(key: RelationKey, asker: String?)] = [(goal, nil)]
    while !next.isEmpty {
      let (key, asker) = next.removeFirst()
      for clause in base.clauses(for: key) {
        for literal in clause.body {
          literal.forEachAtom { atom, _ in
            note(atom.relation, asker)
            let below = atom.relation.definition
            if seen.insert(below).inserted { next.append((below, below.ownName ?? asker)) }
          }
        }
      }
    }
  }

  private mutating func note(_ key: RelationKey, _ asker: String?) {
    guard case .stated(let name, let keys) = key, !keys.isEmpty, base.program.firstRule(for: name) != nil else {
      return
    }
    let place = found.firstIndex { $0.asker == asker } ?? found.count
    if place == found.count { found.append((asker, [])) }
    if !found[place].relations.contains(name) { found[place].relations.append(name) }
  }

  /// A sentence for the question, and one for each of the first relations whose rules it rests on.
  var sentences: [String] {
    found.prefix(Self.mostSentences).map { asker, relations in
      let place = asker.map { " in the rules of `\(Value.name($0).description)`" } ?? ""
      let whose = relations.count == 1 ? "its" : "their"
      return "rules give rows of \(Self.list(relations)) too, and `@ {…}`\(place) matches \(whose) stated facts only"
    }
  }

  private static let mostSentences = 3
  private static let mostNames = 3

  private static func list(_ names: [String]) -> String {
    var shown = names.prefix(mostNames).map { "`\(Value.name($0).description)`" }
    if names.count > mostNames { shown.append("\(names.count - mostNames) more") }
    return shown.count == 1 ? shown[0] : shown.dropLast().joined(separator: ", ") + " and " + shown[shown.count - 1]
  }
}

extension RelationKey {
  /// The relation whose clauses say what this one holds.
  fileprivate var definition: RelationKey {
    if case .distance(let number, _) = self { .auxiliary(number) } else { self }
  }
}
