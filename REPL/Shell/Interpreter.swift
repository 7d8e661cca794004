import Diagnostics
import Glibc
import Sessions
import Threads

/// Carries out entries, of the prompt as of a script, on one session.
final class Interpreter {
  let session: Session
  let location: GraphLocation
  let printer: AnswerPrinter
  var reporter: Reporter
  let isInteractive: Bool
  var isTiming = false
  var usesPager = true
  /// The last entry that was no command, for `:edit`.
  private(set) var lastStatements = ""
  /// What came from the editor, to be carried out as if it had been typed.
  var edited: String?
  /// The entries that were typed before, the latest last.
  var history: () -> [String] = { [] }
  /// Where answers go in place of the terminal, and how they looked there.
  var redirection: Redirection?
  var transcript: Transcript?
  var tour: Tour?
  /// How many entities were new and near to no other, so far.
  private var newEntities = 0
  /// Whether `:quit` was given.
  private(set) var isOver = false

  init(_ opening: Opening, _ printer: AnswerPrinter, _ reporter: Reporter, isInteractive: Bool) {
    session = opening.session
    session.remembersAnswers = true
    location = opening.location
    self.printer = printer
    self.reporter = reporter
    self.isInteractive = isInteractive
  }

  /// Whether finding names for the first time would keep whoever types waiting.
  var hasLargeGraph: Bool { session.graph.factCount > Advice.mostFactsToIndex }

  func execute(_ entry: Entry) throws {
    let wasInTransaction = session.isInTransaction
    Watchdog.isInTransaction.store(wasInTransaction, ordering: .relaxed)
    session.explainsByName = printer.explanationFormat != .json
    defer { for note in session.takeNotes() { reporter.note(note) } }
    do {
      try carryOut(entry)
    } catch {
      // What only seems wrong where something could not be read, such as an unknown name, is not told.
      try session.graph.checkSupplies()
      if wasInTransaction && !session.isInTransaction {
        reporter.note("the transaction has ended with this mistake, and nothing of it is kept")
      }
      throw error
    }
  }

  private func carryOut(_ entry: Entry) throws {
    transcript?.begin(entry.text)
    // The terminal may have been made wider or narrower meanwhile.
    if printer.style.isTerminal { printer.style.terminalWidth = Environment.terminalWidth(STDOUT_FILENO) }
    if entry.command == nil { lastStatements = entry.text.trimmed }
    if let command = entry.command {
      try perform(command)
    } else if let question = entry.explanationOfAnswer {
      try timed { try explain(question) }
    } else {
      if try endOfTransaction(entry.text.trimmed) { return }
      do {
        try timed { tell(try session.enter(entry.text, answer: answer, explain: printer.print)) }
      } catch {
        throw advice.explained(error, entry.text.trimmed)
      }
    }
    try session.graph.checkSupplies()
    if entry.command == nil, session.tellsOfChange() {
      reporter.note("note: \(location.paths.first ?? "") has changed since it was read; `:reload` reads what is new")
    }
    try goOnWithTour(after: entry)
  }

  var advice: Advice {
    Advice(session: session, looksUpNames: !hasLargeGraph || session.graph.isNameIndexReady)
  }

  /// Whether what an entry shows may be held back until it is done: not where it takes the terminal itself, or says where
  /// answers go.
  func isFollowing(the entry: Entry) -> Bool {
    guard let word = entry.command?.prefix(while: { !$0.isWhitespace }) else { return redirection == nil }
    return redirection == nil && !Commands.candidates(for: String(word)).contains { $0.command.takesTerminal }
  }

  /// Whether the entry is `begin.`, or `commit.` or `rollback.`, which end it: changes between them are kept all or none.
  private func endOfTransaction(_ text: String) throws -> Bool {
    switch text {
    case "begin.":
      if session.isInTransaction {
        throw Diagnostic(.openTransaction, "a transaction has begun already", help: "end it: `commit.`")
      }
      session.begin()
      if isInteractive { reporter.note("a transaction has begun: `commit.` ends it, `rollback.` undoes it") }
    case "commit.":
      if !session.isInTransaction { throw Self.noTransaction }
      try session.commit()
      if isInteractive { reporter.note("the transaction is committed") }
    case "rollback.":
      if !session.isInTransaction { throw Self.noTransaction }
      session.rollBack()
      if isInteractive { reporter.note("the transaction is undone") }
    default: return false
    }
    return true
  }

  private static let noTransaction = Diagnostic(.noTransaction, "no transaction has begun", help: "begin one: `begin.`")

  func timed(_ work: () throws -> Void) throws {
    let start = MonotonicTime.seconds
    try work()
    guard isTiming else { return }
    let text = "\(Decimals.fixed(MonotonicTime.seconds - start)) s\n"
    // What is held back must not come after its time.
    if printer.output.isHolding { return try printer.output.write(text) }
    try printer.output.flush()
    Output.writeError(text)
  }

  /// Says what an entry changed to people, and to all what it was to change and could not.
  private func tell(_ changes: Session.Changes) {
    defer {
      tell(relations: changes.newRelations)
      tell(entities: changes.newEntities)
    }
    let absent = Self.told(changes.absent, "fact", "facts", "not there to take back", changes.absentFacts)
    guard isInteractive else {
      if changes.absent > 0 { reporter.note("note: \(absent)") }
      return tellAbsent(changes.absentFacts)
    }
    var parts = ["type", "relation", "parameter", "constraint"].compactMap { kind in
      changes.declared[kind].map { Decimals.count($0, kind, kind + "s") + " declared" }
    }
    if changes.added > 0 { parts.append(Decimals.count(changes.added, "fact", "facts") + " added") }
    if changes.known > 0 { parts.append(Decimals.count(changes.known, "fact", "facts") + " known already") }
    if changes.annotated > 0 {
      parts.append("annotations added to " + Decimals.count(changes.annotated, "known fact", "known facts"))
    }
    if changes.removed > 0 { parts.append(Decimals.count(changes.removed, "fact", "facts") + " taken back") }
    if changes.absent > 0 { parts.append(absent) }
    if changes.rules > 0 { parts.append(Decimals.count(changes.rules, "rule", "rules") + " defined") }
    if !parts.isEmpty { reporter.note(parts.joined(separator: ", ")) }
    tellAbsent(changes.absentFacts)
  }

  /// Says which new relations have almost the name of another, for one may be a slip of the pen.
  private func tell(relations: [NewName]) {
    for relation in relations {
      guard let near = relation.near else { continue }
      reporter.note(
        "note: `\(RelationName.source(relation.name))` is a new relation; did you mean `\(RelationName.source(near))`?")
    }
  }

  /// Says which entities are new, for one may be a slip of the pen. Of those that are near to no other a few are enough: of an
  /// entry, and of a script.
  private func tell(entities: [NewName]) {
    if isInteractive { newEntities = 0 }
    for entity in entities {
      if entity.near == nil { newEntities += 1 }
      if entity.near == nil, newEntities > Self.mostNewEntities {
        if newEntities == Self.mostNewEntities + 1 { reporter.note("further new entities are told if another is near") }
        continue
      }
      let near = entity.near.map { "; near: `\(Value.name($0).description)`" } ?? ""
      reporter.note("new entity `\(Value.name(entity.name).description)`\(near)")
    }
  }

  private static let mostNewEntities = 10

  /// Ends the shell or the script after this entry.
  func leave() { isOver = true }

  func stay() { isOver = false }

  /// Writes a line, which a terminal that is narrower shows on several, parted at words.
  func write(_ line: String) throws {
    let text = Text.escapedForTerminal(line)
    let parts = printer.style.width.map { Wrapping.lines(text, width: $0, indentation: Self.indentation) } ?? [text]
    for part in parts { try printer.output.write(part + "\n") }
  }

  private static let indentation = 4
}

extension Interpreter {
  /// Writes answers; where there are none, a month or another span in the query may have been meant for all that lies in it.
  func answer(_ answers: Answers) throws {
    try printer.print(answers)
    try Remarks.tell(on: answers, in: session, onTruth: isInteractive, printer, reporter)
    guard isInteractive, answers.columns.isEmpty ? !answers.holds : answers.rowCount == 0,
      let span = answers.query.body.firstSpan
    else { return }
    let written = Value.date(span).description
    reporter.note("note: \(span) matches this date alone; `during(D, \(written))` takes all that lies within")
  }
}

extension Formula {
  /// The first date longer than a day that stands as an argument of a relation.
  fileprivate var firstSpan: DateSpan? {
    switch self {
    case .atom(let atom): atom.arguments.lazy.compactMap(\.span).first
    case .and(let parts), .or(let parts): parts.lazy.compactMap(\.firstSpan).first
    default: nil
    }
  }
}

extension Expression {
  fileprivate var span: DateSpan? {
    if case .constant(.date(let date), _) = self, date.precision != .day || date.isInterval { date } else { nil }
  }
}
