import Diagnostics
import Glibc
import Sessions

/// A session as the command line asks for it, with the places that it was opened from.
struct Opening {
  let session: Session
  let location: GraphLocation

  /// Makes the session and sets its limits and parameters; nothing is read yet. Ctrl-C is in force from here.
  /// - Parameter beside: a file, from which the graph is looked for too.
  init(_ invocation: Invocation, beside file: String? = nil) throws {
    session = Session()
    // It is never freed: the end of the process gives its memory back at once, and piece by piece it takes long.
    _ = Unmanaged.passRetained(session)
    session.limits = try Self.guarding(invocation, session)
    session.checksItself = invocation.has(.selfCheck)
    if invocation.has(.safe) { session.closeFiles() }
    let parameters = try invocation.all(.parameter).map(Self.parameter)
    location = try GraphLocation(invocation, beside: file)
    for (name, value) in parameters { try session.setParameter(name, to: value) }
  }

  /// Sets up what holds for whatever reads files: the signals, the limits and the gate; gives the limits.
  /// - Parameter session: what Ctrl-C interrupts; without one it ends the program.
  @discardableResult
  static func guarding(_ invocation: Invocation, _ session: Session? = nil) throws(UsageError) -> Limits {
    Signals.install(for: session)
    if invocation.has(.safe) { Gate.close() }
    let limits = try limits(invocation)
    let isPrompt = invocation.isShell && Environment.isTerminal(STDIN_FILENO)
    if !isPrompt && !invocation.has(.watch) {
      Watchdog.arm(limits, color: Environment.usesColor(invocation.value(.color), on: STDERR_FILENO))
    }
    return limits
  }

  /// Makes the session and reads the graph into it.
  /// - Parameter programs: what is run then.
  static func open(
    _ invocation: Invocation, beside file: String? = nil, programs: [ProgramFile] = []
  ) throws -> Opening {
    let opening = try Opening(invocation, beside: file)
    try opening.load(invocation, programs)
    try opening.checkParameters(invocation, programs)
    if Signals.wasInterrupted { throw QueryFailure.interrupted }
    return opening
  }

  /// Reads every part, so that one that is wrong does not hide what is wrong with the next.
  /// - Parameter programs: what is run or read then; tables are read by the types that these declare.
  func load(_ invocation: Invocation, _ programs: [ProgramFile] = []) throws {
    try Progress.showing(session.activity) { try loadParts(invocation, programs) }
  }

  private func loadParts(_ invocation: Invocation, _ programs: [ProgramFile]) throws {
    var problems: [Diagnostic] = []
    for path in location.paths {
      try Self.collecting(&problems) { try load(path, invocation) }
    }
    for path in invocation.all(.rules) {
      try Self.collecting(&problems) { try Watchdog.watching(.reading) { try session.load(path: path) } }
    }
    let folders = invocation.all(.facts)
    if !folders.isEmpty {
      for program in programs { program.declare(in: session) }
    }
    for folder in folders {
      try Self.collecting(&problems) { try Watchdog.watching(.reading) { try session.loadFacts(folder: folder) } }
    }
    // What may be lacking in the answers is no remark.
    let reporter = Reporter(color: false, quiet: invocation.has(.quiet) && !session.mayLackChange)
    for note in session.takeNotes() { reporter.note(note) }
    if !problems.isEmpty { throw Diagnostic(all: problems) }
  }

  /// Throws where a parameter was set that is declared nowhere: not in the graph, nor in a program that is run; for the shell
  /// it may be one of a saved query.
  func checkParameters(_ invocation: Invocation, _ programs: [ProgramFile]) throws {
    if invocation.all(.parameter).isEmpty { return }
    let saved = invocation.isShell ? location.savedQueries : []
    try session.checkParameters(declaredIn: programs.compactMap(\.source) + saved)
  }

  private func load(_ path: String, _ invocation: Invocation) throws {
    if path == "-" {
      let input = try Files.standardInput()
      return try Watchdog.watching(.reading) { try session.load(input) }
    }
    try Watchdog.watching(.reading) { try read(path, invocation) }
  }

  /// The shell keeps what is changed beside a snapshot. Who saves onto one that is a part of the graph notes what is read besides.
  private func read(_ path: String, _ invocation: Invocation) throws {
    guard FileName.ending(of: path) == "tiltas", !invocation.has(.safe) else { return try session.load(path: path) }
    if invocation.isShell && location.paths.count == 1 {
      try session.openForChanges(path: path)
    } else if invocation.verb == SaveCommand.self, let saved = invocation.operands.first,
      Files.resolved(saved) == Files.resolved(path)
    {
      try session.openForChanges(path: path, takingLock: false)
    } else {
      try session.load(path: path)
    }
  }

  static func collecting(_ problems: inout [Diagnostic], _ work: () throws -> Void) throws {
    do {
      try work()
    } catch let found as Diagnostic {
      problems += found.all
    }
  }

  /// The name and the value of `NAME=VALUE`.
  static func parameter(_ text: String) throws(UsageError) -> (name: String, value: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw UsageError(.parameterSyntax, "`\(text)` sets no parameter", help: "write NAME=VALUE, as in `--param min=3`")
    }
    return (String(parts[0]), String(parts[1]))
  }

  private static func limits(_ invocation: Invocation) throws(UsageError) -> Limits {
    var limits = Limits()
    limits.clock = { Watchdog.workingSeconds }
    limits.isGranted = MemoryReserve.isGranted
    limits.wasRefused = { MemoryReserve.wasNeeded }
    limits.seconds = try number(invocation, .timeout)
    limits.memory = try number(invocation, .memory).map { Int(min($0, 1e9) * 1_048_576) }
    if invocation.has(.safe) {
      limits.seconds = limits.seconds ?? Self.safeSeconds
      limits.memory = limits.memory ?? min(Self.safeBytes, MachineMemory.share ?? .max)
    }
    limits.memory = limits.memory ?? MachineMemory.share
    limits.threads = Limits.usualThreads
    if let text = invocation.value(.threads) {
      guard let count = Int(text), (1...1024).contains(count) else {
        throw UsageError(
          .wrongNumber, "`--threads` takes a number from 1 to 1024, not `\(text)`", help: "write `--threads 2`")
      }
      limits.threads = count
    }
    return limits
  }

  private static let safeSeconds = 10.0
  private static let safeBytes = 1 << 30

  private static func number(_ invocation: Invocation, _ option: Option) throws(UsageError) -> Double? {
    guard let text = invocation.value(option) else { return nil }
    guard let number = Double(text), number.isFinite, number > 0 else {
      throw UsageError(
        .wrongNumber, "`--\(option.rawValue)` takes a number above 0, not `\(text)`",
        help: "write `--\(option.rawValue) 60`")
    }
    return number
  }
}
