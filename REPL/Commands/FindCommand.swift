import Sessions

extension Exploration {
  /// `find WORDS`: entities by any of their names; where there are none, those with names that are nearly so.
  func find(_ words: [String]) throws {
    try explore { explorer in
      let found = explorer.find(words.joined(separator: " "), limit: Self.mostFound)
      if found.areNearMisses {
        reporter.note(found.entities.isEmpty ? "nothing is named so" : "nothing is named so; these names are near")
      }
      if found.entities.isEmpty && !writesRows { return }
      try printer.print(rows: listing(of: found.entities, explorer))
      if found.count > found.entities.count {
        let count = found.count < Explorer.mostFound ? "\(found.count)" : "\(Explorer.mostFound) or more"
        try note(["\(found.entities.count) of \(count) are shown: another word narrows it down"])
      }
    }
  }

  /// Entities with their names and types, and for readers what tells those apart that have the same name.
  func listing(of entities: [Term], _ explorer: Explorer) -> Listing {
    let homonyms = printer.style.format.isForPeople ? explorer.graph.homonyms(among: entities) : []
    let alike = entities.filter { homonyms.contains($0) }
    let traits = Dictionary(
      uniqueKeysWithValues: zip(alike, explorer.graph.traits(of: alike, withTypes: false)))
    var listing = Listing(["Entity", "Name", "Type"] + (alike.isEmpty ? [] : ["Known for"]))
    listing.uncut = [0]
    for entity in entities {
      let types = explorer.graph.types(of: entity)
      listing.append(
        [.text(explorer.id(of: entity)), .text(explorer.graph.label(of: entity))]
          + [.text(types.joined(separator: ", "))] + (alike.isEmpty ? [] : [.text(traits[entity])]), about: entity,
        fact: types.last.map { "\(Value.name($0).description)(\(explorer.id(of: entity)))" })
    }
    return listing
  }

  private static let mostFound = 50

  /// `near X [STEPS]`: what some steps lead to, with the fact of the last step.
  func near(_ words: [String]) throws {
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

  /// `common A B`: what facts connect with both.
  func common(_ words: [String]) throws {
    try explore { explorer in
      let (first, second) = try pair(words, explorer)
      let shared = try explorer.common(first, second)
      if shared.isEmpty && !writesRows {
        return reporter.note(
          "no fact connects both \(explorer.name(of: first)) and \(explorer.name(of: second)) with the same")
      }
      let names =
        printer.style.format.isForPeople ? [first, second].map { explorer.name(of: $0) } : ["First", "Second"]
      explorer.tellApart(shared.map(\.shared))
      var listing = Listing(["Common"] + names.map { Text.escapedForTerminal($0) })
      for entry in shared.prefix(limit(Self.mostCommon) ?? .max) {
        listing.append(
          [explorer.cell(entry.shared), .text(told(entry.first, explorer)), .text(told(entry.second, explorer))],
          about: entry.shared, fact: entry.first.first.map { explorer.source($0) })
      }
      try printer.print(rows: listing)
      if !printer.style.format.isForPeople { return }
      try note(legend(shared.flatMap { $0.first + $0.second }))
      if shared.count > listing.rowCount {
        try note(["\(listing.rowCount) of \(Decimals.grouped(shared.count)) are shown; `\(allOption)` shows all"])
      }
    }
  }

  private static let mostCommon = 40

  /// The relations of facts for readers, the facts themselves for programs.
  private func told(_ facts: [Fact], _ explorer: Explorer) -> String {
    let texts = facts.map {
      printer.style.format.isForPeople ? Explorer.words(of: $0.relation) + mark($0) : explorer.source($0)
    }
    return texts.enumerated().filter { !texts[..<$0.offset].contains($0.element) }.map(\.element)
      .joined(separator: "; ")
  }
}
