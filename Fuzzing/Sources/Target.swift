import Diagnostics
import Glibc
import Sessions

@testable import Language

/// What reads the inputs.
enum Target: String, CaseIterable {
  case lexer, parser, assembler, evaluator, prompt, snapshot, journal, tsv, csv

  func run(_ bytes: [UInt8]) {
    switch self {
    case .lexer: Self.lex(bytes)
    case .parser: Self.parse(bytes)
    case .assembler: Assembling.run(bytes)
    case .evaluator: Self.evaluate(bytes)
    case .prompt: Self.enter(bytes)
    case .snapshot: Self.open(snapshot: bytes, journal: nil)
    case .journal: Self.open(snapshot: Self.sample, journal: bytes)
    case .tsv, .csv: Self.read(table: bytes, ending: rawValue)
    }
  }

  private static func source(_ bytes: [UInt8]) -> SourceFile? {
    try? SourceFile.reading(name: "fuzz.dl", bytes: bytes)
  }

  private static func lex(_ bytes: [UInt8]) {
    guard let source = source(bytes) else { return }
    var lexer = Lexer(source, textSpansLines: true)
    while lexer.next().kind != .end {}
  }

  private static func parse(_ bytes: [UInt8]) {
    guard let source = source(bytes) else { return }
    for mode in [Parser.Mode.file, .prompt] {
      var parser = Parser(source, mode: mode)
      while parser.next() != nil {}
      for diagnostic in parser.diagnostics { _ = diagnostic.rendered(color: false) }
    }
    _ = try? Formatter.format(source)
  }

  private static func limited(_ session: Session) -> Session {
    session.limits.seconds = 0.1
    session.limits.memory = 1 << 30
    session.closeFiles()
    return session
  }

  private static func evaluate(_ bytes: [UInt8]) {
    guard let source = source(bytes) else { return }
    let session = limited(Session())
    try? session.run(source) { _ in }
    _ = try? session.check()
  }

  /// Each line is an entry.
  private static func enter(_ bytes: [UInt8]) {
    let session = limited(Session())
    for line in bytes.split(separator: 0x0A).prefix(20) {
      let text = String(decoding: line, as: UTF8.self)
      if text == "u" { _ = try? session.undo() }
      if text == "b" && !session.isInTransaction { session.begin() }
      if text == "r" { session.rollBack() }
      _ = try? session.enter(text) { _ in }
    }
    if let problem = session.checkInvariants() { fatalError(problem) }
  }

  // MARK: Files

  /// A folder of this process, in memory.
  private static let folder: String = {
    let path = "/dev/shm/tiltas-fuzz-\(getpid())"
    mkdir(path, 0o700)
    return path
  }()

  private static func write(_ bytes: [UInt8], to name: String) -> String {
    let path = folder + "/" + name
    let file = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    _ = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    close(file)
    return path
  }

  private static func read(table bytes: [UInt8], ending: String) {
    let path = write(bytes, to: "edge." + ending)
    for declaration in ["", "relation edge(integer, date).", "relation edge(entity, string)."] {
      let session = Session()
      try? session.load(SourceFile(name: "a.dl", text: declaration))
      try? session.load(path: path)
      if let problem = session.checkInvariants() { fatalError(problem) }
    }
  }

  /// The snapshot that journals go on from.
  private static let sample: [UInt8] = {
    let session = Session()
    let text =
      "type t. relation e(any, any). e(a, 1) @ {line: 2}. e(b, 2013-02). t(a). f(a, \"x\", 2.5). r(X) :- e(X, _)."
    try? session.load(SourceFile(name: "a.dl", text: text))
    try? session.save(to: folder + "/sample.tiltas")
    return bytes(of: folder + "/sample.tiltas")
  }()

  private static func bytes(of path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    return Array(bytes[..<fread(&bytes, 1, bytes.count, file)])
  }

  /// Writes a snapshot and a journal to begin with.
  static func writeSeeds(to folder: String) {
    let path = write(sample, to: "a.tiltas")
    let session = Session()
    guard (try? session.openForChanges(path: path)) == true else { return }
    session.startJournal()
    for entry in ["+e(c, 3) @ {line: 4}. -e(a, 1).", "type u : t. relation g(t, date).", "s(X) :- e(X, 3)."] {
      _ = try? session.enter(entry) { _ in }
    }
    _ = try? session.undo()
    for (name, file) in [("snapshot", path), ("journal", path + ".journal")] {
      guard let seed = fopen("\(folder)/\(name)/seed", "w") else { continue }
      _ = fwrite(bytes(of: file), 1, bytes(of: file).count, seed)
      fclose(seed)
    }
  }

  private static func open(snapshot: [UInt8], journal: [UInt8]?) {
    let path = write(snapshot, to: "a.tiltas")
    if let journal { _ = write(journal, to: "a.tiltas.journal") } else { unlink(path + ".journal") }
    try? Session.verify(path)
    let session = limited(Session())
    guard (try? session.openForChanges(path: path)) == true else { return }
    session.startJournal()
    for query in ["triple(S, R, O)", "e(X, Y) @ {line: L}", "f(X, Y, Z)", "t(X)"] { _ = try? session.query(query) }
    _ = try? session.enter("+e(c, 3) @ {line: 4}. -e(a, 1).") { _ in }
    session.endJournal()
  }
}
