import Glibc
import Sessions

/// The shell in which people ask: prompts, entries of several lines, and errors that end nothing.
final class Shell {
  private let interpreter: Interpreter
  private let editor: any LineEditor
  private let assembler: Pending

  /// The entry that is being typed, which completion looks at too.
  private final class Pending {
    var entry = EntryAssembler()
  }

  init(_ interpreter: Interpreter) {
    self.interpreter = interpreter
    let pending = Pending()
    assembler = pending
    if Environment.isDumb {
      editor = PlainEditor()
    } else {
      let readline = Readline(completer: Self.completer(interpreter, pending))
      // Else the first name that is to be found in a large graph would take a second or two.
      readline.whenIdle = { !interpreter.hasLargeGraph || interpreter.session.graph.prepareNames(while: $0) }
      editor = readline
    }
  }

  private static func completer(_ interpreter: Interpreter, _ pending: Pending) -> Readline.Completer {
    func context(_ line: String) -> String {
      pending.entry.isPending ? pending.entry.context + "\n" + line : line
    }
    return Readline.Completer(
      wordBreaks: { Completion.wordBreaks(in: context($0)) },
      candidates: { Completion(interpreter: interpreter, before: context($0), word: $1).candidates },
      list: { candidates in
        let style = interpreter.printer.style
        return CompletionList(
          candidates: candidates, width: Environment.terminalWidth(STDOUT_FILENO) ?? 80,
          height: max(5, (Environment.terminalHeight(STDOUT_FILENO) ?? 24) - 3),
          color: Environment.isTerminal(STDOUT_FILENO) && style.color, drawsBoxes: style.drawsBoxes
        ).lines
      })
  }

  func run() -> ExitStatus {
    Signals.installForShell()
    interpreter.history = { [editor] in editor.history }
    defer { interpreter.endRedirection() }
    greet()
    while true {
      let reading = editor.read(prompt: prompt)
      if let signal = Signals.endingSignal { _exit(128 + signal) }
      switch reading {
      case .line(let text): execute(text)
      case .interrupted: assembler.entry.drop()
      case .end: interpreter.leave()
      }
      clearInterruption()
      if interpreter.isOver && mayLeave() { return .answered }
    }
  }

  /// An entry that goes on is asked on with the sign that is open in it, if one is.
  private var prompt: String {
    guard assembler.entry.isPending else { return "?- " }
    let text = assembler.entry.context
    let signs = OpenSigns(text)
    guard let sign = signs.quote.map({ text[$0] }) ?? signs.brackets.last else { return ".. " }
    return "\(sign)> "
  }

  /// Pasted text may hold several entries; the first error ends it.
  private func execute(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var entries = lines.flatMap { assembler.entry.append(String($0)) }
    if let last = assembler.entry.release() { entries.append(last) }
    for entry in entries {
      editor.remember(entry.text.trimmed)
      guard execute(entry), !interpreter.isOver else { return assembler.entry.drop() }
    }
    if let edited = interpreter.edited {
      interpreter.edited = nil
      Output.writeError("?- " + Text.escapedLines(edited).replacingLineBreaks(by: "\n   ") + "\n")
      execute(edited)
    }
  }

  private func execute(_ entry: Entry) -> Bool {
    clearInterruption()
    defer {
      try? interpreter.printer.output.flush()
      interpreter.transcript?.end()
    }
    interpreter.printer.startOver()
    do {
      try executeHeld(entry)
      return true
    } catch {
      try? interpreter.printer.output.flush()
      // The terminal has shown ^C.
      if case QueryFailure.interrupted = error { Output.writeError("\n") }
      let rules = SharedRules(interpreter.location)
      _ = interpreter.reporter.report(rules.explained(error) { "write `:load \($0)`" })
      return false
    }
  }

  /// Nothing is shown before all is there: then it goes to the pager where it is long.
  private func executeHeld(_ entry: Entry) throws {
    if !interpreter.isFollowing(the: entry) { return try interpreter.execute(entry) }
    let output = interpreter.printer.output
    output.isHolding = true
    defer { if output.isHolding { try? output.pass(output.release()) } }
    try Progress.showing(interpreter.session.activity) { try interpreter.execute(entry) }
    let held = output.release()
    if interpreter.usesPager { try Pager.show(held, on: output) } else { try output.pass(held) }
  }

  private func clearInterruption() {
    MemoryReserve.restore()
    Signals.clearInterruption()
    interpreter.session.interruption.clear()
  }

  /// Whether nothing would be lost, or whoever types wants to lose it. A second Ctrl-D says so too.
  private func mayLeave() -> Bool {
    let session = interpreter.session
    do { try session.keepWaitingChanges() } catch { _ = interpreter.reporter.report(error) }
    for note in session.takeNotes() { interpreter.reporter.note(note) }
    let unsaved = [
      session.hasUnsavedChanges ? "changes" : nil, session.hasUnsavedRules ? "rules of this session" : nil,
    ].compactMap { $0 }
    if unsaved.isEmpty { return true }
    interpreter.stay()
    let question = "There are unsaved \(unsaved.joined(separator: " and ")). Leave all the same? [y/N] "
    switch editor.read(prompt: question) {
    case .line(let answer): return ["y", "yes"].contains(answer.trimmed.lowercased())
    case .interrupted:
      clearInterruption()
      return false
    case .end: return true
    }
  }

  private func greet() {
    let facts = interpreter.session.graph.factCount
    interpreter.reporter.note(
      "tiltas \(Help.version), \(Decimals.count(facts, "fact", "facts")). :help explains, Ctrl-D leaves.")
    interpreter.reporter.note("Try `:find WORDS` and `:describe 1`, a query such as `city(X)`, or `:tour`.")
  }
}
