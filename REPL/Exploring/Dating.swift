import Diagnostics
import Exploring
import Language
import Sessions
import Terms

extension Exploration {
  /// `timeline [X] [YEAR]`: what has a date, in its order.
  func timeline(_ words: [String]) throws {
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
        return reporter.note(
          span == nil ? "nothing that is known there has a date" : "nothing that is known there is dated so")
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

  /// A year, a month, a day or a span that words end with, and the words before it.
  private static func withoutSpan(_ words: [String]) throws(Diagnostic) -> (words: [String], span: DateSpan?) {
    guard let last = words.last else { return (words, nil) }
    if let span = DateSpan(last) { return (Array(words.dropLast()), span) }
    guard last.first?.isNumber == true, last.count >= 4 else { return (words, nil) }
    let meant = WrittenDate.date(last).map { "write \($0)" }
    throw Diagnostic(
      .wrongCommandOperand, "`\(last)` is no date",
      help: meant ?? DateSpan.nearMiss(last) ?? "write a year, a month or a day, such as 2013, 2013-02 or 2013-02-14")
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
