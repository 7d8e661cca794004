import Diagnostics
import Glibc
import Sessions

/// Runs entries from standard input without prompts; the first error ends it.
struct Script {
  private let interpreter: Interpreter

  init(_ interpreter: Interpreter) { self.interpreter = interpreter }

  func run() throws -> ExitStatus {
    do {
      try executeAll()
    } catch {
      do {
        try end()
      } catch let loss {
        if case OutputError.closed = error { throw loss }
        _ = interpreter.reporter.report(loss)
      }
      throw error
    }
    try end()
    return .answered
  }

  private func executeAll() throws {
    let lines = Lines(descriptor: STDIN_FILENO)
    var assembler = EntryAssembler()
    while !interpreter.isOver, let bytes = try Watchdog.receiving({ try lines.next() }) {
      let entries = try Watchdog.watching(.reading) { assembler.append(try Self.text(bytes)) }
      for entry in entries where !interpreter.isOver { try execute(entry) }
    }
    if !interpreter.isOver, let entry = assembler.finish() { try execute(entry) }
    interpreter.endRedirection()
  }

  /// Keeps what can be kept, and throws where something is lost: also behind a mistake, before which there may be changes.
  private func end() throws {
    let session = interpreter.session
    let isUnended = session.isInTransaction
    session.rollBack()
    try keepWaitingChanges()
    if isUnended { throw Self.unendedTransaction }
  }

  static let unendedTransaction = Diagnostic(
    .openTransaction, "the transaction was not ended, and nothing of it is kept", help: "end it: `commit.`")

  /// What waited for another process to leave is lost if it has not left by now.
  private func keepWaitingChanges() throws {
    let session = interpreter.session
    guard session.refusal == .busy, session.hasUnsavedChanges || session.hasUnsavedRules, session.hasUnkeptChanges
    else { return }
    try session.keepWaitingChanges()
    for note in session.takeNotes() { interpreter.reporter.note(note) }
    guard session.hasUnkeptChanges else { return }
    let path = interpreter.location.paths.first ?? ""
    throw Diagnostic(
      .heldByAnother, "what this script has changed is not kept: another process has `\(path)` open for changes",
      help: "run it again when that has left, or end it with `:save FILE`")
  }

  /// Answers appear entry by entry, so that another program can ask and read in turn.
  private func execute(_ entry: Entry) throws {
    do {
      try Watchdog.watching(.query) {
        try interpreter.execute(entry)
        try interpreter.printer.output.flush()
      }
      interpreter.transcript?.end()
    } catch let problem as Diagnostic {
      throw Diagnostic(all: problem.all.map { $0.inScript(at: entry) })
    }
  }

  private static func text(_ bytes: [UInt8]) throws -> String {
    let withoutReturn = bytes.last == 0x0D ? bytes.dropLast() : bytes[...]
    do {
      let source = try SourceFile.reading(.standardInput, bytes: Array(withoutReturn))
      return String(decoding: source.bytes, as: UTF8.self)
    } catch {
      var problem = error
      if let span = error.span, Commands.namesFile(withoutReturn, at: span.start) {
        problem.help = SourceFile.helpInFileName
      }
      throw problem
    }
  }
}

extension Diagnostic {
  /// With its place in the script instead of in the entry; a place in a file that the entry read is left as it is.
  fileprivate func inScript(at entry: Entry) -> Diagnostic {
    var result = self
    guard let span else {
      let start = SourceFile(.standardInput, text: entry.text)
      result.span = SourceSpan(start, 0, start.bytes.count).shifted(by: entry.line - 1)
      return result
    }
    guard span.file.path == nil else { return self }
    result.span = span.shifted(by: entry.line - 1)
    for (index, note) in notes.enumerated() where note.span?.file === span.file {
      result.notes[index].span = note.span?.shifted(by: entry.line - 1)
    }
    return result
  }
}

extension SourceSpan {
  /// The same stretch where its source begins some lines later.
  fileprivate func shifted(by lines: Int) -> SourceSpan {
    let padded = [UInt8](repeating: 0x0A, count: lines) + file.bytes
    return SourceSpan(SourceFile(.standardInput, bytes: padded), start + lines, end + lines)
  }
}
