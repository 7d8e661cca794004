import Sessions

/// Facts as rows for programs: one for each of their statements.
struct FactListing {
  private(set) var listing = Listing([
    "Date", "Relation", "Subject", "Object", "Source", "Line", "More", "DateOf", "Basis",
  ])
  private let explorer: Explorer

  init(_ explorer: Explorer) { self.explorer = explorer }

  /// - Parameter statements: those to list, each with its own date; for a fact without any, one row tells the fact.
  /// - Parameter viewpoint: the entity that the rows are about, of which the date is not told again.
  mutating func append(
    _ fact: Fact, _ statements: [Fact.Statement], seenFrom viewpoint: Term? = nil, about subject: Term? = nil
  ) throws {
    for statement in statements.isEmpty ? [nil] : statements.map({ $0 as Fact.Statement? }) {
      let dating = try explorer.dating(of: fact, statement, seenFrom: viewpoint)
      let said: [Cell] = [.date(dating?.date), .text(fact.relation), cell(fact.arguments[0]), object(fact)]
      let place: [Cell] = [.optional(statement?.source), .optional(statement?.line), .text(statement?.remark)]
      let basis: [Cell] = [dating?.event.map { cell($0) } ?? .empty, .text(fact.isInferred ? "inferred" : "stated")]
      listing.append(said + place + basis, about: subject ?? fact.arguments[0], fact: explorer.source(fact))
    }
  }

  /// The second argument; of more arguments all but the first, as source.
  private func object(_ fact: Fact) -> Cell {
    switch fact.arguments.count {
    case 1: .empty
    case 2: cell(fact.arguments[1])
    default: .text(fact.arguments.dropFirst().map { explorer.id(of: $0) }.joined(separator: ", "))
    }
  }

  private func cell(_ term: Term) -> Cell { explorer.cell(term) }
}

extension Explorer {
  func cell(_ term: Term) -> Cell {
    let value = graph.terms.value(term)
    if value == .absent { return .empty }
    if case .name(let id) = value { return .entity(id, term) }
    return .value(value)
  }

  /// A fact as source, without its statements.
  func source(_ fact: Fact) -> String {
    "\(RelationName.source(fact.relation))(\(fact.arguments.map { id(of: $0) }.joined(separator: ", ")))"
  }
}
