import Evaluation
import Graphs
import Relations
import Terms

/// Looks around in a graph without a query: what is known about an entity, what lies near it, how two are connected.
///
/// It finds facts by the indexes of the relations, so that an entity's neighbourhood and not the graph decides how long it
/// takes, and asks an engine what rules derive about an entity. What is stated comes first, and everything in the same
/// order each time.
public final class Explorer {
  public let graph: Graph
  /// What rules derive; `nil` where only what is stated is looked at.
  public let inferences: Inferences?
  private var knownLinks: [Link] = []
  private var linksVersion = -1
  private var eventDates: [Term: DateSpan?] = [:]
  private var homonyms: Set<Term> = []

  public init(_ graph: Graph, engine: Engine? = nil) {
    self.graph = graph
    inferences = engine.map { Inferences($0) }
  }

  /// Begins something that is shown as one.
  public func begin() {
    inferences?.begin()
    eventDates = [:]
    homonyms = []
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

  /// How a step leads from one entity to another: a fact of which nothing but this is known yet.
  struct Edge {
    var relation: String
    /// All arguments, or of a fact of two `nil`, as these are the ends.
    var arguments: [UInt32]?
    /// Which argument the step begins at.
    var column: Int
    var isInferred: Bool

    func fact(from: UInt32, to: UInt32, in graph: Graph) -> Fact {
      let terms = arguments ?? (column == 0 ? [from, to] : [to, from])
      return Fact(relation, terms.map { Term($0) }, isInferred: isInferred, in: graph)
    }
  }

  /// Calls `body` with each entity that shares a stated fact with one, once for each such fact, until it returns false.
  @discardableResult
  func forEachNeighbour(of entity: UInt32, _ body: (UInt32, Edge) throws -> Bool) throws -> Bool {
    for link in links {
      var edge = Edge(relation: link.relation.name, column: link.column, isInferred: false)
      let goesOn =
        if link.relation.arity == 2 {
          try link.relation.forEachPartner(ofColumn: link.column, Term(entity)) { other in
            try step()
            return other == entity || !graph.terms.isName(Term(other)) ? true : try body(other, edge)
          }
        } else {
          try link.relation.forEachFact(where: link.column, is: Term(entity)) { tuple in
            edge.arguments = tuple
            return try visit(tuple, entity, edge, body)
          }
        }
      if !goesOn { return false }
    }
    return true
  }

  /// The same for the facts that rules derive.
  @discardableResult
  func forEachInferredNeighbour(of entity: UInt32, _ body: (UInt32, Edge) throws -> Bool) throws -> Bool {
    try forEachInferredFact(about: Term(entity)) { relation, column, row in
      let edge = Edge(relation: relation, arguments: row, column: column, isInferred: true)
      return try visit(row, entity, edge, body)
    }
  }

  private func visit(
    _ tuple: [UInt32], _ entity: UInt32, _ edge: Edge, _ body: (UInt32, Edge) throws -> Bool
  ) throws -> Bool {
    for other in tuple where other != entity && graph.terms.isName(Term(other)) {
      try step()
      if !(try body(other, edge)) { return false }
    }
    return true
  }

  /// How many facts connect an entity with others, about.
  func degree(of entity: UInt32) -> Int {
    links.reduce(0) { $0 + $1.relation.facts.roughCount(where: $1.column, is: entity) }
  }

  // MARK: What rules derive

  /// Calls `body` with each fact about an entity that rules derive and nobody states, with the first argument that the entity
  /// is, until it returns false; whether it never did.
  @discardableResult
  func forEachInferredFact(
    about entity: Term, _ body: (_ relation: String, _ column: Int, _ row: [UInt32]) throws -> Bool
  ) throws -> Bool {
    guard let inferences, !inferences.isSpent else { return true }
    let types = graph.types(of: entity)
    for relation in try inferences.relations() {
      for column in relation.entityPositions() where relation.mayHold(types, at: column, graph) {
        for row in try inferences.rows(of: relation, where: column, is: entity) {
          try step()
          // A row that has the entity twice is met at the first.
          guard row.firstIndex(of: entity.number) == column else { continue }
          if !(try body(relation.name, column, row)) { return false }
        }
        try step(64)
      }
    }
    return true
  }

  func inferredRows(of relation: String, where column: Int, is entity: Term) throws -> [[UInt32]] {
    guard let inferences, let relation = try inferences.relations().first(where: { $0.name == relation }),
      relation.positions.indices.contains(column)
    else { return [] }
    return try inferences.rows(of: relation, where: column, is: entity)
  }

  func knownEventDate(_ event: Term) -> DateSpan?? { eventDates[event] }
  func remember(_ date: DateSpan?, of event: Term) { eventDates[event] = .some(date) }

  // MARK: Facts and names

  /// Counts a step of work, and asks now and then whether to go on.
  func step(_ steps: Int = 1) throws { try graph.pace.step(steps) }

  /// The facts that connect two entities, those of one relation together: the stated ones, or where there is none those that
  /// rules derive.
  func facts(between first: Term, _ second: Term) throws -> [Fact] {
    var facts: [Fact] = []
    for link in links {
      func take(_ tuple: [UInt32]) { facts.append(Fact(graph.statement(link.relation, tuple), in: graph)) }
      if link.relation.arity == 2 {
        let tuple = link.column == 0 ? [first.number, second.number] : [second.number, first.number]
        if link.relation.facts.contains(tuple) { take(tuple) }
        continue
      }
      link.relation.forEachFact(where: link.column, is: first) { tuple in
        if tuple.firstIndex(of: first.number) == link.column && tuple.contains(second.number) { take(tuple) }
        return true
      }
    }
    if !facts.isEmpty { return facts }
    try forEachInferredFact(about: first) { relation, _, row in
      if row.contains(second.number) {
        facts.append(Fact(relation, row.map { Term($0) }, isInferred: true, in: graph))
      }
      return true
    }
    return facts
  }

  /// Has entities among these that have the same label told with their ids from here on.
  public func tellApart(_ entities: some Sequence<Term>) { homonyms = graph.homonyms(among: entities) }

  /// The name that a reader knows a term by: the label of an entity that has one, else how the term is written.
  public func name(of term: Term) -> String {
    guard graph.terms.isName(term) else { return graph.terms.value(term).plainText }
    guard let label = graph.label(of: term) else { return id(of: term) }
    return homonyms.contains(term) ? "\(label) (\(id(of: term)))" : label
  }

  /// A term as source, as which an entity is referred to.
  public func id(of term: Term) -> String { graph.terms.value(term).description }
}
