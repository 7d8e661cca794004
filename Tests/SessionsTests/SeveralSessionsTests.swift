import Diagnostics
import Foundation
import SessionSupport
import Sessions
import Testing

/// Several sessions on one snapshot, as of shells that are open beside one another.
@Suite struct SeveralSessionsTests {
  private let folder: URL
  private let path: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("tiltas-tests-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appendingPathComponent("g.tiltas").path
    let first = Session()
    try first.load(SourceFile(name: "a.dl", text: "b(0). param least = 1. big(X) :- b(X), X >= $least."))
    try first.save(to: path)
  }

  private func cleanUp() { try? FileManager.default.removeItem(at: folder) }

  private func opened() throws -> Session {
    let session = Session()
    try session.openForChanges(path: path)
    session.startJournal()
    return session
  }

  /// The first has the lock, and the second has not.
  private func two() throws -> (Session, Session) {
    let sessions = (try opened(), try opened())
    #expect(sessions.0.keepsJournal && sessions.1.refusal == .busy)
    return sessions
  }

  private func enter(_ text: String, _ session: Session) throws { _ = try session.enter(text, answer: { _ in }) }

  private func rows(_ query: String, _ session: Session) throws -> [String] {
    try session.query(query).sources.map { $0.joined(separator: " ") }
  }

  /// What the snapshot holds for someone who opens it now.
  private func kept(_ query: String) throws -> [String] {
    let session = Session()
    try session.load(path: path)
    return try rows(query, session)
  }

  private func refusal(_ work: () throws -> Void) -> Diagnostic? {
    #expect(throws: Diagnostic.self, performing: work)
  }

  @Test(
    "one that was opened beside a writer keeps what the writer has changed since, and its own changes, when it saves")
  func saved() throws {
    defer { cleanUp() }
    let (writer, other) = try two()
    try enter("+b(1).", writer)
    try enter("+c(1).", other)
    try enter("-b(0).", writer)
    writer.endJournal()
    try other.save(to: path)
    #expect(other.takeNotes() == ["\(path) is yours now: 2 changes of the other were read; your 1 is kept"])
    #expect(try rows("b(X)", other) == ["1"] && rows("c(X)", other) == ["1"])
    #expect(try kept("b(X)") == ["1"] && kept("c(X)") == ["1"])
    #expect(other.keepsJournal && !other.hasUnsavedChanges && other.checkInvariants() == nil)
  }

  @Test(
    "its next change after the other has left is kept at once, with those before, and the snapshot is its own from then on"
  )
  func nextChange() throws {
    defer { cleanUp() }
    let (writer, other) = try two()
    try enter("+c(1).", other)
    try enter("+b(1).", writer)
    try enter("+c(2).", other)
    #expect(!other.keepsJournal && other.hasUnkeptChanges && other.takeNotes() == [])
    writer.endJournal()
    #expect(try rows("c(X)", other).count == 2 && !other.keepsJournal)
    try enter("+c(3).", other)
    #expect(other.takeNotes() == ["\(path) is yours now: 1 change of the other was read; your 3 are kept"])
    #expect(other.keepsJournal && !other.hasUnsavedChanges && !other.hasUnkeptChanges)
    #expect(try kept("c(X)") == ["1", "2", "3"] && kept("b(X)") == ["0", "1"])
    #expect(try opened().refusal == .busy)
    try enter("-c(1).", other)
    #expect(try kept("c(X)") == ["2", "3"])
  }

  @Test("the same holds if the other has saved a new snapshot, and then changed more")
  func savedMeanwhile() throws {
    defer { cleanUp() }
    let (writer, other) = try two()
    try enter("+c(1). +b(5) @ {line: 5}.", other)
    try enter("-b(0). +b(1) @ {line: 1}. type person. relation knows(person, person).", writer)
    try writer.save(to: path)
    try enter("+b(2). +b(1) @ {line: 2}.", writer)
    writer.endJournal()
    try enter("+c(2).", other)
    for session in [
      other,
      try {
        let new = Session()
        try new.load(path: path)
        return new
      }(),
    ] {
      #expect(try rows("b(X)", session) == ["1", "2", "5"] && rows("c(X)", session) == ["1", "2"])
      #expect(try rows("b(X) @ {line: L}", session) == ["1 1", "1 2", "5 5"])
      #expect(try rows("knows(X, Y)", session) == [])
    }
    #expect(other.checkInvariants() == nil)
  }

  @Test("what both have changed alike is no contradiction, and is there once")
  func alike() throws {
    defer { cleanUp() }
    let (writer, other) = try two()
    for session in [writer, other] {
      try enter("type person. relation knows(person, person). +knows(a, b) @ {line: 1}. -b(0).", session)
      try enter("friend(X) :- knows(X, _). param least = 3.", session)
    }
    try enter("+knows(a, c).", other)
    writer.endJournal()
    try other.save(to: path)
    #expect(try kept("knows(X, Y)") == ["a b", "a c"] && kept("knows(X, Y) @ {line: L}") == ["a b 1"])
    #expect(try kept("b(X)") == [] && kept("friend(X)") == ["a"])
    #expect(other.rules.count == 2)
  }

  @Test("of what both have changed otherwise nothing is written, and the message names it")
  func contradiction() throws {
    defer { cleanUp() }
    let (writer, other) = try two()
    try enter("+b(1) @ {line: 1}. +b(2).", writer)
    try enter("+b(1) @ {line: 2}. -b(0). +c(1).", other)
    try enter("+b(0) @ {line: 9}.", writer)
    writer.endJournal()
    let problem = refusal { try other.save(to: path) }
    #expect(
      problem?.message
        == "cannot write `\(path)`: another process has changed in `\(path)` what you have changed too: "
        + "`b(0)` (taken back here), `b(1)` (with other annotations)")
    #expect(
      problem?.help
        == "`:save OTHER.tiltas` keeps what you have; `:reload` takes theirs for these, and keeps the rest of yours")
    #expect(try kept("b(X)") == ["0", "1", "2"] && rows("b(X)", other) == ["1"])
    // The next change says so once, and stays in memory.
    try enter("+c(2).", other)
    #expect(other.takeNotes().map { $0.hasPrefix("note: your changes stay in memory: another process") } == [true])
    try enter("+c(3).", other)
    #expect(other.takeNotes() == [] && other.hasUnkeptChanges)
    try other.save(to: path + "2.tiltas")
    // The lock is free for others meanwhile.
    let third = try opened()
    #expect(third.keepsJournal)
    third.endJournal()
    let merge = try other.reload()
    #expect(merge.theirs == 3 && merge.own == 3 && merge.isOurs)
    #expect(merge.givenUp == ["`b(0)` (taken back here)", "`b(1)` (with other annotations)"])
    #expect(try kept("b(X) @ {line: L}") == ["0 9", "1 1"] && kept("c(X)") == ["1", "2", "3"])
    #expect(try rows("b(X) @ {line: L}", other) == ["0 9", "1 1"] && rows("b(X)", other) == ["0", "1", "2"])
  }

  @Test("ten of the contradictions are named, and how many more there are")
  func manyContradictions() throws {
    defer { cleanUp() }
    let (writer, other) = try two()
    let facts = (1...13).map { "b(\($0))" }
    try enter(facts.map { "+\($0) @ {line: 1}." }.joined(separator: " "), writer)
    try enter(facts.map { "+\($0) @ {line: 2}." }.joined(separator: " "), other)
    writer.endJournal()
    let message = refusal { try other.save(to: path) }?.message ?? ""
    #expect(message.contains("`b(1)`") && message.contains("`b(10)`") && !message.contains("`b(11)`"))
    #expect(message.hasSuffix(" and 3 more"))
  }

  @Test("rules, constraints and parameters of both are put together, and a parameter that both have set is refused")
  func rules() throws {
    defer { cleanUp() }
    let (writer, other) = try two()
    try enter("small(X) :- b(X), X < $least.", writer)
    try enter("constraint \"none is negative\" :- b(X), X < 0.", other)
    try enter("odd(X) :- b(X), X mod 2 = 1. +b(3).", other)
    try enter("param least = 2.", writer)
    writer.endJournal()
    try other.save(to: path)
    #expect(other.takeNotes() == ["\(path) is yours now: 2 changes of the other were read; your 3 are kept"])
    for query in ["small(X)", "odd(X)", "big(X)"] { #expect(try kept(query) == rows(query, other)) }
    #expect(try kept("small(X)") == ["0"] && kept("odd(X)") == ["3"] && kept("big(X)") == ["3"])
    let third = try opened()
    try enter("param least = 7.", third)
    try enter("param least = 8.", other)
    other.endJournal()
    #expect(refusal { try third.save(to: path) }?.message.hasSuffix("changed too: the parameter `least`") == true)
    #expect(try third.reload().givenUp == ["the parameter `least`"])
    #expect(third.parameters.map(\.value) == [.integer(8)])
  }

  @Test("a rule that the other has taken back goes here too")
  func ruleTakenBack() throws {
    defer { cleanUp() }
    let writer = try opened()
    try enter("small(X) :- b(X), X < $least.", writer)
    let other = try opened()
    _ = try writer.undo()
    writer.endJournal()
    try enter("+b(9).", other)
    #expect(other.rules.count == 1 && other.keepsJournal)
    #expect(try kept("b(X)") == ["0", "9"])
    #expect(throws: (any Error).self) { try kept("small(X)") }
  }

  @Test(
    "a rule that the other has taken back is no contradiction to another rule of its name, for `:reload` neither",
    arguments: [false, true])
  func ruleReplaced(byReload: Bool) throws {
    defer { cleanUp() }
    let writer = try opened()
    try enter("small(X) :- b(X).", writer)
    let other = try opened()
    _ = try writer.undo()
    try enter("small(X, Y) :- b(X), b(Y).", writer)
    writer.endJournal()
    if byReload { #expect(try other.reload().theirs == 2) }
    try enter("+b(9).", other)
    #expect(!other.takeNotes().contains { $0.contains("stay in memory") })
    #expect(other.keepsJournal && other.checkInvariants() == nil)
    #expect(try rows("small(X, Y)", other).count == 4 && kept("small(X, Y)").count == 4)
  }

  @Test("a rule of the other that is wrong there by itself is no contradiction either")
  func wrongThere() throws {
    defer { cleanUp() }
    let writer = try opened()
    try enter("odd(X) :- b(X).", writer)
    try enter("even(X) :- b(X), not odd(X).", writer)
    let other = try opened()
    _ = try writer.undo()
    _ = try writer.undo()
    // What it speaks of is told to be unknown, and it is a rule all the same.
    _ = try? enter("even(X) :- b(X), not odd(X).", writer)
    try enter("big(X) :- b(X), X > 100.", writer)
    writer.endJournal()
    try enter("+b(9).", other)
    #expect(other.keepsJournal, "\(other.takeNotes())")
    #expect(try kept("b(X)") == ["0", "9"])
  }

  @Test("a rule that the other has taken back is missed by those that rest on it here, and nothing is taken over")
  func ruleMissed() throws {
    defer { cleanUp() }
    for byReload in [false, true] {
      let writer = try opened()
      try enter("small(X) :- b(X), X < $least.", writer)
      let other = try opened()
      try enter("tiny(X) :- small(X), X < 1.", other)
      _ = try writer.undo()
      writer.endJournal()
      let message = refusal { if byReload { _ = try other.reload() } else { try other.save(to: path) } }?.message ?? ""
      #expect(
        message.hasSuffix("does not go with what you have defined: unknown relation `small`"), "\(byReload): \(message)"
      )
      #expect(try rows("tiny(X)", other) == ["0"])
      #expect(!other.keepsJournal && other.hasUnkeptChanges && other.checkInvariants() == nil)
    }
  }

  @Test("a rule that the other has taken back does not return with what is kept next, though its text has others too")
  func ruleOfSeveral() throws {
    defer { cleanUp() }
    let (writer, other) = try two()
    try enter("small(X) :- b(X), X < $least.", writer)
    try enter("odd(X) :- b(X), X mod 2 = 1.", writer)
    #expect(try other.reload().theirs == 2)
    _ = try writer.undo()
    writer.endJournal()
    try enter("even(X) :- b(X), X mod 2 = 0.", other)
    #expect(other.keepsJournal && other.rules.count == 3)
    func check() throws {
      #expect(try kept("small(X)") == ["0"] && kept("even(X)") == ["0"])
      #expect(throws: (any Error).self) { try kept("odd(X)") }
    }
    try check()
    try other.save(to: path)
    try check()
  }

  @Test(
    "something that was entered wrongly before keeps nobody from reading the rules of others, and no change is lost")
  func wrongBefore() throws {
    defer { cleanUp() }
    let (writer, other) = try two()
    // Each entry tells of the unknown type, and changes what it says.
    func enterAllTheSame(_ text: String) { #expect(throws: Diagnostic.self) { try enter(text, other) } }
    enterAllTheSame("relation r(nobody).")
    enterAllTheSame("+c(1).")
    try enter("small(X) :- b(X), X < $least.", writer)
    writer.endJournal()
    enterAllTheSame("+c(2).")
    #expect(try other.keepsJournal && rows("small(X)", other) == ["0"])
    enterAllTheSame("+c(3).")
    #expect(try kept("c(X)") == ["1", "2", "3"] && kept("small(X)") == ["0"])
  }

  @Test("`:reload` says so if another file has the snapshot's name")
  func reloadOfAnother() throws {
    defer { cleanUp() }
    let (writer, other) = try two()
    #expect(try writer.reload().isOurs)
    try Session().save(to: path + "-new")
    #expect(rename(path + "-new", path) == 0)
    #expect(
      refusal { _ = try writer.reload() }?.message
        == "the snapshot or its journal was moved, removed or replaced since it was opened")
    other.endJournal()
    writer.endJournal()
  }

  @Test("`:reload` is only offered where it can settle what both have changed")
  func offeredReload() throws {
    defer { cleanUp() }
    for (theirs, own, isOffered) in [
      ("+b(1) @ {line: 1}.", "+b(1) @ {line: 2}.", true),
      ("type cat : animal. type animal.", "type cat : pet. type pet.", false),
      ("relation c(string).", "relation c(integer).", false), ("+d(1).", "+d(1, 2).", false),
    ] {
      let (writer, other) = try two()
      try enter(theirs, writer)
      try enter(own, other)
      writer.endJournal()
      let help = refusal { try other.save(to: path) }?.help ?? ""
      #expect(help.contains("`:reload`") == isOffered, "\(theirs) \(own): \(help)")
      #expect(((try? other.reload()) != nil) == isOffered)
      other.endJournal()
      try first(writing: path)
    }
  }

  @Test(
    "a type that both have declared otherwise is not given up, as it would stay: `:reload` refuses, and changes nothing"
  )
  func typesOfBoth() throws {
    defer { cleanUp() }
    let (writer, other) = try two()
    try enter("type animal. type cat : animal. +b(1).", writer)
    try enter("type pet. type cat : pet. +c(1).", other)
    writer.endJournal()
    #expect(
      refusal { _ = try other.reload() }?.message
        == "what `\(path)` holds now does not go with what you have declared")
    #expect(try other.graph.supertypes(of: "cat") == ["pet"] && rows("b(X)", other) == ["0"])
    #expect(other.hasUnkeptChanges && other.checkInvariants() == nil)
    // What is changed from here on is still put together with what is there, once that can be.
    let elsewhere = path + "2.tiltas"
    try other.save(to: elsewhere)
    let reader = Session()
    try reader.load(path: elsewhere)
    #expect(try rows("c(X)", reader) == ["1"])
  }

  @Test("what contradicts itself only together is refused: a circle of types, a declaration and facts, rules and facts")
  func together() throws {
    defer { cleanUp() }
    let contradictions = [
      ("type dog. type cat : dog.", "type cat. type dog : cat.", "the type `dog`"),
      ("relation b(string).", "+b(7).", "the relation `b`"),
      ("relation c(string).", "+c(7).", "the relation `c`"),
      ("+d(1).", "+d(1, 2).", "the relation `d`"),
      ("e(X) :- b(X).", "+e(1, 2).", "`e` takes"),
    ]
    for (theirs, own, told) in contradictions {
      let (writer, other) = try two()
      // A declaration that the facts of now do not fit would be refused at once.
      try enter("-b(0).", writer)
      try enter(theirs, writer)
      try enter(own, other)
      writer.endJournal()
      let message = refusal { try other.save(to: path) }?.message ?? ""
      #expect(message.contains(told), "\(theirs) \(own): \(message)")
      try first(writing: path)
    }
  }

  private func first(writing path: String) throws {
    let first = Session()
    try first.load(SourceFile(name: "a.dl", text: "b(0)."))
    try first.save(to: path)
  }

  @Test("a snapshot that has come from elsewhere is not merged")
  func replaced() throws {
    defer { cleanUp() }
    let declaring = try opened()
    try enter("type person. relation knows(person, person).", declaring)
    let other = try opened()
    try enter("+c(1).", other)
    declaring.endJournal()
    try first(writing: path)
    #expect(
      refusal { try other.save(to: path) }?.message
        == "cannot write `\(path)`: `\(path)` was replaced by another graph since it was opened")
    #expect(throws: Diagnostic.self) { try other.reload() }
    #expect(try kept("b(X)") == ["0"])
  }

  @Test("a reader is told once of changes, and reads them when asked")
  func reloaded() throws {
    defer { cleanUp() }
    let (writer, other) = try two()
    #expect(!other.tellsOfChange())
    try enter("+b(1).", writer)
    #expect(other.tellsOfChange() && !other.tellsOfChange())
    var merge = try other.reload()
    #expect(merge.theirs == 1 && merge.own == 0 && !merge.isOurs && writer.keepsJournal)
    #expect(try rows("b(X)", other) == ["0", "1"])
    #expect(!other.tellsOfChange() && !other.hasUnsavedChanges)
    try enter("+c(1). type person.", other)
    try enter("+b(2).", writer)
    #expect(other.tellsOfChange())
    merge = try other.reload()
    #expect(merge.theirs == 1 && merge.own == 2 && !merge.isOurs && other.hasUnkeptChanges)
    writer.endJournal()
    // A question takes no lock.
    try enter("?- b(X).", other)
    #expect(!other.keepsJournal)
    try enter("-b(2).", other)
    #expect(other.takeNotes() == ["\(path) is yours now: your 3 are kept"])
    #expect(try kept("b(X)") == ["0", "1"] && kept("c(X)") == ["1"] && kept("person(X)") == [])
  }

  @Test("what was undone before the other left is no change, and what is undone afterwards is kept so")
  func undone() throws {
    defer { cleanUp() }
    let (writer, other) = try two()
    try enter("-b(0).", other)
    _ = try other.undo()
    try enter("+c(1).", other)
    try enter("-b(0).", writer)
    writer.endJournal()
    try enter("+c(2).", other)
    #expect(try kept("b(X)") == [] && kept("c(X)") == ["1", "2"])
    _ = try other.undo()
    _ = try other.undo()
    #expect(try kept("c(X)") == [] && kept("b(X)") == [])
  }

  @Test("a transaction that waits is kept as a whole when it ends, and one that is rolled back is no change")
  func transactions() throws {
    defer { cleanUp() }
    let (writer, other) = try two()
    other.begin()
    try enter("+c(1). -b(0).", other)
    writer.endJournal()
    try enter("+c(2).", other)
    #expect(!other.keepsJournal)
    other.rollBack()
    other.begin()
    try enter("+c(3).", other)
    try enter("+c(4).", other)
    #expect(throws: Diagnostic.self) { try other.reload() }
    try other.commit()
    #expect(other.keepsJournal && other.takeNotes().count == 1)
    #expect(try kept("c(X)") == ["3", "4"] && kept("b(X)") == ["0"])
  }

  @Test("what a session loads while it waits is kept as well, and `:undo` does not take back what others did meanwhile")
  func loaded() throws {
    defer { cleanUp() }
    let more = folder.appendingPathComponent("more.dl").path
    try Session.write("c(1). c(2) @ {line: 3}. double(2 * X) :- c(X).", to: more)
    let (writer, other) = try two()
    try other.loadUndoably(path: more)
    #expect(other.hasUnsavedChanges && other.hasUnkeptChanges)
    try enter("+b(1).", writer)
    writer.endJournal()
    try enter("+c(3).", other)
    #expect(try kept("double(X)") == ["2", "4", "6"] && kept("c(X) @ {line: L}") == ["2 3"] && kept("b(X)").count == 2)
    #expect(try other.undo() != nil && other.undo() == nil)
    #expect(try kept("c(X)") == ["1", "2"] && kept("b(X)") == ["0", "1"])
  }

  @Test("`:undo` of a load that found the other gone does not take back what the other did")
  func loadedWhenAlone() throws {
    defer { cleanUp() }
    let more = folder.appendingPathComponent("more.dl").path
    try Session.write("c(1).", to: more)
    let (writer, other) = try two()
    try enter("+b(1).", writer)
    writer.endJournal()
    try other.loadUndoably(path: more)
    #expect(try kept("c(X)") == ["1"] && kept("b(X)") == ["0", "1"])
    _ = try other.undo()
    #expect(try kept("b(X)") == ["0", "1"])
  }

  @Test("what a session that only saves has read besides is kept with what others have changed meanwhile")
  func saving() throws {
    defer { cleanUp() }
    let writer = try opened()
    let saving = Session()
    try saving.openForChanges(path: path, takingLock: false)
    try saving.load(SourceFile(name: "more.dl", text: "c(1). b(2). half(X / 2) :- b(X)."))
    try enter("+b(1).", writer)
    writer.endJournal()
    try saving.save(to: path)
    #expect(saving.takeNotes() == ["\(path) was changed meanwhile: 1 change of the other was read; your 3 are kept"])
    #expect(try kept("b(X)") == ["0", "1", "2"] && kept("c(X)") == ["1"] && kept("half(X)").count == 3)
    #expect(try opened().keepsJournal)
  }

  @Test("one that has read a snapshot for something else does not overwrite what was changed since")
  func readOnly() throws {
    defer { cleanUp() }
    let reader = Session()
    try reader.load(path: path)
    let writer = try opened()
    try enter("+b(1).", writer)
    try writer.save(to: path)
    writer.endJournal()
    #expect(
      refusal { try reader.save(to: path) }?.message
        == "cannot write `\(path)`: another process has changed it since it was opened")
    #expect(try kept("b(X)") == ["0", "1"])
  }

  @Test("nor does one that wrote the snapshot itself, when it was new, under a name from the working folder")
  func written() throws {
    defer { cleanUp() }
    let link = folder.appendingPathComponent("link")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder)
    let name = link.appendingPathComponent("new.tiltas").path
    let first = Session()
    try first.load(SourceFile(name: "a.dl", text: "b(0)."))
    try first.save(to: name)
    let writer = Session()
    try writer.openForChanges(path: folder.appendingPathComponent("new.tiltas").path)
    writer.startJournal()
    try enter("+b(1).", writer)
    writer.endJournal()
    #expect(refusal { try first.save(to: name) } != nil)
  }

  @Test("a session that has let go of the lock does not overwrite what others change then, and may save if they do not")
  func letGo() throws {
    defer { cleanUp() }
    let writer = try opened()
    try enter("+b(1).", writer)
    writer.endJournal()
    try writer.save(to: path)
    let other = try opened()
    try enter("+b(2).", other)
    other.endJournal()
    #expect(refusal { try writer.save(to: path) } != nil)
    #expect(try kept("b(X)") == ["0", "1", "2"])
  }
}
