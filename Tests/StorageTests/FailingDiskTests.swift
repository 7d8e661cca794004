import Diagnostics
import Glibc
import Graphs
import Sessions
import Testing

@testable import Storage

/// Every operation on files made to fail in turn.
@Suite struct FailingDiskTests {
  /// Steps with two saves between them; how many steps were acknowledged, and how many begun.
  private func work(_ path: String, on disk: any Disk) throws -> (acknowledged: Int, begun: Int) {
    var (acknowledged, begun) = (0, 0)
    let workload = try JournalWorkload(path, on: disk)
    guard workload.journal != nil else { return (0, 0) }
    for number in 1...5 {
      begun = number
      guard (try? workload.step(number)) != nil else { break }
      acknowledged = number
      if number % 2 == 0 { try? workload.save() }
    }
    workload.close()
    return (acknowledged, begun)
  }

  @Test(
    "whichever operation fails, and however, what was acknowledged is there and nothing is in half",
    arguments: [(EIO, false), (EIO, true), (ENOSPC, true), (EROFS, false), (0, false), (0, true)], [true, false])
  func eachOperation(_ fault: (code: Int32, lasts: Bool), hasUnnamedFiles: Bool) throws {
    let (code, lasts) = fault
    for number in 1...1000 {
      let folder = try Folder()
      let path = folder / "a.tiltas"
      try JournalWorkload.begin(path)
      let disk = FailingDisk(
        operation: number, code == 0 ? .shortWrite : .error(code), lasts: lasts,
        hasUnnamedFiles: hasUnnamedFiles)
      let (acknowledged, begun) = try work(path, on: disk)
      let found = try JournalWorkload.steps(in: path)
      #expect(
        found.map { acknowledged <= $0 && $0 <= begun } == true,
        "operation \(number): \(acknowledged) of \(begun) were acknowledged, \(String(describing: found)) found")
      if !disk.hasFailed {
        #expect(number > 40)
        #expect(acknowledged == 5)
        return
      }
    }
    Issue.record("there is no end of operations")
  }

  @Test(
    "whichever operation fails while a session takes over what another has let go of, both keep what was acknowledged",
    arguments: [(EIO, false), (ENOSPC, true), (EROFS, true), (0, false)])
  func takingOver(code: Int32, lasts: Bool) throws {
    for number in 1...1000 {
      let folder = try Folder()
      let path = folder / "a.tiltas"
      try Session().save(to: path)
      let first = Session()
      try first.openForChanges(path: path)
      first.startJournal()
      let disk = FailingDisk(operation: number, code == 0 ? .shortWrite : .error(code), lasts: lasts)
      let second = Session(on: disk)
      try second.openForChanges(path: path)
      second.startJournal()
      func enter(_ text: String, _ session: Session) throws { _ = try session.enter(text) { _ in } }
      try enter("+a(1).", first)
      try enter("+b(1).", second)
      try first.save(to: path)
      try enter("+a(2).", first)
      first.endJournal()
      let isKept = (try? enter("+b(2).", second)) != nil && second.keepsJournal
      let isSaved = (try? second.save(to: path)) != nil
      second.endJournal()
      let reader = Session()
      try reader.load(path: path)
      #expect(try reader.query("a(X)").rowCount == 2)
      let own = (try? reader.query("b(X)").rowCount) ?? 0
      #expect(own == 2 || (own == 0 && !isKept && !isSaved), "operation \(number): \(own)")
      if !disk.hasFailed { return #expect(isKept && isSaved && number > 15) }
    }
    Issue.record("there is no end of operations")
  }

  @Test(
    "whichever operation fails once, no more than one step fails: what is changed after a save that failed is kept, and saved",
    arguments: [true, false])
  func goingOn(hasUnnamedFiles: Bool) throws {
    for number in 1...1000 {
      let folder = try Folder()
      let path = folder / "a.tiltas"
      try Session().save(to: path)
      let disk = FailingDisk(operation: number, .error(EIO), lasts: false, hasUnnamedFiles: hasUnnamedFiles)
      let session = Session(on: disk)
      guard try session.openForChanges(path: path) else { continue }
      session.startJournal()
      func enter(_ text: String) throws { _ = try session.enter(text) { _ in } }
      let steps: [(name: String, carryOut: () throws -> Void)] = [
        ("a change", { try enter("+a(1).") }), ("a save", { try session.save(to: path) }),
        ("a change after it", { try enter("+a(2).") }), ("a save after that", { try session.save(to: path) }),
      ]
      let failed = steps.filter { (try? $0.carryOut()) == nil }.map(\.name)
      #expect(failed.count <= 1, "operation \(number): \(failed)")
      session.endJournal()
      let reader = Session()
      try reader.load(path: path)
      #expect(try reader.query("a(X)").rowCount == 2, "operation \(number)")
      if !disk.hasFailed { return #expect(failed.isEmpty && number > 20) }
    }
    Issue.record("there is no end of operations")
  }

  @Test(
    "whichever two operations fail, the graph opens after each step, also if the program is killed there, and has what was acknowledged"
  )
  func twoFailures() throws {
    for first in 1...1000 {
      for second in stride(from: first + 1, through: 1000, by: Long.isOn ? 1 : 6) {
        let folder = try Folder()
        let path = folder / "a.tiltas"
        try Session().save(to: path)
        let disk = FailingDisk(operation: first, and: second, .error(EIO), lasts: false)
        let session = Session(on: disk)
        guard try session.openForChanges(path: path) else { break }
        session.startJournal()
        var acknowledged = 0
        for number in 1...3 {
          let isKept = (try? session.enter("+a(\(number)).") { _ in }) != nil
          if isKept { acknowledged = number }
          try expectToFind(acknowledged...number, path, "\(first), \(second): after the change \(number)")
          if (try? session.save(to: path)) != nil { acknowledged = number }
          try expectToFind(acknowledged...number, path, "\(first), \(second): after the save \(number)")
        }
        session.endJournal()
        try expectToFind(acknowledged...3, path, "\(first), \(second): at the end")
        if disk.count < first { return #expect(first > 20 && acknowledged == 3) }
        if disk.count < second { break }
      }
    }
    Issue.record("there is no end of operations")
  }

  private func expectToFind(_ possible: ClosedRange<Int>, _ path: String, _ moment: String) throws {
    let reader = Session()
    #expect(throws: Never.self, "\(moment)") { try reader.load(path: path) }
    let found = (try? reader.query("a(X)").rowCount) ?? 0
    #expect(possible.contains(found), "\(moment): \(found) found")
  }

  @Test("a save after which the folder can't be synced says that the file is written, and that it may not last")
  func doubtfulSave() throws {
    var messages: Set<String> = []
    for number in 1...100 {
      let folder = try Folder()
      let disk = FailingDisk(operation: number, .error(EIO), lasts: false)
      let session = Session(on: disk)
      _ = try session.enter("+a(1).") { _ in }
      do {
        try session.save(to: folder / "a.tiltas")
      } catch let problem as Diagnostic {
        let isThere = folder.names.contains("a.tiltas")
        #expect(isThere == problem.message.contains(" is written, but "))
        messages.insert(problem.message.replacing(folder / "", with: ""))
        // What may not last is not said to be saved.
        #expect(session.hasUnsavedChanges)
        if isThere { try session.save(to: folder / "a.tiltas") }
      }
      if !disk.hasFailed { break }
    }
    #expect(
      messages.contains("`a.tiltas` is written, but a power failure may undo that: Input/output error"), "\(messages)")
  }

  @Test("a change that can't be put on the disk is told, and so are all after it")
  func told() throws {
    let folder = try Folder()
    let path = folder / "a.tiltas"
    try JournalWorkload.begin(path)
    var number = 0
    var messages: [String?] = []
    // The first operation that fails a step and not the opening.
    repeat {
      number += 1
      let workload = try JournalWorkload(path, on: FailingDisk(operation: number, .error(EIO), lasts: false))
      if workload.journal == nil { continue }
      messages = (1...2).map { step in
        do {
          try workload.step(step)
          return nil
        } catch {
          return (error as? Diagnostic)?.message
        }
      }
      workload.close()
    } while messages.isEmpty
    let message =
      "the change could not be put on the disk: cannot write `\(path).journal`: Input/output error"
    #expect(messages == [message, message])
  }
}
