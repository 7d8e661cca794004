import Diagnostics
import Sessions

/// Carries out `describe`, `find`, `near`, `path`, `timeline`, `common`, `source` and `draw`, of the command line as of the
/// shell.
struct Exploration {
  let session: Session
  let printer: AnswerPrinter
  let reporter: Reporter
  /// Whether a number stands for the entity of a row of what was shown last.
  var takesRowNumbers = false
  /// Whether readers are shown everything, however much it is; programs are always.
  var showsAll = false

  /// Looks around, and says then what was not found out.
  func explore(_ body: (Explorer) throws -> Void) throws {
    try session.explore { explorer in
      try body(explorer)
      try note((explorer.inferences?.gaps ?? []).map { Text.escapedForTerminal(Self.text($0)) })
    }
  }

  /// Says something about what was shown, behind it.
  func note(_ lines: [String]) throws {
    if lines.isEmpty { return }
    // What is held back must not come after it.
    if printer.output.isHolding {
      return try write(
        lines.flatMap { Wrapping.hanging("", Text.escapedLines(Text.abridged($0)), width: printer.style.width) })
    }
    try printer.output.flush()
    for line in lines { reporter.note(line) }
  }

  private static func text(_ gap: Inferences.Gap) -> String {
    switch gap {
    case .wrong("", let message): "note: what rules infer is not shown: \(message)"
    case .wrong(let relation, let message): "note: what rules infer of `\(relation)` is not shown: \(message)"
    case .tooMuch(let relation):
      "note: what rules infer of `\(relation)` is not shown, for it would take long: ask a query for it"
    case .tooMany: "note: what rules infer is shown of the first entities only, for there are many"
    }
  }

  /// So much of each part is enough for a reader; `nil` where all is wanted.
  func limit(_ number: Int) -> Int? { showsAll || !printer.style.format.isForPeople ? nil : number }

  /// How more is asked for, on the command line as in the shell.
  var allOption: String { Entry.allOption }

  // MARK: Marks

  /// What stands behind what rules infer.
  func mark(_ fact: Fact) -> String { fact.isInferred ? inferredMark : "" }
  private var inferredMark: String { printer.style.drawsBoxes ? "°" : "*" }

  /// A date as a reader sees it: that of an event in parentheses.
  func text(_ date: DateSpan, of event: Term?) -> String { event == nil ? "\(date)" : "(\(date))" }

  /// What the marks among some facts and dates mean, a line for each.
  func legend(_ facts: some Sequence<Fact>, hasEventDates: Bool = false) -> [String] {
    (hasEventDates ? ["a date in parentheses is that of the event"] : [])
      + (facts.contains { $0.isInferred } ? ["\(inferredMark) inferred by a rule; ?why tells"] : [])
  }

  /// The entity that words name.
  func entity(_ words: some Sequence<String>, _ explorer: Explorer) throws -> Term {
    let name = words.joined(separator: " ")
    if takesRowNumbers, let row = Int(name) { return try entity(ofRow: row) }
    if takesRowNumbers { try offer(name, explorer) }
    do {
      let entity = try explorer.entity(named: name)
      try tellOthers(name, explorer)
      return entity
    } catch let problem as Diagnostic where problem.help == nil {
      var problem = problem
      problem.help = Text.words(name).first.map {
        "look for it by the beginning of a word, as in `\(command(FindCommand.self)) \($0.prefix(Self.lettersOfBeginning))`"
      }
      throw problem
    }
  }

  private static let lettersOfBeginning = 3

  /// A command as it is written on the command line, or in the shell.
  private func command(_ command: any Command.Type) -> String { (takesRowNumbers ? ":" : "tiltas ") + command.name }

  /// Says how many others have the words that were taken for a name.
  private func tellOthers(_ name: String, _ explorer: Explorer) throws {
    let count = explorer.countOfOthers(withWordsOf: name)
    if count == 0 { return }
    let others = Decimals.count(count, "other has", "others have")
    try note([Text.escapedForTerminal("note: \(others) this in a name: `\(command(FindCommand.self)) \(name)`")])
  }

  /// Lists the entities that a name may mean, where these are several, for a number to choose one.
  private func offer(_ name: String, _ explorer: Explorer) throws {
    let meant = explorer.entities(meantBy: name, limit: Self.mostOffered + 1)
    guard meant.count > 1 else { return }
    defer { if meant.count > Self.mostOffered { reporter.note("only the first \(Self.mostOffered) are shown") } }
    try printer.print(rows: listing(of: Array(meant.prefix(Self.mostOffered)), explorer))
    throw Diagnostic(
      .ambiguousName, "`\(name)` may be any of these", help: "write the id or the number of one, as in `:describe 1`")
  }

  private static let mostOffered = 20

  /// Two entities: two words, or more where there is one way to part them into two names.
  func pair(_ words: [String], _ explorer: Explorer) throws -> (Term, Term) {
    if words.count == 2 { return try (entity(words[..<1], explorer), entity(words[1...], explorer)) }
    let words = Array(words.prefix(Self.mostWordsOfPair + 1))
    let pairs =
      words.count > Self.mostWordsOfPair
      ? []
      : words.indices.dropFirst().compactMap { index -> (Term, Term)? in
        guard let first = only(words[..<index], explorer), let second = only(words[index...], explorer) else {
          return nil
        }
        return (first, second)
      }
    if pairs.isEmpty, words.count <= Self.mostWordsOfPair,
      let index = words.indices.dropFirst().first(where: { isParting(words, at: $0, explorer) })
    {
      // One of the names is clear, and it is told what the other may be.
      return try (entity(words[..<index], explorer), entity(words[index...], explorer))
    }
    guard pairs.count == 1 else {
      throw Diagnostic(
        .unclearNames, "where the first name ends is not clear in `\(words.joined(separator: " "))`",
        help: "put each name in quotes, or write the ids")
    }
    return pairs[0]
  }

  /// Of more words that are not in quotes it is not tried out where the first name ends.
  private static let mostWordsOfPair = 60

  /// The one entity that words may mean.
  private func only(_ words: ArraySlice<String>, _ explorer: Explorer) -> Term? {
    let meant = explorer.entities(meantBy: words.joined(separator: " "), limit: 2)
    return meant.count == 1 ? meant[0] : nil
  }

  /// Whether both parts of some words name entities.
  private func isParting(_ words: [String], at index: Int, _ explorer: Explorer) -> Bool {
    [words[..<index], words[index...]].allSatisfy {
      !explorer.entities(meantBy: $0.joined(separator: " "), limit: 1).isEmpty
    }
  }

  private func entity(ofRow number: Int) throws -> Term {
    guard let rows = printer.last else {
      throw Diagnostic(
        .noSuchRow, "there is no answer whose row \(number) could be meant", help: "ask first, or write a name")
    }
    guard (1...max(1, rows.rowCount)).contains(number), rows.rowCount > 0 else {
      throw Diagnostic(
        .noSuchRow, "what was shown last has \(Decimals.count(rows.rowCount, "row", "rows"))", help: "rows count from 1"
      )
    }
    guard let entity = rows.subject(ofRow: number - 1) else {
      throw Diagnostic(.noSuchRow, "there is no entity in row \(number)", help: "write a name")
    }
    return entity
  }

  /// The number that words end with, and the words before it.
  static func withoutNumber(_ words: [String]) -> (words: [String], number: Int?) {
    guard words.count > 1, let last = words.last, let number = Int(last), number > 0 else { return (words, nil) }
    return (Array(words.dropLast()), number)
  }

  /// Whether rows are written, for programs or as a listing, and not the form for a reader of a terminal.
  var writesRows: Bool { printer.style.format != .table }

  func write(_ lines: [String]) throws {
    for line in lines { try printer.output.write(line + "\n") }
  }

  /// What holds a sentence together with where it is said, as a reader sees it.
  func noted(_ text: String, _ places: String, _ remarks: [String] = []) -> String {
    let remark = remarks.filter { !$0.isEmpty }.joined(separator: "; ")
    return Text.escapedForTerminal(
      text + (remark.isEmpty ? "" : " (\(remark))") + (places.isEmpty ? "" : "  [\(places)]"))
  }
}
