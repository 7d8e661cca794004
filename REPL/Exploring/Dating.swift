import Tiltas

extension Exploration {
  /// `timeline [X] [YEAR]`: what has a date, in its order.
  func timeline(_ words: [String]) throws {
    try session.explore { explorer in
      let (name, span) = try Self.withoutSpan(words)
      let subject = try name.isEmpty ? nil : entity(name, explorer)
      let entries = try explorer.timeline(of: subject, during: span)
      if writesRows {
        var facts = FactListing(explorer)
        for entry in entries {
          facts.append(entry.fact, entry.date, entry.statements, about: other(entry.fact, subject))
        }
        return try printer.print(rows: facts.listing)
      }
      if entries.isEmpty { return reporter.note("nothing that is stated there has a date") }
      var listing = Listing(["Date", "What", "How", "Sources"])
      for entry in entries {
        let (what, how) = shown(entry.fact, subject, explorer)
        let remark = entry.statements.first?.remarks.filter { $0.key == "role" || $0.key == "note" } ?? []
        let more = remark.map { $0.value.plainText }.joined(separator: "; ")
        listing.append(
          [.date(entry.date), .text(what), .text(how + (more.isEmpty ? "" : ": \(more)"))]
            + [.text(Fact.places(entry.statements))],
          about: other(entry.fact, subject), fact: explorer.source(entry.fact))
      }
      try printer.print(rows: listing)
    }
  }

  /// A year, a month, a day or a span that words end with, and the words before it.
  private static func withoutSpan(_ words: [String]) throws(Diagnostic) -> (words: [String], span: DateSpan?) {
    guard let last = words.last, last.first?.isNumber == true, last.count >= 4 else { return (words, nil) }
    if let span = DateSpan(last) { return (Array(words.dropLast()), span) }
    throw Diagnostic(
      "`\(last)` is no date", help: "write a year, a month or a day, such as 2013, 2013-02 or 2013-02-14")
  }

  /// What a line is about: the others of a fact about an entity; else its first argument, and the second where that tells
  /// more than the date.
  private func shown(_ fact: Fact, _ subject: Term?, _ explorer: Explorer) -> (what: String, how: String) {
    let words = Explorer.words(of: fact.relation)
    let others = fact.arguments.filter { argument in
      if case .date = explorer.graph.terms.value(argument) { return false }
      return argument != subject
    }
    let names = (others.isEmpty ? [fact.arguments[0]] : others).map { explorer.name(of: $0) }
    return (names.joined(separator: ", "), words)
  }

  private func other(_ fact: Fact, _ subject: Term?) -> Term? {
    fact.arguments.first { $0 != subject && session.graph.terms.isName($0) } ?? fact.arguments.first
  }

  /// `source [NAME] LINE`: the facts that rest on a line.
  func source(_ words: [String]) throws {
    guard let last = words.last, let line = Int64(last) else {
      throw Diagnostic(
        "a line is a number, unlike `\(words.last ?? "")`", help: "write `source 19` or `source report 19`")
    }
    try session.explore { explorer in
      let source = try Self.source(words.dropLast(), explorer)
      let facts = try explorer.facts(restingOn: .integer(line), of: source)
      if writesRows {
        var listing = FactListing(explorer)
        for fact in facts { listing.append(fact, fact.date, fact.statements) }
        return try printer.print(rows: listing.listing)
      }
      if facts.isEmpty { return reporter.note("no statement rests on line \(line)") }
      var listing = Listing(["Statement", "More", "Source"])
      for fact in facts {
        let remarks = fact.statements.map(\.remark).filter { !$0.isEmpty }.joined(separator: "; ")
        listing.append(
          [.text(explorer.sentence(fact)), .text(remarks), .text(fact.places)], about: fact.arguments.first,
          fact: explorer.source(fact))
      }
      try printer.print(rows: listing)
    }
  }

  private static func source(_ words: ArraySlice<String>, _ explorer: Explorer) throws(Diagnostic) -> Value? {
    guard !words.isEmpty else { return nil }
    let text = words.joined(separator: " ")
    let known = explorer.sources
    if let source = known.first(where: { $0.plainText == text }) { return source }
    let near = Suggestion.nearest(to: text, among: known.map(\.plainText))
    throw Diagnostic("no statement is from a source `\(text)`", help: near.map { "did you mean `\($0)`?" })
  }
}
