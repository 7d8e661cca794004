import Graphs
import Terms

/// Something that has a date.
public struct TimelineEntry {
  public var date: DateSpan
  /// The event whose date it is, where it is not the statement's own.
  public var event: Term?
  public var fact: Fact
  public var statements: [Fact.Statement]

  /// Whether it is certain that it was in a span of which its date has some days: it lies within, or is an interval that has
  /// the span or a part of it. A date that is marked or coarser than the span, and one with an end that is not known, only may be.
  public func isCertain(in span: DateSpan) -> Bool {
    date.marks.isEmpty && (span.contains(date) || date.isInterval && (date.isPlain || date.contains(span)))
  }
}

extension Explorer {
  /// What has a date, in its order: of the whole graph, or of what is known about one entity; of all time, or of what may be
  /// on a day of a span.
  public func timeline(of entity: Term? = nil, during span: DateSpan? = nil) throws -> [TimelineEntry] {
    let entries = try entity.map { try dated($0) } ?? dated() + inferredDated()
    return entries.filter { entry in span.map { $0.overlaps(entry.date) } ?? true }.enumerated()
      .sorted { ($0.element.date, $0.offset) < ($1.element.date, $1.offset) }.map(\.element)
  }

  private func dated(_ entity: Term) throws -> [TimelineEntry] {
    try describe(entity).groups.flatMap(\.entries).compactMap { entry in
      entry.date.map { TimelineEntry(date: $0, event: entry.event, fact: entry.fact, statements: entry.statements) }
    }
  }

  /// The facts of the graph that have a date as an argument or by a statement, relation by relation.
  private func dated() throws -> [TimelineEntry] {
    var entries: [TimelineEntry] = []
    for name in graph.relationNames {
      guard let relation = graph.relation(named: name), mayBeDated(relation) else { continue }
      try relation.facts.forEachTuple { tuple in
        try step()
        let fact = Fact(graph.statement(relation, Array(tuple)), in: graph)
        var byDate: [(date: DateSpan, statements: [Fact.Statement])] = []
        for statement in fact.statements {
          guard let date = statement.date ?? fact.argumentDate else { continue }
          if let index = byDate.firstIndex(where: { $0.date == date }) {
            byDate[index].statements.append(statement)
          } else {
            byDate.append((date, [statement]))
          }
        }
        if fact.statements.isEmpty, let date = fact.argumentDate { byDate.append((date, [])) }
        entries += byDate.map { TimelineEntry(date: $0.date, fact: fact, statements: $0.statements) }
        return true
      }
    }
    return entries
  }

  /// What rules derive that has a date as an argument.
  private func inferredDated() throws -> [TimelineEntry] {
    guard let inferences else { return [] }
    return try inferences.relations().filter(\.mayHoldDates).flatMap { relation in
      try inferences.rows(of: relation).compactMap { row in
        let fact = Fact(relation.name, row.map { Term($0) }, isInferred: true, in: graph)
        return fact.argumentDate.map { TimelineEntry(date: $0, fact: fact, statements: []) }
      }
    }
  }

  private func mayBeDated(_ relation: StoredRelation) -> Bool {
    let takesDates = (0..<relation.arity).contains { column in
      relation.types(at: column).contains { $0 == .date || $0 == .any }
    }
    if takesDates && relation.name != "label" && relation.name != "alias" { return true }
    return Set(relation.statements.annotations).contains { set in
      graph.annotationSets.entries(set).contains { graph.terms.kind(of: $0.value) == .date }
    }
  }
}
