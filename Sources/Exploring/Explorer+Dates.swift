import Graphs
import Terms

extension Explorer {
  /// The earliest date that a relation of two arguments gives an entity, as `held_on` does an event.
  public func date(of entity: Term) -> DateSpan? {
    var earliest: DateSpan?
    for relation in datingRelations {
      relation.forEachPartner(ofColumn: 0, entity) { other in
        if case .date(let date) = graph.terms.value(Term(other)) { earliest = earliest.map { min($0, date) } ?? date }
        return true
      }
    }
    return earliest
  }

  /// The relations of two arguments of which the second may be a date.
  private var datingRelations: [StoredRelation] {
    graph.relationNames.compactMap { graph.relation(named: $0) }.filter { relation in
      relation.arity == 2 && relation.factCount > 0 && relation.types(at: 1).contains { $0 == .date || $0 == .any }
        && relation.name != "label" && relation.name != "alias"
    }
  }

  /// When a fact was: its own date, else that of one of its arguments.
  public func date(of fact: Fact) -> DateSpan? {
    fact.date ?? fact.arguments.lazy.compactMap { self.date(of: $0) }.first
  }

  /// When a fact was, for a reader who looks at one of its arguments: its own date, else that of another argument.
  func date(of fact: Fact, seenFrom entity: Term) -> DateSpan? {
    fact.date ?? fact.arguments.lazy.filter { $0 != entity }.compactMap { self.date(of: $0) }.first
  }
}
