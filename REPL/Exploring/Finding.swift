import Tiltas

extension Exploration {
  /// `find WORDS`: entities by any of their names; where there are none, those with names that are nearly so.
  func find(_ words: [String]) throws {
    try session.explore { explorer in
      let found = explorer.find(words.joined(separator: " "), limit: Self.mostFound)
      if found.areNearMisses {
        reporter.note(found.entities.isEmpty ? "nothing is named so" : "nothing is named so; these names are near")
      }
      if found.entities.isEmpty && !writesRows { return }
      try printer.print(rows: listing(of: found.entities, explorer))
      if found.entities.count == Self.mostFound { reporter.note("only the first \(Self.mostFound) are shown") }
    }
  }

  /// Entities with their names and types.
  func listing(of entities: [Term], _ explorer: Explorer) -> Listing {
    var listing = Listing(["Entity", "Name", "Type"])
    listing.uncut = [0]
    for entity in entities {
      let types = explorer.graph.types(of: entity)
      listing.append(
        [.text(explorer.id(of: entity)), .text(explorer.graph.label(of: entity))]
          + [.text(types.joined(separator: ", "))], about: entity,
        fact: types.last.map { "\(Value.name($0).description)(\(explorer.id(of: entity)))" })
    }
    return listing
  }

  private static let mostFound = 50

  /// `near X [STEPS]`: what some steps lead to, with the fact of the last step.
  func near(_ words: [String]) throws {
    let (name, steps) = Self.withoutNumber(words)
    try session.explore { explorer in
      var listing = Listing(["Steps", "Entity", "Type", "By"])
      for neighbour in try explorer.near(entity(name, explorer), steps: steps ?? 1) {
        let by = printer.style.format.isForPeople ? explorer.sentence(neighbour.by) : explorer.source(neighbour.by)
        let types = explorer.graph.types(of: neighbour.entity).joined(separator: ", ")
        listing.append(
          [.integer(neighbour.steps), explorer.cell(neighbour.entity), .text(types), .text(by)],
          about: neighbour.entity, fact: explorer.source(neighbour.by))
      }
      try printer.print(rows: listing)
    }
  }

  /// `common A B`: what facts connect with both.
  func common(_ words: [String]) throws {
    try session.explore { explorer in
      let (first, second) = try pair(words, explorer)
      let shared = try explorer.common(first, second)
      if shared.isEmpty && !writesRows {
        return reporter.note(
          "no fact connects both \(explorer.name(of: first)) and \(explorer.name(of: second)) with the same")
      }
      let names =
        printer.style.format.isForPeople ? [first, second].map { explorer.name(of: $0) } : ["First", "Second"]
      var listing = Listing(["Common"] + names.map { Text.escapedForTerminal($0) })
      for entry in shared {
        listing.append(
          [explorer.cell(entry.shared), .text(told(entry.first, explorer)), .text(told(entry.second, explorer))],
          about: entry.shared, fact: entry.first.first.map { explorer.source($0) })
      }
      try printer.print(rows: listing)
    }
  }

  /// The relations of facts for readers, the facts themselves for programs.
  private func told(_ facts: [Fact], _ explorer: Explorer) -> String {
    let texts = facts.map { printer.style.format.isForPeople ? Explorer.words(of: $0.relation) : explorer.source($0) }
    return texts.enumerated().filter { !texts[..<$0.offset].contains($0.element) }.map(\.element)
      .joined(separator: "; ")
  }
}
