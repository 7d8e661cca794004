import Diagnostics
import Glibc
import Sessions

/// `tiltas run FILE…`.
enum RunCommand: Verb, ShellCommand {
  static let name = "run"
  static let verb = VerbDescription(
    operands: "FILE…", operandCount: 1...Int.max, summary: "run files of statements and saved queries",
    details: """
      Files are run in their order, and each query's answers come as they are found. FILE may be - for
      standard input. If no graph is found from the working folder, the folder Graph beside or above
      FILE is opened, so that a saved query that is executable answers from anywhere. If files ask more
      than one query, --format jsonl puts "query": N into each object, and gives {"query": N, "answer": true}
      for a yes; in csv and tsv each answer has its own header, and in json it is an array of its own.
      """,
    options: Option.opening + Option.answering + [.watch],
    examples: [
      ("tiltas run Queries/partners-on-several-projects.dl", "a saved query"),
      ("tiltas run Queries/partners-on-several-projects.dl --param min=3", "with a parameter"),
      ("tiltas run --watch Queries/who-met.dl", "again whenever it or the graph is changed"),
      ("tiltas run --no-graph --facts data closure.dl", "a program on facts from data/*.tsv"),
    ])
  static let command = ShellCommandDescription(
    operands: "FILE [NAME=VALUE…]", argument: .savedQuery, summary: "run a saved query or a file, with parameters",
    reach: .files)

  static func run(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    let files = invocation.operands
    let inputs = files + invocation.all(.graph)
    if inputs.count(where: { $0 == "-" }) > 1 {
      throw UsageError(.contradictingOptions, "standard input can be read once only", help: "name `-` once", verb: name)
    }
    if invocation.has(.watch) {
      return try Watching.run(invocation, reporter) { _ = try runOnce(invocation, reporter) }
    }
    return try runOnce(invocation, reporter)
  }

  private static func runOnce(_ invocation: Invocation, _ reporter: Reporter) throws -> ExitStatus {
    let files = invocation.operands
    let beside = files.first { $0 != "-" }.map { Files.resolved($0) ?? $0 }
    let programs = files.map { ProgramFile($0) }
    let opening = try Opening.open(invocation, beside: beside, programs: programs)
    return try Answering.run(invocation, opening, reporter) { printer in
      opening.session.explainsByName = printer.explanationFormat != .json
      if printer.style.format == .jsonl { printer.queryNumbers = QueryNumbers(programs) }
      func tellNotes() { for note in opening.session.takeNotes() { reporter.note(note) } }
      defer { tellNotes() }
      for program in programs {
        // Each query has the limits for itself.
        try program.run(
          in: opening.session,
          answer: { answers in
            tellNotes()
            try printer.print(answers)
            // Each is to be seen as it comes, while the next is looked for.
            try printer.output.flush()
            try Remarks.tell(on: answers, in: opening.session, printer, reporter)
            Watchdog.beginAnew()
          },
          explain: { reply in
            try printer.print(reply)
            Watchdog.beginAnew()
          })
      }
    }
  }

  static func perform(_ rest: String, in shell: Interpreter) throws { try shell.runFile(rest) }

  static func isFileName(_ word: [UInt8]) -> Bool { !word.contains(UInt8(ascii: "=")) }
}

extension Interpreter {
  fileprivate func runFile(_ rest: String) throws {
    var words = Self.words(rest)
    guard !words.isEmpty else { throw RunCommand.missing }
    let file = try savedQuery(ofRow: words.removeFirst())
    let path = savedQuery(file) ?? Self.expanded(file)
    if !Files.exists(path), let near = Suggestion.nearest(to: file, among: savedQueryNames) {
      throw Diagnostic(
        .noSuchSavedQuery, "there is no saved query and no file `\(file)`", help: "did you mean `:run \(near)`?")
    }
    do {
      try runFile(path, words)
    } catch {
      throw advice.explained(error, "")
    }
  }

  private func runFile(_ path: String, _ words: [String]) throws {
    let sources = words.isEmpty ? [] : [try Session.source(path)]
    try session.withParameters(words.map(Self.parameter), declaredIn: sources) {
      try timed { try session.run(path: path, keeps: false, answer: answer, explain: printer.print) }
    }
  }
}

/// `tiltas run --watch FILE…`: runs files again whenever one of them, or the graph, changes.
enum Watching {
  /// Runs until Ctrl-C. A mistake is told, and the next change awaited.
  static func run(_ invocation: Invocation, _ reporter: Reporter, _ work: () throws -> Void) throws -> ExitStatus {
    if invocation.operands.contains("-") || invocation.all(.graph).contains("-") {
      throw UsageError(
        .contradictingOptions, "what comes on standard input cannot be watched", help: "name files",
        verb: RunCommand.name)
    }
    while true {
      let before = state(invocation)
      do {
        try work()
      } catch QueryFailure.interrupted {
        throw QueryFailure.interrupted
      } catch {
        _ = reporter.report(error)
      }
      reporter.note("waiting for a change; Ctrl-C ends it")
      while state(invocation) == before {
        usleep(200_000)
        if Signals.wasInterrupted { throw QueryFailure.interrupted }
      }
    }
  }

  /// When the files last changed, and how long they are.
  private static func state(_ invocation: Invocation) -> [String] {
    let graph = (try? GraphLocation(invocation, beside: invocation.operands.first))?.paths ?? []
    let roots = invocation.operands + graph + invocation.all(.rules) + invocation.all(.facts)
    return roots.flatMap { files(of: $0, depth: 0) }.map { path in
      var status = stat()
      guard stat(path, &status) == 0 else { return path }
      return "\(path) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec) \(status.st_size)"
    }
  }

  private static func files(of path: String, depth: Int) -> [String] {
    guard Files.isFolder(path), depth < deepest else { return [path] }
    return Files.entries(of: path).flatMap { files(of: path + "/" + $0, depth: depth + 1) }
  }

  /// Links may make folders endless.
  private static let deepest = 16
}
