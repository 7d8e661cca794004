import Tiltas

extension Exploration {
  /// `describe X`: rows for programs; for readers its names and types, and beneath a heading for each relation what it has
  /// there, in the order of dates.
  func describe(_ words: [String]) throws {
    try session.explore { explorer in
      let description = try explorer.describe(entity(words, explorer))
      if writesRows { return try printer.print(rows: listing(description, explorer)) }
      try printer.setOff()
      try write(lines(description, explorer))
    }
  }

  private func listing(_ description: EntityDescription, _ explorer: Explorer) -> Listing {
    var facts = FactListing(explorer)
    for entry in description.groups.flatMap(\.entries) {
      let other = entry.fact.arguments.first { $0 != description.entity && explorer.graph.terms.isName($0) }
      facts.append(entry.fact, entry.date, entry.statements, about: other)
    }
    return facts.listing
  }

  private func lines(_ description: EntityDescription, _ explorer: Explorer) -> [String] {
    let width = printer.style.width
    let id = explorer.id(of: description.entity)
    let title = description.label.map { "\($0) (\(id))" } ?? id
    let kinds = description.types.map { ", \(Explorer.words(of: $0))" }.joined()
    var lines = Wrapping.hanging("", Text.escapedForTerminal(title + kinds), width: width)
    for alias in description.aliases {
      lines += Wrapping.hanging("also: ", Text.escapedForTerminal(alias), width: width)
    }
    let types = Set(description.types)
    for group in description.groups where !types.contains(group.relation) {
      lines += ["", emphasised(Text.escapedForTerminal(heading(group)))]
      for entry in group.entries {
        let date = entry.date.map { "\($0)  " } ?? ""
        lines += Wrapping.hanging("  " + date, text(entry, group, explorer), width: width)
      }
    }
    return lines + types.sorted().flatMap { whereSaid($0, description) }
  }

  /// The relation as the reader's eye goes on from the entity, or towards it: `attended …`, `… attended`.
  private func heading(_ group: EntityDescription.Group) -> String {
    let words = Explorer.words(of: group.relation)
    let ellipsis = printer.style.drawsBoxes ? "…" : "..."
    guard let arity = group.entries.first?.fact.arguments.count, arity > 1 else { return words }
    return group.position == 0 ? "\(words) \(ellipsis)" : "\(ellipsis) \(words)"
  }

  private func text(_ entry: EntityDescription.Entry, _ group: EntityDescription.Group, _ explorer: Explorer) -> String
  {
    let others = entry.fact.arguments.enumerated().filter { $0.offset != group.position }
    let names = others.map { explorer.name(of: $0.element) }
    let remarks = entry.statements.first?.remarks ?? []
    // The date stands before the line already.
    let told = remarks.filter { $0.value != entry.date.map { .date($0) } || $0.key != "at" }
    return noted(
      names.joined(separator: ", "), entry.places, told.map { "\(Explorer.words(of: $0.key)): \($0.value.plainText)" })
  }

  /// Where it is said that the entity is of a type.
  private func whereSaid(_ type: String, _ description: EntityDescription) -> [String] {
    let entries = description.groups.first { $0.relation == type }?.entries ?? []
    let places = entries.map(\.places).filter { !$0.isEmpty }
    return places.isEmpty
      ? [] : ["", Text.escapedForTerminal("is \(Explorer.words(of: type))  [\(places.joined(separator: "; "))]")]
  }

  func emphasised(_ text: String) -> String { printer.style.color ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
}
