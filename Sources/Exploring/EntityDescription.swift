import Graphs
import Terms

/// All that is stated about one entity, grouped by relation and by the argument that the entity is.
public struct EntityDescription {
  public var entity: Term
  public var label: String?
  public var aliases: [String]
  public var types: [String]
  public var groups: [Group]

  /// The facts of one relation in which the entity is the same argument; those with a date in its order, the others before.
  public struct Group {
    public var relation: String
    /// Which argument the entity is, counted from 0.
    public var position: Int
    public var entries: [Entry]
  }

  public struct Entry {
    public var fact: Fact
    /// When it was: by the fact, its statement, or another entity of the fact that has a date.
    public var date: DateSpan?
    /// The statements of which this entry tells: those of the fact with the same remarks.
    public var statements: [Fact.Statement]
    public var places: String { Fact.places(statements) }
  }
}

extension Explorer {
  /// All that is stated about an entity: first what it is the first argument of, then the rest, each in the order of the
  /// relations' names.
  public func describe(_ entity: Term) throws -> EntityDescription {
    let names = graph.names(of: entity)
    let label = graph.label(of: entity)
    var groups: [EntityDescription.Group] = []
    for statement in graph.statements(about: entity) where !["label", "alias"].contains(statement.relation) {
      try step()
      let position = statement.arguments.firstIndex(of: entity) ?? 0
      let entries = entries(of: Fact(statement, in: graph), seenFrom: entity)
      if let index = groups.lastIndex(where: { $0.relation == statement.relation && $0.position == position }) {
        groups[index].entries += entries
      } else {
        groups.append(.init(relation: statement.relation, position: position, entries: entries))
      }
    }
    for index in groups.indices { sortByDate(&groups[index].entries) }
    return EntityDescription(
      entity: entity, label: label, aliases: names.filter { $0 != label }, types: graph.types(of: entity),
      groups: groups.filter { $0.position == 0 } + groups.filter { $0.position > 0 })
  }

  /// A fact once for each of the remarks that its statements make.
  private func entries(of fact: Fact, seenFrom entity: Term) -> [EntityDescription.Entry] {
    let date = date(of: fact, seenFrom: entity)
    if fact.statements.isEmpty { return [.init(fact: fact, date: date, statements: [])] }
    var entries: [EntityDescription.Entry] = []
    for statement in fact.statements {
      if let index = entries.firstIndex(where: { $0.statements[0].remark == statement.remark }) {
        entries[index].statements.append(statement)
      } else {
        entries.append(.init(fact: fact, date: statement.date ?? date, statements: [statement]))
      }
    }
    return entries
  }

  func sortByDate(_ entries: inout [EntityDescription.Entry]) {
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
