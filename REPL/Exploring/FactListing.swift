import Tiltas

/// Facts as rows for programs: one for each of their statements.
struct FactListing {
  private(set) var listing = Listing(["Date", "Relation", "Subject", "Object", "Source", "Line", "More"])
  private let explorer: Explorer

  init(_ explorer: Explorer) { self.explorer = explorer }

  /// - Parameter statements: those to list; for a fact without any, one row tells the fact.
  mutating func append(_ fact: Fact, _ date: DateSpan?, _ statements: [Fact.Statement], about subject: Term? = nil) {
    let cells: [Cell] = [.date(date), .text(fact.relation), cell(fact.arguments[0]), object(fact)]
    for statement in statements {
      listing.append(
        cells + [.optional(statement.source), .optional(statement.line), .text(statement.remark)],
        about: subject ?? fact.arguments[0], fact: explorer.source(fact))
    }
    if statements.isEmpty {
      listing.append(
        cells + [.empty, .empty, .empty], about: subject ?? fact.arguments[0], fact: explorer.source(fact))
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
    if case .name(let id) = value { return .entity(id, term) }
    return .value(value)
  }

  /// A fact as source, without its statements.
  func source(_ fact: Fact) -> String {
    "\(RelationName.source(fact.relation))(\(fact.arguments.map { id(of: $0) }.joined(separator: ", ")))"
  }
}
