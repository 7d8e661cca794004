import Diagnostics
import Sessions

/// `source [SOURCE] LINE`: the statements that rest on a line.
enum SourceCommand: ExploringCommand {
  static let name = "source"
  static let verb = VerbDescription(
    operands: "[SOURCE] LINE[-LINE]", operandCount: 1...2,
    summary: "list the statements that rest on a line of a source, or on several",
    details: """
      A table begins with the words of the line if the graph says where the source's text is:
      source_text(report, "report.txt"). The file is looked for beside the one that states this.
      """,
    options: Option.opening + Option.answering,
    examples: [
      ("tiltas source 19", "what line 19 says"), ("tiltas source report 19", "of this source only"),
      ("tiltas source 3-5", "three lines"),
    ])
  static let command = ShellCommandDescription(
    operands: "[SOURCE] LINE[-LINE]", argument: .none, summary: "the statements that rest on a line, or on several")

  static func explore(_ words: [String], _ exploration: Exploration) throws { try exploration.source(words) }
}

extension Exploration {
  /// `source [NAME] LINE`, or `FIRST-LAST`: the words of the lines as far as they are at hand, and the facts that rest on them.
  fileprivate func source(_ words: [String]) throws {
    let lines = try Self.lines(words.last ?? "")
    try explore { explorer in
      let source = try Self.source(words.dropLast(), explorer)
      let facts = try explorer.facts(restingOn: lines, of: source)
      if writesRows {
        var listing = FactListing(explorer)
        for fact in facts { try listing.append(fact, fact.statements) }
        try printer.print(rows: listing.listing)
        if facts.isEmpty {
          try printer.output.flush()
          reporter.note(Self.end(lines, source, explorer))
        }
        return
      }
      let hasWords = try writeWords(lines, meant(source, facts, explorer))
      if facts.isEmpty {
        return try hasWords
          ? note(["no statement rests on \(Self.text(lines))"]) : note([Self.end(lines, source, explorer)])
      }
      explorer.tellApart(facts.flatMap(\.arguments))
      if !hasWords, Set(facts.map(\.places)).count == 1 {
        try printer.setOff()
        try write([emphasised(Text.escapedForTerminal(facts[0].places))])
      }
      try printer.print(rows: listing(facts, explorer))
    }
  }

  /// A row for each statement; with it where it is said, if that is not the same of all of them.
  private func listing(_ facts: [Fact], _ explorer: Explorer) -> Listing {
    let hasPlaces = Set(facts.map(\.places)).count > 1
    var listing = Listing((hasPlaces ? ["Source"] : []) + ["Statement"])
    if hasPlaces { listing.uncut = [0] }
    for fact in facts {
      let remarks = fact.statements.map(\.remark).filter { !$0.isEmpty }
      listing.append(
        (hasPlaces ? [.text(fact.places)] : [])
          + [.text(([explorer.sentence(fact)] + remarks).joined(separator: "; "))],
        about: fact.arguments.first, fact: explorer.source(fact))
    }
    return listing
  }

  /// The sources that are meant: the one that was named, else those of the facts, else all.
  private func meant(_ source: Value?, _ facts: [Fact], _ explorer: Explorer) -> [Value] {
    if let source { return [source] }
    var meant: [Value] = []
    for source in facts.flatMap(\.statements).compactMap(\.source) where !meant.contains(source) {
      meant.append(source)
    }
    return facts.isEmpty ? explorer.sources : meant
  }

  /// Writes what lines say in each of the sources that are meant; whether there is such a line in one.
  private func writeWords(_ lines: ClosedRange<Int64>, _ sources: [Value]) throws -> Bool {
    var hasWords = false
    for source in sources {
      switch session.words(of: source, lines: lines) {
      case .told: continue
      case .unknown:
        if session.isFirstMention(of: source) { try note([Self.hint(source)]) }
      case .missing(let reason): try note([Text.escapedForTerminal(reason)])
      case .said(let words, let count):
        if words.isEmpty {
          try note([Text.escapedForTerminal("`\(source.plainText)` has \(Decimals.count(count, "line", "lines"))")])
          continue
        }
        if !hasWords { try printer.setOff() }
        hasWords = true
        for (number, line) in words.enumerated() where !line.isEmpty || words.count == 1 {
          let start = Text.escapedForTerminal("\(source.plainText) \(lines.lowerBound + Int64(number)): ")
          try write(Wrapping.hanging(start, Text.escapedForTerminal(line), width: printer.style.width))
        }
      }
    }
    return hasWords
  }

  private static func hint(_ source: Value) -> String {
    Text.escapedForTerminal(
      "note: the text of `\(source.plainText)` is not here: a fact source_text(\(source.description), \"FILE\") names its file"
    )
  }

  /// Says that nothing rests on some lines, and how far statements reach.
  private static func end(_ lines: ClosedRange<Int64>, _ source: Value?, _ explorer: Explorer) -> String {
    let line = "no statement rests on \(text(lines))"
    guard let last = explorer.lastLine(of: source), last < lines.lowerBound else { return line }
    return line + "; the last line that one rests on is \(last)"
  }

  private static func text(_ lines: ClosedRange<Int64>) -> String {
    lines.lowerBound == lines.upperBound
      ? "line \(lines.lowerBound)" : "lines \(lines.lowerBound) to \(lines.upperBound)"
  }

  /// A line's number, or that of the first line and of the last: `3-5`.
  private static func lines(_ text: String) throws(Diagnostic) -> ClosedRange<Int64> {
    let ends = text.split(maxSplits: 1, omittingEmptySubsequences: false) { "-–".contains($0) }.map { Int64($0) }
    if let first = ends.first ?? nil, let last = ends.last ?? nil, first >= 0, last >= 0 {
      if first <= last { return first...last }
      throw Diagnostic(
        .wrongCommandOperand, "the lines `\(text)` end before they begin",
        help: "write the smaller number first: `source \(last)-\(first)`")
    }
    throw Diagnostic(
      .wrongCommandOperand, "a line is a number, unlike `\(text)`",
      help: "write `source 19`, `source report 19`, or `source 3-5` for several lines")
  }

  private static func source(_ words: ArraySlice<String>, _ explorer: Explorer) throws(Diagnostic) -> Value? {
    guard !words.isEmpty else { return nil }
    let text = words.joined(separator: " ")
    let known = explorer.sources
    if let source = known.first(where: { $0.plainText == text }) { return source }
    let near = Suggestion.nearest(to: text, among: known.map(\.plainText))
    throw Diagnostic(
      .unknownSource, "no statement is from a source `\(text)`", help: near.map { "did you mean `\($0)`?" })
  }
}
