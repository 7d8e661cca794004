import Sessions

/// `near X [STEPS]`: what some steps lead to.
enum NearCommand: ExploringCommand {
  static let name = "near"
  static let verb = VerbDescription(
    operands: "NAME… [STEPS]", operandCount: 1...Int.max,
    summary: "list what is one or more steps away from an entity",
    details: """
      A step is a fact that both are in. STEPS is 1 if it is left out. A table shows 40 of them and
      how many there are besides; --all shows all.
      """,
    options: Option.opening + Option.answering + [.all],
    examples: [("tiltas near gorky_school 2", "what two facts lead to")])
  static let command = ShellCommandDescription(
    operands: "X [STEPS] [--all]", argument: .entity, summary: "what is one or more steps away")

  static func explore(_ words: [String], _ exploration: Exploration) throws { try exploration.near(words) }
}

extension Exploration {
  /// `near X [STEPS]`: what some steps lead to, with the fact of the last step.
  fileprivate func near(_ words: [String]) throws {
    let (name, steps) = Self.withoutNumber(words)
    try explore { explorer in
      let found = try explorer.near(entity(name, explorer), steps: steps ?? 1, limit: limit(Self.mostNear))
      explorer.tellApart(found.neighbours.flatMap(\.by.arguments))
      let isForPeople = printer.style.format.isForPeople
      var listing = Listing(["Steps", "Entity", "Type", "By"] + (isForPeople ? [] : ["Basis"]))
      for neighbour in found.neighbours {
        let by = isForPeople ? explorer.sentence(neighbour.by) + mark(neighbour.by) : explorer.source(neighbour.by)
        let types = explorer.graph.types(of: neighbour.entity).joined(separator: ", ")
        listing.append(
          [.integer(neighbour.steps), explorer.cell(neighbour.entity), .text(types), .text(by)]
            + (isForPeople ? [] : [.text(neighbour.by.isInferred ? "inferred" : "stated")]),
          about: neighbour.entity, fact: explorer.source(neighbour.by))
      }
      try printer.print(rows: listing)
      if !isForPeople { return }
      try note(legend(found.neighbours.map(\.by)) + leftOut(found))
    }
  }

  private static let mostNear = 40

  /// `40 of 50,003 are shown; besides 49,960 by attended, 3 by partner; --all shows all`.
  private func leftOut(_ found: Neighbourhood) -> [String] {
    if found.leftOut.isEmpty && !found.isCut { return [] }
    let isNearest = found.leftOut.allSatisfy { $0.steps == 1 }
    let largest = found.leftOut.sorted { ($0.steps, -$0.count, $0.relation) < ($1.steps, -$1.count, $1.relation) }
    var parts = largest.prefix(Self.mostToldLeftOut).map { part in
      "\(Decimals.grouped(part.count)) by \(part.relation)"
        + (isNearest ? "" : " in \(Decimals.count(part.steps, "step", "steps"))")
    }
    if largest.count > parts.count { parts.append("others") }
    let count = (found.isCut ? "more than " : "") + Decimals.grouped(found.count)
    let besides = parts.isEmpty ? "" : "besides \(parts.joined(separator: ", ")); "
    return ["\(found.neighbours.count) of \(count) are shown; \(besides)`\(allOption)` shows all"]
  }

  private static let mostToldLeftOut = 6
}
