import Diagnostics
import Foundation
import SessionSupport
import Sessions
import Terms
import TestSupport
import Testing

/// A session that has answered before its facts change answers afterwards what a new session on the changed facts does.
@Suite("Changes of random programs", .tellsSeed)
struct ChangedProgramTests {
  /// How many programs; `TILTAS_CHANGED_PROGRAMS` asks for more than each test run tries.
  static let count = ProcessInfo.processInfo.environment["TILTAS_CHANGED_PROGRAMS"].flatMap { Int($0) } ?? 48

  @Test("what was derived follows the changes", arguments: 0..<4)
  func agreement(batch: Int) throws {
    let first = UInt64(batch) * 1_000_000
    for seed in Seed.each(first..<first + UInt64(Self.count / 4)) {
      var sequence = ChangeSequence(seed: seed)
      if let difference = try sequence.firstDifference() {
        Issue.record("\(difference)")
        return
      }
    }
  }
}

/// A program whose facts change one by one while its queries are asked.
private struct ChangeSequence {
  private var program: ReferenceProgram
  private var random: SplitMix64
  /// Facts that may be added.
  private var others: [ReferenceProgram.Fact] = []

  init(seed: UInt64) {
    random = SplitMix64(seed: seed &+ 77)
    program = ProgramGenerator.program(seed: seed, breadth: seed % 2 == 0 ? .wide : .common)
    program.padding = 0
    program.facts = Array(program.facts.prefix(Self.mostFacts).filter { !Self.mayName($0) })
    for fact in program.facts where random.happens(30) { others.append(fact) }
    program.facts.removeAll { others.contains($0) }
  }

  private static let mostFacts = 400

  /// A string may name an entity, and so two facts be one.
  private static func mayName(_ fact: ReferenceProgram.Fact) -> Bool {
    !["label", "alias"].contains(fact.relation) && fact.values.contains { if case .string = $0 { true } else { false } }
  }

  mutating func firstDifference() throws -> String? {
    let session = Session()
    guard
      Self.attempt({ try session.load(SourceFile(name: "random.dl", text: ReferencePrinter().source(of: program))) })
    else { return nil }
    _ = answers(session)
    var changes: [String] = []
    for _ in 0..<6 {
      for _ in 0..<random.number(1...3) {
        let change = nextChange()
        changes.append(change)
        // A fact that its declaration does not admit is refused by both.
        _ = Self.attempt { _ = try session.enter(change) { _ in } }
      }
      if let problem = session.checkInvariants() { return "after \(changes.joined(separator: " ")): \(problem)" }
      let fresh = Session()
      guard
        Self.attempt({ try fresh.load(SourceFile(name: "random.dl", text: ReferencePrinter().source(of: program))) })
      else { return nil }
      let (kept, anew) = (answers(session), answers(fresh))
      for (query, rows) in anew where kept[query] != rows {
        let given = kept[query].flatMap { $0 }
        return
          "after \(changes.joined(separator: " "))\n?- \(query).\nexpected \(rows.map { "\($0)" } ?? "an error"),\ngiven \(given.map { "\($0)" } ?? "an error")\n"
          + ReferencePrinter().source(of: program)
      }
    }
    return nil
  }

  private static func attempt(_ body: () throws -> Void) -> Bool {
    do {
      try body()
      return true
    } catch {
      return false
    }
  }

  /// Adds a fact or takes one back, in the program; returns the statement that does so.
  private mutating func nextChange() -> String {
    if !others.isEmpty && (program.facts.isEmpty || random.happens(50)) {
      let fact = others.remove(at: random.number(0...others.count - 1))
      program.facts.append(fact)
      let annotations = fact.annotations.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      return "+\(Self.text(fact))" + (annotations.isEmpty ? "." : " @ {\(annotations.joined(separator: ", "))}.")
    }
    guard let fact = program.facts.randomElement(using: &random) else { return "+pad(none)." }
    let gone = program.facts.filter { $0.relation == fact.relation && $0.values == fact.values }
    program.facts.removeAll { gone.contains($0) }
    others += gone
    return "-\(Self.text(fact))."
  }

  private static func text(_ fact: ReferenceProgram.Fact) -> String {
    "\(fact.relation)(\(fact.values.map(\.description).joined(separator: ", ")))"
  }

  /// The answers of all queries and relations; `nil` where one is an error.
  private func answers(_ session: Session) -> [String: [[Value]]?] {
    let relations = program.arities.sorted { $0.key < $1.key }.map { name, arity in
      "\(name)(\((0..<arity).map { "X\($0)" }.joined(separator: ", ")))"
    }
    let queries = program.queries.map { ReferencePrinter().source(of: $0) } + relations
    return Dictionary(
      queries.map { query in
        let answers = try? session.query(query)
        return (
          query,
          answers.map { answers in
            if answers.columns.isEmpty { return answers.holds ? [[]] : [] }
            return answers.values
          }
        )
      }, uniquingKeysWith: { first, _ in first })
  }
}
