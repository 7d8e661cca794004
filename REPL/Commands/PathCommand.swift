import Sessions

/// `path A B [N]`: how two entities are connected.
enum PathCommand: ExploringCommand {
  static let name = "path"
  static let verb = VerbDescription(
    operands: "A B [N]", operandCount: 2...Int.max, summary: "tell how two entities are connected",
    details: """
      The closest way comes first: few steps, through things that have few facts. A step is a fact that both
      are in, in either order. There is a sentence for each fact, with its lines. N ways are told if a number
      is given; else one, and how many others there are. Names of several words stand in quotes.
      """,
    options: Option.opening + Option.answering,
    examples: [
      ("tiltas path gorky_school kaliningrad", "the closest way"),
      ("tiltas path 'Aleksandr Jarošuk' 'Vaclav Stankevič' 3", "three ways"),
    ])
  static let command = ShellCommandDescription(
    operands: "A B [N]", argument: .entity, summary: "how two are connected; N ways")

  static func explore(_ words: [String], _ exploration: Exploration) throws { try exploration.path(words) }
}

extension Exploration {
  /// `path A B [N]`: how two are connected, in sentences; for programs a row for each step.
  fileprivate func path(_ words: [String]) throws {
    let (names, count) = words.count > 2 ? Self.withoutNumber(words) : (words, nil)
    try explore { explorer in
      let (start, end) = try pair(names, explorer)
      let found = try explorer.connections(from: start, to: end, limit: count ?? 1)
      if writesRows { return try printer.print(rows: listing(found.ways, explorer)) }
      explorer.tellApart([start, end] + found.ways.flatMap(\.steps).flatMap(\.facts).flatMap(\.arguments))
      try printer.setOff()
      let both = "\(explorer.name(of: start)) and \(explorer.name(of: end))"
      guard let first = found.ways.first else {
        return try write([Text.escapedForTerminal("nothing connects \(both)")])
      }
      if first.steps.isEmpty { return try write([Text.escapedForTerminal("both are \(explorer.name(of: start))")]) }
      for (number, way) in found.ways.enumerated() {
        let length = Decimals.count(way.steps.count, "step", "steps")
        let title = number == 0 ? "\(both): \(length)" : "another way: \(length)"
        if number > 0 { try write([""]) }
        try write(Wrapping.hanging("", emphasised(Text.escapedForTerminal(title)), width: printer.style.width))
        for (step, entry) in way.steps.enumerated() { try write(lines(entry, step + 1, explorer)) }
      }
      let legend = legend(found.ways.flatMap(\.steps).flatMap(\.facts)) + others(found, first.steps.count)
      for line in legend { try write(Wrapping.hanging("", line, width: printer.style.width)) }
    }
  }

  /// How many other ways there are.
  private func others(_ found: Connections, _ steps: Int) -> [String] {
    if found.otherCount == 0 { return found.isCut ? ["there may be other ways of at most \(steps) steps"] : [] }
    let count = Decimals.count(found.otherCount, "other way", "other ways")
    return ["\(found.isCut ? "at least " : "")\(count) of at most \(Decimals.count(steps, "step", "steps"))"]
  }

  /// A step as a sentence for each of its facts, of which there may be many.
  private func lines(_ step: Connection.Step, _ number: Int, _ explorer: Explorer) throws -> [String] {
    try step.facts.prefix(Self.mostFactsOfStep).enumerated().flatMap { position, fact -> [String] in
      let start = position == 0 ? "  \(number). " : "     "
      let dates = try explorer.datings(of: fact).prefix(Self.mostFactsOfStep).map { dating in
        dating.event == nil ? "\(dating.date)" : "event of \(dating.date)"
      }
      let sentence = explorer.sentence(fact) + mark(fact)
      return Wrapping.hanging(start, noted(sentence, fact.places, dates), width: printer.style.width)
    }
  }

  private static let mostFactsOfStep = 3

  private func listing(_ ways: [Connection], _ explorer: Explorer) -> Listing {
    var listing = Listing(["Way", "Step", "From", "To", "Relation", "Subject", "Object", "Sources", "Basis"])
    for (number, way) in ways.enumerated() {
      for (step, entry) in way.steps.enumerated() {
        guard let fact = entry.facts.first else { continue }
        let isForward = fact.arguments.firstIndex(of: entry.from) ?? 0 < fact.arguments.firstIndex(of: entry.to) ?? 0
        let ends = isForward ? [entry.from, entry.to] : [entry.to, entry.from]
        listing.append(
          [.integer(number + 1), .integer(step + 1), explorer.cell(entry.from), explorer.cell(entry.to)]
            + [.text(fact.relation), explorer.cell(ends[0]), explorer.cell(ends[1]), .text(fact.places)]
            + [.text(fact.isInferred ? "inferred" : "stated")],
          about: entry.to, fact: explorer.source(fact))
      }
    }
    return listing
  }
}
