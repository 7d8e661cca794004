import Diagnostics
import Exploring
import Language
import Sessions
import Terms

/// `timeline [X] [YEAR]`: what happened, in order.
enum TimelineCommand: ExploringCommand {
  static let name = "timeline"
  static let verb = VerbDescription(
    operands: "[NAME…] [YEAR]", operandCount: 0...Int.max, summary: "list what happened, in order",
    details: """
      What is known about NAME and has a date of its own, or in parentheses that of an event; without NAME
      all that has a date.
      YEAR may also be a month, a day, or an interval such as 2011/2013. It stands first or last.
      """,
    options: Option.opening + Option.answering,
    examples: [
      ("tiltas timeline 2013", "what happened in 2013"),
      ("tiltas timeline vaclav_stankevic", "what one person did, and when"),
      ("tiltas timeline kaliningrad 2011-10", "a city's month"),
    ])
  static let command = ShellCommandDescription(
    operands: "[X] [YEAR]", argument: .entity, summary: "what happened, in order")

  static func explore(_ words: [String], _ exploration: Exploration) throws { try exploration.timeline(words) }
}

extension Exploration {
  /// `timeline [X] [YEAR]`: what has a date, in its order.
  fileprivate func timeline(_ words: [String]) throws {
    try explore { explorer in
      let (name, span) = try Self.withoutSpan(words)
      let subject = try name.isEmpty ? nil : entity(name, explorer)
      let entries = try explorer.timeline(of: subject, during: span)
      if writesRows {
        var facts = FactListing(explorer)
        for entry in entries {
          try facts.append(entry.fact, entry.statements, seenFrom: subject, about: other(entry.fact, subject))
        }
        return try printer.print(rows: facts.listing)
      }
      if entries.isEmpty {
        return try reporter.note(nothing(of: subject, during: span, explorer))
      }
      explorer.tellApart(entries.flatMap(\.fact.arguments))
      let legend =
        legend(entries.map(\.fact), hasEventDates: entries.contains { $0.event != nil }) + possible(entries, span)
      if let width = printer.style.width, width < Self.leastTableWidth {
        try printer.setOff()
        for entry in entries { try write(line(entry, subject, explorer, width: width)) }
        return try write(legend.flatMap { Wrapping.hanging("", $0, width: width) })
      }
      var listing = Listing(["Date", "What", "How", "Sources"])
      listing.uncut = [0]
      for entry in entries {
        let (what, how) = shown(entry, subject, explorer)
        listing.append(
          [.text(text(entry.date, of: entry.event)), .text(what), .text(how)]
            + [.text(Fact.places(entry.statements))],
          about: other(entry.fact, subject), fact: explorer.source(entry.fact))
      }
      try printer.print(rows: listing)
      try note(legend)
    }
  }

  /// What is said if nothing is dated so: what else there is.
  private func nothing(of subject: Term?, during span: DateSpan?, _ explorer: Explorer) throws -> String {
    let place = subject.map { "of \(explorer.name(of: $0))" } ?? "in the graph"
    let all = try span == nil ? [] : explorer.timeline(of: subject)
    guard let span, let first = all.first, let last = all.last else {
      return "nothing that is known \(place) has a date; a number such as 1888 is none, and `date(\"1888\")` is one"
    }
    let known =
      all.count == 1 ? "the only date there is \(first.date)" : "dates there go from \(first.date) to \(last.date)"
    return "nothing that is known \(place) is dated \(span); \(known)"
  }

  /// How many of what may be in a span are not so for certain.
  private func possible(_ entries: [TimelineEntry], _ span: DateSpan?) -> [String] {
    guard let span else { return [] }
    let count = entries.count { !$0.isCertain(in: span) }
    guard count > 0 else { return [] }
    return [
      count == 1
        ? "1 may be of \(span) or not: its date is uncertain or less exact"
        : "\(count) may be of \(span) or not: their dates are uncertain or less exact"
    ]
  }

  /// What is narrower has no room for four columns.
  private static let leastTableWidth = 60

  private func line(_ entry: TimelineEntry, _ subject: Term?, _ explorer: Explorer, width: Int) -> [String] {
    let (what, how) = shown(entry, subject, explorer)
    let date = text(entry.date, of: entry.event)
    return Wrapping.hanging("", Text.escapedForTerminal(date), width: width)
      + Wrapping.hanging("  ", noted("\(what): \(how)", Fact.places(entry.statements)), width: width)
  }

  /// A year, a month, a day or a span that words end or begin with, and the other words.
  private static func withoutSpan(_ words: [String]) throws(Diagnostic) -> (words: [String], span: DateSpan?) {
    if let last = words.last, let span = try span(last) { return (Array(words.dropLast()), span) }
    if words.count > 1, let span = try span(words[0]) { return (Array(words.dropFirst()), span) }
    return (words, nil)
  }

  /// The span that a word means; `nil` if it is a part of a name.
  private static func span(_ word: String) throws(Diagnostic) -> DateSpan? {
    if let span = DateSpan(word) { return span }
    guard word.first?.isNumber == true, word.count >= 4, word.allSatisfy({ $0.isNumber || "-/.~?%X".contains($0) })
    else {
      return nil
    }
    let meant = WrittenDate.date(word).map { "write \($0)" }
    throw Diagnostic(
      .wrongCommandOperand, "`\(word)` is no date",
      help: meant ?? DateSpan.nearMiss(word)
        ?? "write a year, a month or a day, such as 2013, 2013-02 or 2013-02-14, or a span such as 2011/2013")
  }

  /// What a line is about: the others of a fact about an entity; else its first argument, and the second where that tells
  /// more than the date. And how: the relation, with what a statement adds.
  private func shown(_ entry: TimelineEntry, _ subject: Term?, _ explorer: Explorer) -> (what: String, how: String) {
    let fact = entry.fact
    let others = fact.arguments.filter { argument in
      if case .date = explorer.graph.terms.value(argument) { return false }
      return argument != subject
    }
    let names = (others.isEmpty ? [fact.arguments[0]] : others).map { explorer.name(of: $0) }
    let remarks = entry.statements.first?.remarks.filter { $0.key == "role" || $0.key == "note" } ?? []
    let more = remarks.map { $0.value.plainText }.joined(separator: "; ")
    let how = Explorer.words(of: fact.relation) + mark(fact)
    return (names.joined(separator: ", "), how + (more.isEmpty ? "" : ": \(more)"))
  }

  private func other(_ fact: Fact, _ subject: Term?) -> Term? {
    fact.arguments.first { $0 != subject && session.graph.terms.isName($0) } ?? fact.arguments.first
  }
}
