import Sessions

/// `common A B`: what two entities have in common.
enum CommonCommand: ExploringCommand {
  static let name = "common"
  static let verb = VerbDescription(
    operands: "A B", operandCount: 2...Int.max, summary: "list what two entities have in common",
    options: Option.opening + Option.answering + [.all],
    examples: [("tiltas common klaipeda kaliningrad", "what facts connect with both")])
  static let command = ShellCommandDescription(
    operands: "A B [--all]", argument: .entity, summary: "what two have in common")

  static func explore(_ words: [String], _ exploration: Exploration) throws { try exploration.common(words) }
}

extension Exploration {
  /// `common A B`: what facts connect with both.
  fileprivate func common(_ words: [String]) throws {
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
