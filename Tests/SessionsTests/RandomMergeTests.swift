import Diagnostics
import Foundation
import Sessions
import TestSupport
import Testing

/// Three sessions on one snapshot that change a few facts at random, take the snapshot over from one another and read it anew,
/// beside a model that looks at each fact by itself.
@Suite(.tellsSeed) struct RandomMergeTests {
  /// A fact is not there, or there with the lines of its statements.
  private typealias Facts = [Int: [Int]]

  private struct Actor {
    var session: Session
    /// What it has, and what it had read.
    var facts: Facts
    var before: Facts
    var isOwner: Bool
  }

  private let path = NSTemporaryDirectory() + "tiltas-merge-\(UUID()).tiltas"

  private func opened() throws -> Session {
    let session = Session()
    try session.openForChanges(path: path)
    session.startJournal()
    return session
  }

  private func facts(_ session: Session) throws -> Facts {
    let all = try session.query("p(X)")
    var facts: Facts = [:]
    for row in 0..<all.rowCount {
      if case .integer(let fact) = all.value(row: row, column: 0) { facts[Int(fact)] = [] }
    }
    let stated = try session.query("p(X) @ {line: L}")
    for row in 0..<stated.rowCount {
      if case .integer(let fact) = stated.value(row: row, column: 0),
        case .integer(let line) = stated.value(row: row, column: 1)
      {
        facts[Int(fact), default: []].append(Int(line))
      }
    }
    return facts
  }

  /// The model of a merge: which facts hold afterwards; `nil` if both have changed one otherwise.
  private func merged(_ actor: Actor, _ file: Facts, takingTheirs: Bool = false) -> Facts? {
    var result = file
    for fact in Set(actor.facts.keys).union(actor.before.keys).union(file.keys) {
      let (was, here, there) = (actor.before[fact], actor.facts[fact], file[fact])
      if here == was || here == there { continue }
      if there != was {
        if takingTheirs { continue }
        return nil
      }
      result[fact] = here
    }
    return result
  }

  @Test("what three sessions have in the end is what a model of each fact says")
  func random() throws {
    let isLong = ProcessInfo.processInfo.environment["TILTAS_LONG"] != nil
    for seed in Seed.each(anew: isLong ? 400 : 12) { try run(SplitMix64(seed: seed)) }
  }

  private func run(_ numbers: SplitMix64) throws {
    var random = numbers
    defer { for name in [path, path + ".journal"] { try? FileManager.default.removeItem(atPath: name) } }
    let first = Session()
    try first.load(SourceFile(name: "a.dl", text: "relation p(integer). p(0). p(1) @ {line: 1}. p(2) @ {line: 2}."))
    try first.save(to: path)
    var file: Facts = [0: [], 1: [1], 2: [2]]
    var actors: [Actor] = []
    var story: [String] = []
    for number in 0..<3 {
      actors.append(Actor(session: try opened(), facts: file, before: file, isOwner: number == 0))
    }
    for _ in 0..<40 {
      let number = Int.random(in: 0..<3, using: &random)
      var actor = actors[number]
      let isFree = !actors.contains { $0.isOwner }
      func takeOver() {
        guard isFree, !actor.isOwner, let facts = merged(actor, file) else { return }
        (actor.facts, actor.isOwner) = (facts, true)
      }
      let fact = Int.random(in: 0..<4, using: &random)
      let line = Int.random(in: 0..<3, using: &random)
      switch Int.random(in: 0..<10, using: &random) {
      case 0...2 where actor.facts[fact] != nil:
        story.append("\(number): -\(fact)")
        _ = try actor.session.enter("-p(\(fact)).") { _ in }
        actor.facts[fact] = nil
        takeOver()
      case 0...5:
        story.append("\(number): +\(fact) @ \(line)")
        _ = try actor.session.enter("+p(\(fact))\(line == 0 ? "" : " @ {line: \(line)}").") { _ in }
        actor.facts[fact, default: []] += line == 0 ? [] : [line]
        takeOver()
      case 6:
        story.append("\(number): reload")
        _ = try actor.session.reload()
        if !actor.isOwner {
          let facts = merged(actor, file, takingTheirs: true) ?? [:]
          let hadOwn = actor.facts != actor.before
          (actor.facts, actor.before) = (facts, file)
          if hadOwn && isFree { actor.isOwner = true }
        }
      case 7:
        story.append("\(number): save")
        let couldSave = (try? actor.session.save(to: path)) != nil
        if actor.isOwner {
          #expect(couldSave)
        } else if isFree {
          takeOver()
          #expect(couldSave == actor.isOwner, "\(story)")
        } else {
          #expect(!couldSave)
        }
      default:
        story.append("\(number): leave")
        if actor.facts != actor.before { takeOver() }
        try? actor.session.keepWaitingChanges()
        if actor.isOwner { file = actor.facts }
        actor.session.endJournal()
        let others = actors.indices.filter { $0 != number }
        actor = Actor(
          session: try opened(), facts: file, before: file, isOwner: !others.contains { actors[$0].isOwner })
      }
      if actor.isOwner { (file, actor.before) = (actor.facts, actor.facts) }
      actors[number] = actor
      #expect(actor.session.keepsJournal == actor.isOwner, "\(story)")
      #expect(try facts(actor.session).mapValues { Set($0) } == actor.facts.mapValues { Set($0) }, "\(story)")
      #expect(actor.session.checkInvariants() == nil, "\(story)")
      let reader = Session()
      try reader.load(path: path)
      #expect(try facts(reader).mapValues { Set($0) } == file.mapValues { Set($0) }, "\(story)")
    }
  }
}
