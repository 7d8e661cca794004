import Graphs
import Terms

/// All that is known about one entity, grouped by relation and by the argument that the entity is.
public struct EntityDescription {
  public var entity: Term
  public var label: String?
  public var aliases: [String]
  public var types: [String]
  public var groups: [Group]

  /// The facts of one relation in which the entity is the same argument: first what is stated, then what rules derive; of
  /// each those with a date in its order, the others before.
  public struct Group {
    public var relation: String
    /// Which argument the entity is, counted from 0.
    public var position: Int
    public var entries: [Entry]
    /// How many facts there are, of which the entries may be the first.
    public var factCount: Int
    /// How many arguments the relation has.
    public var arity: Int

    /// How many facts there are besides those of the entries.
    public var leftOut: Int { factCount - Set(entries.map(\.fact.arguments)).count }
  }

  public struct Entry {
    public var fact: Fact
    /// When it was: by its statements, or by an event.
    public var date: DateSpan?
    /// The event whose date it is, where it is not the statement's own.
    public var event: Term?
    /// The statements of which this entry tells: those of the fact with the same remarks.
    public var statements: [Fact.Statement]
    public var places: String { Fact.places(statements) }
  }
}

extension Explorer {
  /// All that is known about an entity: first what it is the first argument of, then the rest, each in the order of the
  /// relations' names.
  /// - Parameter limit: how many entries of a group are wanted; of a group with far more facts they are the first ones of the
  ///   relation and not those with the first dates.
  public func describe(_ entity: Term, limit: Int? = nil) throws -> EntityDescription {
    let names = graph.names(of: entity)
    let label = graph.label(of: entity)
    var groups = try statedGroups(entity, limit: limit)
    try addInferred(entity, to: &groups, limit: limit)
    groups.sort { ($0.relation, $0.position) < ($1.relation, $1.position) }
    return EntityDescription(
      entity: entity, label: label, aliases: names.filter { $0 != label }, types: graph.types(of: entity),
      groups: groups.filter { $0.position == 0 } + groups.filter { $0.position > 0 })
  }

  /// A group of more facts than this is not put in the order of its dates where only some are wanted.
  private static let mostSorted = 2_000

  private func statedGroups(_ entity: Term, limit: Int?) throws -> [EntityDescription.Group] {
    var groups: [EntityDescription.Group] = []
    for name in graph.relationNames where name != "label" && name != "alias" {
      guard let relation = graph.relation(named: name), relation.factCount > 0 else { continue }
      for column in 0..<relation.arity {
        var tuples: [[UInt32]] = []
        var count = 0
        let most = limit == nil ? Int.max : Self.mostSorted
        try relation.forEachFact(where: column, is: entity) { tuple in
          try step()
          // A fact that has the entity twice was met at the first.
          guard tuple.firstIndex(of: entity.number) == column else { return true }
          count += 1
          if tuples.count <= most { tuples.append(tuple) }
          return true
        }
        if count == 0 { continue }
        if count > most { tuples = Array(tuples.prefix(limit ?? 0)) }
        var entries = try tuples.flatMap {
          try self.entries(of: Fact(graph.statement(relation, $0), in: graph), seenFrom: entity)
        }
        sortByDate(&entries)
        if let limit { entries = Array(entries.prefix(limit)) }
        groups.append(
          .init(relation: name, position: column, entries: entries, factCount: count, arity: relation.arity))
      }
    }
    return groups
  }

  /// Adds what rules derive behind what is stated.
  private func addInferred(_ entity: Term, to groups: inout [EntityDescription.Group], limit: Int?) throws {
    var inferred: [EntityDescription.Group] = []
    try forEachInferredFact(about: entity) { relation, column, row in
      if inferred.last?.relation != relation || inferred.last?.position != column {
        inferred.append(.init(relation: relation, position: column, entries: [], factCount: 0, arity: row.count))
      }
      inferred[inferred.count - 1].factCount += 1
      if limit == nil || inferred[inferred.count - 1].factCount <= Self.mostSorted {
        let fact = Fact(relation, row.map { Term($0) }, isInferred: true, in: graph)
        inferred[inferred.count - 1].entries.append(.init(fact: fact, statements: []))
      }
      return true
    }
    for var group in inferred {
      if let limit, group.factCount > Self.mostSorted { group.entries = Array(group.entries.prefix(limit)) }
      for index in group.entries.indices {
        let dating = try dating(of: group.entries[index].fact, nil, seenFrom: entity)
        (group.entries[index].date, group.entries[index].event) = (dating?.date, dating?.event)
      }
      sortByDate(&group.entries)
      if let known = groups.firstIndex(where: { $0.relation == group.relation && $0.position == group.position }) {
        groups[known].factCount += group.factCount
        groups[known].entries += group.entries
        if let limit { groups[known].entries = Array(groups[known].entries.prefix(limit)) }
      } else {
        if let limit { group.entries = Array(group.entries.prefix(limit)) }
        groups.append(group)
      }
    }
  }

  /// A fact once for each of the remarks that its statements make.
  private func entries(of fact: Fact, seenFrom entity: Term) throws -> [EntityDescription.Entry] {
    if fact.statements.isEmpty {
      let dating = try dating(of: fact, nil, seenFrom: entity)
      return [.init(fact: fact, date: dating?.date, event: dating?.event, statements: [])]
    }
    var entries: [EntityDescription.Entry] = []
    for statement in fact.statements {
      if let index = entries.firstIndex(where: { $0.statements[0].remark == statement.remark }) {
        entries[index].statements.append(statement)
      } else {
        let dating = try dating(of: fact, statement, seenFrom: entity)
        entries.append(.init(fact: fact, date: dating?.date, event: dating?.event, statements: [statement]))
      }
    }
    return entries
  }

  private func sortByDate(_ entries: inout [EntityDescription.Entry]) {
    let order = entries.enumerated().sorted { left, right in
      switch (left.element.date, right.element.date) {
      case (let first?, let second?) where first != second: first < second
      case (nil, _?): true
      case (_?, nil): false
      default: left.offset < right.offset
      }
    }
    entries = order.map(\.element)
  }
}
