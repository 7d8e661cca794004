import Diagnostics
import Graphs
import Language
import Relations
import Terms

/// Finds the entities of which no fact says what they are, and which nobody calls by a name, as those are that a slip of the
/// pen has made: with neither a type nor a label, or without a type where a declaration expects one.
///
/// A declared position doesn't give its entities a type, so that `person(X)` finds those alone that are said to be persons.
struct UntypedEntities {
  private let graph: Graph
  private var found: [UInt32: (relation: StoredRelation, position: Int)] = [:]

  private static let mostShown = 10

  /// - Parameter members: all members of a type, those that rules give too.
  init(_ graph: Graph, members: (_ type: String) throws -> Relation) rethrows {
    self.graph = graph
    let typed = SetBuffer()
    for type in graph.typeNames { typed.formUnion(try members(type).terms(ofColumn: 0)) }
    // Where nothing has a type, as in a graph of numbers and names alone, none is missed.
    if typed.view.isEmpty { return }
    for name in graph.relationNames {
      guard let relation = graph.relation(named: name), !relation.isType, !relation.facts.isEmpty else { continue }
      for position in 0..<relation.arity { find(relation, position, typed) }
    }
  }

  private mutating func find(_ relation: StoredRelation, _ position: Int, _ typed: SetBuffer) {
    let wanted = relation.types(at: position).contains { if case .member = $0 { true } else { false } }
    let untyped = SetBuffer()
    untyped.formUnion(relation.facts.terms(ofColumn: position))
    untyped.subtract(typed.view)
    for number in untyped.view.elements where graph.terms.isName(Term(number)) && found[number] == nil {
      if wanted || graph.names(of: Term(number)).isEmpty { found[number] = (relation, position) }
    }
  }

  /// A warning, with the first of them and what each may have been meant to be.
  func warning() -> Diagnostic? {
    if found.isEmpty { return nil }
    let named = found.map { (name: graph.terms.value(Term($0.key)).plainText, number: $0.key, place: $0.value) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let names = Set(named.prefix(Self.mostShown).map(\.name))
    let suggestion = NameSuggestion(graph: graph)
    var notes = named.prefix(Self.mostShown).map { entity in
      let meant = suggestion.nearest(toNew: entity.name, but: names)
      let near = meant.map { "; near: `\(Value.name($0).description)`" } ?? ""
      return Diagnostic.Note("`\(Value.name(entity.name).description)` in \(fact(entity.number, entity.place))\(near)")
    }
    if named.count > Self.mostShown { notes.append(Diagnostic.Note("and \(named.count - Self.mostShown) more")) }
    let example = graph.typeNames.first ?? "person"
    return Diagnostic(
      .untypedEntity,
      named.count == 1
        ? "1 entity is of no type: `\(example)(X)` and the like don't find it"
        : "\(named.count) entities are of no type: `\(example)(X)` and the like don't find them",
      help: "state what each is, or mend its name if it is a slip", notes: notes, severity: .warning)
  }

  /// The first fact in which an entity stands at a place.
  private func fact(_ number: UInt32, _ place: (relation: StoredRelation, position: Int)) -> String {
    var text = RelationName.source(place.relation.name)
    place.relation.forEachFact(where: place.position, is: Term(number)) { tuple in
      text += "(\(tuple.map { graph.terms.value(Term($0)).description }.joined(separator: ", ")))"
      return false
    }
    return text
  }
}
