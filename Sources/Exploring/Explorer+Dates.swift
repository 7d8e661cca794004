import Graphs
import Terms

/// When what a statement says was.
public struct Dating {
  public var date: DateSpan
  /// The event whose date it is, where the statement has none of its own.
  public var event: Term?
}

/// The one place that knows which date may be shown beside a statement: its own, or that of the event that it tells of. The
/// date of whatever else it names is none of its own: who sued a firm of 1999 did not do so in 1999.
extension Explorer {
  /// When what a statement of a fact says was: its own date, else one among the arguments, else that of the event.
  /// - Parameter entity: the argument that the reader looks at, of which nothing is told twice.
  public func dating(
    of fact: Fact, _ statement: Fact.Statement?, seenFrom entity: Term? = nil
  ) throws -> Dating? {
    if let date = statement?.date ?? fact.argumentDate { return Dating(date: date) }
    guard let event = event(of: fact), event != entity, let date = try date(ofEvent: event) else { return nil }
    return Dating(date: date, event: event)
  }

  /// What stands beside a fact that is told of once for all its statements: their own dates, each once, or else the one that
  /// ``dating(of:_:seenFrom:)`` gives, but for a date that the fact itself tells.
  public func datings(of fact: Fact) throws -> [Dating] {
    var own: [DateSpan] = []
    for date in fact.statements.compactMap(\.date) where !own.contains(date) { own.append(date) }
    if !own.isEmpty { return own.map { Dating(date: $0) } }
    if fact.argumentDate != nil { return [] }
    return try dating(of: fact, nil).map { [$0] } ?? []
  }

  /// The event that a fact tells of: that somebody took part in it, where or within what it was, what was done at it.
  ///
  /// That somebody took part is said by a relation that is declared to take agents first and an event; the rest by the
  /// relations of the vocabulary that say it.
  func event(of fact: Fact) -> Term? {
    eventPosition(of: fact.relation, fact.arguments.count).map { fact.arguments[$0] }
  }

  /// When an event was by `held_on`, as it is stated or else as rules derive it; the earliest date of several.
  func date(ofEvent event: Term) throws -> DateSpan? {
    if let known = knownEventDate(event) { return known }
    var earliest: DateSpan?
    func take(_ term: UInt32) {
      if let date = graph.date(Term(term)) { earliest = earliest.map { min($0, date) } ?? date }
    }
    if let relation = graph.relation(named: Self.dating), relation.arity == 2 {
      relation.forEachPartner(ofColumn: 0, event) { term in
        take(term)
        return true
      }
    }
    if earliest == nil {
      for row in try inferredRows(of: Self.dating, where: 0, is: event) where row.count == 2 { take(row[1]) }
    }
    remember(earliest, of: event)
    return earliest
  }

  private static let dating = "held_on"
  /// Relations between somebody or something and the event at which it was.
  private static let eventLast: Set = ["attended", "hosted", "led", "accompanied", "signed_at"]
  /// Relations that say of an event where, within what and about what it was.
  private static let eventFirst: Set = ["held_in", "sub_event_of", "discussed"]
  private static let agents = ["agent", "person", "organisation"]

  private func eventPosition(of name: String, _ arity: Int) -> Int? {
    if arity == 2 && Self.eventLast.contains(name) { return 1 }
    if arity == 2 && Self.eventFirst.contains(name) { return 0 }
    guard let relation = graph.relation(named: name), relation.declaration != nil, relation.arity == arity,
      arity > 1, takesOnly(Self.agents, relation, at: 0)
    else { return nil }
    let positions = (1..<arity).filter { takesOnly(["event"], relation, at: $0) }
    return positions.count == 1 ? positions[0] : nil
  }

  private func takesOnly(_ types: [String], _ relation: StoredRelation, at position: Int) -> Bool {
    relation.types(at: position).allSatisfy { type in
      guard case .member(let name) = type else { return false }
      return types.contains { graph.isType(name, within: $0) }
    }
  }
}
