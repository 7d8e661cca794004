import Relations
import Terms

/// The relations that hold the names of entities: `label` and `alias`, as they are stated and as rules give them. Whatever
/// looks a name up looks here.
extension Graph {
  /// The relations whose second argument is a name of the first, those of labels first.
  public static let nameRelations = ["label", "alias"]

  public static func isNameRelation(_ name: String) -> Bool { name == "label" || name == "alias" }

  /// Takes what rules say of labels and aliases, by the relation's name, in place of what they said before. What is stated
  /// as well, and what is no name of an entity, is left out.
  public func setDerivedNames(_ rows: [String: Relation]) {
    var names: [String: Relation] = [:]
    for (name, rows) in rows {
      let stated = relations[name]?.facts
      let own = Relation(arity: 2)
      rows.forEachTuple { tuple in
        let isName = terms.isName(Term(tuple[0])) && terms.kind(of: Term(tuple[1])) == .string
        if isName, stated?.contains(tuple) != true { own.append(tuple) }
        return true
      }
      if !own.isEmpty { names[name] = own }
    }
    if !Self.areSame(names, derivedNames) { forgetNames() }
    derivedNames = names
  }

  private static func areSame(_ left: [String: Relation], _ right: [String: Relation]) -> Bool {
    left.count == right.count
      && left.allSatisfy { name, rows in
        guard let other = right[name], other.count == rows.count else { return false }
        return rows.forEachTuple { other.contains($0) }
      }
  }

  /// The rows of `label` or of `alias`, stated ones first.
  func nameRows(_ relation: String) -> [Relation] {
    provideNames()
    return [relations[relation]?.facts, derivedNames[relation]].compactMap(\.self)
  }

  /// Has rules give the names that follow from the graph as it is.
  func provideNames() { namesProvider?() }

  /// The names of an entity in `label` or in `alias`, stated ones first.
  public func names(of entity: Term, in relation: String) -> [Term] {
    nameRows(relation).flatMap { rows in
      rows.index([0, 1]).set(level: 1, node: entity.number).elements.map { Term($0) }
    }
  }
}
