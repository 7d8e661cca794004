import Graphs
import Relations
import Terms

/// Looks around in a graph without a query: what is stated about an entity, what lies near it, how two are connected.
///
/// It looks at stated facts, not at what rules derive, and finds them by the indexes of the relations, so that an entity's
/// neighbourhood and not the graph decides how long it takes. Everything comes in the same order each time.
public final class Explorer {
  public let graph: Graph
  /// Asked every few thousand steps; what it throws ends the work.
  public var proceed: () throws -> Void
  private var steps = 0
  private var knownLinks: [Link] = []
  private var linksVersion = -1

  public init(_ graph: Graph, proceed: @escaping () throws -> Void = {}) {
    self.graph = graph
    self.proceed = proceed
  }

  /// An argument of a relation that may hold an entity, from which its facts lead to the other arguments.
  struct Link {
    var relation: StoredRelation
    var column: Int
  }

  /// The arguments by which facts connect entities: not those of types, nor of relations that hold one entity and values.
  var links: [Link] {
    if linksVersion == graph.version { return knownLinks }
    knownLinks = graph.relationNames.flatMap { name -> [Link] in
      guard let relation = graph.relation(named: name), !relation.isType, relation.factCount > 0 else { return [] }
      let columns = (0..<relation.arity).filter { column in
        relation.types(at: column).contains { $0 == .any || $0.isEntity }
      }
      return columns.count < 2 ? [] : columns.map { Link(relation: relation, column: $0) }
    }
    linksVersion = graph.version
    return knownLinks
  }

  /// Calls `body` with each entity that shares a fact with one, once for each such fact, until it returns false.
  func forEachNeighbour(of entity: UInt32, _ body: (UInt32) throws -> Bool) throws {
    for link in links {
      let goesOn =
        if link.relation.arity == 2 {
          try link.relation.forEachPartner(ofColumn: link.column, Term(entity)) { try visit($0, entity, body) }
        } else {
          try link.relation.forEachFact(where: link.column, is: Term(entity)) { tuple in
            try tuple.allSatisfy { try visit($0, entity, body) }
          }
        }
      if !goesOn { return }
    }
  }

  private func visit(_ other: UInt32, _ entity: UInt32, _ body: (UInt32) throws -> Bool) throws -> Bool {
    try step()
    return other == entity || !graph.terms.isName(Term(other)) ? true : try body(other)
  }

  /// Counts a step of work, and asks now and then whether to go on.
  func step() throws {
    steps += 1
    if steps & 0xFFF == 0 { try proceed() }
  }

  /// The facts that connect two entities, those of one relation together.
  func facts(between first: Term, _ second: Term) -> [Fact] {
    var facts: [Fact] = []
    for link in links {
      link.relation.forEachFact(where: link.column, is: first) { tuple in
        if tuple.firstIndex(of: first.number) == link.column && tuple.contains(second.number) {
          facts.append(Fact(graph.statement(link.relation, tuple), in: graph))
        }
        return true
      }
    }
    return facts
  }

  /// The name that a reader knows a term by: the label of an entity that has one, else how the term is written.
  public func name(of term: Term) -> String {
    graph.terms.isName(term) ? graph.label(of: term) ?? id(of: term) : graph.terms.value(term).plainText
  }

  /// A term as source, as which an entity is referred to.
  public func id(of term: Term) -> String { graph.terms.value(term).description }
}
