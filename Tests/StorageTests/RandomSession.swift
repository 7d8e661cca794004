import Diagnostics
import Glibc
import SessionSupport
import Sessions
import TestSupport

@testable import Storage

/// A session that does at random what people do, beside a model of what it should then hold.
struct RandomSession {
  /// What is not as the model says.
  struct Difference: Error {
    var reason: String
  }

  private let folder: Folder
  private let path: String
  private var random: SplitMix64
  private var disk: ForgetfulDisk
  private var session: Session
  private var model = SessionModel()
  /// What can be undone: the model before each entry that changed anything.
  private var past: [SessionModel] = []
  /// In a transaction what was there before it, and how much could be undone then.
  private var beginning: (model: SessionModel, past: Int)?
  /// What was on the disk whenever the session had carried something out.
  private var kept: [SessionModel] = []
  /// What was done, for the report of a difference.
  private var story: [String] = []

  init(seed: UInt64) throws {
    random = SplitMix64(seed: seed)
    folder = try Folder()
    path = folder / "a.tiltas"
    let first = Session()
    try first.load(SourceFile(name: "a.dl", text: SessionModel.declarations))
    try first.save(to: path)
    (disk, session) = try Self.open(folder, path)
  }

  private static func open(_ folder: Folder, _ path: String) throws -> (ForgetfulDisk, Session) {
    let disk = try ForgetfulDisk(folder.names.map { folder / $0 })
    let session = Session(on: disk)
    guard try session.openForChanges(path: path) else { throw Difference(reason: "it can't be changed") }
    session.startJournal()
    session.demandThreshold = 0
    return (disk, session)
  }

  mutating func run(steps: Int) throws {
    do {
      kept = [model]
      for _ in 0..<steps {
        try step()
        acknowledge()
        if let problem = session.checkInvariants() { throw Difference(reason: problem) }
        if random.next() % 4 == 0 { try compare(with: model) }
      }
      try reopen()
    } catch {
      let reason = (error as? Difference)?.reason ?? "\(error)"
      throw Difference(reason: "\(reason) after\n\(story.joined(separator: "\n"))")
    }
  }

  private mutating func acknowledge() {
    disk.acknowledge()
    kept.append(beginning?.model ?? model)
  }

  private mutating func step() throws {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<35: try add()
    case ..<50: try takeBack()
    case ..<57: try define()
    case ..<62: try mistake()
    case ..<70: try undo()
    case ..<75: try begin()
    case ..<80: try commit()
    case ..<82: rollBack()
    case ..<87: try load()
    case ..<92: try save()
    case ..<95: try reopen()
    default: try crash()
    }
  }

  // MARK: Changes

  private mutating func fact(_ letter: String = "n") -> SessionModel.Fact {
    func name() -> String { "\(letter)\(Int.random(in: 0..<7, using: &random))" }
    return Bool.random(using: &random)
      ? SessionModel.Fact(relation: "e", arguments: [name(), name()])
      : SessionModel.Fact(relation: "mark", arguments: [name()])
  }

  /// Some facts as statements that add them, and whether the model has changed with them.
  private mutating func additions(_ sign: String) -> (text: String, isChange: Bool) {
    var statements: [String] = []
    var isChange = false
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let (fact, line) = (fact(), Bool.random(using: &random) ? Int.random(in: 1...3, using: &random) : nil)
      if model.add(fact, line: line) { isChange = true }
      statements.append(sign + fact.source + (line.map { " @ {line: \($0)}." } ?? "."))
    }
    return (statements.joined(separator: " "), isChange)
  }

  private mutating func add() throws {
    let before = model
    let (text, isChange) = additions("+")
    if isChange { past.append(before) }
    try enter(text)
  }

  private mutating func takeBack() throws {
    let before = model
    let fact = model.facts.keys.sorted { $0.source < $1.source }.randomElement(using: &random) ?? fact()
    if model.takeBack(fact) { past.append(before) }
    try enter("-\(fact.source).")
  }

  private mutating func define() throws {
    guard let rule = SessionModel.Rule.allCases.filter({ !model.rules.contains($0) }).randomElement(using: &random)
    else { return }
    past.append(model)
    model.rules.insert(rule)
    try enter(rule.source)
  }

  /// An entry of which the beginning can be carried out, and which ends a transaction.
  private mutating func mistake() throws {
    let before = model
    let (text, isChange) = additions("+")
    if isChange { past.append(before) }
    if let beginning {
      model = beginning.model
      past.removeLast(past.count - beginning.past)
    }
    beginning = nil
    do {
      try enter(text + " +e(n1).")
    } catch is Diagnostic {
      return
    }
    throw Difference(reason: "a mistake was not told")
  }

  /// The ways in which facts come from files. Outside of a transaction only the first can be undone.
  private enum Door: CaseIterable { case undoable, path, table, text, folder, run }

  private mutating func load() throws {
    let door = Door.allCases.randomElement(using: &random) ?? .path
    let isUndoable = door == .undoable || beginning != nil
    let before = model
    // What stays when what was before it is undone must not be touched by that.
    let facts = (0..<Int.random(in: 1...3, using: &random)).map { _ in fact(door == .undoable ? "n" : "m") }
    let isTable = door == .table || door == .folder
    let added = isTable ? facts.filter { $0.relation == "e" } : facts
    var isChange = false
    for fact in added where model.add(fact, line: nil) { isChange = true }
    if isUndoable, isChange || door != .run { past.append(before) }
    if !isUndoable { for index in past.indices { for fact in added { _ = past[index].add(fact, line: nil) } } }
    story.append("load by \(door) \(added.map(\.source))")
    let place = "/tmp/tiltas-load-\(UInt64.random(in: .min ... .max))"
    defer { for name in ["/e.facts", "/a.dl", ""] { remove(place + name) } }
    mkdir(place, 0o700)
    let text = added.map { $0.source + "." }.joined(separator: " ")
    try Session.write(text, to: place + "/a.dl")
    try Session.write(
      added.filter { _ in isTable }.map { $0.arguments.joined(separator: "\t") + "\n" }.joined(), to: place + "/e.facts"
    )
    switch door {
    case .undoable: try session.loadUndoably(path: place + "/a.dl")
    case .path: try session.load(path: place + "/a.dl")
    case .table: try session.load(path: place + "/e.facts")
    case .text: try session.load(SourceFile(name: "a.dl", text: text))
    case .folder: try session.loadFacts(folder: place)
    case .run: try session.run(SourceFile(name: "a.dl", text: text)) { _ in }
    }
  }

  private mutating func enter(_ text: String) throws {
    story.append(text)
    _ = try session.enter(text) { _ in }
  }

  private mutating func undo() throws {
    story.append("undo")
    let isAny = past.count > beginning?.past ?? 0
    if isAny, let before = past.popLast() { model = before }
    if try (session.undo() != nil) != isAny { throw Difference(reason: "there should be \(isAny) to undo") }
  }

  private mutating func begin() throws {
    if beginning != nil { return }
    story.append("begin")
    beginning = (model, past.count)
    session.begin()
  }

  private mutating func commit() throws {
    guard let (_, count) = beginning else { return }
    story.append("commit")
    // A transaction is one step.
    if past.count > count { past.removeLast(past.count - count - 1) }
    beginning = nil
    try session.commit()
  }

  private mutating func rollBack() {
    guard let (before, count) = beginning else { return }
    story.append("rollback")
    model = before
    past.removeLast(past.count - count)
    beginning = nil
    session.rollBack()
  }

  // MARK: Files

  private mutating func save() throws {
    if beginning != nil { return }
    story.append("save")
    try session.save(to: path)
  }

  private mutating func reopen() throws {
    story.append("reopen")
    model = beginning?.model ?? model
    try goOn(from: [model])
  }

  /// The disk as it was at one of the last moments, and of it what the crash leaves.
  private mutating func crash() throws {
    let moment = max(0, disk.moments - Int.random(in: 0..<12, using: &random))
    let crash = ForgetfulDisk.Crash.allCases.randomElement(using: &random) ?? .kill
    story.append("\(crash) at moment \(moment) of \(disk.moments)")
    let (files, acknowledged) = disk.files(at: moment, after: crash, &random)
    session = Session()
    for name in folder.names { unlink(folder / name) }
    for (file, bytes) in files { try Folder.write(bytes, to: file) }
    try goOn(from: Array(kept[acknowledged..<min(acknowledged + 2, kept.count)]))
  }

  /// Opens what is on the disk, which is to be one of some models.
  private mutating func goOn(from candidates: [SessionModel]) throws {
    session = Session()
    (disk, session) = try Self.open(folder, path)
    (past, beginning) = ([], nil)
    var differences: [String] = []
    for candidate in candidates {
      do {
        try compare(with: candidate)
        (model, kept) = (candidate, [candidate])
        return
      } catch let difference as Difference {
        differences.append(difference.reason)
      }
    }
    throw Difference(reason: differences.joined(separator: "\nand\n"))
  }

  // MARK: Comparing

  private func compare(with model: SessionModel) throws {
    try compare("e(X, Y)", model.edges)
    try compare("mark(X)", model.marks)
    try compare("e(X, Y) @ {line: L}", model.lines)
    for rule in SessionModel.Rule.allCases { try compare(rule.query, model.rows(rule)) }
  }

  private func compare(_ query: String, _ expected: Set<[String]>?) throws {
    let answers: Answers?
    do { answers = try session.query(query) } catch is Diagnostic { answers = nil }
    let found = answers?.texts
    guard found.map(Set.init) != expected else { return }
    throw Difference(
      reason: "\(query): expected \(expected.map { "\($0.map { $0.joined(separator: " ") }.sorted())" } ?? "an error")"
        + ", found \(found.map { "\($0.map { $0.joined(separator: " ") }.sorted())" } ?? "an error")")
  }
}
