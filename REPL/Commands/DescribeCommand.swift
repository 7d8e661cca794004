import Sessions

/// `describe X`: all that is known about one entity.
enum DescribeCommand: ExploringCommand {
  static let name = "describe"
  static let verb = VerbDescription(
    operands: "NAME…", operandCount: 1...Int.max, summary: "tell all that is known about one entity",
    details: """
      NAME is an id, a label or an alias, with or without diacritics, or words of one. Relations stand one
      below the other, first those that lead from the entity, then those that lead to it; what has a date
      is in its order. What rules infer stands behind what is stated, marked. Of a relation with more than
      20 facts a table shows ten; --all shows all. Other formats give a row for each statement.
      """,
    options: Option.opening + Option.answering + [.all],
    examples: [
      ("tiltas describe zana jarosuk", "by words of a name"),
      ("tiltas describe 'Kaliningrado dramos teatras' --format jsonl", "for programs"),
    ])
  static let command = ShellCommandDescription(
    operands: "X [--all]", argument: .entity, summary: "all that is known about one entity")

  static func explore(_ words: [String], _ exploration: Exploration) throws { try exploration.describe(words) }
}

extension Exploration {
  /// `describe X`: rows for programs; for readers its names and types, and beneath a heading for each relation what it has
  /// there, in the order of dates.
  fileprivate func describe(_ words: [String]) throws {
    try explore { explorer in
      let entity = try entity(words, explorer)
      let description = try explorer.describe(entity, limit: limit(Self.mostInFull))
      if writesRows { return try printer.print(rows: listing(description, explorer)) }
      try printer.setOff()
      try write(lines(description, explorer))
    }
  }

  /// Of a relation with more facts the first few are shown.
  private static let mostInFull = 20
  private static let fewOfMany = 10

  private func listing(_ description: EntityDescription, _ explorer: Explorer) throws -> Listing {
    var facts = FactListing(explorer)
    for entry in description.groups.flatMap(\.entries) {
      let other = entry.fact.arguments.first { $0 != description.entity && explorer.graph.terms.isName($0) }
      try facts.append(entry.fact, entry.statements, seenFrom: description.entity, about: other)
    }
    let leftOut = description.groups.reduce(0) { $0 + $1.leftOut }
    if leftOut > 0 { reporter.note("\(Decimals.count(leftOut, "fact", "facts")) more: `\(allOption)` shows all") }
    return facts.listing
  }

  private func lines(_ description: EntityDescription, _ explorer: Explorer) -> [String] {
    let width = printer.style.width
    let types = Set(description.types)
    let groups = description.groups.filter { $0.arity > 1 }.map(shown)
    let kinds = description.groups.filter { $0.arity == 1 }.sorted { $0.relation < $1.relation }
    let entries = groups.flatMap(\.entries)
    explorer.tellApart(entries.flatMap(\.fact.arguments))
    var lines = title(description, explorer)
    for group in groups {
      lines += ["", emphasised(Text.escapedForTerminal(heading(group)))]
      for entry in group.entries {
        let date = entry.date.map { text($0, of: entry.event) + "  " } ?? ""
        lines += Wrapping.hanging("  " + date, text(entry, group, explorer), width: width)
      }
      if group.leftOut > 0 {
        let more = "\(Decimals.grouped(group.leftOut)) more: \(query(group, description.entity, explorer))"
        lines += Wrapping.hanging("  ", Text.escapedForTerminal("\(ellipsis) \(more)"), width: width)
      }
    }
    lines += kinds.flatMap { whereSaid($0, isInTitle: types.contains($0.relation)) }
    var legend = legend(
      (kinds.flatMap(\.entries) + entries).map(\.fact), hasEventDates: entries.contains { $0.event != nil })
    if groups.contains(where: { $0.leftOut > 0 }) { legend.append("`\(allOption)` behind the name shows all") }
    if !legend.isEmpty { lines += [""] + legend.flatMap { Wrapping.hanging("", $0, width: width) } }
    return lines
  }

  private func title(_ description: EntityDescription, _ explorer: Explorer) -> [String] {
    let id = explorer.id(of: description.entity)
    let title = description.label.map { "\($0) (\(id))" } ?? id
    let kinds = description.types.map { ", \(Explorer.words(of: $0))" }.joined()
    var lines = Wrapping.hanging("", Text.escapedForTerminal(title + kinds), width: printer.style.width)
    var aliases = description.aliases
    let most = limit(Self.mostInFull) ?? .max
    if aliases.count > most { aliases = Array(aliases.prefix(Self.fewOfMany)) }
    for alias in aliases {
      lines += Wrapping.hanging("also: ", Text.escapedForTerminal(alias), width: printer.style.width)
    }
    let leftOut = description.aliases.count - aliases.count
    if leftOut > 0 { lines.append("\(ellipsis) \(Decimals.grouped(leftOut)) more names: alias(\(id), X)") }
    return lines
  }

  private func shown(_ group: EntityDescription.Group) -> EntityDescription.Group {
    guard let most = limit(Self.mostInFull), group.factCount > most || group.entries.count > most else { return group }
    var group = group
    group.entries = Array(group.entries.prefix(Self.fewOfMany))
    return group
  }

  private var ellipsis: String { printer.style.drawsBoxes ? "…" : "..." }

  /// The relation as the reader's eye goes on from the entity, or towards it: `attended …`, `… attended`; with the number of
  /// its facts where not all are shown.
  private func heading(_ group: EntityDescription.Group) -> String {
    let words = Explorer.words(of: group.relation)
    let count = group.leftOut > 0 ? " (\(Decimals.grouped(group.factCount)))" : ""
    return (group.position == 0 ? "\(words) \(ellipsis)" : "\(ellipsis) \(words)") + count
  }

  /// The query that has the whole group for its answer.
  private func query(_ group: EntityDescription.Group, _ entity: Term, _ explorer: Explorer) -> String {
    let variables = ["X", "Y", "Z"] + (1...max(1, group.arity)).map { "V\($0)" }
    var next = variables.makeIterator()
    let arguments = (0..<group.arity).map { $0 == group.position ? explorer.id(of: entity) : next.next() ?? "_" }
    return "\(RelationName.source(group.relation))(\(arguments.joined(separator: ", ")))"
  }

  private func text(_ entry: EntityDescription.Entry, _ group: EntityDescription.Group, _ explorer: Explorer) -> String
  {
    let others = entry.fact.arguments.enumerated().filter { $0.offset != group.position }
    let names = others.map { explorer.name(of: $0.element) }
    let remarks = entry.statements.first?.remarks ?? []
    // The date stands before the line already.
    let told = remarks.filter { $0.value != entry.date.map { .date($0) } || $0.key != "at" }
    return noted(
      names.joined(separator: ", ") + mark(entry.fact), entry.places,
      told.map { "\(Explorer.words(of: $0.key)): \($0.value.plainText)" })
  }

  /// That the entity is of a type, and where it is said; nothing where the title has told all there is.
  private func whereSaid(_ group: EntityDescription.Group, isInTitle: Bool) -> [String] {
    let places = group.entries.map(\.places).filter { !$0.isEmpty }
    if isInTitle && places.isEmpty { return [] }
    let mark = group.entries.first.map { self.mark($0.fact) } ?? ""
    return ["", noted("is \(Explorer.words(of: group.relation))\(mark)", places.joined(separator: "; "))]
  }

  func emphasised(_ text: String) -> String { printer.style.color ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
}
