import Sessions

/// `find WORDS`: entities by any of their names.
enum FindCommand: ExploringCommand {
  static let name = "find"
  static let verb = VerbDescription(
    operands: "WORDS…", operandCount: 1...Int.max, summary: "find entities by any of their names",
    details: """
      Each word begins a word of the name, in any order, without regard to case and diacritics. If none
      is named so, those with names that are nearly so are listed.
      """,
    options: Option.opening + Option.answering,
    examples: [
      ("tiltas find jaros", "who or what is named so"), ("tiltas find stankevich", "a name written otherwise"),
    ])
  static let command = ShellCommandDescription(
    operands: "WORDS", argument: .words, summary: "entities by any of their names")

  static func explore(_ words: [String], _ exploration: Exploration) throws { try exploration.find(words) }
}

extension Exploration {
  /// `find WORDS`: entities by any of their names; where there are none, those with names that are nearly so.
  fileprivate func find(_ words: [String]) throws {
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
}
